"""Databases that live as long as a block of code, and no longer than the connection that holds their lock."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from ..errors import ServerUnavailable
from ..secrets import redacted
from .connecting import Connection, opened

_BYTES: Final = 8
_FORM: Final = f"^sqlwright_[0-9a-f]{{{2 * _BYTES}}}_scratch$"
"""No other database is ever dropped."""
_PATIENCE: Final = 10.0
"""Seconds that a server may take to answer."""
_ABANDONED: Final = """
    select d.datname from pg_database d
    cross join lateral (select ('x' || substr(d.datname, 11, 16))::bit(64)) as k (bits)
    where d.datname ~ %s and not exists (
        select from pg_locks l
        where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
          and l.classid = (substring(k.bits from 1 for 32)::bit(64) >> 32)::bigint::oid
          and l.objid = (substring(k.bits from 33 for 32)::bit(64) >> 32)::bigint::oid)
    order by 1
"""
"""The locks of all databases are seen, whichever of them the maker of a scratch database came by."""
_REMEDIES: Final = (
    "allow it with `alter role … createdb`, or name an empty schema of the URL's database for the purpose with "
    "`--scratch postgres=NAME`"
)


@contextmanager
def scratch_database(server: str, template: str = "template0") -> Generator[str, None, None]:
    """The URL of a new database on a server, a copy of `template`; it is dropped with all its connections at the end.

    Raises ServerUnavailable when the server does not answer, or makes none.
    """
    with closing(opened(server, _PATIENCE)) as connection, new_database(connection, server, template) as name:
        yield with_database(server, name)


@contextmanager
def new_database(connection: Connection, url: str, template: str = "template0") -> Generator[str, None, None]:
    """The name of a new database. The connection, which is that to `url`, holds its lock from before it is made until
    after it is dropped."""
    number = secrets.token_bytes(_BYTES)
    name = f"sqlwright_{number.hex()}_scratch"
    create = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    connection.execute("select pg_advisory_lock(%s::bigint)", (_key(name),))
    try:
        try:
            connection.execute(create)
        except psycopg.Error as error:
            said = redacted(str(error).strip(), url)
            raise ServerUnavailable(f"the server makes no scratch database: {said}", _REMEDIES) from None
        yield name
    finally:
        _drop(connection, name)


def clear(connection: Connection) -> None:
    """Drop the scratch databases whose lock nobody holds: their makers have ended."""
    for (found,) in connection.execute(_ABANDONED, (_FORM,)).fetchall():
        name = str(found)
        locked = connection.execute("select pg_try_advisory_lock(%s::bigint)", (_key(name),)).fetchall()
        if locked[0][0]:  # else another run is about to drop it
            _drop(connection, name)


def with_database(url: str, name: str) -> str:
    """The URL with another database in it."""
    parts = urlsplit(url)
    kept = "&".join(setting for setting in parts.query.split("&") if not setting.startswith("dbname="))
    settings = f"?{kept}" if kept else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{settings}"


def _key(name: str) -> int:
    """The number of a database's lock: the bytes in its name."""
    return int.from_bytes(bytes.fromhex(name.split("_")[1]), "big", signed=True)


def _drop(connection: Connection, name: str) -> None:
    """What cannot be dropped, another role's or without a connection, is left to the next who clears."""
    with suppress(psycopg.Error):
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    with suppress(psycopg.Error):
        connection.execute("select pg_advisory_unlock(%s::bigint)", (_key(name),))
