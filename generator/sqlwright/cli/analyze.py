"""`sqlwright analyze`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..diagnostics import Diagnostic
from .findings import Format, Reporter, Status, finding_options, status_of

if TYPE_CHECKING:
    from ..api import Analysis


class _SeveralValues(click.Command):
    """Lets an option that may be repeated take several values at once, as a shell's glob gives them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        repeatable = {
            name
            for option in self.params
            if isinstance(option, click.Option) and option.multiple
            for name in option.opts
        }
        return super().parse_args(ctx, _spread(args, repeatable))


def _spread(args: Sequence[str], repeatable: set[str]) -> list[str]:
    """The arguments with the name of a repeatable option before each of its values."""
    result: list[str] = []
    current: str | None = None
    for argument in args:
        if argument.startswith("-"):
            name = argument.partition("=")[0]
            current = name if name in repeatable else None
        elif current is not None and result[-1] != current:
            result.append(current)
        result.append(argument)
    return result


@click.command("analyze", cls=_SeveralValues)
@click.option("--dialect", "-d", required=True, metavar="D", help="What the SQL is written in.")
@click.option("--schema", multiple=True, required=True, metavar="PATH…", help="Schema: files, folders or globs.")
@click.option("--queries", multiple=True, required=True, metavar="PATH…", help="Queries: files, folders or globs.")
@click.option("--explain", metavar="QUERY.COLUMN", help="Say why a column can be NULL, or that it cannot.")
@finding_options
def command(
    dialect: str, schema: tuple[str, ...], queries: tuple[str, ...], explain: str | None, form: str, strict: bool
) -> None:
    """Show the types of queries; no project is needed."""
    shown = Format(form)
    told = Format.TEXT if shown is Format.JSON or explain is not None else shown
    reporter = Reporter(told, strict, Path.cwd())
    raise SystemExit(_analyze(reporter, shown, dialect, schema, queries, explain))


def _analyze(
    reporter: Reporter,
    shown: Format,
    dialect: str,
    schema: Sequence[str],
    queries: Sequence[str],
    explain: str | None,
) -> Status:
    from ..api import analyze_sources, checked_dialect
    from ..project.files import read_files

    try:
        found = checked_dialect(dialect)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="'--dialect'") from None
    schema_files = read_files(Path.cwd(), schema, None, schema=True)
    query_files = read_files(Path.cwd(), queries, None, schema=False)
    unread = (*schema_files.diagnostics, *query_files.diagnostics)
    if unread:
        reporter.show(reporter.graded(unread))
        return Status.USAGE
    analysis = analyze_sources(schema_files.sources, query_files.sources, found)
    findings = reporter.graded(analysis.diagnostics)
    if explain is not None:
        return _explain(reporter, analysis, findings, explain)
    if shown is Format.JSON:
        click.echo(json.dumps(analysis.to_dict(), indent=2, ensure_ascii=False))
    elif shown is Format.TEXT:
        from .tables import analysis_text

        click.echo(analysis_text(analysis), nl=False)
        sys.stdout.flush()
    reporter.show(findings)
    return status_of(findings)


def _explain(reporter: Reporter, analysis: Analysis, findings: Sequence[Diagnostic], asked: str) -> Status:
    from .explain import explanation

    reporter.show([finding for finding in findings if finding.severity.value == "error"])
    text = explanation(analysis, asked)
    if isinstance(text, str):
        click.echo(text, color=True)
        return status_of(findings)
    reporter.show([text])
    return Status.FOUND if status_of(findings) is Status.FOUND else Status.USAGE
