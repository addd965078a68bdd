"""asyncmy's connections behind the runtime's driver protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import LiteralString

from ..driver import Parameters, Row
from ..errors import ConnectionFailure, DeadlockDetected, Error
from ..scripts import Script
from .errors import ASYNC_DRIVER_ERRORS, translated
from .links_async import AsyncLink, open_async_link
from .parameters import spread
from .products import BEGIN, ISOLATION, LEDGER, LOCK_PAUSE, SET_AUTOCOMMIT, TRY_LOCK, UNLOCK, Product
from .steps import apply_in_steps


@dataclass(frozen=True, slots=True)
class _Borrowed:
    """What the owner of an open connection has set, and gets back."""

    settings: tuple[object, ...]
    autocommit: object
    product: Product


class MysqlDriver:
    """An open connection. A statement's `%` is written `%%`, whether it has parameters or not."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, link: AsyncLink) -> None:
        self._link = link
        self._borrowed: _Borrowed | None = None
        self._undone = False

    @classmethod
    async def open(cls, url: str, product: Product) -> MysqlDriver:
        """Connect by a URL, in UTF-8 and UTC, with strict modes. The server must be the product's."""
        try:
            link = await open_async_link(url, product)
        except ASYNC_DRIVER_ERRORS as error:
            raise translated(error) from error
        driver = cls(link)
        try:
            product.check_version(link.version)
            await driver.run(*product.opening)
            await driver.run(ISOLATION, None)
        except BaseException:
            await link.close()
            raise
        return driver

    @classmethod
    async def adopt(cls, link: AsyncLink, product: Product) -> MysqlDriver:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        if not link.is_open:
            raise ConnectionFailure("the connection is closed")
        product.check_version(link.version)
        driver = cls(link)
        ((charset, *settings, autocommit),) = await driver.run(product.ask, None)
        if charset != "utf8mb4":
            raise ConnectionFailure(f"the connection's character set is {charset}: open it with charset='utf8mb4'")
        driver._borrowed = _Borrowed(tuple(settings), autocommit, product)
        if not driver.in_transaction:
            await driver.run(SET_AUTOCOMMIT, (1,))
        await driver.run(*product.opening)
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._link.in_transaction

    async def run(self, sql: str, params: Sequence[object] | None) -> Sequence[Row]:
        """The rows of a statement of any origin. Without parameters its text is sent as it stands."""
        try:
            return await self._link.fetch(sql, params)
        except ASYNC_DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    async def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        self._check_transaction(sql)
        try:
            return await self._link.fetch(*spread(sql, params))
        except ASYNC_DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        self._check_transaction(sql)
        try:
            return await self._link.change(*spread(sql, params))
        except ASYNC_DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    async def insert(self, sql: LiteralString, params: Parameters) -> int:
        self._check_transaction(sql)
        try:
            return await self._link.insert(*spread(sql, params))
        except ASYNC_DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    async def apply(self, script: Script) -> bool:
        await apply_in_steps(self, script)
        return True

    async def lock(self) -> None:
        while not (await self.rows(TRY_LOCK, ()))[0][0]:
            await asyncio.sleep(LOCK_PAUSE)

    async def unlock(self) -> None:
        await self.rows(UNLOCK, ())

    async def close(self) -> None:
        if self._borrowed is None:
            await self._link.close()
            return
        if not self._link.is_open:
            return
        with suppress(Error):  # the connection may be lost
            await self.run(self._borrowed.product.set, self._borrowed.settings)
            if not self.in_transaction:
                await self.run(SET_AUTOCOMMIT, (self._borrowed.autocommit,))

    def _check_transaction(self, sql: LiteralString) -> None:
        """The server undoes the whole transaction when it finds a deadlock: what comes after is not to stand alone."""
        if sql in (BEGIN, "rollback"):
            self._undone = False
        elif self._undone:
            raise DeadlockDetected("the server has undone this transaction, because of a deadlock")

    def _translated(self, error: Exception, sql: str) -> Error:
        found = translated(error, sql)
        self._undone = self._undone or (isinstance(found, DeadlockDetected) and self.in_transaction)
        return found
