# Derived from driver.py by generator/tools/async_to_sync.py: change that file, and run the script.
"""psycopg's connections behind the runtime's driver protocol."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import LiteralString

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from ..driver import Parameters, Row, returned_key
from ..errors import Error
from ..migrations_sync import apply_whole_sync
from ..scripts import Script
from .adapters import BEGIN, LEDGER, LOCK_KEY, LOCK_PAUSE, SET_TIME_ZONE, TRY_LOCK, UNLOCK, Borrowed, adapt, borrowed
from .errors import DRIVER_ERRORS, translated


class PostgresDriverSync:
    """An open connection with one cursor, which sends `$1` as it stands."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: psycopg.Connection[Row], borrowed: Borrowed | None) -> None:
        self._connection = connection
        self._borrowed = borrowed
        self._cursor = psycopg.RawCursor(connection, row_factory=tuple_row)
        adapt(self._cursor.adapters)

    @classmethod
    def open(cls, url: str) -> PostgresDriverSync:
        """Connect by a URL (libpq's form) in UTF-8 and UTC."""
        try:
            connection = psycopg.Connection.connect(url, autocommit=True, client_encoding="utf8")
        except DRIVER_ERRORS as error:
            raise translated(error) from error
        driver = cls(connection, None)
        driver.set_time_zone("UTC")
        return driver

    @classmethod
    def adopt(cls, connection: psycopg.Connection[Row]) -> PostgresDriverSync:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        driver = cls(connection, borrowed(connection))
        if not connection.closed and not driver.in_transaction:
            connection.set_autocommit(True)
        driver.set_time_zone("UTC")
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    def set_time_zone(self, name: str) -> None:
        """What the server takes moments without a zone to be in, and gives those with one in."""
        if self._connection.info.parameter_status("TimeZone") != name:
            self.rows(SET_TIME_ZONE, (name,))

    def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            self._cursor.execute(sql, params or None)
            return self._cursor.fetchall()
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            self._cursor.execute(sql, params or None)
        except DRIVER_ERRORS as error:
            raise translated(error) from error
        return max(self._cursor.rowcount, 0)

    def insert(self, sql: LiteralString, params: Parameters) -> int:
        return returned_key(self.rows(sql, params))

    def apply(self, script: Script) -> bool:
        return apply_whole_sync(self, script)

    def script(self, sql: str) -> None:
        try:
            self._cursor.execute(sql.encode())
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    def lock(self) -> None:
        while not (self.rows(TRY_LOCK, (LOCK_KEY,)))[0][0]:
            time.sleep(LOCK_PAUSE)

    def unlock(self) -> None:
        self.rows(UNLOCK, (LOCK_KEY,))

    def close(self) -> None:
        if self._borrowed is None:
            self._connection.close()
            return
        if self._connection.closed:
            return
        with suppress(Error):  # its transaction may have failed
            self.set_time_zone(self._borrowed.time_zone)
        if not self.in_transaction:
            self._connection.set_autocommit(self._borrowed.autocommit)
