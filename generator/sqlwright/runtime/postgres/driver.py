"""psycopg's connections behind the runtime's driver protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import LiteralString

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from ..driver import Parameters, Row, returned_key
from ..errors import Error
from ..migrations import apply_whole
from ..scripts import Script
from .adapters import BEGIN, LEDGER, LOCK_KEY, LOCK_PAUSE, SET_TIME_ZONE, TRY_LOCK, UNLOCK, Borrowed, adapt, borrowed
from .errors import DRIVER_ERRORS, translated


class PostgresDriver:
    """An open connection with one cursor, which sends `$1` as it stands."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: psycopg.AsyncConnection[Row], borrowed: Borrowed | None) -> None:
        self._connection = connection
        self._borrowed = borrowed
        self._cursor = psycopg.AsyncRawCursor(connection, row_factory=tuple_row)
        adapt(self._cursor.adapters)

    @classmethod
    async def open(cls, url: str) -> PostgresDriver:
        """Connect by a URL (libpq's form) in UTF-8 and UTC."""
        try:
            connection = await psycopg.AsyncConnection.connect(url, autocommit=True, client_encoding="utf8")
        except DRIVER_ERRORS as error:
            raise translated(error) from error
        driver = cls(connection, None)
        await driver.set_time_zone("UTC")
        return driver

    @classmethod
    async def adopt(cls, connection: psycopg.AsyncConnection[Row]) -> PostgresDriver:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        driver = cls(connection, borrowed(connection))
        if not connection.closed and not driver.in_transaction:
            await connection.set_autocommit(True)
        await driver.set_time_zone("UTC")
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    async def set_time_zone(self, name: str) -> None:
        """What the server takes moments without a zone to be in, and gives those with one in."""
        if self._connection.info.parameter_status("TimeZone") != name:
            await self.rows(SET_TIME_ZONE, (name,))

    async def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            await self._cursor.execute(sql, params or None)
            return await self._cursor.fetchall()
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            await self._cursor.execute(sql, params or None)
        except DRIVER_ERRORS as error:
            raise translated(error) from error
        return max(self._cursor.rowcount, 0)

    async def insert(self, sql: LiteralString, params: Parameters) -> int:
        return returned_key(await self.rows(sql, params))

    async def apply(self, script: Script) -> bool:
        return await apply_whole(self, script)

    async def script(self, sql: str) -> None:
        try:
            await self._cursor.execute(sql.encode())
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    async def lock(self) -> None:
        while not (await self.rows(TRY_LOCK, (LOCK_KEY,)))[0][0]:
            await asyncio.sleep(LOCK_PAUSE)

    async def unlock(self) -> None:
        await self.rows(UNLOCK, (LOCK_KEY,))

    async def close(self) -> None:
        if self._borrowed is None:
            await self._connection.close()
            return
        if self._connection.closed:
            return
        with suppress(Error):  # its transaction may have failed
            await self.set_time_zone(self._borrowed.time_zone)
        if not self.in_transaction:
            await self._connection.set_autocommit(self._borrowed.autocommit)
