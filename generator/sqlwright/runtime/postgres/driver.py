"""psycopg's connections behind the runtime's driver protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import LiteralString

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from ..driver import Parameters, Row
from .adapters import BEGIN, LEDGER, LOCK_KEY, LOCK_PAUSE, TRY_LOCK, UNLOCK, adapt
from .errors import translated


class PostgresDriver:
    """An open connection with one cursor, which sends `$1` as it stands."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: psycopg.AsyncConnection[Row], owned: bool) -> None:
        self._connection = connection
        self._owned = owned
        self._autocommit = connection.autocommit
        self._cursor = psycopg.AsyncRawCursor(connection, row_factory=tuple_row)

    @classmethod
    async def open(cls, url: str) -> PostgresDriver:
        """Connect by a URL (libpq's form) in UTF-8 and UTC."""
        try:
            connection = await psycopg.AsyncConnection.connect(url, autocommit=True, client_encoding="utf8")
            driver = cls(connection, True)
            await driver.prepare()
        except psycopg.Error as error:
            raise translated(error) from error
        return driver

    @classmethod
    async def adopt(cls, connection: psycopg.AsyncConnection[Row]) -> PostgresDriver:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        driver = cls(connection, False)
        if not driver.in_transaction:
            await connection.set_autocommit(True)
        await driver.prepare()
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    async def prepare(self) -> None:
        adapt(self._cursor.adapters)
        if self._connection.info.parameter_status("TimeZone") != "UTC":
            await self._cursor.execute("set time zone 'UTC'")

    async def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            await self._cursor.execute(sql, params or None)
            return await self._cursor.fetchall()
        except psycopg.Error as error:
            raise translated(error) from error

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            await self._cursor.execute(sql, params or None)
        except psycopg.Error as error:
            raise translated(error) from error
        return self._cursor.rowcount

    async def script(self, sql: str) -> None:
        try:
            await self._cursor.execute(sql.encode())
        except psycopg.Error as error:
            raise translated(error) from error

    async def lock(self) -> None:
        while not (await self.rows(TRY_LOCK, (LOCK_KEY,)))[0][0]:
            await asyncio.sleep(LOCK_PAUSE)

    async def unlock(self) -> None:
        await self.rows(UNLOCK, (LOCK_KEY,))

    async def close(self) -> None:
        if self._owned:
            await self._connection.close()
        elif not self._connection.closed and self._autocommit is False and not self.in_transaction:
            await self._connection.set_autocommit(False)
