"""Measure the drivers of MySQL and MariaDB beside each other, and try whether values come out as they went in.

    python benchmarks/drivers.py mysql://root@127.0.0.1:3306/scratch [more URLs]

The candidates that are installed are measured; docs/drivers.md says what was found, and which were chosen. The table
`drivers` of the database is made anew.
"""

from __future__ import annotations

import asyncio
import importlib
import math
import statistics
import struct
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import unquote, urlsplit

ROWS = 1000
TABLE = (
    "drop table if exists drivers",
    "create table drivers (id bigint primary key, name varchar(60) not null, amount decimal(12, 2) not null,"
    " active tinyint(1) not null, made datetime(6) not null) character set utf8mb4",
    "insert into drivers with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000)"
    " select i, concat('name ', i), i / 100, i % 2, timestamp'2026-01-01 00:00:00.123456' + interval i minute from n",
)
ONE = "select id, name, amount, active, made from drivers where id = {}"
MANY = "select id, name, amount, active, made from drivers where id > {} order by id"
VALUES = {
    "bigint": [-(2**63), 2**63 - 1],
    "bigint unsigned": [2**64 - 1],
    "float": [16777215.0, struct.unpack("f", struct.pack("f", 0.1))[0], 3.4028234663852886e38],
    "double": [0.1, 1 / 3, 1.7976931348623157e308, 5e-324, 123456789.12345679],
    "decimal(65, 30)": [Decimal("12345678901234567890123456789012345.123456789012345678901234567891")],
    "longtext": ["", "a\\'b\"%s ? \\ \n\t\0 % %%", "漢字 🐘 e\u0301"],
    "longblob": [bytes(range(256)), b""],
    "binary(16)": [bytes(range(128, 144)), b"\\'\\'\\'\\'\\'\\'\\'\\'"],
    "date": [date(1, 1, 1), date(9999, 12, 31)],
    "time(6)": [timedelta(hours=23, minutes=59, seconds=59, microseconds=999999), timedelta(0)],
    "datetime(6)": [datetime(2026, 7, 1, 12, 0, 0, 1), datetime(1000, 1, 1)],
    "json": ['{"a": 1}'],
}
Query = Callable[[str, Sequence[object]], Awaitable[Sequence[Sequence[object]]]]


@dataclass
class Candidate:
    name: str
    mark: str
    """Its placeholder."""
    open: Callable[[dict[str, object]], Awaitable[Query]]
    password: str = "password"
    database: str = "database"
    """What its arguments are called."""


def sync_cursor(module: str, *, prepared: bool = False, **settings: object) -> Callable[..., Awaitable[Query]]:
    async def open_(place: dict[str, object]) -> Query:
        connection = importlib.import_module(module).connect(**place, **settings)
        kept = {}

        async def query(sql: str, params: Sequence[object]) -> Sequence[Sequence[object]]:
            if prepared:
                cursor = kept.get(sql) or kept.setdefault(sql, connection.cursor(prepared=True))
            else:
                cursor = connection.cursor()
            cursor.execute(sql, *([params] if params else []))
            return cursor.fetchall() if cursor.description else []

        return query

    return open_


def async_cursor(
    module: str, connect: str = "connect", *, prepared: bool = False, bare: bool = False, **settings: object
) -> Callable[..., Awaitable[Query]]:
    async def open_(place: dict[str, object]) -> Query:
        connection = await getattr(importlib.import_module(module), connect)(**place, **settings)
        kept = {}

        async def new(**options: object) -> object:
            cursor = connection.cursor(**options)
            return await cursor if asyncio.iscoroutine(cursor) else cursor

        async def query(sql: str, params: Sequence[object]) -> Sequence[Sequence[object]]:
            if prepared:
                cursor = kept.get(sql) or kept.setdefault(sql, await new(prepared=True))
            else:
                cursor = await new()
            await cursor.execute(sql, *([params] if params else []))
            return await cursor.fetchall() if cursor.description else []

        return query

    return open_


