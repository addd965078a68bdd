# Derived from session.py by generator/tools/async_to_sync.py: change that file, and run the script.
"""One connection and what generated code does with it: fetch, change, and transactions that nest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString, TypeVar

from .driver import DriverSync, Parameters, Row
from .errors import Error, TransactionMisuse, row_count_error
from .migrations_sync import apply_scripts_sync

T = TypeVar("T")


class SessionSync:
    """A connection, or a transaction on it. Calls that come at once wait for their turn.

    Outside a transaction each call commits by itself. `make` builds the result from the values of a row.
    """

    def __init__(self, driver: DriverSync, depth: int = 0) -> None:
        self._driver = driver
        self._depth = depth
        self._lock = threading.Lock()
        self._holder: object = None
        self._ended = False

    def fetch_all(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> list[T]:
        """All rows."""
        return [make(*row) for row in self._rows(sql, params)]

    def fetch_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T:
        """The one row. Raises NoRowError or ManyRowsError when there is another number of them."""
        rows = self._rows(sql, params)
        if len(rows) != 1:
            raise row_count_error(len(rows), sql)
        return make(*rows[0])

    def fetch_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None:
        """The one row, or None. Raises ManyRowsError when there are more."""
        rows = self._rows(sql, params)
        if not rows:
            return None
        if len(rows) > 1:
            raise row_count_error(len(rows), sql)
        return make(*rows[0])

    def change_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T:
        """The one row of a statement that changes rows; with another number of them, nothing is changed."""
        with self.transaction() as transaction:
            return transaction.fetch_one(sql, params, make)

    def change_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None:
        """The one row of a statement that changes rows, or None; with more, nothing is changed."""
        with self.transaction() as transaction:
            return transaction.fetch_optional(sql, params, make)

    def execute(self, sql: LiteralString, params: Parameters) -> int:
        """Run a statement; gives the number of rows that it matched."""
        self._check_turn()
        with self._lock:
            self._check_open()
            return self._driver.execute(sql, params)

    def insert(self, sql: LiteralString, params: Parameters) -> int:
        """Run an INSERT; gives the key that the database made. Where it knows RETURNING, the statement must use it."""
        self._check_turn()
        with self._lock:
            self._check_open()
            return self._driver.insert(sql, params)

    @contextmanager
    def transaction(self) -> Generator[SessionSync, None, None]:
        """A transaction, or a savepoint in one: undone when the block is left by an exception, kept when not."""
        self._check_turn()
        with self._lock:
            self._check_open()
            self._holder = threading.current_thread()
            begin, keep, undo = self._boundaries()
            inner = SessionSync(self._driver, self._depth + 1)
            try:
                try:
                    # Who is cancelled while this is under way cannot know whether it took effect.
                    self._driver.execute(begin, ())
                    yield inner
                    inner._ended = True
                    self._driver.execute(keep, ())
                except BaseException:
                    inner._ended = True
                    with suppress(Error):
                        for statement in undo:
                            self._driver.execute(statement, ())
                    raise
            finally:
                self._holder = None

    def migrate(self, scripts: Path) -> list[str]:
        """Apply the scripts of a folder that the database has not had yet; gives their names."""
        self._check_turn()
        if self._depth > 0:
            raise TransactionMisuse("scripts are applied in transactions of their own: call `migrate()` outside of one")
        with self._lock:
            self._check_open()
            return apply_scripts_sync(self._driver, scripts)

    def close(self) -> None:
        """Give the connection back. What is still running ends first."""
        with self._lock:
            self._ended = True
            self._driver.close()

    # The turn of a call

    def _rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        self._check_turn()
        with self._lock:
            self._check_open()
            return self._driver.rows(sql, params)

    def _check_turn(self) -> None:
        """A thread that holds a transaction would wait for itself here."""
        if self._lock.locked() and self._holder is threading.current_thread():
            raise TransactionMisuse(
                "this connection has a transaction open in the same thread: use what `transaction()` gave"
            )

    def _check_open(self) -> None:
        if self._ended:
            raise TransactionMisuse("this transaction or connection has ended")

    def _boundaries(self) -> tuple[LiteralString, LiteralString, tuple[LiteralString, ...]]:
        """The statements that begin, keep and undo a transaction at this depth."""
        if self._depth == 0:
            return self._driver.begin, "commit", ("rollback",)
        name = "nested" + "_" * self._depth
        return (
            "savepoint " + name,
            "release savepoint " + name,
            ("rollback to savepoint " + name, "release savepoint " + name),
        )
