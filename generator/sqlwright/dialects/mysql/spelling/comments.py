"""Comments: what other databases take for one may be read as something else."""

from __future__ import annotations

import re
from typing import Final

_PIECES: Final = re.compile(
    r"(?P<kept>'(?:[^'\\]|\\.|'')*'|`(?:[^`]|``)*`)|(?P<line>--[^\n]*)|(?P<block>/\*)", re.DOTALL
)
_MARKS: Final = re.compile(r"/\*|\*/")


def own_comments(text: str) -> str:
    """A statement whose comments MySQL takes for comments: `--` needs white space behind it, `/*! … */` and `/*+ … */`
    are read by the server, and one inside another ends both."""
    parts: list[str] = []
    at = 0
    while (found := _PIECES.search(text, at)) is not None:
        parts.append(text[at : found.start()])
        at = found.end()
        if found["kept"] is not None:
            parts.append(found["kept"])
        elif found["line"] is not None:
            inside = found["line"][2:]
            parts.append(f"--{inside}" if not inside or inside[0].isspace() else f"-- {inside}")
        else:
            end = _end_of_block(text, at)
            parts.append(f"/* {_MARKS.sub(' ', text[at:end]).strip(' !+M')} */")
            at = min(end + 2, len(text))
    return "".join([*parts, text[at:]])


def _end_of_block(text: str, start: int) -> int:
    depth = 1
    for mark in _MARKS.finditer(text, start):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.start()
    return len(text)