CONNECTOR = {"collation": "utf8mb4_general_ci", "use_pure": True}
CANDIDATES = (
    Candidate("PyMySQL", "%s", sync_cursor("pymysql")),
    Candidate("cymysql", "%s", sync_cursor("cymysql"), "passwd", "db"),
    Candidate("mysqlclient", "%s", sync_cursor("MySQLdb")),
    Candidate("mysql-connector, text", "%s", sync_cursor("mysql.connector", **CONNECTOR)),
    Candidate("mysql-connector, prepared", "?", sync_cursor("mysql.connector", prepared=True, **CONNECTOR)),
    Candidate("mariadb 2, text", "?", sync_cursor("mariadb")),
    Candidate("mariadb 2, binary", "?", sync_cursor("mariadb", binary=True)),
    Candidate("aiomysql (async)", "%s", async_cursor("aiomysql"), database="db"),
    Candidate("asyncmy (async)", "%s", async_cursor("asyncmy")),
    Candidate("asyncmy, prepared (async)", "%s", async_cursor("asyncmy", stmt_cache_size=100)),
    Candidate("cymysql (async)", "%s", async_cursor("cymysql.aio"), "passwd", "db"),
    Candidate(
        "mysql-connector, text (async)", "%s", async_cursor("mysql.connector.aio", collation="utf8mb4_general_ci")
    ),
    Candidate(
        "mysql-connector, prepared (async)",
        "?",
        async_cursor("mysql.connector.aio", prepared=True, collation="utf8mb4_general_ci"),
    ),
    Candidate("mariadb 2, text (async)", "?", async_cursor("mariadb", "asyncConnect")),
    Candidate("mariadb 2, binary (async)", "?", async_cursor("mariadb", "asyncConnect", binary=True)),
)


def place_of(url: str, candidate: Candidate) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "host": parts.hostname,
        "port": parts.port or 3306,
        "user": parts.username or "root",
        candidate.password: unquote(parts.password or ""),
        candidate.database: parts.path.removeprefix("/"),
        "charset": "utf8mb4",
    }


async def measured(work: Callable[[], Awaitable[object]], rounds: int, repeat: int) -> float:
    """Microseconds of one call: the median of several rounds."""
    await work()
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(repeat):
            await work()
        took.append((time.perf_counter() - start) / repeat * 1e6)
    return statistics.median(took)


async def unfaithful(query: Query, mark: str) -> list[str]:
    """The types of which a value does not come out as it went in."""
    faults = []
    for kind, values in VALUES.items():
        await query("drop table if exists drivers_kept", ())
        await query(f"create table drivers_kept (value {kind}) character set utf8mb4", ())
        for value in values:
            try:
                await query("delete from drivers_kept", ())
                await query(f"insert into drivers_kept values ({mark})", (value,))
                found = (await query("select value from drivers_kept", ()))[0][0]
            except Exception as error:
                faults.append(f"{kind}: {type(error).__name__} {str(error)[:60]}")
                break
            same = math.isclose(found, value, rel_tol=1e-15) if isinstance(value, float) else found == value
            if not same or type(found) is not type(value):
                faults.append(f"{kind}: {value!r:.30} → {found!r:.30}")
                break
    return faults


async def main(urls: Sequence[str]) -> None:
    for url in urls:
        print(f"\n{urlsplit(url).scheme}\n{'':36}{'one row':>10}{'1,000 rows':>12}  not as it went in")
        for candidate in CANDIDATES:
            try:
                query = await candidate.open(place_of(url, candidate))
                await query("set autocommit = 1", ())
                for statement in TABLE:
                    await query(statement, ())
                one, many = ONE.format(candidate.mark), MANY.format(candidate.mark)
                first = await measured(lambda query=query, one=one: query(one, (7,)), 5, 200)
                all_ = await measured(lambda query=query, many=many: query(many, (0,)), 5, 5)
                faults = await unfaithful(query, candidate.mark)
            except ImportError as error:
                print(f"{candidate.name:36}{error}")
                continue
            except Exception as error:
                print(f"{candidate.name:36}{type(error).__name__}: {error}")
                if "-v" in sys.argv:
                    traceback.print_exc()
                continue
            print(f"{candidate.name:36}{first:8.0f} µs{all_ / 1000:9.1f} ms  {'; '.join(faults) or '–'}")


if __name__ == "__main__":
    asyncio.run(main([argument for argument in sys.argv[1:] if "://" in argument]))
