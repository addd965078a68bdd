"""Connections to SQLite as generated code needs them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import unquote

from ..driver import Ledger, Parameters
from ..errors import ConnectionFailure
from .functions import register

IsolationLevel: TypeAlias = Literal["DEFERRED", "IMMEDIATE", "EXCLUSIVE"] | None
BEGIN: Final = "begin immediate"
"""A transaction takes the write lock at once: one that takes it later can find that it has read what is old."""
LEDGER: Final = Ledger(
    create=(
        "create table if not exists sqlwright_migrations (version integer primary key, name text not null, "
        "checksum text not null, "
        "applied_at text not null default (strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00'))"
    ),
    read="select version, checksum from sqlwright_migrations order by version",
    record="insert into sqlwright_migrations (version, name, checksum) values (?1, ?2, ?3)",
)
BUSY_TIMEOUT: Final = 30.0
"""Seconds that a statement waits for another connection's lock."""
_SCHEMES: Final = ("sqlite:///", "sqlite://")


def path_of(url: str) -> str:
    """The file that a URL names: `sqlite:///app.db` and `sqlite://app.db` are relative, `sqlite:////app.db` is not."""
    if url in (":memory:", "sqlite://", "sqlite:///", "sqlite::memory:", "sqlite://:memory:", "sqlite:///:memory:"):
        return ":memory:"
    for scheme in _SCHEMES:
        if url.startswith(scheme):
            path, _, query = url.removeprefix(scheme).partition("?")
            if query:
                raise ConnectionFailure(f"SQLite takes no settings in its URL: ?{query}")
            return unquote(path)
    raise ConnectionFailure("a SQLite URL begins with sqlite:///")


def open_connection(path: str) -> sqlite3.Connection:
    """A connection whose transactions are ours to begin, with foreign keys enforced and our functions known."""
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    prepare(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Set a connection up. Inside a transaction SQLite ignores the switch for foreign keys, which stays as it is."""
    connection.execute("pragma foreign_keys = on")
    register(connection)


@dataclass(frozen=True, slots=True)
class Borrowed:
    """What the owner of an open connection has set, and gets back."""

    isolation_level: IsolationLevel
    row_factory: Callable[..., object] | None
    text_factory: object
    foreign_keys: int


def borrow(connection: sqlite3.Connection) -> Borrowed:
    """Set up a connection that belongs to somebody else. One that is in a transaction stays in it."""
    (foreign_keys,) = connection.execute("pragma foreign_keys").fetchone()
    own = Borrowed(connection.isolation_level, connection.row_factory, connection.text_factory, foreign_keys)
    connection.row_factory = None
    connection.text_factory = str
    if not connection.in_transaction:
        connection.isolation_level = None
    prepare(connection)
    return own


def give_back(connection: sqlite3.Connection, own: Borrowed) -> None:
    """Leave a connection as it was found."""
    connection.row_factory = own.row_factory
    connection.text_factory = own.text_factory
    if not connection.in_transaction:
        if not own.foreign_keys:
            connection.execute("pragma foreign_keys = off")
        connection.isolation_level = own.isolation_level


def matched(connection: sqlite3.Connection, sql: str, params: Parameters) -> int:
    """Run a statement; gives the number of rows that it matched."""
    cursor = connection.execute(sql, params)
    # A statement that returns rows has not ended, nor its lock, before they are read.
    cursor.fetchall()
    return max(cursor.rowcount, 0)


def statements(script: str) -> list[str]:
    """The statements of a script, triggers whole."""
    found: list[str] = []
    begin = 0
    at = script.find(";")
    while at >= 0:
        piece = script[begin : at + 1]
        if sqlite3.complete_statement(piece):
            found.append(piece)
            begin = at + 1
        at = script.find(";", at + 1)
    if script[begin:].strip():
        found.append(script[begin:])
    return found
