"""How many rows a query can give: what is said to give one at most never gives two, and what is warned of does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import psycopg
import pytest
import sqlwright
from sqlwright.live.postgres import scratch_database
from sqlwright.model.typed import Cardinality

SCHEMA = """
create table things (
    id integer primary key, a integer not null, b integer not null, kind text not null, live boolean not null,
    code integer, name text not null, unique (a, b)
);
create unique index on things (kind) where live;
create unique index on things (code) where code is not null;
create unique index on things (lower(name), a);
create table parts (thing_id integer not null references things, n integer not null, primary key (thing_id, n));
create table notes (thing_id integer not null, n integer not null, text text, unique (thing_id, n));
create view named as select t.id, t.name, p.n as part from things t left join parts p on p.thing_id = t.id and p.n = 1;
create view counted as select t.id, t.name, count(p.n) as parts
    from things t left join parts p on p.thing_id = t.id group by t.id, t.name;
create table parents (id integer primary key);
create table children () inherits (parents);
"""
ANALYSIS = sqlwright.analyze(SCHEMA, (Path(__file__).parent / "cardinality.sql").read_text(), "postgres")
QUERIES = {query.query.name: query for query in ANALYSIS.queries}
FEW = (Cardinality.ONE, Cardinality.AT_MOST_ONE)
DATA_SETS = 12
Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[Connection]:
    with scratch_database(postgres_server_url) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
        yield connection


def fill(connection: Connection, seed: int) -> None:
    """Rows of small numbers, as far as the keys let them in."""
    random = Random(seed)
    connection.execute("truncate things, parts, notes, parents cascade")
    for id in range(1, 8):
        values = (id, random.randint(1, 2), id, random.choice("xy"), random.random() < 0.3, random.choice((None, 2)))
        with suppress(psycopg.errors.UniqueViolation):
            connection.execute(
                "insert into things values (%s, %s, %s, %s, %s, %s, %s)", (*values, random.choice("Aab"))
            )
    for (id,) in connection.execute("select id from things").fetchall():
        for n in range(1, random.randint(1, 4)):
            connection.execute("insert into parts values (%s, %s)", (id, n))
            connection.execute("insert into notes values (%s, %s)", (id, n))
    connection.execute("insert into parents values (1)")
    connection.execute("insert into children values (1)")


def test_every_query_is_read() -> None:
    assert [finding.message for finding in ANALYSIS.diagnostics if finding.code != "many-rows"] == []


@pytest.mark.parametrize("name", QUERIES)
def test_cardinality(name: str) -> None:
    warned = [finding for finding in ANALYSIS.diagnostics if finding.message.startswith(f"`{name}`")]
    assert (QUERIES[name].cardinality in FEW) == name.startswith("few")
    assert len(warned) == name.startswith("many")


@pytest.mark.parametrize("name", QUERIES)
def test_rows_that_come(name: str, server: Connection) -> None:
    counts: list[int] = []
    for seed in range(DATA_SETS):
        fill(server, seed)
        with server.transaction(force_rollback=True):
            counts.append(len(server.execute(QUERIES[name].query.text.encode()).fetchall()))
    assert (max(counts) > 1) == name.startswith("many")


def test_a_comparison_that_converts_may_meet_several_values() -> None:
    """MySQL compares a text with a number as numbers: 'a' and 'b' are both 0."""
    schema = "create table t (code varchar(20) not null primary key);"
    by_number = "-- name: by_number :one\nselect * from t where code = 0;\n"
    by_text = "-- name: by_text :one\nselect * from t where code = '0';\n"
    found = sqlwright.analyze(schema, by_number + by_text, "mysql")
    assert [query.cardinality for query in found.queries] == [Cardinality.MANY, Cardinality.AT_MOST_ONE]
