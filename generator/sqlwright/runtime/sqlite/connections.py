"""Connections to SQLite as generated code needs them."""

from __future__ import annotations

import sqlite3
from typing import Final, Literal, TypeAlias
from urllib.parse import unquote

from ..driver import Ledger
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
