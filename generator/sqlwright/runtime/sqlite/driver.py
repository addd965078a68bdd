"""aiosqlite's connections behind the runtime's driver protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Final, LiteralString, TypeVar

import aiosqlite

from ..driver import Parameters, Row, returned_key
from ..migrations import apply_whole
from ..scripts import Script
from .connections import BEGIN, LEDGER, Borrowed, borrow, give_back, matched, open_connection, path_of, statements
from .errors import DRIVER_ERRORS, translated

T = TypeVar("T")

_FETCH_CHUNK: Final = 64
_THREAD: Final = "_thread"
_RUN: Final = "_execute"
_RAW: Final = "_conn"
"""aiosqlite has no public way to wait for its thread, or to have it register an aggregate or a collation."""


class SqliteDriver:
    """An open connection, whose statements run in a thread of its own."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: aiosqlite.Connection, borrowed: Borrowed | None) -> None:
        self._connection = connection
        self._borrowed = borrowed

    @classmethod
    async def open(cls, url: str) -> SqliteDriver:
        """Connect by a URL."""
        connection = aiosqlite.Connection(partial(open_connection, path_of(url)), _FETCH_CHUNK)
        try:
            return cls(await connection, None)
        except DRIVER_ERRORS as error:
            # The thread still has to tell the event loop that it ends, which must not be closed by then.
            thread: Thread = getattr(connection, _THREAD)
            await asyncio.to_thread(thread.join)
            raise translated(error) from error

    @classmethod
    async def adopt(cls, connection: aiosqlite.Connection) -> SqliteDriver:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        try:
            return cls(connection, await _in_thread(connection, borrow))
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    async def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            found = await self._connection.execute_fetchall(sql, params)
        except DRIVER_ERRORS as error:
            raise translated(error) from error
        return [*map(tuple, found)]

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            return await _in_thread(self._connection, matched, sql, params)
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    async def insert(self, sql: LiteralString, params: Parameters) -> int:
        return returned_key(await self.rows(sql, params))

    async def apply(self, script: Script) -> bool:
        return await apply_whole(self, script)

    async def script(self, sql: str) -> None:
        for statement in statements(sql):
            try:
                await self._connection.execute(statement)
            except DRIVER_ERRORS as error:
                raise translated(error) from error

    async def lock(self) -> None:
        """A transaction on SQLite is a lock."""

    async def unlock(self) -> None:
        """The transactions have ended."""

    async def close(self) -> None:
        if self._borrowed is None:
            await self._connection.close()
            return
        with suppress(*DRIVER_ERRORS):  # its owner has closed it
            await _in_thread(self._connection, give_back, self._borrowed)


async def _in_thread(connection: aiosqlite.Connection, function: Callable[..., T], *arguments: object) -> T:
    """Call a function with the connection of sqlite3 that lies behind, in the thread that it belongs to."""
    run: Callable[..., Awaitable[T]] = getattr(connection, _RUN)
    return await run(function, getattr(connection, _RAW), *arguments)
