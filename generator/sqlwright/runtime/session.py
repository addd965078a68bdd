"""One connection and what generated code does with it: fetch, change, and transactions that nest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import LiteralString, TypeVar

from .driver import Driver, Parameters, Row
from .errors import Error, TransactionMisuse, row_count_error
from .migrations import apply_scripts

T = TypeVar("T")


class Session:
    """A connection, or a transaction on it. Calls that come at once wait for their turn.

    Outside a transaction each call commits by itself. `make` builds the result from the values of a row.
    """

    def __init__(self, driver: Driver, depth: int = 0) -> None:
        self._driver = driver
        self._depth = depth
        self._lock = asyncio.Lock()
        self._holder: object = None
        self._ended = False

    async def fetch_all(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> list[T]:
        """All rows."""
        return [make(*row) for row in await self._rows(sql, params)]

    async def fetch_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T:
        """The one row. Raises NoRowError or ManyRowsError when there is another number of them."""
        rows = await self._rows(sql, params)
        if len(rows) != 1:
            raise row_count_error(len(rows), sql)
        return make(*rows[0])

    async def fetch_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None:
        """The one row, or None. Raises ManyRowsError when there are more."""
        rows = await self._rows(sql, params)
        if not rows:
            return None
        if len(rows) > 1:
            raise row_count_error(len(rows), sql)
        return make(*rows[0])

    async def change_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T:
        """The one row of a statement that changes rows; with another number of them, nothing is changed."""
        async with self.transaction() as transaction:
            return await transaction.fetch_one(sql, params, make)

    async def change_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None:
        """The one row of a statement that changes rows, or None; with more, nothing is changed."""
        async with self.transaction() as transaction:
            return await transaction.fetch_optional(sql, params, make)

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        """Run a statement; gives the number of rows that it matched."""
        self._check_turn()
        async with self._lock:
            self._check_open()
            return await self._driver.execute(sql, params)

    async def insert(self, sql: LiteralString, params: Parameters) -> int:
        """Run an INSERT; gives the key that the database made. Where it knows RETURNING, the statement must use it."""
        self._check_turn()
        async with self._lock:
            self._check_open()
            return await self._driver.insert(sql, params)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Session, None]:
        """A transaction, or a savepoint in one: undone when the block is left by an exception, kept when not."""
        self._check_turn()
        async with self._lock:
            self._check_open()
            self._holder = asyncio.current_task()
            begin, keep, undo = self._boundaries()
            inner = Session(self._driver, self._depth + 1)
            try:
                try:
                    # Who is cancelled while this is under way cannot know whether it took effect.
                    await self._driver.execute(begin, ())
                    yield inner
                    inner._ended = True
                    await self._driver.execute(keep, ())
                except BaseException:
                    inner._ended = True
                    with suppress(Error):
                        for statement in undo:
                            await self._driver.execute(statement, ())
                    raise
            finally:
                self._holder = None

    async def migrate(self, scripts: Path) -> list[str]:
        """Apply the scripts of a folder that the database has not had yet; gives their names."""
        self._check_turn()
        if self._depth > 0:
            raise TransactionMisuse("scripts are applied in transactions of their own: call `migrate()` outside of one")
        async with self._lock:
            self._check_open()
            return await apply_scripts(self._driver, scripts)

    async def close(self) -> None:
        """Give the connection back. What is still running ends first."""
        async with self._lock:
            self._ended = True
            await self._driver.close()

    # The turn of a call

    async def _rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        self._check_turn()
        async with self._lock:
            self._check_open()
            return await self._driver.rows(sql, params)

    def _check_turn(self) -> None:
        """A task that holds a transaction would wait for itself here."""
        if self._lock.locked() and self._holder is asyncio.current_task():
            raise TransactionMisuse(
                "this connection has a transaction open in the same task: use what `transaction()` gave"
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
