"""The comments that mean something in a query file: names, notes, optional lines and sort orders."""

from __future__ import annotations

import re
from typing import Final

from ..diagnostics import Diagnostic, Source, did_you_mean, error
from ..model.allowances import IN_QUERIES
from ..model.query import ColumnNote, Command, OptionalLine, SortChoice, SortLine
from ..model.tokens import Comment
from ..model.values import value
from .allowances import allowance_findings, is_allowance

_NAME: Final = re.compile(
    r"\s*name\s*:\s*(?P<name>\S*)(?:\s+(?P<command>\S+))?\s*(?P<rest>.*?)\s*", re.IGNORECASE | re.DOTALL
)
_DIALECT: Final = re.compile(r"\s*dialect\s*:\s*(?P<dialect>.*?)\s*", re.IGNORECASE)
_COLUMN: Final = re.compile(r"\s*column\s+(?P<column>\"[^\"]+\"|\S+?)\s*:\s*(?P<text>.*?)\s*", re.IGNORECASE)
_WHEN: Final = re.compile(r"\s*when\s+(?P<mark>[:@$])(?P<name>\w+)\s*", re.IGNORECASE)
_SORT: Final = re.compile(r"\s*sort\s+by\s*:(?P<choices>.*)", re.IGNORECASE | re.DOTALL)
_LOOKS_LIKE_NAME: Final = re.compile(r"\s*name\s*:", re.IGNORECASE)
_IDENTIFIER: Final = re.compile(r"[^\W\d]\w*")


@value
class NameLine:
    """A `-- name: get_user :one` line, checked."""

    name: str
    name_start: int
    command: Command
    command_start: int
    command_end: int
    comment: Comment


def is_name_line(comment: Comment) -> bool:
    return comment.whole_line and _LOOKS_LIKE_NAME.match(comment.text) is not None


def name_line(source: Source, comment: Comment) -> NameLine | Diagnostic:
    """The name and command that a name line gives, or what is wrong with it."""
    match = _NAME.fullmatch(comment.text)
    assert match is not None
    inside = source.text.index(comment.text, comment.start)
    name, command = match.group("name"), match.group("command")
    whole = source.span(comment.start, comment.end)
    if not name or name.startswith(":"):
        return error("bad-annotation", "a query needs a name", whole, "write `-- name: get_user :one`")
    name_span = source.span(inside + match.start("name"), inside + match.end("name"))
    if _IDENTIFIER.fullmatch(name) is None:
        return error(
            "bad-annotation",
            f"`{name}` cannot be the name of a query",
            name_span,
            "use letters, digits and underscores, a letter first",
        )
    if command is None:
        return error(
            "bad-annotation",
            f"query `{name}` does not say what it returns",
            name_span,
            f"add a command: `-- name: {name} :one` (or :opt, :many, :exec, …)",
        )
    command_span = source.span(inside + match.start("command"), inside + match.end("command"))
    commands = [f":{known.value}" for known in Command]
    if command not in commands:
        help = did_you_mean(command if command.startswith(":") else f":{command}", commands)
        return error(
            "unknown-command",
            f"`{command}` is no command",
            command_span,
            help or f"the commands are {', '.join(commands[:9])} and :copy",
        )
    if match.group("rest"):
        rest = source.span(inside + match.start("rest"), inside + match.end("rest"))
        return error("bad-annotation", "nothing may follow the command", rest, "move it to a comment line of its own")
    return NameLine(name, name_span.start, Command(command[1:]), command_span.start, command_span.end, comment)


@value
class Notes:
    """What the comments under a name and inside its statement say."""

    doc: tuple[str, ...]
    dialects: tuple[str, ...]
    dialect_comment: Comment | None
    columns: tuple[ColumnNote, ...]
    optional_lines: tuple[OptionalLine, ...]
    sort: SortLine | None
    problems: tuple[Diagnostic, ...]


