"""What a call of generated code costs, beside the same by hand on the driver, SQLAlchemy Core and aiosql."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from sqlwright.live import mariadb as live_mariadb
from sqlwright.live import mysql as live_mysql

from ..report import Figure, Line
from . import mysql, postgres, sqlite
from .contestants import HAND, OURS, OpenAsync, OpenSync
from .project import made_package
from .timing import time_async, time_sync

MOST: Final = 1.15
"""Our time over the time by hand."""


class Database:
    """A database to call: its server, and how each contestant opens it."""

    def __init__(
        self, server: Callable[[Path], AbstractContextManager[str]], open_sync: OpenSync, open_async: OpenAsync
    ) -> None:
        self.server = server
        self.open_sync = open_sync
        self.open_async = open_async


DATABASES: Final = {
    "sqlite": Database(sqlite.database, sqlite.open_sync, sqlite.open_async),
    "postgres": Database(postgres.database, postgres.open_sync, postgres.open_async),
    "mysql": Database(
        lambda _: mysql.database(live_mysql.throwaway_server, live_mysql.scratch_database, "SQLWRIGHT_MYSQL_URL"),
        mysql.open_sync,
        mysql.open_async,
    ),
    "mariadb": Database(
        lambda _: mysql.database(live_mariadb.throwaway_server, live_mariadb.scratch_database, "SQLWRIGHT_MARIADB_URL"),
        mysql.open_sync,
        mysql.open_async,
    ),
}


def measure_calls(dialect: str, scratch: Path) -> list[Line]:
    """The figures of each call on a database, async and sync."""
    database = DATABASES[dialect]
    package = made_package(scratch / dialect, dialect)
    lines: list[Line] = []
    with database.server(scratch / dialect) as url:
        with database.open_sync(url, package) as contestants:
            lines += _lines("sync", time_sync(contestants))

        async def awaited() -> list[Line]:
            async with database.open_async(url, package) as contestants:
                return _lines("async", await time_async(contestants))

        lines += asyncio.run(awaited())
    return lines


def _lines(kind: str, figures: dict[str, dict[str, Figure]]) -> list[Line]:
    return [
        Line(f"{call}, {kind}", by_name[OURS], name, figure, MOST if name == HAND else None)
        for call, by_name in figures.items()
        for name, figure in by_name.items()
        if name != OURS
    ]
