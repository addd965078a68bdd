"""The schema that a PostgreSQL server says it has makes the same catalog as the script, and the same schema again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlwright.live import live
from sqlwright.live.base import Server
from sqlwright.live.postgres import scratch_database

from tests.catalog.facts import catalog_of, postgres_facts
from tests.catalog.postgres import server_facts

ROOT = Path(__file__).resolve().parent.parent.parent
HARD = (Path(__file__).parent / "postgres.schema.sql").read_text()
SYSTEMS = sorted(path.name for path in (ROOT / "schema").iterdir())


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[Server]:
    found = live("postgres").connect(postgres_server_url, 10)
    yield found
    found.close()


def without_notes(script: str) -> str:
    """A script without what stands beside it for readers, which the server does not keep."""
    return re.sub(r"--[^\n]*", "", script)


def test_a_hard_schema_is_read_back(server: Server) -> None:
    with server.scratch() as made:
        made.run("hard.sql", HARD)
        told = made.schema()
    assert postgres_facts(catalog_of(told, "postgres")) == postgres_facts(catalog_of(without_notes(HARD), "postgres"))


def test_a_hard_schema_can_be_made_again(server: Server, postgres_server_url: str) -> None:
    with server.scratch() as made:
        made.run("hard.sql", HARD)
        told = made.schema()
    with server.scratch() as made:
        made.run("told.sql", told)
        assert made.schema() == told
    facts: list[object] = []
    for text in (HARD, told):
        with scratch_database(postgres_server_url) as url, psycopg.connect(url, autocommit=True) as connection:
            connection.execute(text.encode())
            facts.append(server_facts(connection))
    assert facts[0] == facts[1]


def test_it_is_the_same_in_a_named_schema(server: Server) -> None:
    script = "create type mood as enum ('ok'); create table a (id serial primary key, mood mood, up int references a)"
    with server.scratch() as made:
        made.run("a.sql", script)
        told = made.schema()
    with server.scratch("sqlwright_named_for_a_test") as made:
        made.run("a.sql", script)
        assert made.schema() == told


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_schema_of_a_system_is_read_back(server: Server, system: str) -> None:
    folder = ROOT / "generated" / system / "migrations" / "postgres"
    script = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.up.sql")))
    with server.scratch() as made:
        made.migrate(folder)
        told = made.schema()
    assert "sqlwright_migrations" not in told
    assert postgres_facts(catalog_of(told, "postgres")) == postgres_facts(catalog_of(without_notes(script), "postgres"))


def test_tables_may_refer_to_each_other_and_to_what_comes_later(server: Server) -> None:
    script = """
        create table a (id int primary key);
        create function n() returns int language sql as 'select 1';
        create domain d as int;
        create view v as select id from a;
        create table b (id int primary key, a int references a);
        alter table a add b int references b, add d d default n();
        create or replace view v as select id, d from a;
        create table low (v v);
    """
    with server.scratch() as made:
        made.run("a.sql", script)
        told = made.schema()
    with server.scratch() as made:
        made.run("told.sql", told)
        assert made.schema() == told
