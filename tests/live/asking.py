"""A PostgreSQL server for the tests: connections, roles, and what is on it."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

Connection = psycopg.Connection[tuple[object, ...]]


def column(url: str, query: str, *params: object) -> list[object]:
    """The first value of each row."""
    with psycopg.connect(url, autocommit=True) as connection:
        return [row[0] for row in connection.execute(query.encode(), params)]


def run(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def scratch_databases(url: str) -> set[str]:
    return {
        str(name) for name in column(url, "select datname from pg_database where datname ~ '^sqlwright_.*_scratch$'")
    }


@contextmanager
def role(url: str, rights: str = "") -> Generator[str, None, None]:
    """The URL of a server as a role that may log in, and no more."""
    name, password = f"sqlwright_role_{secrets.token_hex(4)}", secrets.token_hex(8)
    run(url, f"create role {name} login password '{password}' {rights}")
    parts = urlsplit(url)
    try:
        yield parts._replace(netloc=f"{name}:{password}@{parts.netloc.rpartition('@')[2]}").geturl()
    finally:
        run(url, f"drop owned by {name} cascade", f"drop role {name}")
