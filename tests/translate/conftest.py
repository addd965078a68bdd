"""Two databases with the same rows, for all tests of translation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from sqlwright.dialects import dialect
from sqlwright.live import mariadb, mysql
from sqlwright.runtime.mysql.products import MARIADB, MYSQL

from tests.ddl.scripts import clean_script

from .sides import HERE, POSTGRES, SQLITE, Sides
from .targets import TargetSides

PRODUCTS = {"mysql": MYSQL, "mariadb": MARIADB}
_PACKAGES = {"mysql": mysql, "mariadb": mariadb}
TARGETS = [pytest.param(name, marks=pytest.mark.only(name)) for name in PRODUCTS]


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


@pytest.fixture(scope="session", params=TARGETS)
def target_sides(request: pytest.FixtureRequest, sides: Sides) -> Iterator[TargetSides]:
    """PostgreSQL, which queries are written for, beside MySQL and MariaDB."""
    script = (HERE / f"schema.{request.param}.sql").read_text(encoding="utf-8")
    yield from _target(request, sides, script)


@pytest.fixture(scope="session", params=TARGETS)
def target_sides_of_sqlite(request: pytest.FixtureRequest, sides_of_sqlite: Sides) -> Iterator[TargetSides]:
    """SQLite, which queries are written for, beside them."""
    schema = (HERE / "schema.written.sqlite.sql").read_text(encoding="utf-8")
    tables, _, rest = schema.partition("create index notes_heavy")
    script = clean_script(tables + rest.partition(";")[2], SQLITE.name, request.param)
    yield from _target(request, sides_of_sqlite, script.up)


def _target(request: pytest.FixtureRequest, sides: Sides, script: str) -> Iterator[TargetSides]:
    name = str(request.param)
    server_url = str(request.getfixturevalue(f"{name}_server_url"))
    with _PACKAGES[name].scratch_database(server_url) as url:
        found = TargetSides(sides, url, dialect(name), PRODUCTS[name], script)
        yield found
        found.close()
