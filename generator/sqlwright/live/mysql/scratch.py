"""Databases that live as long as a block of code."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import mysql.connector
import mysql.connector.errorcode
from mysql.connector.abstracts import MySQLConnectionAbstract

from ...model.values import value
from ..errors import ServerUnavailable
from .programs import Product

_COLLATION = "utf8mb4_general_ci"
"""One that MySQL and MariaDB both have."""


@value
class Address:
    """Where a server listens, and as whom to come."""

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
def scratch(product: Product, server: str) -> Generator[str, None, None]:
    """The URL of a new database on a server, in utf8mb4; it is dropped with all its connections at the end.

    Raises ServerUnavailable when the server does not answer.
    """
    name = f"sqlwright_{secrets.token_hex(8)}"
    try:
        with connected(address(server)) as connection:
            _run(connection, f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    except ServerUnavailable as error:
        text = f"the {product.name} server does not answer: {error}"
        raise ServerUnavailable(text, product.instructions) from error
    try:
        yield with_database(server, name)
    finally:
        with connected(address(server)) as connection:
            for number in _connections_to(connection, name):
                _kill(connection, number)
            _run(connection, f"DROP DATABASE IF EXISTS {name}")


def with_database(url: str, name: str) -> str:
    """The URL with another database in it."""
    parts = urlsplit(url)
    settings = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{settings}"


@contextmanager
def connected(place: Address) -> Generator[MySQLConnectionAbstract, None, None]:
    """A connection to a server. Raises ServerUnavailable, with the driver's words, when it does not answer."""
    try:
        connection = mysql.connector.MySQLConnection(
            host=place.host,
            port=place.port,
            user=place.user,
            password=place.password,
            autocommit=True,
            charset="utf8mb4",
            collation=_COLLATION,
            connection_timeout=10,
        )
    except (mysql.connector.Error, OSError) as error:
        raise ServerUnavailable(str(error)) from error
    try:
        yield connection
    finally:
        connection.close()


def is_refusal(error: ServerUnavailable) -> bool:
    """Whether a server answers, but does not let us in: to ask again would not help."""
    cause = error.__cause__
    return isinstance(cause, mysql.connector.Error) and cause.errno == mysql.connector.errorcode.ER_ACCESS_DENIED_ERROR


def _connections_to(connection: MySQLConnectionAbstract, name: str) -> list[int]:
    connection.cmd_query(f"SELECT id FROM information_schema.processlist WHERE db = '{name}'")
    rows, _ = connection.get_rows()
    return [int(str(row[0])) for row in rows]


def _kill(connection: MySQLConnectionAbstract, number: int) -> None:
    try:
        _run(connection, f"KILL {number}")
    except mysql.connector.Error as error:
        if error.errno != mysql.connector.errorcode.ER_NO_SUCH_THREAD:  # it has ended in the meantime
            raise


def _run(connection: MySQLConnectionAbstract, statement: str) -> None:
    connection.cmd_query(statement)
