"""What comes out of a statement: sqlite3 does not tell the declared types and origins of columns, and apsw does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Final, Protocol, cast

import apsw
import apsw.ext

from ..base import Description, ServerColumn

_WINDOW: Final = "w"
_BUILT_IN: Final = frozenset(("BINARY", "NOCASE", "RTRIM"))


class _Details(Protocol):
    """What apsw tells of a statement."""

    description_full: tuple[tuple[str, str | None, str | None, str | None, str | None], ...] | None
    bindings_count: int


class _Copy(Protocol):
    """A connection of apsw, whose own annotations are not whole."""

    def deserialize(self, name: str, contents: bytes) -> None: ...

    def config(self, op: int, value: int) -> int: ...

    def create_scalar_function(self, name: str, callable: Callable[..., None], numargs: int) -> None: ...

    def create_window_function(self, name: str, factory: Callable[[], _Nothing], numargs: int) -> None: ...

    def create_collation(self, name: str, callback: Callable[[str, str], int]) -> None: ...

    def close(self) -> None: ...


_query_info: Final = cast("Callable[[_Copy, str], _Details]", vars(apsw.ext)["query_info"])


class Describer:
    """apsw's own copy of a database, with the names of all functions and collations that the connection has."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._copy = cast("_Copy", apsw.Connection(":memory:"))
        self._copy.deserialize("main", connection.serialize())
        self._copy.config(apsw.SQLITE_DBCONFIG_DQS_DML, 1)
        for name, arity, kind in _functions(connection):
            if kind == _WINDOW:
                self._copy.create_window_function(name, _Nothing, arity)
            else:
                self._copy.create_scalar_function(name, _nothing, arity)
        for (name,) in connection.execute("select name from pragma_collation_list"):
            if name not in _BUILT_IN:
                self._copy.create_collation(name, _compared)

    def describe(self, statement: str) -> Description:
        """A statement that is valid. Of one that apsw's newer library does not take, nothing more is known."""
        try:
            found = _query_info(self._copy, statement)
        except apsw.Error:
            return Description((), None)
        columns = tuple(_column(*described) for described in found.description_full or ())
        return Description((None,) * found.bindings_count, columns)

    def close(self) -> None:
        self._copy.close()


def _functions(connection: sqlite3.Connection) -> Iterator[tuple[str, int, str]]:
    """Those that are not SQLite's own."""
    own = "select distinct name, narg, type from pragma_function_list where not builtin"
    for name, arity, kind in connection.execute(own):
        yield str(name), int(arity), str(kind)


def _column(
    name: str, declared: str | None, database: str | None, table: str | None, column: str | None
) -> ServerColumn:
    origin = (table, column) if table is not None and column is not None else None
    return ServerColumn(name, declared, None, origin)


def _nothing(*values: object) -> None:
    """Stands for a function that is never called."""


def _compared(one: str, other: str) -> int:
    return (one > other) - (one < other)


class _Nothing:
    """Stands for an aggregate that is never called."""

    def step(self, *values: object) -> None: ...

    def inverse(self, *values: object) -> None: ...

    def value(self) -> None: ...

    def final(self) -> None: ...
