"""What RETURNING gives on MariaDB, which does not say so of a statement that it prepares."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"""
      (?P<other> '(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.|"")*" | `(?:[^`]|``)*`
        | --(?=\s|\Z)[^\n]* | \#[^\n]* | /\*.*?(?:\*/|\Z) )
    | (?P<word> [^\W\d][\w$]* ) | (?P<open> \( ) | (?P<close> \) )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME: Final = r"(?:`(?:[^`]|``)+`|[\w$]+)"
_TARGET: Final = re.compile(
    rf"(?:insert|replace|delete)\s+(?:(?:low_priority|delayed|high_priority|quick|ignore|into|from)\s+)*"
    rf"(?P<table>{_NAME}(?:\s*\.\s*{_NAME})?)",
    re.IGNORECASE,
)


def selected(statement: str) -> str | None:
    """A SELECT of what a change returns, from the table that it changes; None for one that returns nothing."""
    depth = 0
    first: int | None = None
    returning: int | None = None
    for token in _TOKEN.finditer(statement):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth -= 1
        elif token["word"]:
            first = token.start() if first is None else first
            if depth == 0 and token[0].lower() == "returning":
                returning = token.end()
    target = None if first is None else _TARGET.match(statement, first)
    if returning is None or target is None:
        return None
    return f"select {statement[returning:].rstrip().rstrip(';')} from {target['table']}"
