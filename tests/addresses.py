"""Where a MySQL or MariaDB server listens, for those tests that come to it by another driver than ours."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import mysql.connector
from mysql.connector.abstracts import MySQLConnectionAbstract


@dataclass(frozen=True, slots=True)
class Address:
    """A server, and as whom to come."""

    host: str
    port: int
    user: str
    password: str


def address(url: str) -> Address:
    """What a URL says: `mysql://user:password@host:port/`."""
    parts = urlsplit(url)
    user, password = unquote(parts.username or "root"), unquote(parts.password or "")
    return Address(parts.hostname or "127.0.0.1", parts.port or 3306, user, password)


@contextmanager
def connected(place: Address) -> Generator[MySQLConnectionAbstract, None, None]:
    """A connection to a server. Raises the driver's error when it does not answer."""
    connection = mysql.connector.MySQLConnection(
        host=place.host,
        port=place.port,
        user=place.user,
        password=place.password,
        autocommit=True,
        charset="utf8mb4",
        collation="utf8mb4_general_ci",
        connection_timeout=10,
    )
    with closing(connection):
        yield connection
