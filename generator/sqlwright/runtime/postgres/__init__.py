"""Sessions on PostgreSQL, over psycopg."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

import psycopg

from ..session import Session
from ..session_sync import SessionSync
from .adapters import json, jsonb
from .driver import PostgresDriver
from .driver_sync import PostgresDriverSync

__all__ = ["Session", "SessionSync", "json", "jsonb", "open_session", "open_session_sync"]


@asynccontextmanager
async def open_session(target: str | psycopg.AsyncConnection[tuple[object, ...]]) -> AsyncGenerator[Session, None]:
    """A session on a URL, or on a connection that is open, which stays open."""
    if isinstance(target, str):
        driver = await PostgresDriver.open(target)
    else:
        driver = await PostgresDriver.adopt(target)
    session = Session(driver, 1 if driver.in_transaction else 0)
    try:
        yield session
    finally:
        await session.close()


@contextmanager
def open_session_sync(target: str | psycopg.Connection[tuple[object, ...]]) -> Generator[SessionSync, None, None]:
    """A session on a URL, or on a connection that is open, which stays open."""
    driver = PostgresDriverSync.open(target) if isinstance(target, str) else PostgresDriverSync.adopt(target)
    session = SessionSync(driver, 1 if driver.in_transaction else 0)
    try:
        yield session
    finally:
        session.close()
