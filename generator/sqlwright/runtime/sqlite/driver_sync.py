"""sqlite3's connections behind the runtime's driver protocol."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import LiteralString

from ..driver import Parameters, Row
from .connections import BEGIN, LEDGER, IsolationLevel, open_connection, path_of, prepare, statements
from .errors import translated


class SqliteDriverSync:
    """An open connection."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, connection: sqlite3.Connection, owned: bool) -> None:
        self._connection = connection
        self._owned = owned
        self._isolation_level: IsolationLevel = connection.isolation_level
        self._row_factory = connection.row_factory

    @classmethod
    def open(cls, url: str) -> SqliteDriverSync:
        """Connect by a URL."""
        try:
            connection = open_connection(path_of(url))
        except sqlite3.Error as error:
            raise translated(error) from error
        return cls(connection, True)

    @classmethod
    def adopt(cls, connection: sqlite3.Connection) -> SqliteDriverSync:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        driver = cls(connection, False)
        connection.row_factory = None
        if not connection.in_transaction:
            connection.isolation_level = None
        prepare(connection)
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        try:
            return self._connection.execute(sql, params).fetchall()
        except (sqlite3.Error, OverflowError) as error:
            raise translated(error) from error

    def execute(self, sql: LiteralString, params: Parameters) -> int:
        try:
            cursor = self._connection.execute(sql, params)
        except (sqlite3.Error, OverflowError) as error:
            raise translated(error) from error
        return max(cursor.rowcount, 0)

    def script(self, sql: str) -> None:
        for statement in statements(sql):
            try:
                self._connection.execute(statement)
            except sqlite3.Error as error:
                raise translated(error) from error

    def lock(self) -> None:
        """A transaction on SQLite is a lock."""

    def unlock(self) -> None:
        """The transactions have ended."""

    def close(self) -> None:
        if self._owned:
            self._connection.close()
            return
        self._connection.row_factory = self._row_factory
        if not self._connection.in_transaction:
            self._connection.isolation_level = self._isolation_level
