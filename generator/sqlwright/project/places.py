"""Where the keys and values of a TOML file stand, which its parser does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..diagnostics import Source, Span
from ..model.values import value

Key = str | int
"""A part of a key's path; a number counts the tables of an array."""

_LINE: Final = re.compile(
    r"[ \t]*(?:\[\[(?P<array>[^\[\]\n]+)\]\]|\[(?P<table>[^\[\]\n]+)\]|(?P<key>[\w.\-\"' ]+?)[ \t]*=)", re.MULTILINE
)
_PART: Final = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


@value
class _Entry:
    """A header or a key: its whole path, its place, and where what it holds ends."""

    path: tuple[Key, ...]
    start: int
    end: int
    extent: int


def key_span(source: Source, path: Sequence[Key], value: str | None = None) -> Span:
    """The place of a key, or of a value under it; of the nearest key above where it is not written."""
    wanted = tuple(path)
    holders = [entry for entry in _entries(source.text) if entry.path == wanted[: len(entry.path)]]
    if not holders:
        return source.span(0, min(1, len(source.text)))
    holder = max(holders, key=lambda entry: len(entry.path))
    word = value if value is not None else str(wanted[-1]) if len(holder.path) < len(wanted) else None
    found = None if word is None else _word(source.text, word, holder.end, holder.extent)
    return source.span(*(found or (holder.start, holder.end)))


def word_span(source: Source, table: Sequence[Key], words: Sequence[str]) -> Span:
    """The place of the last of the words that stands in a table, or in one below it, outside comments."""
    depth = len(table)
    start = min((entry.start for entry in _entries(source.text) if entry.path[:depth] == tuple(table)), default=0)
    for word in reversed(words):
        found = _word(source.text, word, start, len(source.text)) if word else None
        if found is not None:
            return source.span(*found)
    return source.span(start, min(start + 1, len(source.text)))


def _entries(text: str) -> list[_Entry]:
    """The headers and keys of a file, each of which begins a line."""
    matches = [match for match in _LINE.finditer(text) if match.start() == 0 or text[match.start() - 1] == "\n"]
    headers = [match.start() for match in matches if match.group("key") is None]
    counts: dict[tuple[Key, ...], int] = {}
    table: tuple[Key, ...] = ()
    entries: list[_Entry] = []
    for number, match in enumerate(matches):
        group = str(match.lastgroup)
        parts = [next(part for part in found if part) for found in _PART.findall(match.group(group)) if any(found)]
        if group == "key":
            path = (*table, *parts)
            extent = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        else:
            path = table = _table_path(parts, counts, is_array=group == "array")
            extent = min((start for start in headers if start > match.start()), default=len(text))
        entries.append(_Entry(path, match.start(group), match.end(group), extent))
    return entries


def _table_path(parts: Sequence[str], counts: dict[tuple[Key, ...], int], *, is_array: bool) -> tuple[Key, ...]:
    """The path of a header; a name that is an array means its newest table."""
    path: tuple[Key, ...] = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if is_array and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _word(text: str, word: str, start: int, end: int) -> tuple[int, int] | None:
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return next((match.span() for match in _outside_comments(pattern.finditer(text, start, end), text)), None)


def _outside_comments(matches: Iterator[re.Match[str]], text: str) -> Iterator[re.Match[str]]:
    for match in matches:
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if "#" not in re.sub(r"\"[^\"]*\"|'[^']*'", "", before):
            yield match