def notes(source: Source, comments: list[Comment], statement_start: int) -> Notes:
    """The notes among the comments that belong to one query."""
    doc: list[str] = []
    dialects: tuple[str, ...] = ()
    dialect_comment: Comment | None = None
    columns: list[ColumnNote] = []
    lines: list[OptionalLine] = []
    sort: SortLine | None = None
    problems: list[Diagnostic] = []
    for comment in comments:
        before = comment.start < statement_start
        span = source.span(comment.start, comment.end)
        if before and (match := _DIALECT.fullmatch(comment.text)):
            dialects, dialect_comment = _dialects(match.group("dialect")), comment
        elif (match := _COLUMN.fullmatch(comment.text)) and comment.whole_line:
            columns.append(ColumnNote(match.group("column").strip('"'), match.group("text"), span))
        elif is_allowance(comment):
            problems += allowance_findings(source, [comment], IN_QUERIES)
        elif not before and (match := _WHEN.fullmatch(comment.text)):
            found = _optional_line(source, comment, match.group("name"))
            if isinstance(found, OptionalLine):
                lines.append(found)
            else:
                problems.append(found)
        elif not before and (match := _SORT.fullmatch(comment.text)):
            choices = _choices(source, comment, match)
            if isinstance(choices, Diagnostic):
                problems.append(choices)
            elif sort is not None:
                problems.append(
                    error("bad-annotation", "a query has one `sort by` line at most", span, "join the two lines")
                )
            else:
                sort = SortLine(choices, comment.start, comment.end)
        elif before and comment.whole_line:
            doc += _doc_lines(comment.text)
    return Notes(
        tuple(_without_blank_ends(doc)), dialects, dialect_comment, tuple(columns), tuple(lines), sort, tuple(problems)
    )


def dialect_note(comments: list[Comment], statement_start: int) -> tuple[str, ...]:
    """The databases that a query is marked as a variant for."""
    for comment in comments:
        match = _DIALECT.fullmatch(comment.text) if comment.start < statement_start else None
        if match is not None:
            return _dialects(match.group("dialect"))
    return ()


def _dialects(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",")))


def _doc_lines(text: str) -> list[str]:
    lines = text.split("\n")
    if len(lines) == 1:
        return [text.removeprefix(" ").rstrip()]
    stripped = [line.strip() for line in lines]
    return [line.removeprefix("* ").removeprefix("*") for line in stripped]


def _without_blank_ends(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _optional_line(source: Source, comment: Comment, name: str) -> OptionalLine | Diagnostic:
    line_start = source.text.rfind("\n", 0, comment.start) + 1
    written = source.text[line_start : comment.start]
    start = line_start + len(written) - len(written.lstrip())
    end = line_start + len(written.rstrip())
    span = source.span(comment.start, comment.end)
    if start >= end:
        return error("bad-annotation", "this `when` has no SQL before it on its line", span, "put it at the line's end")
    return OptionalLine(name, start, end, span)


def _choices(source: Source, comment: Comment, match: re.Match[str]) -> tuple[SortChoice, ...] | Diagnostic:
    """The `name (order), name (order)` of a sort line."""
    text = match.group("choices")
    base = source.text.index(comment.text, comment.start) + match.start("choices")
    choices: list[SortChoice] = []
    at = 0
    whole = source.span(comment.start, comment.end)
    help = "write `-- sort by: newest (created_at desc, id), name (name)`"
    while at < len(text):
        found = re.compile(r"\s*(?P<name>[^\W\d]\w*)\s*\(").match(text, at)
        if found is None:
            return error("bad-annotation", "a sort order is a name and its columns in parentheses", whole, help)
        close = _closing(text, found.end())
        if close is None:
            return error("bad-annotation", "this sort order is never closed", whole, help)
        sql = text[found.end() : close].strip()
        name = found.group("name")
        span = source.span(base + found.start("name"), base + close + 1)
        if not sql:
            return error("bad-annotation", f"the sort order `{name}` is empty", span, help)
        if name in {choice.name for choice in choices}:
            return error("bad-annotation", f"the sort order `{name}` is given twice", span, "rename one of the two")
        choices.append(SortChoice(name, sql, span))
        at = close + 1
        rest = text[at:].lstrip()
        if rest and not rest.startswith(","):
            return error("bad-annotation", "a comma is missing between two sort orders", span, help)
        at = len(text) - len(rest) + 1 if rest else len(text)
    if not choices:
        return error("bad-annotation", "this `sort by` names no order", whole, help)
    return tuple(choices)


def _closing(text: str, at: int) -> int | None:
    depth = 1
    while at < len(text):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
        at += 1
    return None
