"""Which database a URL or an open connection belongs to, told without importing any driver."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, TypeGuard

from .errors import ConnectionFailure

if TYPE_CHECKING:
    from .mysql import Target as MysqlTarget
    from .mysql import TargetSync as MysqlTargetSync
    from .postgres import Target as PostgresTarget
    from .postgres import TargetSync as PostgresTargetSync
    from .sqlite import Target as SqliteTarget
    from .sqlite import TargetSync as SqliteTargetSync

_SCHEMES: Final = {
    "postgres": ("postgresql", "postgres"),
    "sqlite": ("sqlite",),
    "mysql": ("mysql",),
    "mariadb": ("mariadb",),
}
_OTHER_NAMES: Final = {"sqlite": (":memory:",)}
"""What a target may be called without being a URL."""
_DRIVERS: Final = {
    "postgres": ("postgres", ("psycopg",)),
    "sqlite": ("sqlite", ("aiosqlite",)),
    "mysql": ("mysql", ("asyncmy", "pymysql")),
    "mariadb": ("mysql", ("asyncmy", "pymysql")),
}
"""The extra of this distribution that brings the drivers of a database, and the modules of these."""
_FORMS: Final = {
    "postgres": "postgresql://…",
    "sqlite": "sqlite:///…",
    "mysql": "mysql://…",
    "mariadb": "mariadb://…",
}


def is_for_postgres(target: object) -> TypeGuard[PostgresTarget]:
    """Whether a target is a URL of PostgreSQL or an asynchronous connection of psycopg."""
    return _has_scheme(target, "postgres") or _is_of(target, "psycopg", asynchronous=True)


def is_for_postgres_sync(target: object) -> TypeGuard[PostgresTargetSync]:
    """Whether a target is a URL of PostgreSQL or a connection of psycopg."""
    return _has_scheme(target, "postgres") or _is_of(target, "psycopg", asynchronous=False)


def is_for_sqlite(target: object) -> TypeGuard[SqliteTarget]:
    """Whether a target is a URL of SQLite or a connection of aiosqlite."""
    return _has_scheme(target, "sqlite") or _is_of(target, "aiosqlite", asynchronous=None)


def is_for_sqlite_sync(target: object) -> TypeGuard[SqliteTargetSync]:
    """Whether a target is a URL of SQLite or a connection of sqlite3."""
    return _has_scheme(target, "sqlite") or _is_of(target, "sqlite3", asynchronous=None)


def is_for_mysql(target: object) -> TypeGuard[MysqlTarget]:
    """Whether a target is a URL of MySQL or a connection of asyncmy to it."""
    return _has_scheme(target, "mysql") or (_is_of(target, "asyncmy", asynchronous=None) and not _is_mariadb(target))


def is_for_mysql_sync(target: object) -> TypeGuard[MysqlTargetSync]:
    """Whether a target is a URL of MySQL or a connection of PyMySQL to it."""
    return _has_scheme(target, "mysql") or (_is_of(target, "pymysql", asynchronous=None) and not _is_mariadb(target))


def is_for_mariadb(target: object) -> TypeGuard[MysqlTarget]:
    """Whether a target is a URL of MariaDB or a connection of asyncmy to it."""
    return _has_scheme(target, "mariadb") or (_is_of(target, "asyncmy", asynchronous=None) and _is_mariadb(target))


def is_for_mariadb_sync(target: object) -> TypeGuard[MysqlTargetSync]:
    """Whether a target is a URL of MariaDB or a connection of PyMySQL to it."""
    return _has_scheme(target, "mariadb") or (_is_of(target, "pymysql", asynchronous=None) and _is_mariadb(target))


def unknown_target(target: object, *databases: str) -> ConnectionFailure:
    """The error for a target of none of the databases. A URL's password is not in its text."""
    what = f"{target.partition(':')[0]}:…" if isinstance(target, str) else type(target).__name__
    forms = " or ".join(_FORMS[name] for name in databases)
    message = f"{what} is no database of this package: give {forms}, or a connection that is open"
    if not isinstance(target, str):
        message += " (`connect` takes those that are awaited, `connect_sync` the others)"
    return ConnectionFailure(message)


def _has_scheme(target: object, database: str) -> bool:
    if not isinstance(target, str):
        return False
    if target.partition(":")[0] not in _SCHEMES[database] and target not in _OTHER_NAMES.get(database, ()):
        return False
    extra, drivers = _DRIVERS[database]
    for driver in drivers:
        if driver not in sys.modules and find_spec(driver) is None:
            raise ConnectionFailure(f"{driver} is not installed: pip install 'sqlwright[{extra}]'")
    return True


def _is_of(target: object, module: str, *, asynchronous: bool | None) -> bool:
    for cls in type(target).__mro__:
        if cls.__module__.partition(".")[0] == module:
            return asynchronous is None or cls.__name__.startswith("Async") is asynchronous
    return False


def _is_mariadb(connection: object) -> bool:
    """Whether the server of a connection of PyMySQL or asyncmy is MariaDB, by the version that it gave."""
    version: Callable[[], object] | None = getattr(connection, "get_server_info", None)
    return version is not None and "mariadb" in str(version()).lower()
