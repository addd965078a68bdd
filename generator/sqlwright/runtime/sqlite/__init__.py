"""Sessions on SQLite, over aiosqlite and sqlite3."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias

import aiosqlite

from ..session import Session
from ..session_sync import SessionSync
from .driver import SqliteDriver
from .driver_sync import SqliteDriverSync

__all__ = ["Session", "SessionSync", "Target", "TargetSync", "open_session", "open_session_sync"]

Target: TypeAlias = str | aiosqlite.Connection
"""A URL, or an open connection."""
TargetSync: TypeAlias = str | sqlite3.Connection
"""A URL, or an open connection."""


@asynccontextmanager
async def open_session(target: Target) -> AsyncGenerator[Session, None]:
    """A session on a URL, or on a connection that is open, which stays open."""
    driver = await SqliteDriver.open(target) if isinstance(target, str) else await SqliteDriver.adopt(target)
    session = Session(driver, 1 if driver.in_transaction else 0)
    try:
        yield session
    finally:
        await session.close()


@contextmanager
def open_session_sync(target: TargetSync) -> Generator[SessionSync, None, None]:
    """A session on a URL, or on a connection that is open, which stays open."""
    driver = SqliteDriverSync.open(target) if isinstance(target, str) else SqliteDriverSync.adopt(target)
    session = SessionSync(driver, 1 if driver.in_transaction else 0)
    try:
        yield session
    finally:
        session.close()
