"""Showing findings: where they go, in which format, with which colours, and what they make of the exit status."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TextIO, TypeVar

import click

from ..diagnostics import COLOURED, PLAIN, Diagnostic, Palette, Severity, has_errors, in_order, render_all
from ..model.values import value


class Status(IntEnum):
    """The exit status of a command."""

    DONE = 0
    FOUND = 1
    """There are errors, or a difference."""
    USAGE = 2
    """Usage, configuration or connection."""
    INTERRUPTED = 130
    """What shells make of an interrupt."""


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


_Function = TypeVar("_Function", bound=Callable[..., object])


def finding_options(function: _Function) -> _Function:
    """`--format` and `--strict`, which every command that finds something has."""
    names = [known.value for known in Format]
    decorated = click.option("--strict", is_flag=True, help="Take warnings for errors.")(function)
    return click.option(
        "--format", "form", type=click.Choice(names), default=Format.TEXT.value, help="How findings are written."
    )(decorated)


def project_option(function: _Function) -> _Function:
    """`--project`, which every command that works on a project has."""
    help = "The folder of the configuration [default: the nearest one upwards]."
    kind = click.Path(path_type=Path)
    return click.option("--project", "folder", type=kind, metavar="DIR", help=help)(function)


@value
class Reporter:
    """Shows the findings of one run. `stdout_is_free` says that nothing else goes there."""

    form: Format
    strict: bool
    root: Path
    """What the files of findings are relative to."""
    stdout_is_free: bool = True

    def graded(self, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings in order; under `--strict`, warnings as errors."""
        ordered = in_order(findings)
        if not self.strict:
            return ordered
        return [
            replace(finding, severity=Severity.ERROR) if finding.severity is Severity.WARNING else finding
            for finding in ordered
        ]

    def show(self, findings: Sequence[Diagnostic]) -> None:
        """Text goes to stderr, and nothing where nothing was found; a document is always written."""
        if self.form is Format.TEXT:
            if findings:
                text = render_all(findings, palette(sys.stderr))
                click.echo(f"{text}\n\n{summary(findings)}", err=True, color=True)
            return
        from .formats import DOCUMENTS

        document = DOCUMENTS[self.form.value](findings, _prefix(self.root))
        click.echo(document, nl=not document.endswith("\n") and bool(document), err=not self.stdout_is_free, color=True)

    def say(self, text: str) -> None:
        """A line for people, beside findings in text."""
        if self.form is Format.TEXT:
            click.echo(text, err=True)


def status_of(findings: Iterable[Diagnostic]) -> Status:
    return Status.FOUND if has_errors(findings) else Status.DONE


def summary(findings: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(counted(counts[severity], severity.value) for severity in Severity if counts[severity])


def counted(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def palette(stream: TextIO) -> Palette:
    """Colours for a terminal; NO_COLOR and FORCE_COLOR decide before it does (no-color.org, force-color.org)."""
    if os.environ.get("NO_COLOR"):
        return PLAIN
    if os.environ.get("FORCE_COLOR"):
        return COLOURED
    return COLOURED if stream.isatty() and os.environ.get("TERM") != "dumb" else PLAIN


def _prefix(root: Path) -> str:
    """What a file of the project is reached by from the repository (on GitHub), or from the working directory."""
    base = os.environ.get("GITHUB_WORKSPACE") or os.getcwd()
    path = Path(os.path.relpath(root, base)).as_posix()
    return "" if path == "." or path.startswith("..") else f"{path}/"
