"""Two databases with the same rows, for all tests of translation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from sqlwright.dialects import dialect
from sqlwright.live import mysql
from sqlwright.runtime.mysql.products import MARIADB, MYSQL, Product

from tests.ddl.scripts import clean_script

from .sides import HERE, POSTGRES, SQLITE, Sides
from .targets import TargetSides


@pytest.fixture(scope="session")
def sides(postgres_server_url: str) -> Iterator[Sides]:
    """Both databases; a test that changes rows undoes it."""
    with _database(postgres_server_url, "lc_collate 'C' lc_ctype 'C'") as url:
        found = Sides(url)
        yield found
        found.close()


@pytest.fixture(scope="session")
def sides_of_sqlite(postgres_server_url: str) -> Iterator[Sides]:
    """The same where SQLite is written. PostgreSQL's own order of text is not by code point."""
    schema = (HERE / "schema.written.sqlite.sql").read_text(encoding="utf-8")
    script = clean_script(schema, SQLITE.name, POSTGRES.name)
    with _database(postgres_server_url, "locale_provider icu icu_locale 'en-US' locale 'C.UTF-8'") as url:
        found = Sides(url, {"sqlite": schema, "postgres": script.up}, SQLITE)
        yield found
        found.close()


@contextmanager
def _database(server_url: str, locale: str) -> Iterator[str]:
    name = f"translate_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"create database {name} template template0 encoding 'UTF8' {locale}".encode())
        try:
            yield psycopg.conninfo.make_conninfo(server_url, dbname=name)
        finally:
            server.execute(f"drop database {name} with (force)".encode())


@pytest.fixture(scope="session")
def sides_of_mysql(sides: Sides, mysql_server_url: str) -> Iterator[TargetSides]:
    yield from _target(sides, mysql_server_url, "mysql", MYSQL)


@pytest.fixture(scope="session")
def sides_of_mariadb(sides: Sides, mariadb_server_url: str) -> Iterator[TargetSides]:
    yield from _target(sides, mariadb_server_url, "mariadb", MARIADB)


def _target(sides: Sides, server_url: str, name: str, product: Product) -> Iterator[TargetSides]:
    with mysql.scratch_database(server_url) as url:
        found = TargetSides(sides, url, dialect(name), product)
        yield found
        found.close()


@pytest.fixture(params=["mysql", "mariadb"])
def target_sides(request: pytest.FixtureRequest) -> TargetSides:
    """PostgreSQL beside each of the two."""
    found: TargetSides = request.getfixturevalue(f"sides_of_{request.param}")
    return found
