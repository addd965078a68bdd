"""A project without any server or driver: generated code, migration scripts and entries against what they were made
from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .applying import differing_scripts, shown_folder
from .check.lacks import Lack, TargetLacks, lack_findings
from .check.store import Store
from .check.stored import Folder, stored_findings
from .diagnostics import Diagnostic, Source, error, has_errors
from .generation import generate_project
from .history import unlisted_findings
from .project import outputs
from .project.config import Project
from .proving import PackageProofs
from .runtime.scripts import SUMS


def check_offline(
    project: Project, packages: Sequence[PackageProofs], only: str | None, whole: bool
) -> list[Diagnostic]:
    """What is not current in packages in which nothing is wrong; of the `whole` project, what is left over, too."""
    store = Store(project.root / project.config.cache)
    generated = generate_project(project, only)
    findings = list(generated.diagnostics)
    if not has_errors(findings):
        # What is wrong with checksums is told of the scripts themselves.
        files = {path: text for path, text in generated.files.items() if path.name != SUMS}
        findings += outputs.out_of_date(project.root, outputs.changes(project.root, generated.folders, files))
    for package in packages:
        lacks: list[TargetLacks] = []
        for target in package.targets:
            shown = f"{project.config.cache}/{target.package}/{target.target.name}"
            texts = store.texts(target.package, target.target.name)
            stored = list(stored_findings(target.proofs, Folder(target.target.title, shown, texts)))
            findings += [one for one in stored if isinstance(one, Diagnostic)]
            own = [one for one in stored if isinstance(one, Lack)]
            lacks.append(TargetLacks(target.target.title, len(target.proofs), own))
            findings += differing_scripts(target) + unlisted_findings(target.scripts, shown_folder(target))
        findings += lack_findings(package.package, project.span_of("package", package.package), lacks)
    if whole:
        wanted = {(package.package, target.target.name) for package in packages for target in package.targets}
        findings += [
            _left_over(f"{project.config.cache}/{package}/{dialect}", store.texts(package, dialect))
            for package, dialect in store.folders()
            if (package, dialect) not in wanted
        ]
    return findings


def _left_over(folder: str, texts: Mapping[str, str]) -> Diagnostic:
    message = f"no package has the target that {folder}/ holds entries of"
    span = next((Source(f"{folder}/{name}", text).span(0, 0) for name, text in sorted(texts.items())), None)
    return error("left-over-entry", message, span, "delete the folder, or run `sqlwright check`")
