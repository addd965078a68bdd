"""Asking SQLite: types are those of the values that come out."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Final

from sqlwright.model.typed import TypedColumn

from tests.soak.facts import Facts
from tests.soak.servers import Answer, Prepared, SchemaRefused
from tests.soak.sqlite import SQLITE

KINDS: Final[dict[str, tuple[type, ...]]] = {
    **dict.fromkeys(("bool", "int16", "int32", "int64"), (int,)),
    **dict.fromkeys(("float32", "float64"), (float, int)),
    **dict.fromkeys(("str", "enum", "json", "date", "timestamp"), (str,)),
    "decimal": (int, float),
    "bytes": (bytes,),
}
STEPS: Final = 2_000_000
"""Instructions after which a statement is stopped."""


class SqliteServer:
    """A database in memory."""

    facts: Facts = SQLITE

    def __init__(self) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._rows: Sequence[str] = ()

    @contextmanager
    def holding(self, ddl: str) -> Generator[None, None, None]:
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute("pragma foreign_keys = on")
        try:
            self._connection.executescript(ddl)
        except sqlite3.Error as error:
            raise SchemaRefused(str(error)) from error
        yield
        self._connection.close()

    @contextmanager
    def filled(self, statements: Sequence[str]) -> Generator[None, None, None]:
        self._rows = statements
        self._fill()
        yield
        self._connection.execute("rollback")

    def prepare(self, statement: str) -> Prepared:
        try:
            self._connection.execute(f"explain {statement}").fetchall()
        except sqlite3.Error as error:
            return Prepared(str(error))
        return Prepared(None)

    def run(self, statement: str) -> Answer:
        self._connection.execute("savepoint before")
        left = [STEPS // 1000]

        def stop() -> bool:
            left[0] -= 1
            return left[0] < 0

        self._connection.set_progress_handler(stop, 1000)
        try:
            rows = self._connection.execute(statement).fetchall()
            return Answer([[_mended(value) for value in row] for row in rows] if " returning " in statement else rows)
        except sqlite3.Error as error:
            return Answer(error=str(error))
        finally:
            self._connection.set_progress_handler(None, 0)
            if self._connection.in_transaction:
                self._connection.execute("rollback to before")
            else:  # a change that is stopped takes its transaction along
                self._fill()

    def _fill(self) -> None:
        self._connection.execute("begin")
        for statement in self._rows:
            self._connection.execute(statement)

    def mismatch(self, column: TypedColumn, type: str | None, values: Sequence[object]) -> str | None:
        expected = KINDS.get(str(column.type))
        if expected is None:
            return None
        wrong = next((value for value in values if not isinstance(value, expected)), None)
        return None if wrong is None else f"{column.type} ({column.db_type}), and a value is {wrong!r}"


def _mended(value: object) -> object:
    """RETURNING gives whole numbers as floats beside a column of reals (3.40)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
