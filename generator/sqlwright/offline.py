"""A project without any server or driver: generated code, migration scripts and entries against what they were made
from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .analysis import build_schema
from .applying import applied_texts, shown_folder, unusable
from .check.schemas import APPLY, MOVED, Sides, differences, places
from .check.store import Store
from .check.stored import Folder, stored_findings
from .diagnostics import Diagnostic, Source, error, has_errors
from .generation import generate_project
from .project import outputs
from .project.config import Project
from .proving import PackageProofs, TargetProofs
from .runtime.scripts import SUMS

_SCHEMA_MOVED = "schema-moved"
"""The warning that the differences themselves take the place of."""


def check_offline(
    project: Project, packages: Sequence[PackageProofs], only: str | None, whole: bool
) -> list[Diagnostic]:
    """What is not current in packages in which nothing is wrong; of the `whole` project, what is left over, too."""
    store = Store(project.root / project.config.cache)
    generated = generate_project(project, only)
    findings = [finding for finding in generated.diagnostics if finding.code != _SCHEMA_MOVED]
    if not has_errors(findings):
        findings += outputs.out_of_date(project.root, outputs.changes(project.root, generated.folders, generated.files))
    for package in packages:
        for target in package.targets:
            shown = f"{project.config.cache}/{target.package}/{target.target.name}"
            texts = store.texts(target.package, target.target.name)
            findings += stored_findings(target.proofs, Folder(target.target.title, shown, texts))
            findings += _scripts(target)
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


def _scripts(target: TargetProofs) -> list[Diagnostic]:
    """What the scripts make otherwise than the schema says, found by reading them."""
    texts = applied_texts(target)
    if not texts or unusable(target):  # which generating has told
        return []
    if [text for _, text in texts] == [target.script]:
        return _unsummed(target)
    shown = shown_folder(target)
    built = build_schema([Source(f"{shown}/{name}", text) for name, text in texts], target.target)
    if has_errors(built.diagnostics):
        return list(built.diagnostics)
    sides = Sides(
        target.environment.catalog, "the schema", built.catalog, f"the scripts for {target.target.title}", True
    )
    spans = places(built.catalog) | places(target.schema)
    return [*_unsummed(target), *differences(sides, target.target, MOVED, APPLY, spans)]


def _unsummed(target: TargetProofs) -> list[Diagnostic]:
    if (target.scripts / SUMS).is_file():
        return []
    shown = shown_folder(target)
    name, text = applied_texts(target)[0]
    span = Source(f"{shown}/{name}", text).span(0, 0)
    return [error("no-sums", f"{shown}/{SUMS} is gone, which holds the checksums of the scripts", span, "put it back")]
