"""A project without any server or driver: generated code, migration scripts and entries against what they were made
from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .analysis import build_schema
from .check.schemas import Sides, differences, places
from .check.store import Store
from .check.stored import Folder, stored_findings
from .diagnostics import Diagnostic, Source, Span, error, has_errors
from .generation import generate_project
from .project import outputs
from .project.config import Project
from .proving import PackageProofs, TargetProofs
from .runtime.errors import MigrationError
from .runtime.scripts import SUMS, read_scripts

_MOVED = "schema-moved"
"""The warning that the differences themselves take the place of."""
_ADD = "scripts that are applied are history: add a migration that makes the difference"


def check_offline(
    project: Project, packages: Sequence[PackageProofs], only: str | None, whole: bool
) -> list[Diagnostic]:
    """What is not current in packages in which nothing is wrong; of the `whole` project, what is left over, too."""
    store = Store(project.root / project.config.cache)
    generated = generate_project(project, only)
    findings = [finding for finding in generated.diagnostics if finding.code != _MOVED]
    if not has_errors(findings):
        findings += outputs.out_of_date(outputs.changes(project.root, generated.folders, generated.files))
    for package in packages:
        spans = places(package.understood.sources.schema.catalog) if package.understood is not None else {}
        for target in package.targets:
            shown = f"{project.config.cache}/{target.package}/{target.target.name}"
            texts = store.texts(target.package, target.target.name)
            findings += stored_findings(target.proofs, Folder(target.target.title, shown, texts))
            findings += _scripts(target, project.root, spans)
    if whole:
        wanted = {(package.package, target.target.name) for package in packages for target in package.targets}
        findings += [
            _left_over(f"{project.config.cache}/{package}/{dialect}")
            for package, dialect in store.folders()
            if (package, dialect) not in wanted
        ]
    return findings


def _left_over(folder: str) -> Diagnostic:
    message = f"no package has the target that {folder}/ holds entries of"
    return error("left-over-entry", message, help="delete the folder, or run `sqlwright check`")


def _scripts(target: TargetProofs, root: Path, spans: dict[str, Span]) -> list[Diagnostic]:
    """What the scripts make otherwise than the schema says, found by reading them."""
    try:
        scripts = read_scripts(target.scripts)
    except MigrationError:  # which generating has told
        return []
    if not scripts or [script.text for script in scripts] == [target.script]:
        return [] if not scripts else _unsummed(target, root)
    shown = target.scripts.relative_to(root).as_posix()
    sources = [Source(f"{shown}/{script.name}.up.sql", script.text) for script in scripts]
    built = build_schema(sources, target.target)
    if has_errors(built.diagnostics):
        return list(built.diagnostics)
    catalog = target.environment.catalog
    sides = Sides(catalog, "the schema", built.catalog, f"the scripts for {target.target.title}", True)
    return [*_unsummed(target, root), *differences(sides, target.target, "migrations-differ", _ADD, spans)]


def _unsummed(target: TargetProofs, root: Path) -> list[Diagnostic]:
    if (target.scripts / SUMS).is_file():
        return []
    shown = target.scripts.relative_to(root).as_posix()
    return [error("no-sums", f"{shown}/{SUMS} is gone, which holds the checksums of the scripts", None, "put it back")]
