"""A schema that the user names for our purpose, in place of a database of our own."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Final

import psycopg
from psycopg import sql

from ..errors import ServerUnavailable
from ..secrets import redacted
from .connecting import Connection

_OBJECTS: Final = """
    select d.classid::int8, d.objid::int8, o.type, o.identity
    from pg_depend d cross join lateral pg_identify_object(d.classid, d.objid, d.objsubid) o
    where d.refclassid = 'pg_namespace'::regclass and d.refobjid = to_regnamespace(%s)
      and d.classid <> 'pg_extension'::regclass and d.deptype = 'n'
      and not exists (select from pg_depend e where e.classid = d.classid and e.objid = d.objid and e.deptype = 'e')
    order by 1, 2
"""
"""What lies in a schema, but for extensions and what belongs to them."""
_WORDS: Final = {"statistics object": "statistics"}
"""What DROP calls a thing that pg_identify_object calls otherwise."""
_ROUNDS: Final = 3
_SHOWN: Final = 3


@contextmanager
def named_schema(connection: Connection, url: str, name: str) -> Generator[None, None, None]:
    """The schema, empty before and after. The connection holds its lock; the schema is made and dropped where there
    is none.

    Raises ServerUnavailable when it may not be made, is not empty, or is used by another run.
    """
    key = int.from_bytes(hashlib.sha256(f"sqlwright scratch {name}".encode()).digest()[:8], "big", signed=True)
    locked = connection.execute("select pg_try_advisory_lock(%s::bigint)", (key,)).fetchall()
    if not locked[0][0]:
        raise ServerUnavailable(f"another run uses the schema `{name}` now", "wait for its end, or name another schema")
    try:
        if _exists(connection, name):
            _must_be_empty(connection, name)
            clean = partial(_empty, connection, name, _extensions(connection, name))
        else:
            _create(connection, url, name)
            clean = partial(_drop, connection, name)
        try:
            yield
        finally:
            with suppress(psycopg.OperationalError):  # without a connection there is nothing to be done
                clean()
    finally:
        with suppress(psycopg.Error):
            connection.execute("select pg_advisory_unlock(%s::bigint)", (key,))


def _exists(connection: Connection, name: str) -> bool:
    return bool(connection.execute("select 1 from pg_namespace where nspname = %s", (name,)).fetchall())


def _must_be_empty(connection: Connection, name: str) -> None:
    found = [f"{kind} {identity}" for _, _, kind, identity in _objects(connection, name)]
    if found:
        shown = ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
        raise ServerUnavailable(
            f"the schema `{name}` is not empty: it has {shown}",
            "name a schema of which nothing is needed any more, and empty it first, or one that does not exist yet",
        )


def _create(connection: Connection, url: str, name: str) -> None:
    try:
        connection.execute(sql.SQL("create schema {}").format(sql.Identifier(name)))
    except psycopg.Error as error:
        said = redacted(str(error).strip(), url)
        raise ServerUnavailable(
            f"there is no schema `{name}`, and it cannot be made: {said}",
            "have it made by who may, and let this role create in it",
        ) from None


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(name)))


def _empty(connection: Connection, name: str, kept: frozenset[str]) -> None:
    """Drop what lies in the schema, with what hangs on it. What an order stands in the way of is tried again."""
    for extension in sorted(_extensions(connection, name) - kept):
        connection.execute(sql.SQL("drop extension if exists {} cascade").format(sql.Identifier(extension)))
    for _ in range(_ROUNDS):
        found = _objects(connection, name)
        for _, _, kind, identity in found:
            with suppress(psycopg.Error):
                connection.execute(f"drop {_WORDS.get(kind, kind)} if exists {identity} cascade".encode())
        if not found:
            break


def _extensions(connection: Connection, name: str) -> frozenset[str]:
    """The extensions whose things lie in the schema."""
    found = connection.execute(
        "select extname from pg_extension where extnamespace = to_regnamespace(%s)", (_quoted(name),)
    )
    return frozenset(str(extension) for (extension,) in found.fetchall())


def _objects(connection: Connection, name: str) -> list[tuple[object, object, str, str]]:
    rows = connection.execute(_OBJECTS, (_quoted(name),)).fetchall()
    return [(classid, objid, str(kind), str(identity)) for classid, objid, kind, identity in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
