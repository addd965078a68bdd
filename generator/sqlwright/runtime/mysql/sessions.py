"""Sessions on MySQL and its kin."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias

from asyncmy.connection import Connection as AsyncConnection
from pymysql import Connection
from pymysql.cursors import Cursor

from ..session import Session
from ..session_sync import SessionSync
from .driver import MysqlDriver
from .driver_sync import MysqlDriverSync
from .links import Link
from .links_async import AsyncLink
from .products import Product

Target: TypeAlias = str | AsyncConnection
"""A URL, or an open connection of asyncmy."""
TargetSync: TypeAlias = "str | Connection[Cursor]"
"""A URL, or an open connection of PyMySQL."""


@asynccontextmanager
async def opened(target: Target, product: Product) -> AsyncGenerator[Session, None]:
    """A session on a URL, or on a connection that is open, which stays open."""
    if isinstance(target, str):
        driver = await MysqlDriver.open(target, product)
    else:
        driver = await MysqlDriver.adopt(AsyncLink(target), product)
    session = Session(driver, 1 if driver.in_transaction else 0)
    try:
        yield session
    finally:
        await session.close()


@contextmanager
def opened_sync(target: TargetSync, product: Product) -> Generator[SessionSync, None, None]:
    """A session on a URL, or on a connection that is open, which stays open."""
    if isinstance(target, str):
        driver = MysqlDriverSync.open(target, product)
    else:
        driver = MysqlDriverSync.adopt(Link(target), product)
    session = SessionSync(driver, 1 if driver.in_transaction else 0)
    try:
        yield session
    finally:
        session.close()
