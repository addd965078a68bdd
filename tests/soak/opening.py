"""A server for the machine, on a database of its own."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from sqlwright.live import mariadb, mysql, postgres

from tests.mysqlfamily.asking import asked
from tests.soak.mysql_server import MysqlServer
from tests.soak.mysqlfamily import MARIADB, MYSQL
from tests.soak.postgres_server import PostgresServer
from tests.soak.servers import Server
from tests.soak.sqlite_server import SqliteServer


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
