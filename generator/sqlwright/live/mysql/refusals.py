"""Why a server does not take a statement, and where in it."""

from __future__ import annotations

import re
from typing import Final

from ..base import Refusal

_NEAR: Final = re.compile(r"near '(?P<text>.*)' at line (?P<line>\d+)$", re.DOTALL)
_NAMED: Final = {
    code: re.compile(pattern, re.DOTALL)
    for code, pattern in {
        1051: "Unknown table '(.+?)'",
        1052: "Column '(.+?)'",
        1054: "Unknown column '(.+?)' in ",
        1072: "Key column '(.+?)'",
        1109: "Unknown table '(.+?)'",
        1110: "Column '(.+?)'",
        1146: "Table '(.+?)' doesn't exist",
        1176: "Key '(.+?)'",
        1247: "Reference '(.+?)'",
        1273: "Unknown collation: '(.+?)'",
        1305: "(?:FUNCTION|PROCEDURE) (.+?) does not exist",
        1370: "routine '(.+?)'",
    }.items()
}
"""The messages that name what is wrong."""
_CUT: Final = "..."
"""What MariaDB puts behind a text that it cuts."""


def refusal(code: int, message: str, sql: str, database: str) -> Refusal:
    """The refusal of a statement. The name of the scratch database, which is another each time, is left out."""
    said = message.replace(f"`{database}`.", "").replace(f"{database}.", "")
    return Refusal(str(code), said, _position(code, said, sql))


def _position(code: int, message: str, sql: str) -> int | None:
    near = _NEAR.search(message)
    if near is not None:
        return _of_text(near["text"], int(near["line"]), sql)
    named = _NAMED[code].search(message) if code in _NAMED else None
    return None if named is None else _of_name(named[1], sql)


def _of_text(text: str, line: int, sql: str) -> int | None:
    """The only place on the line that begins so, where the server shows what follows; it shows all up to the end."""
    if text == "":
        return len(sql.rstrip().rstrip(";").rstrip())
    begin = sum(len(part) for part in sql.splitlines(keepends=True)[: line - 1])
    for shown in (text, text.removesuffix(_CUT)):
        places = [found.start() for found in re.finditer(f"(?={re.escape(shown)})", sql)]
        on_line = [place for place in places if sql.count("\n", begin, place) == 0 and place >= begin] or places
        if len(on_line) == 1:
            return on_line[0]
        if sql.endswith(shown):
            return len(sql) - len(shown)
    return None


def _of_name(name: str, sql: str) -> int | None:
    """The place of a name, if it is written once; as it is, or without what stands before its points."""
    for written in (name, name.rpartition(".")[2]):
        parts = r"\s*\.\s*".join(f"`?{re.escape(part)}`?" for part in written.split("."))
        places = [found.start() for found in re.finditer(rf"(?<![\w$`.]){parts}(?![\w$`])", sql, re.IGNORECASE)]
        if len(places) == 1:
            return places[0]
    return None
