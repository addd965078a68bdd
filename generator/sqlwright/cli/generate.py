"""`sqlwright generate`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics import Diagnostic, error, has_errors
from .findings import Format, Reporter, Status, counted, finding_options, project_option, status_of

if TYPE_CHECKING:
    from ..project.config import Project
    from ..project.outputs import Changes


@click.command("generate")
@click.option("--check", is_flag=True, help="Write nothing; fail when a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and fail when something would.")
@click.option("--package", metavar="NAME", help="Generate this package only.")
@project_option
@finding_options
def command(check: bool, diff: bool, package: str | None, folder: Path | None, form: str, strict: bool) -> None:
    """Write the packages that the configuration names."""
    reporter = Reporter(Format(form), strict, Path.cwd(), stdout_is_free=not diff)
    raise SystemExit(_generate(reporter, folder, package, check=check, diff=diff))


def _generate(reporter: Reporter, folder: Path | None, only: str | None, *, check: bool, diff: bool) -> Status:
    from .projects import open_project, unknown_package

    opened = open_project(folder)
    if opened.project is None:
        reporter.show(reporter.graded(opened.diagnostics))
        return Status.USAGE
    project = opened.project
    reporter = replace(reporter, root=project.root)
    unknown = unknown_package(project, only)
    if unknown is not None:
        reporter.show([unknown])
        return Status.USAGE

    from ..generation import generate_project, remember
    from ..overtaken import overtaken_scripts
    from ..project import outputs
    from ..project.left_over import LeftOver, left_over_packages

    generated = generate_project(project, only)
    gone = left_over_packages(project) if only is None else LeftOver((), ())
    found = outputs.changes(project.root, (*generated.folders, *gone.folders), generated.files)
    overtaken = overtaken_scripts(project, generated.scripts)
    made = (
        *generated.diagnostics,
        *overtaken.diagnostics,
        *gone.diagnostics,
        *outputs.foreign_files(project.root, found),
    )
    findings = reporter.graded((*opened.diagnostics, *made))
    writes = not (check or diff)
    if has_errors(findings):
        reporter.show(findings)
        return Status.USAGE if _about_configuration(project, findings) else Status.FOUND
    if writes:
        status = _write(reporter, project.root, found, findings)
        if status is not Status.USAGE:
            remember(project, generated)
            overtaken.keep()
        return status
    if diff:
        click.echo(outputs.diff(project.root, found), nl=False)
    reporter.show(findings if reporter.form is Format.TEXT else [*findings, *outputs.out_of_date(project.root, found)])
    if check:
        _list(reporter, found)
    return Status.FOUND if found.any else Status.DONE


def _about_configuration(project: Project, findings: Iterable[Diagnostic]) -> bool:
    """Whether an error is one of the configuration, which has a status of its own."""
    return any(finding.span is not None and finding.span.source is project.source for finding in findings)


def _write(reporter: Reporter, root: Path, found: Changes, findings: Sequence[Diagnostic]) -> Status:
    from ..project import outputs

    try:
        outputs.apply(root, found)
    except OSError as problem:
        failed = error("cannot-write", f"`{problem.filename}` cannot be written: {problem.strerror}")
        reporter.show([*findings, failed])
        return Status.USAGE
    reporter.show(findings)
    reporter.say(_written(found))
    return status_of(findings)


def _written(found: Changes) -> str:
    if not found.any:
        return "up to date"
    parts = [f"wrote {counted(len(found.write), 'file')}"] if found.write else []
    if found.remove:
        parts.append(f"removed {len(found.remove)}" if parts else f"removed {counted(len(found.remove), 'file')}")
    return ", ".join(parts)


def _list(reporter: Reporter, found: Changes) -> None:
    for path in found.write:
        reporter.say(f"would write {path.as_posix()}")
    for path in found.remove:
        reporter.say(f"would remove {path.as_posix()}")
    if not found.any:
        reporter.say("up to date")
