"""PyMySQL's connections as the driver uses them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeVar, cast

import pymysql
from pymysql.constants import CLIENT, SERVER_STATUS
from pymysql.cursors import Cursor

from ..driver import Row, returned_key
from .products import Product
from .urls import Place, place

CHARSET: Final = "utf8mb4"
SILENT: Final = "the server does not answer"
_MATCHED: Final = re.compile(rb"Rows matched: (\d+)")

C = TypeVar("C", bound="pymysql.Connection[Cursor]")


class Link:
    """A connection with one cursor."""

    def __init__(self, connection: pymysql.Connection[Cursor]) -> None:
        self.connection = cast("_Connection", connection)
        self._cursor = self.connection.cursor(Cursor)

    @property
    def version(self) -> str:
        return self.connection.get_server_info()

    @property
    def in_transaction(self) -> bool:
        return bool(self.connection.server_status & SERVER_STATUS.SERVER_STATUS_IN_TRANS)

    @property
    def is_open(self) -> bool:
        return self.connection.open

    def fetch(self, sql: str, params: Sequence[object] | None) -> Sequence[Row]:
        """The rows of a statement. Without parameters its text is sent as it stands."""
        self._cursor.execute(sql, params)
        return self._cursor.fetchall()

    def change(self, sql: str, params: Sequence[object] | None) -> int:
        """The number of rows that a statement matched."""
        self._cursor.execute(sql, params)
        return matched(self._cursor)

    def insert(self, sql: str, params: Sequence[object] | None) -> int:
        """The key of the first row of an INSERT, made by the server or given to it; 0 where it makes none."""
        self._cursor.execute(sql, params)
        return returned_key(self._cursor.fetchall()) or int(self._cursor.lastrowid or 0)

    def close(self) -> None:
        if self.connection.open:
            self.connection.close()


def open_link(url: str, product: Product) -> Link:
    """Connect by a URL. Raises what PyMySQL does."""
    return Link(connected(pymysql.Connection, place(url, product)))


def connected(kind: Callable[..., C], place: Place) -> C:
    """A connection of PyMySQL's class or of one made of it. PyMySQL's own timeout ends before the server has greeted;
    of statements there is none."""
    connection = kind(
        host=place.host,
        port=place.port,
        unix_socket=place.socket,
        user=place.user,
        password=place.password.encode(),  # as a text it would be sent in Latin-1
        database=place.database,
        connect_timeout=max(int(place.connect_timeout), 1),
        read_timeout=max(int(place.connect_timeout), 1),
        charset=CHARSET,
        client_flag=CLIENT.FOUND_ROWS,
        binary_prefix=True,
        autocommit=True,
        ssl=place.tls if place.needs_tls else None,
        ssl_disabled=place.tls is None,
    )
    vars(connection).update(_read_timeout=None)
    return connection


def matched(cursor: object) -> int:
    """The rows that a statement matched, where the server tells; else those that it changed or gave.

    It tells for UPDATE, also on connections that were opened without FOUND_ROWS.
    """
    message = getattr(getattr(cursor, "_result", None), "message", None)
    found = _MATCHED.search(message) if isinstance(message, bytes) else None
    if found is not None:
        return int(found[1])
    count: object = getattr(cursor, "rowcount", 0)
    return max(count, 0) if isinstance(count, int) else 0


class _Cursor(Protocol):
    """What is used of PyMySQL's cursors."""

    lastrowid: int | None

    def execute(self, query: str, args: Sequence[object] | None) -> object: ...

    def fetchall(self) -> Sequence[Row]: ...


class _Connection(Protocol):
    server_status: int

    @property
    def open(self) -> bool: ...

    def close(self) -> None: ...

    def cursor(self, cursor: type[Cursor]) -> _Cursor: ...

    def get_server_info(self) -> str: ...
