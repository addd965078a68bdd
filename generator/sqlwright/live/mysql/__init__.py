"""MySQL: its programs, throwaway servers and scratch databases."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from ...runtime.mysql.products import MYSQL as SPOKEN
from ..base import Image, Live
from . import databases
from .agreement import agree
from .connections import Opening
from .databases import MysqlServer
from .programs import Product, Programs, find
from .server import Recipe, throwaway

__all__ = ["LIVE", "MYSQL", "Programs", "find_programs", "scratch_database", "throwaway_server"]

MYSQL: Final = Product(
    name="MySQL",
    is_mariadb=False,
    servers=("mysqld",),
    places=(
        "/usr/sbin",
        "/usr/libexec",
        "/usr/local/mysql/bin",
        "/opt/homebrew/opt/mysql*/bin",
        "/usr/local/opt/mysql*/bin",
    ),
    oldest=(8, 0, 22),
    bin_variable="SQLWRIGHT_MYSQL_BIN",
    url_variable="SQLWRIGHT_MYSQL_URL",
    unpacked="mysql",
    install="`apt-get install mysql-server` where there is one, or `brew install mysql`",
)


def find_programs(environment: Mapping[str, str], cache: Path) -> Programs:
    """The programs of MySQL. Raises ServerUnavailable when there are none, or only ones older than 8.0.22."""
    return find(MYSQL, environment, cache)


def throwaway_server(cache: Path, environment: Mapping[str, str]) -> AbstractContextManager[str]:
    """The URL of a new server, as its superuser. The server ends with the block, or with this process."""
    return throwaway(_RECIPE, cache, environment)


def scratch_database(server: str) -> AbstractContextManager[str]:
    """The URL of a new database on a server; it is dropped with all its connections at the end."""
    return databases.scratch_database(SPOKEN, server)


def _initialise(programs: Programs, data: Path) -> list[str]:
    return [
        *programs.command(),
        "--no-defaults",
        "--initialize-insecure",
        f"--basedir={programs.base}",
        f"--datadir={data}",
        f"--tmpdir={data.parent}",
        "--innodb-redo-log-capacity=16M",
        "--mysqlx=OFF",
    ]


_RECIPE: Final = Recipe(
    MYSQL, SPOKEN, ("--mysqlx=OFF", "--secure-file-priv=NULL", "--innodb-redo-log-capacity=16M"), _initialise
)


def _connect(url: str, seconds: float) -> MysqlServer:
    return MysqlServer(SPOKEN, Opening(SPOKEN, url, seconds))


LIVE: Final = Live(
    name="mysql",
    title="MySQL",
    connect=_connect,
    throwaway=throwaway_server,
    agree=agree,
    origins_by_passing=True,
    image=Image("mysql:9", 3306, "mysql://root:{password}@127.0.0.1:{port}/", {"MYSQL_ROOT_PASSWORD": "{password}"}),
)
