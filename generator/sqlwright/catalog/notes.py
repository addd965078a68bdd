"""What comments beside a table and its columns say: documentation, and the notes that SQL has no words for."""

from __future__ import annotations

import re
from typing import Final

from ..diagnostics import Source
from ..model.ddl import ColumnDefinition
from ..model.tokens import Comment
from ..model.values import value

_ON_UPDATE: Final = re.compile(r"\s*on\s+update\s*:\s*(?:now\(\)|current_timestamp(?:\(\d*\))?)\s*", re.IGNORECASE)
_RENAMED: Final = re.compile(r"\s*renamed\s+from\s*:?\s*(?P<name>.+?)\s*", re.IGNORECASE)
_TOOL_NOTES: Final = re.compile(
    r"\s*(?:migrate:|\+goose|\+migrate|name:|dialect:|https?://\S+\s*$|PostgreSQL database|Dumped |Name: .*Type: )",
    re.IGNORECASE,
)


@value
class ColumnNote:
    """What the comment behind a column says."""

    doc: str | None
    touched: bool
    renamed_from: str | None


ColumnNotes = dict[int, ColumnNote]
"""Notes by the offset of the column's name."""


def column_notes(source: Source, comments: tuple[Comment, ...], columns: tuple[ColumnDefinition, ...]) -> ColumnNotes:
    """The notes of a table's columns: each comment that stands behind a column on its last line."""
    if not comments:
        return {}
    by_line: dict[int, int] = {}
    for column in columns:
        by_line[source.position(column.end)[0]] = column.name.start
    notes: ColumnNotes = {}
    for comment in comments:
        start = by_line.get(source.position(comment.start)[0])
        if start is None or comment.whole_line:
            continue
        text = " ".join(comment.text.split())
        if match := _ON_UPDATE.fullmatch(text):
            notes[start] = ColumnNote(None, True, None)
        elif match := _RENAMED.fullmatch(text):
            notes[start] = ColumnNote(None, False, match.group("name").strip('"`'))
        elif text and not _TOOL_NOTES.match(text):
            notes[start] = ColumnNote(text, False, None)
    return notes


def doc_before(source: Source, comments: tuple[Comment, ...], start: int) -> str | None:
    """The comment lines that stand directly above a statement, as its documentation."""
    lines: list[str] = []
    line = source.position(start)[0]
    for comment in reversed([comment for comment in comments if comment.end <= start]):
        last = source.position(comment.end)[0]
        if not comment.whole_line or last != line - 1:
            break
        line = source.position(comment.start)[0]
        text = comment.text.strip()
        if _TOOL_NOTES.match(text) or _RENAMED.fullmatch(text) or not text.strip("-=*# "):
            break
        lines[:0] = [part.strip().removeprefix("* ") for part in text.split("\n")]
    doc = "\n".join(lines).strip()
    return doc or None


def renamed_from(source: Source, comments: tuple[Comment, ...], start: int) -> str | None:
    """The earlier name that a comment above a statement gives (`-- renamed from: old_name`)."""
    for comment in comments:
        match = _RENAMED.fullmatch(comment.text)
        if match and comment.end <= start and source.position(comment.end)[0] >= source.position(start)[0] - 3:
            return match.group("name").strip('"`')
    return None
