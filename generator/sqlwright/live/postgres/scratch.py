"""Databases that live as long as a block of code."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from ..errors import ServerUnavailable
from .programs import INSTRUCTIONS


@contextmanager
def scratch_database(server: str, template: str = "template0") -> Generator[str, None, None]:
    """The URL of a new database on a server, a copy of `template`; it is dropped with all its connections at the end.

    Raises ServerUnavailable when the server does not answer.
    """
    name = f"sqlwright_{secrets.token_hex(8)}"
    create = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
    with _connected(server) as connection:
        connection.execute(create)
        try:
            yield with_database(server, name)
        finally:
            connection.execute(drop)


def with_database(url: str, name: str) -> str:
    """The URL with another database in it."""
    parts = urlsplit(url)
    settings = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/{name}{settings}"


@contextmanager
def _connected(server: str) -> Generator[psycopg.Connection[tuple[object, ...]], None, None]:
    try:
        connection = psycopg.connect(server, autocommit=True)
    except psycopg.OperationalError as error:
        raise ServerUnavailable(f"the PostgreSQL server does not answer: {error}\n{INSTRUCTIONS}") from error
    with connection:
        yield connection
