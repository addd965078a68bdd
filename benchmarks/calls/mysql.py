"""MySQL and MariaDB: PyMySQL and asyncmy, by hand with their own cursors."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosql
import asyncmy
import pymysql
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from . import project
from .alchemy import contestant as alchemy
from .alchemy import contestant_async as alchemy_async
from .contestants import AIOSQL, HAND, OURS, ROWS, AsyncContestant, Contestant, Item

_CACHE: Final = Path(__file__).resolve().parent.parent.parent / ".cache"
_GET: Final = "select id, name, email, score, count from items where id = %s"
_LIST: Final = "select id, name, email, score, count from items where id <= %s"
_ADD: Final = "insert into items (name, email, score, count) values (%s, %s, %s, %s)"
_FAST: Final = "set global innodb_flush_log_at_trx_commit = 0"
"""The same for all: what a disk costs is not what is asked here."""
_ROWS: Final = [(f"item {n}", None if n % 3 else "a@b.c", n / 7.0, n) for n in range(1, 1001)]


@contextmanager
def database(
    server: Callable[[Path, Mapping[str, str]], AbstractContextManager[str]],
    scratch: Callable[[str], AbstractContextManager[str]],
    variable: str,
) -> Generator[str, None, None]:
    """A database with its rows, on the server that is named or on one of our own."""
    with ExitStack() as stack:
        named = os.environ.get(variable) or stack.enter_context(server(_CACHE, os.environ))
        url = stack.enter_context(scratch(named))
        with pymysql.connect(**_place(url)) as connection, connection.cursor() as cursor:
            cursor.execute(_FAST)
            cursor.execute(project.SCHEMAS["mysql"])
            cursor.executemany(_ADD, _ROWS)
        yield url


def _place(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "host": parts.hostname,
        "port": parts.port,
        "user": unquote(parts.username or "root"),
        "password": unquote(parts.password or ""),
        "database": parts.path.strip("/"),
        "charset": "utf8mb4",
        "autocommit": True,
    }


def _for_alchemy(url: str, driver: str) -> str:
    return f"mysql+{driver}{url[url.index('://') :]}"


@contextmanager
def open_sync(url: str, package: ModuleType) -> Generator[Sequence[Contestant], None, None]:
    """Each on a connection of its own."""
    queries = aiosql.from_str(project.AIOSQL, "pymysql")
    engine = sa.create_engine(_for_alchemy(url, "pymysql"), isolation_level="AUTOCOMMIT")
    with (
        pymysql.connect(**_place(url)) as hand,
        pymysql.connect(**_place(url)) as theirs,
        hand.cursor() as cursor,
        package.connect_sync(url) as db,
        engine.connect() as core,
    ):

        def get() -> Item:
            cursor.execute(_GET, (500,))
            return Item(*cursor.fetchone())

        def listed() -> list[Item]:
            cursor.execute(_LIST, (ROWS,))
            return [Item(*row) for row in cursor.fetchall()]

        yield [
            Contestant(
                OURS,
                lambda: db.items.get_item(id=500),
                lambda: db.items.list_items(last=ROWS),
                lambda: db.items.add_item(name="new", email=None, score=0.5, count=1),
            ),
            Contestant(HAND, get, listed, lambda: cursor.execute(_ADD, ("new", None, 0.5, 1))),
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
    """The same, awaited. aiosql has no asyncmy."""
    engine = create_async_engine(_for_alchemy(url, "asyncmy"), isolation_level="AUTOCOMMIT")
    hand = await asyncmy.connect(**{"db" if key == "database" else key: value for key, value in _place(url).items()})
    async with hand, hand.cursor() as cursor, package.connect(url) as db, engine.connect() as core:

        async def get() -> Item:
            await cursor.execute(_GET, (500,))
            return Item(*(await cursor.fetchone()))

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
