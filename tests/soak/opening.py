"""A server for the machine, on a database of its own."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import Final

import psycopg
from sqlwright.live import mariadb, mysql, postgres

from tests.conftest import CACHE
from tests.mysqlfamily.asking import asked
from tests.soak.mysql_server import MysqlServer
from tests.soak.mysqlfamily import MARIADB, MYSQL
from tests.soak.postgres_server import PostgresServer
from tests.soak.servers import Server
from tests.soak.sqlite_server import SqliteServer

THROWAWAY: Final = {
    "postgres": postgres.throwaway_server,
    "mysql": mysql.throwaway_server,
    "mariadb": mariadb.throwaway_server,
}


@contextmanager
def opened(dialect: str, url: str) -> Generator[Server, None, None]:
    """The server of a dialect on a new and empty database; `url` is where databases can be made, if it needs one."""
    match dialect:
        case "sqlite":
            yield SqliteServer()
        case "postgres":
            with postgres.scratch_database(url) as scratch, psycopg.connect(scratch, autocommit=True) as connection:
                yield PostgresServer(connection)
        case "mysql":
            with mysql.scratch_database(url) as scratch, asked(scratch) as server:
                yield MysqlServer(server.connection, MYSQL)
        case _:
            with mariadb.scratch_database(url) as scratch, asked(scratch) as server:
                yield MysqlServer(server.connection, MARIADB)


@contextmanager
def opened_here(dialect: str) -> Generator[Server, None, None]:
    """The same on the server that the environment names, else on one that is started for it."""
    with ExitStack() as stack:
        url = os.environ.get(f"SQLWRIGHT_{dialect.upper()}_URL", "")
        if not url and dialect in THROWAWAY:
            url = stack.enter_context(THROWAWAY[dialect](CACHE, os.environ))
        yield stack.enter_context(opened(dialect, url))
