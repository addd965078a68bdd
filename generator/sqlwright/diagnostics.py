"""Findings with a place: sources, spans, diagnostics, and the one renderer that shows them as text."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters. Only an error fails a run; `--strict` turns warnings into errors."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A text that was read, and the name it is shown under (a path relative to the project, or `<queries>`)."""

    name: str
    text: str
    line_starts: Sequence[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        object.__setattr__(self, "line_starts", starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both counted from 1; columns count code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (counted from 1) without its line ending."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets of this source."""
        return Span(self, start, end)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source, from `start` up to but not including `end` (offsets in code points)."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what is wrong, where, and what to write instead.

    `code` is stable and may be relied on by scripts. `span` is None only for findings that belong to no text, such
    as a missing folder. `related` names other places that take part, such as a first definition.
    """

    severity: Severity
    code: str
    message: str
    span: Span | None = None
    help: str | None = None
    related: tuple[tuple[Span, str], ...] = ()

    def to_dict(self) -> dict[str, str | int | None]:
        """The finding as plain values; lines and columns count from 1, and the end column is exclusive."""
        result: dict[str, str | int | None] = {
            "severity": self.severity.value,
            "code": self.code,
            "file": None,
            "line": None,
            "column": None,
            "end_line": None,
            "end_column": None,
            "message": self.message,
            "help": self.help,
        }
        if self.span is not None:
            source = self.span.source
            result["file"] = source.name
            result["line"], result["column"] = source.position(self.span.start)
            result["end_line"], result["end_column"] = source.position(self.span.end)
        return result


def error(
    code: str,
    message: str,
    span: Span | None = None,
    help: str | None = None,
    related: tuple[tuple[Span, str], ...] = (),
) -> Diagnostic:
    """A finding that fails the run."""
    return Diagnostic(Severity.ERROR, code, message, span, help, related)


def too_deep(done: str, span: Span) -> Diagnostic:
    """A finding for what Python's stack is too small for: hundreds of levels, or as many operators in a row."""
    return error("too-deep", f"this statement is nested too deeply to be {done}", span, "split it into WITH queries")


def warning(
    code: str,
    message: str,
    span: Span | None = None,
    help: str | None = None,
    related: tuple[tuple[Span, str], ...] = (),
) -> Diagnostic:
    """A finding that is shown, and fails the run only under `--strict`."""
    return Diagnostic(Severity.WARNING, code, message, span, help, related)


def note(code: str, message: str, span: Span | None = None, help: str | None = None) -> Diagnostic:
    """Something worth knowing that is nobody's fault."""
    return Diagnostic(Severity.NOTE, code, message, span, help)


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings by file, then place, then gravity; those without a place first; each only once."""
    gravity = list(Severity)

    def key(finding: Diagnostic) -> tuple[str, int, int, int, str, str]:
        span = finding.span
        name, start, end = ("", 0, 0) if span is None else (span.source.name, span.start, span.end)
        return name, start, end, gravity.index(finding.severity), finding.code, finding.message

    seen: set[tuple[str, int, int, int, str, str]] = set()
    result: list[Diagnostic] = []
    for finding in sorted(findings, key=key):
        if key(finding) not in seen:
            seen.add(key(finding))
            result.append(finding)
    return result


def suggestion(wanted: str, known: Iterable[str]) -> str | None:
    """The known name that somebody who typed `wanted` most likely meant, or None."""
    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    if wanted.casefold() in by_folded:
        return by_folded[wanted.casefold()]
    from difflib import get_close_matches

    close = get_close_matches(wanted.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(wanted: str, known: Iterable[str], otherwise: str | None = None) -> str | None:
    """A help line naming the closest known name, or `otherwise` when nothing is close."""
    found = suggestion(wanted, known)
    return f"did you mean `{found}`?" if found is not None else otherwise


def nearest_of(wanted: str, known: Iterable[str], what: str) -> str | None:
    """A help line naming the closest known name, or else the first of them: `the columns are id, name`."""
    names = list(dict.fromkeys(known))
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    listed = f"the {what} are {shown}" if len(names) > 1 else f"there is only {shown}"
    return did_you_mean(wanted, names, listed if names else f"there are no {what}")


def enumerated(names: Sequence[str]) -> str:
    """Names as they are said: `PostgreSQL, SQLite and MySQL`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@dataclass(frozen=True, slots=True)
class Palette:
    """The terminal codes that a rendering uses; the plain one has none."""

    severity: dict[Severity, str]
    place: str
    bold: str
    reset: str


PLAIN = Palette(dict.fromkeys(Severity, ""), "", "", "")
COLOURED = Palette(
    {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"},
    "\x1b[1;34m",
    "\x1b[1m",
    "\x1b[0m",
)


def render(finding: Diagnostic, palette: Palette = PLAIN) -> str:
    """The finding as text: its message, its place, the line with the span underlined, and the help."""
    colour = palette.severity[finding.severity]
    lines = [
        f"{colour}{finding.severity.value}[{finding.code}]{palette.reset}"
        f"{palette.bold}: {finding.message}{palette.reset}"
    ]
    places = [(finding.span, "")] if finding.span is not None else []
    places += finding.related
    gutter = max((len(str(_last_shown_line(span))) for span, _ in places), default=1)
    for number, (span, label) in enumerate(places):
        arrow = "-->" if number == 0 and finding.span is not None else ":::"
        lines += _excerpt(span, label, arrow, gutter, colour, palette)
    if finding.help is not None:
        indent = " " * gutter if places else ""
        for number, line in enumerate(finding.help.split("\n")):
            lead = f"{palette.place}={palette.reset} help: " if number == 0 else "        "
            lines.append(f"{indent} {lead}{line}".rstrip())
    return "\n".join(lines)


def render_all(findings: Iterable[Diagnostic], palette: Palette = PLAIN) -> str:
    """Every finding as text, a blank line between two."""
    return "\n\n".join(render(finding, palette) for finding in findings)


def _last_shown_line(span: Span) -> int:
    return span.source.position(span.start)[0]


def _excerpt(span: Span, label: str, arrow: str, gutter: int, colour: str, palette: Palette) -> list[str]:
    line_number, column = span.source.position(span.start)
    text = span.source.line(line_number)
    inside = min(max(span.end - span.start, 1), max(len(text) - column + 1, 1))
    before = "".join(_blank(character) for character in text[: column - 1])
    marked = text[column - 1 : column - 1 + inside]
    carets = "^" * max(sum(_width(character) for character in marked), 1)
    bar = f"{palette.place}|{palette.reset}"
    margin = " " * gutter
    under = f"{margin} {bar} {before}{colour}{carets}{palette.reset}"
    return [
        f"{margin}{palette.place}{arrow}{palette.reset} {span.source.name}:{line_number}:{column}",
        f"{margin} {bar}",
        f"{palette.place}{line_number:>{gutter}}{palette.reset} {bar} {_printable(text)}".rstrip(),
        f"{under} {label}" if label else under,
    ]


def _printable(text: str) -> str:
    """The text with control characters (other than tabs) made visible, so that none reaches a terminal."""
    return "".join(
        character if character == "\t" or unicodedata.category(character) not in {"Cc", "Cf"} else "\ufffd"
        for character in text
    )


def _blank(character: str) -> str:
    return "\t" if character == "\t" else " " * _width(character)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
