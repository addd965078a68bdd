"""How statements read their tables: what EXPLAIN says on tables that are empty.

There it chooses by cost no differently than by chance, so that only what no index could serve is told as a scan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from typing import Final, cast

from pymysql.err import MySQLError

from ...model.values import value
from ...runtime.errors import Error
from ..base import Access
from .connections import Connected, is_lost
from .marks import Marked, marked
from .schemas import LEDGERS

_FIRST_FORMAT: Final = "set session explain_json_format_version = 1"
"""MySQL 8.3 and later have a second one."""
_TABLES: Final = "select table_name from information_schema.tables where table_schema = database()"
_VALUES: Final = (b"1", b"2020-01-01", None)
"""What stands for each parameter, one after the other. A column takes one or the other; with a value that it does not
take, the server says less of its indexes, or nothing."""
_STRING_LINE: Final = re.compile(r'^(\s*"[\w-]+": ")(.*)("[,]?)$', re.MULTILINE)
_WHOLE: Final = frozenset(("ALL", "index"))
"""How a plan calls reading a whole table, or a whole index."""
_NAME: Final = r"(`(?:[^`]|``)+`|[\w$]+)"


@value
class _Read:
    """A table of a plan, by the name that the statement has for it."""

    name: str
    how: str
    key: str | None
    served: bool
    """Whether an index could serve what is compared."""
    condition: str


class Planning:
    """A connection that has statements explained. Raises what PyMySQL does when it is lost."""

    def __init__(self, connected: Connected) -> None:
        self._connected = connected

    def accesses(self, statements: Sequence[str]) -> list[tuple[Access, ...]]:
        with suppress(Error):
            self._connected.run(_FIRST_FORMAT)
        tables = {str(name).lower(): str(name) for (name,) in self._connected.run(_TABLES) if name not in LEDGERS}
        return [self._of_statement(marked(statement), tables) for statement in statements]

    def _of_statement(self, statement: Marked, tables: Mapping[str, str]) -> tuple[Access, ...]:
        """What all values agree on: an index that serves one of them serves the statement."""
        found: dict[str, Access] = {}
        for stand_in in _VALUES if statement.marks else (None,):
            for read in self._reads(statement, stand_in):
                table = _table(read.name, statement.sql, tables)
                if table is not None:
                    access = _access(read, table)
                    found[read.name] = _both(found.get(read.name, access), access)
        return tuple(dict.fromkeys(found.values()))

    def _reads(self, statement: Marked, stand_in: bytes | None) -> list[_Read]:
        try:
            rows = self._connected.wire.run(f"explain format=json {statement.sql}", stand_in)
        except MySQLError as error:
            if is_lost(error):
                raise
            return []
        return [read for row in rows for read in _walk(_plan(row.decode()), "")]


def _plan(text: str) -> object:
    """A plan. MariaDB does not escape the quotes of its conditions, each of which is on a line of its own."""
    try:
        return cast("object", json.loads(text))
    except ValueError:
        mended = _STRING_LINE.sub(lambda line: line[1] + line[2].replace("\\", "").replace('"', "'") + line[3], text)
    try:
        return cast("object", json.loads(mended))
    except ValueError:
        return None


def _walk(node: object, condition: str) -> Generator[_Read, None, None]:
    """The tables of a plan. MariaDB has the condition of a join beside the table."""
    if isinstance(node, list):
        for part in cast("list[object]", node):
            yield from _walk(part, condition)
    if not isinstance(node, dict):
        return
    found = cast("dict[str, object]", node)
    beside = str(found.get("attached_condition", ""))
    if "table_name" in found and "access_type" in found and not found.get("insert"):
        key = found.get("key")
        yield _Read(
            name=str(found["table_name"]),
            how=str(found["access_type"]),
            key=None if key is None else str(key),
            served="possible_keys" in found,
            condition=f"{condition} {beside}",
        )
    for part in found.values():
        yield from _walk(part, beside if "table_name" not in found else "")


def _access(read: _Read, table: str) -> Access:
    name = f"`?{re.escape(read.name)}`?"
    names = re.findall(rf"(?<![\w$`]){name}\.{_NAME}|\.{name}\.{_NAME}", read.condition)
    columns = dict.fromkeys((one or other).strip("`").replace("``", "`") for one, other in names)
    whole = read.how in _WHOLE
    return Access(table, whole and not read.served and bool(columns), None if whole else read.key, tuple(columns))


def _both(one: Access, other: Access) -> Access:
    columns = tuple(dict.fromkeys((*one.columns, *other.columns)))
    return Access(one.table, one.scans and other.scans, one.index or other.index, columns)


def _table(name: str, statement: str, tables: Mapping[str, str]) -> str | None:
    """The table that a name of the statement stands for; None for one that the statement makes."""
    for match in re.finditer(rf"{_NAME}\s+(?:as\s+)?`?{re.escape(name)}`?(?![\w$`])", statement, re.IGNORECASE):
        table = tables.get(match[1].strip("`").lower())
        if table is not None:
            return table
    return tables.get(name.lower())
