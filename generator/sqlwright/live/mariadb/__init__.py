"""MariaDB: its programs, throwaway servers and scratch databases."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from ...runtime.mysql.products import MARIADB as SPOKEN
from ..base import Image, Live
from ..mysql import databases
from ..mysql.agreement import agree_on_mariadb
from ..mysql.connections import Opening
from ..mysql.databases import MysqlServer
from ..mysql.programs import Product, Programs, find
from ..mysql.server import Recipe, throwaway

__all__ = ["LIVE", "MARIADB", "Programs", "find_programs", "scratch_database", "throwaway_server"]

MARIADB: Final = Product(
    name="MariaDB",
    is_mariadb=True,
    servers=("mariadbd", "mysqld"),
    places=(
        "/usr/sbin",
        "/usr/libexec",
        "/usr/local/mysql/bin",
        "/opt/homebrew/opt/mariadb*/bin",
        "/usr/local/opt/mariadb*/bin",
    ),
    oldest=(10, 6),
    bin_variable="SQLWRIGHT_MARIADB_BIN",
    url_variable="SQLWRIGHT_MARIADB_URL",
    unpacked="mariadb",
    install="`apt-get install mariadb-server` or `brew install mariadb`",
)


def find_programs(environment: Mapping[str, str], cache: Path) -> Programs:
    """The programs of MariaDB. Raises ServerUnavailable when there are none, or only ones older than 10.6."""
    return find(MARIADB, environment, cache)


def throwaway_server(cache: Path, environment: Mapping[str, str]) -> AbstractContextManager[str]:
    """The URL of a new server, as its superuser. The server ends with the block, or with this process."""
    return throwaway(_RECIPE, cache, environment)


def scratch_database(server: str) -> AbstractContextManager[str]:
    """The URL of a new database on a server; it is dropped with all its connections at the end."""
    return databases.scratch_database(SPOKEN, server)


def _initialise(programs: Programs, data: Path) -> list[str]:
    return [
        str(programs.base / "bin" / "mariadb-install-db"),
        "--no-defaults",
        f"--basedir={programs.base}",
        f"--datadir={data}",
        f"--tmpdir={data.parent}",
        "--auth-root-authentication-method=normal",
        "--skip-name-resolve",
        "--skip-test-db",
        "--innodb-log-file-size=16M",
    ]


_RECIPE: Final = Recipe(MARIADB, SPOKEN, ("--innodb-log-file-size=16M",), _initialise)


def _connect(url: str, seconds: float) -> MysqlServer:
    return MysqlServer(SPOKEN, Opening(SPOKEN, url, seconds))


LIVE: Final = Live(
    name="mariadb",
    title="MariaDB",
    connect=_connect,
    throwaway=throwaway_server,
    agree=agree_on_mariadb,
    origins_by_passing=True,
    image=Image(
        "mariadb:11", 3306, "mariadb://root:{password}@127.0.0.1:{port}/", {"MARIADB_ROOT_PASSWORD": "{password}"}
    ),
)
