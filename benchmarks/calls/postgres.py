"""PostgreSQL: psycopg, by hand on the raw cursor, which is its quickest."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Final

import aiosql
import psycopg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine
from sqlwright.live.postgres import scratch_database, throwaway_server

from . import project
from .alchemy import contestant as alchemy
from .alchemy import contestant_async as alchemy_async
from .contestants import AIOSQL, HAND, OURS, ROWS, AsyncContestant, Contestant, Item

_CACHE: Final = Path(__file__).resolve().parent.parent.parent / ".cache"
_VARIABLE: Final = "SQLWRIGHT_POSTGRES_URL"
_GET: Final = "select id, name, email, score, count from items where id = $1"
_LIST: Final = "select id, name, email, score, count from items where id <= $1"
_ADD: Final = "insert into items (name, email, score, count) values ($1, $2, $3, $4)"
_FAST: Final = "set synchronous_commit = off"
"""The same for all: what a disk costs is not what is asked here."""


@contextmanager
def database(folder: Path) -> Generator[str, None, None]:
    """A database with its rows, on the server that is named or on one of our own."""
    with ExitStack() as stack:
        server = os.environ.get(_VARIABLE) or stack.enter_context(throwaway_server(_CACHE, os.environ))
        url = stack.enter_context(scratch_database(server))
        with psycopg.connect(url) as connection:
            connection.execute(project.SCHEMAS["postgres"].encode())
            connection.execute(
                "insert into items (name, email, score, count) select 'item ' || n,"
                " case when n % 3 = 0 then 'a@b.c' end, n / 7.0, n from generate_series(1, 1000) n"
            )
        yield url


def _for_alchemy(url: str) -> str:
    return "postgresql+psycopg" + url[url.index("://") :]


@contextmanager
def open_sync(url: str, package: ModuleType) -> Generator[Sequence[Contestant], None, None]:
    """Each on a connection of its own."""
    queries = aiosql.from_str(project.AIOSQL, "psycopg")
    engine = sa.create_engine(_for_alchemy(url), isolation_level="AUTOCOMMIT")
    with (
        psycopg.connect(url, autocommit=True) as ours,
        psycopg.connect(url, autocommit=True) as hand,
        psycopg.connect(url, autocommit=True) as theirs,
        package.connect_sync(ours) as db,
        engine.connect() as core,
    ):
        for connection in (ours, hand, theirs):
            connection.execute(_FAST)
        core.exec_driver_sql(_FAST)
        cursor = psycopg.RawCursor(hand)

        def get() -> Item:
            row = cursor.execute(_GET, (500,)).fetchone()
            assert row is not None
            return Item(*row)

        yield [
            Contestant(
                OURS,
                lambda: db.items.get_item(id=500),
                lambda: db.items.list_items(last=ROWS),
                lambda: db.items.add_item(name="new", email=None, score=0.5, count=1),
            ),
            Contestant(
                HAND,
                get,
                lambda: [Item(*row) for row in cursor.execute(_LIST, (ROWS,)).fetchall()],
                lambda: cursor.execute(_ADD, ("new", None, 0.5, 1)),
            ),
            Contestant(
                AIOSQL,
                lambda: Item(*queries.get_item(theirs, id=500)),
                lambda: [Item(*row) for row in queries.list_items(theirs, last=ROWS)],
                lambda: queries.add_item(theirs, name="new", email=None, score=0.5, count=1),
            ),
            alchemy(core),
        ]
    engine.dispose()


@asynccontextmanager
async def open_async(url: str, package: ModuleType) -> AsyncGenerator[Sequence[AsyncContestant], None]:
    """The same, awaited. aiosql has no psycopg here."""
    engine = create_async_engine(_for_alchemy(url), isolation_level="AUTOCOMMIT")
    async with (
        await psycopg.AsyncConnection.connect(url, autocommit=True) as ours,
        await psycopg.AsyncConnection.connect(url, autocommit=True) as hand,
        package.connect(ours) as db,
        engine.connect() as core,
    ):
        for connection in (ours, hand):
            await connection.execute(_FAST)
        await core.exec_driver_sql(_FAST)
        cursor = psycopg.AsyncRawCursor(hand)

        async def get() -> Item:
            await cursor.execute(_GET, (500,))
            row = await cursor.fetchone()
            assert row is not None
            return Item(*row)

        async def listed() -> list[Item]:
            await cursor.execute(_LIST, (ROWS,))
            return [Item(*row) for row in await cursor.fetchall()]

        yield [
            AsyncContestant(
                OURS,
                lambda: db.items.get_item(id=500),
                lambda: db.items.list_items(last=ROWS),
                lambda: db.items.add_item(name="new", email=None, score=0.5, count=1),
            ),
            AsyncContestant(HAND, get, listed, lambda: cursor.execute(_ADD, ("new", None, 0.5, 1))),
            alchemy_async(core),
        ]
    await engine.dispose()
