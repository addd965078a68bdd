"""sqlite3's connections behind the runtime's driver protocol."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import LiteralString

from ..driver import Parameters, Row, returned_key
from ..migrations_sync import apply_whole_sync
from ..scripts import Script
from .connections import BEGIN, LEDGER, Borrowed, borrow, give_back, matched, open_connection, path_of, statements
from .errors import DRIVER_ERRORS, translated


class SqliteDriverSync:
    """An open connection."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: sqlite3.Connection, borrowed: Borrowed | None) -> None:
        self._connection = connection
        self._borrowed = borrowed

    @classmethod
    def open(cls, url: str) -> SqliteDriverSync:
        """Connect by a URL."""
        try:
            return cls(open_connection(path_of(url)), None)
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    @classmethod
    def adopt(cls, connection: sqlite3.Connection) -> SqliteDriverSync:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        try:
            return cls(connection, borrow(connection))
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            return self._connection.execute(sql, params).fetchall()
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            return matched(self._connection, sql, params)
        except DRIVER_ERRORS as error:
            raise translated(error) from error

    def insert(self, sql: LiteralString, params: Parameters) -> int:
        return returned_key(self.rows(sql, params))

    def apply(self, script: Script) -> bool:
        return apply_whole_sync(self, script)

    def script(self, sql: str) -> None:
        for statement in statements(sql):
            try:
                self._connection.execute(statement)
            except DRIVER_ERRORS as error:
                raise translated(error) from error

    def lock(self) -> None:
        """A transaction on SQLite is a lock."""

    def unlock(self) -> None:
        """The transactions have ended."""

    def close(self) -> None:
        if self._borrowed is None:
            self._connection.close()
            return
        with suppress(*DRIVER_ERRORS):  # its owner has closed it
            give_back(self._connection, self._borrowed)
