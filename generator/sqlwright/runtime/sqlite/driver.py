"""aiosqlite's connections behind the runtime's driver protocol."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Final, LiteralString, cast

import aiosqlite

from ..driver import Parameters, Row
from .connections import BEGIN, LEDGER, IsolationLevel, open_connection, path_of, prepare, statements
from .errors import translated

_FETCH_CHUNK: Final = 64
_RUN: Final = "_execute"
_RAW: Final = "_conn"
"""aiosqlite has no public way to have its thread register an aggregate or a collation on its connection."""


class SqliteDriver:
    """An open connection, whose statements run in a thread of its own."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: aiosqlite.Connection, owned: bool) -> None:
        self._connection = connection
        self._owned = owned
        self._isolation_level: IsolationLevel = cast("IsolationLevel", connection.isolation_level)
        self._row_factory = connection.row_factory

    @classmethod
    async def open(cls, url: str) -> SqliteDriver:
        """Connect by a URL."""
        try:
            connection = await aiosqlite.Connection(partial(open_connection, path_of(url)), _FETCH_CHUNK)
        except sqlite3.Error as error:
            raise translated(error) from error
        return cls(connection, True)

    @classmethod
    async def adopt(cls, connection: aiosqlite.Connection) -> SqliteDriver:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        driver = cls(connection, False)
        connection.row_factory = None
        if not connection.in_transaction:
            connection.isolation_level = None
        run, raw = getattr(connection, _RUN), getattr(connection, _RAW)
        await run(prepare, raw)
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    async def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            found = await self._connection.execute_fetchall(sql, params)
        except (sqlite3.Error, OverflowError) as error:
            raise translated(error) from error
        return [*map(tuple, found)]

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            cursor = await self._connection.execute(sql, params)
        except (sqlite3.Error, OverflowError) as error:
            raise translated(error) from error
        return max(cursor.rowcount, 0)

    async def script(self, sql: str) -> None:
        for statement in statements(sql):
            try:
                await self._connection.execute(statement)
            except sqlite3.Error as error:
                raise translated(error) from error

    async def lock(self) -> None:
        """A transaction on SQLite is a lock."""

    async def unlock(self) -> None:
        """The transactions have ended."""

    async def close(self) -> None:
        if self._owned:
            await self._connection.close()
            return
        self._connection.row_factory = self._row_factory
        if not self._connection.in_transaction:
            self._connection.isolation_level = self._isolation_level
