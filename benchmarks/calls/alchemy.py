"""SQLAlchemy Core, the same on every database."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from .contestants import ALCHEMY, ROWS, AsyncContestant, Contestant, Item

_ITEMS: Final = sa.table(
    "items",
    sa.column("id", sa.BigInteger),
    sa.column("name", sa.Text),
    sa.column("email", sa.Text),
    sa.column("score", sa.Double),
    sa.column("count", sa.BigInteger),
)
_GET: Final = sa.select(_ITEMS).where(_ITEMS.c.id == sa.bindparam("key"))
_LIST: Final = sa.select(_ITEMS).where(_ITEMS.c.id <= sa.bindparam("last"))
_ADD: Final = sa.insert(_ITEMS)
_NEW: Final = {"name": "new", "email": None, "score": 0.5, "count": 1}


def contestant(connection: sa.Connection) -> Contestant:
    return Contestant(
        ALCHEMY,
        lambda: Item(*connection.execute(_GET, {"key": 500}).one()),
        lambda: [Item(*row) for row in connection.execute(_LIST, {"last": ROWS})],
        lambda: connection.execute(_ADD, _NEW),
    )


def contestant_async(connection: AsyncConnection) -> AsyncContestant:
    async def get() -> Item:
        return Item(*(await connection.execute(_GET, {"key": 500})).one())

    async def listed() -> list[Item]:
        return [Item(*row) for row in await connection.execute(_LIST, {"last": ROWS})]

    return AsyncContestant(ALCHEMY, get, listed, lambda: connection.execute(_ADD, _NEW))
