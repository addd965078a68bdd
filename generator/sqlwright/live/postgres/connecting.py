"""Connections to a PostgreSQL server, and what is wrong when there is none."""

from __future__ import annotations

import math
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final, TypeAlias

import psycopg
from psycopg.rows import tuple_row

from ..errors import NotLetIn, ServerUnavailable
from ..secrets import redacted

Connection: TypeAlias = psycopg.Connection[tuple[object, ...]]

OLDEST: Final = 130000
_SCHEMES: Final = ("postgresql://", "postgres://")
_NAME: Final = "sqlwright check"
_PRODUCT: Final = re.compile(r"PostgreSQL \d")
_SETTINGS: Final = {
    "TimeZone": "UTC",
    "client_min_messages": "warning",
    "statement_timeout": "120s",
    "lock_timeout": "20s",
    "idle_in_transaction_session_timeout": "0",
}
_SINCE_14: Final = {"idle_session_timeout": "0"}
"""The connection that holds a lock is idle for as long as others work."""
_REFUSED: Final = "FATAL:"
"""What a server says that is there, but does not let us in; a driver's error at this moment has no SQLSTATE."""
_BUSY: Final = ("starting up", "shutting down", "too many", "connection slots", "recovery mode")
"""What it says of itself, and not of who asks."""
_OTHER: Final = "invalid response to SSL negotiation"
"""What libpq says of a server that speaks something else."""


def opened(url: str, seconds: float, database: str | None = None) -> Connection:
    """A connection by a URL, or to another database of its server. Raises ServerUnavailable."""
    if not url.startswith(_SCHEMES):
        form = "postgresql://user:password@host:5432/database"
        raise ServerUnavailable(f"this is no URL of a PostgreSQL server, which looks like {form}")
    try:
        connection = psycopg.Connection.connect(
            url,
            autocommit=True,
            row_factory=tuple_row,
            prepare_threshold=None,
            client_encoding="utf8",
            application_name=_NAME,
            connect_timeout=max(1, math.ceil(seconds)),
            dbname=database,
        )
    except (psycopg.Error, UnicodeError) as error:
        # Without its cause: that may repeat the password.
        kind = NotLetIn if _is_not_let_in(str(error)) else ServerUnavailable
        raise kind(redacted(_failure(error), url)) from None
    try:
        _prepare_session(connection)
    except psycopg.Error as error:
        connection.close()
        raise ServerUnavailable(redacted(_failure(error), url)) from None
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def answering(url: str) -> Generator[None, None, None]:
    """A server that no longer answers, or not what it must, is unavailable."""
    try:
        yield
    except psycopg.Error as error:
        raise lost(error, url) from None


def lost(error: psycopg.Error, url: str) -> ServerUnavailable:
    """What to say of a connection that was good before."""
    return ServerUnavailable(redacted(f"the PostgreSQL server has failed: {str(error).strip()}", url))


def _failure(error: psycopg.Error | UnicodeError) -> str:
    said = str(error).strip()
    if isinstance(error, UnicodeError | psycopg.ProgrammingError):
        return f"the URL of the PostgreSQL server cannot be read: {said}"
    if _REFUSED in said:
        return f"the PostgreSQL server does not let us in: {said}"
    if _OTHER in said:
        return f"the server is not PostgreSQL: {said}"
    return f"the PostgreSQL server does not answer: {said}"


def _is_not_let_in(said: str) -> bool:
    """Whether another user, password or database would be."""
    return _REFUSED in said and not any(words in said for words in _BUSY)


def _prepare_session(connection: Connection) -> None:
    """Set up the session, once it is known that this is PostgreSQL and not too old."""
    number = connection.info.server_version
    product = str(connection.execute("select version()").fetchall()[0][0])
    if not _PRODUCT.match(product):
        raise ServerUnavailable(f"this server speaks as PostgreSQL does, but is another: {product}")
    if number < OLDEST:
        told = f"{number // 10000}.{number % 10000}" if number >= 100000 else product.split()[1]
        raise ServerUnavailable(f"the server is PostgreSQL {told}, and {OLDEST // 10000} or later is needed")
    settings = _SETTINGS | (_SINCE_14 if number >= 140000 else {})
    connection.execute(
        "select set_config(name, value, false) from unnest(%s::text[], %s::text[]) as s (name, value)",
        (list(settings), list(settings.values())),
    )
