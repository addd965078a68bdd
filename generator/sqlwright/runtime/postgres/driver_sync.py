# Derived from driver.py by generator/tools/async_to_sync.py: change that file, and run the script.
"""psycopg's connections behind the runtime's driver protocol."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import LiteralString

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from ..driver import Parameters, Row
from .adapters import BEGIN, LEDGER, LOCK_KEY, LOCK_PAUSE, TRY_LOCK, UNLOCK, adapt
from .errors import translated


class PostgresDriverSync:
    """An open connection with one cursor, which sends `$1` as it stands."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: psycopg.Connection[Row], owned: bool) -> None:
        self._connection = connection
        self._owned = owned
        self._autocommit = connection.autocommit
        self._cursor = psycopg.RawCursor(connection, row_factory=tuple_row)

    @classmethod
    def open(cls, url: str) -> PostgresDriverSync:
        """Connect by a URL (libpq's form) in UTF-8 and UTC."""
        try:
            connection = psycopg.Connection.connect(url, autocommit=True, client_encoding="utf8")
            driver = cls(connection, True)
            driver.prepare()
        except psycopg.Error as error:
            raise translated(error) from error
        return driver

    @classmethod
    def adopt(cls, connection: psycopg.Connection[Row]) -> PostgresDriverSync:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        driver = cls(connection, False)
        if not driver.in_transaction:
            connection.set_autocommit(True)
        driver.prepare()
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    def prepare(self) -> None:
        adapt(self._cursor.adapters)
        if self._connection.info.parameter_status("TimeZone") != "UTC":
            self._cursor.execute("set time zone 'UTC'")

    def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            self._cursor.execute(sql, params or None)
            return self._cursor.fetchall()
        except psycopg.Error as error:
            raise translated(error) from error

    def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            self._cursor.execute(sql, params or None)
        except psycopg.Error as error:
            raise translated(error) from error
        return self._cursor.rowcount

    def script(self, sql: str) -> None:
        try:
            self._cursor.execute(sql.encode())
        except psycopg.Error as error:
            raise translated(error) from error

    def lock(self) -> None:
        while not (self.rows(TRY_LOCK, (LOCK_KEY,)))[0][0]:
            time.sleep(LOCK_PAUSE)

    def unlock(self) -> None:
        self.rows(UNLOCK, (LOCK_KEY,))

    def close(self) -> None:
        if self._owned:
            self._connection.close()
        elif not self._connection.closed and self._autocommit is False and not self.in_transaction:
            self._connection.set_autocommit(False)
