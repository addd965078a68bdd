"""Sessions on PostgreSQL, over psycopg."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TypeAlias

import psycopg

from ..session import Session
from ..session_sync import SessionSync
from .adapters import json, jsonb, text_array
from .driver import PostgresDriver
from .driver_sync import PostgresDriverSync

__all__ = [
    "Session",
    "SessionSync",
    "Target",
    "TargetSync",
    "json",
    "jsonb",
    "open_session",
    "open_session_sync",
    "text_array",
]

Target: TypeAlias = str | psycopg.AsyncConnection[tuple[object, ...]]
"""A URL, or an open connection."""
TargetSync: TypeAlias = str | psycopg.Connection[tuple[object, ...]]
"""A URL, or an open connection."""


@asynccontextmanager
async def open_session(target: Target) -> AsyncGenerator[Session, None]:
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
def open_session_sync(target: TargetSync) -> Generator[SessionSync, None, None]:
    """A session on a URL, or on a connection that is open, which stays open."""
    driver = PostgresDriverSync.open(target) if isinstance(target, str) else PostgresDriverSync.adopt(target)
    session = SessionSync(driver, 1 if driver.in_transaction else 0)
    try:
        yield session
    finally:
        session.close()
