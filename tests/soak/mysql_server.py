"""Asking MySQL and MariaDB: whether they prepare a statement, and the types that come with its rows."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

import mysql.connector
from mysql.connector.abstracts import MySQLConnectionAbstract
from sqlwright.model.typed import TypedColumn

from tests.soak.facts import Facts
from tests.soak.servers import Answer, Prepared, SchemaRefused, ServerLost

KINDS: Final[dict[str, tuple[type, ...]]] = {
    **dict.fromkeys(("bool", "int16", "int32", "int64", "uint64"), (int,)),
    **dict.fromkeys(("float32", "float64"), (float,)),
    **dict.fromkeys(("str", "enum"), (str,)),
    "json": (str, bytes, bytearray),
    "decimal": (Decimal,),
    "date": (date,),
    "time": (timedelta,),
    "timestamp": (datetime,),
    "timestamptz": (datetime,),
    "bytes": (bytes, bytearray),
}
GONE: Final = frozenset((-1, 2002, 2003, 2006, 2013, 2055))
"""Numbers of the errors that say that there is no server any more."""
LATE: Final = frozenset((1052, 1054, 1055, 1110, 1111, 1136, 1241, 1305, 1906, 4015, 4016, 4018))
"""Numbers of the errors that MariaDB finds in some changes only when it runs them: of names, functions, aggregates and
windows, of columns and their count, and of columns that it makes itself."""
RESTART: Final = 30.0
"""Seconds within which a server that ended must be there again."""


class ServerDied(Exception):
    """The server ended with a statement, and there is a new connection to the one in its place."""


class MysqlServer:
    """One connection to a database of its own. A server that ends is waited for, if something starts it anew."""

    def __init__(self, connection: MySQLConnectionAbstract, facts: Facts) -> None:
        self.facts = facts
        self._connection = connection
        self._rows: Sequence[str] = ()
        self._lost = False
        self._prepare_session()

    @contextmanager
    def holding(self, ddl: str) -> Generator[None, None, None]:
        made: list[tuple[str, str]] = []
        try:
            for statement in filter(None, (part.strip() for part in ddl.split(";"))):
                try:
                    self._run(statement)
                except mysql.connector.Error as error:
                    raise SchemaRefused(str(error)) from error
                _, kind, name, *_ = statement.split()
                made.append((kind, name))
            yield
        finally:
            for kind, name in reversed(made):
                self._run(f"drop {kind} {name}")

    @contextmanager
    def filled(self, statements: Sequence[str]) -> Generator[None, None, None]:
        self._rows = statements
        self._fill()
        yield
        self._run("rollback")

    def prepare(self, statement: str) -> Prepared:
        text = statement.replace("\\", "\\\\").replace("'", "''")
        try:
            self._run(f"prepare asked from '{text}'")
            return Prepared(self._late_refusal(statement))
        except ServerDied as error:
            return Prepared(str(error), died=True)
        except mysql.connector.Error as error:
            return Prepared(str(error))

    def run(self, statement: str) -> Answer:
        try:
            rows = self._run(statement)
        except ServerDied as error:
            self._fill()
            return Answer(error=str(error), died=True)
        except mysql.connector.Error as error:
            self._run("rollback to filled")
            return Answer(error=str(error))
        if not statement.startswith(("select", "with", "(")):
            self._run("rollback to filled")
        return Answer(rows)

    def mismatch(self, column: TypedColumn, type: str | None, values: Sequence[object]) -> str | None:
        expected = KINDS.get(str(column.type))
        if expected is None:
            return None
        wrong = next((value for value in values if not isinstance(value, expected)), None)
        return None if wrong is None else f"{column.type} ({column.db_type}), and a value is {wrong!r}"

    def _prepare_session(self) -> None:
        of_mysql = self.facts.dialect == "mysql"
        self._run("set names utf8mb4")
        self._run("set session max_execution_time = 3000" if of_mysql else "set max_statement_time = 3")

    def _late_refusal(self, statement: str) -> str | None:
        """Why MariaDB refuses to run a statement that it has prepared."""
        if self.facts.dialect != "mariadb" or not statement.startswith(("insert", "replace", "update", "delete")):
            return None
        self._run("start transaction")
        refusal: str | None = None
        try:
            self._run("execute asked")
        except mysql.connector.Error as error:
            refusal = str(error) if error.errno in LATE else None
        self._run("rollback")
        return refusal

    def _fill(self) -> None:
        for statement in ("start transaction", *self._rows, "savepoint filled"):
            self._run(statement)

    def _run(self, statement: str) -> list[tuple[object, ...]]:
        try:
            with closing(self._connection.cursor()) as cursor:
                cursor.execute(statement)
                return [tuple(row) for row in cursor.fetchall()] if cursor.with_rows else []
        except mysql.connector.Error as error:
            if error.errno not in GONE:
                raise
            self._connect_again()
            raise ServerDied(f"the server ended: {error}") from error

    def _connect_again(self) -> None:
        end = time.monotonic() + RESTART
        while not self._lost:
            try:
                self._connection.reconnect()
                break
            except mysql.connector.Error as error:
                self._lost = time.monotonic() > end
                if self._lost:
                    raise ServerLost(str(error)) from error
                time.sleep(0.2)
        if self._lost:
            raise ServerLost("it has ended")
        self._prepare_session()
