"""SQLite: sqlite3 and aiosqlite."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Final

import aiosql
import aiosqlite
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from . import project
from .alchemy import contestant as alchemy
from .alchemy import contestant_async as alchemy_async
from .contestants import AIOSQL, HAND, OURS, ROWS, AsyncContestant, Contestant, Item

_GET: Final = "select id, name, email, score, count from items where id = ?"
_LIST: Final = "select id, name, email, score, count from items where id <= ?"
_ADD: Final = "insert into items (name, email, score, count) values (?, ?, ?, ?)"
_FAST: Final = ("pragma journal_mode = wal", "pragma synchronous = off", "pragma foreign_keys = on")
"""The same for all: what a disk costs is not what is asked here."""


@contextmanager
def database(folder: Path) -> Generator[str, None, None]:
    """A file with its rows."""
    path = folder / "items.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(_FAST[0])
        connection.execute(project.SCHEMAS["sqlite"])
        rows = ((f"item {number}", None if number % 3 else "a@b.c", number / 7, number) for number in range(ROWS))
        connection.executemany(_ADD, rows)
        connection.commit()
    yield str(path)


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in _FAST:
        connection.execute(pragma)
    return connection


@contextmanager
def open_sync(path: str, package: ModuleType) -> Generator[Sequence[Contestant], None, None]:
    """Each on a connection of its own."""
    queries = aiosql.from_str(project.AIOSQL, "sqlite3")
    engine = sa.create_engine("sqlite://", creator=lambda: _connected(path), poolclass=sa.StaticPool)
    with (
        closing(_connected(path)) as ours,
        closing(_connected(path)) as hand,
        closing(_connected(path)) as theirs,
        package.connect_sync(ours) as db,
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as core,
    ):
        yield [
            Contestant(
                OURS,
                lambda: db.items.get_item(id=500),
                lambda: db.items.list_items(last=ROWS),
                lambda: db.items.add_item(name="new", email=None, score=0.5, count=1),
            ),
            Contestant(
                HAND,
                lambda: Item(*hand.execute(_GET, (500,)).fetchone()),
                lambda: [Item(*row) for row in hand.execute(_LIST, (ROWS,)).fetchall()],
                lambda: hand.execute(_ADD, ("new", None, 0.5, 1)),
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
async def open_async(path: str, package: ModuleType) -> AsyncGenerator[Sequence[AsyncContestant], None]:
    """The same on aiosqlite."""
    queries = aiosql.from_str(project.AIOSQL, "aiosqlite")
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", isolation_level="AUTOCOMMIT")
    async with (
        aiosqlite.connect(path, isolation_level=None) as ours,
        aiosqlite.connect(path, isolation_level=None) as hand,
        aiosqlite.connect(path, isolation_level=None) as theirs,
        package.connect(ours) as db,
        engine.connect() as core,
    ):
        for pragma in _FAST:
            for connection in (ours, hand, theirs):
                await connection.execute(pragma)
            await core.exec_driver_sql(pragma)

        async def get() -> Item:
            (row,) = await hand.execute_fetchall(_GET, (500,))
            return Item(*row)

        async def listed() -> list[Item]:
            return [Item(*row) for row in await hand.execute_fetchall(_LIST, (ROWS,))]

        async def add() -> None:
            await (await hand.execute(_ADD, ("new", None, 0.5, 1))).close()

        async def get_theirs() -> Item:
            return Item(*await queries.get_item(theirs, id=500))

        async def list_theirs() -> list[Item]:
            return [Item(*row) async for row in queries.list_items(theirs, last=ROWS)]

        yield [
            AsyncContestant(
                OURS,
                lambda: db.items.get_item(id=500),
                lambda: db.items.list_items(last=ROWS),
                lambda: db.items.add_item(name="new", email=None, score=0.5, count=1),
            ),
            AsyncContestant(HAND, get, listed, add),
            AsyncContestant(
                AIOSQL,
                get_theirs,
                list_theirs,
                lambda: queries.add_item(theirs, name="new", email=None, score=0.5, count=1),
            ),
            alchemy_async(core),
        ]
    await engine.dispose()
