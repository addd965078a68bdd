# Derived from driver.py by generator/tools/async_to_sync.py: change that file, and run the script.
"""PyMySQL's connections behind the runtime's driver protocol."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import LiteralString

from ..driver import Parameters, Row
from ..errors import ConnectionFailure, DeadlockDetected, Error
from ..scripts import Script
from .errors import DRIVER_ERRORS, translated
from .links import Link, open_link
from .parameters import spread
from .products import BEGIN, ISOLATION, LEDGER, LOCK_PAUSE, SET_AUTOCOMMIT, TRY_LOCK, UNLOCK, Product
from .steps_sync import apply_in_steps_sync


@dataclass(frozen=True, slots=True)
class _Borrowed:
    """What the owner of an open connection has set, and gets back."""

    settings: tuple[object, ...]
    autocommit: object
    product: Product


class MysqlDriverSync:
    """An open connection. A statement's `%` is written `%%`, whether it has parameters or not."""

    begin: LiteralString = BEGIN
    ledger = LEDGER

    def __init__(self, link: Link) -> None:
        self._link = link
        self._borrowed: _Borrowed | None = None
        self._undone = False

    @classmethod
    def open(cls, url: str, product: Product) -> MysqlDriverSync:
        """Connect by a URL, in UTF-8 and UTC, with strict modes. The server must be the product's."""
        try:
            link = open_link(url, product)
        except DRIVER_ERRORS as error:
            raise translated(error) from error
        driver = cls(link)
        try:
            product.check_version(link.version)
            driver.run(*product.opening)
            driver.run(ISOLATION, None)
        except BaseException:
            link.close()
            raise
        return driver

    @classmethod
    def adopt(cls, link: Link, product: Product) -> MysqlDriverSync:
        """Use a connection that is open. One that is in a transaction stays in it, and is left to its owner to end."""
        if not link.is_open:
            raise ConnectionFailure("the connection is closed")
        product.check_version(link.version)
        driver = cls(link)
        ((charset, *settings, autocommit),) = driver.run(product.ask, None)
        if charset != "utf8mb4":
            raise ConnectionFailure(f"the connection's character set is {charset}: open it with charset='utf8mb4'")
        driver._borrowed = _Borrowed(tuple(settings), autocommit, product)
        if not driver.in_transaction:
            driver.run(SET_AUTOCOMMIT, (1,))
        driver.run(*product.opening)
        return driver

    @property
    def in_transaction(self) -> bool:
        return self._link.in_transaction

    def run(self, sql: str, params: Sequence[object] | None) -> Sequence[Row]:
        """The rows of a statement of any origin. Without parameters its text is sent as it stands."""
        try:
            return self._link.fetch(sql, params)
        except DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]:
        self._check_transaction(sql)
        try:
            return self._link.fetch(*spread(sql, params))
        except DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    def execute(self, sql: LiteralString, params: Parameters) -> int:
        self._check_transaction(sql)
        try:
            return self._link.change(*spread(sql, params))
        except DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    def insert(self, sql: LiteralString, params: Parameters) -> int:
        self._check_transaction(sql)
        try:
            return self._link.insert(*spread(sql, params))
        except DRIVER_ERRORS as error:
            raise self._translated(error, sql) from error

    def apply(self, script: Script) -> bool:
        apply_in_steps_sync(self, script)
        return True

    def lock(self) -> None:
        while not (self.rows(TRY_LOCK, ()))[0][0]:
            time.sleep(LOCK_PAUSE)

    def unlock(self) -> None:
        self.rows(UNLOCK, ())

    def close(self) -> None:
        if self._borrowed is None:
            self._link.close()
            return
        if not self._link.is_open:
            return
        with suppress(Error):  # the connection may be lost
            self.run(self._borrowed.product.set, self._borrowed.settings)
            if not self.in_transaction:
                self.run(SET_AUTOCOMMIT, (self._borrowed.autocommit,))

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
