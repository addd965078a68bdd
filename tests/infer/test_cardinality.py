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
create table sharded (id integer primary key, n integer not null) partition by range (id);
create table shard partition of sharded default;
create table flags (
    id integer primary key, k integer not null, live boolean not null, gone boolean, left_at integer, n integer,
    lone integer, unique nulls not distinct (lone), unique (n)
);
create unique index on flags (k) where live = true;
create unique index on flags (k) where not gone;
create unique index on flags (k) where left_at is null;
create table sets (k integer, n integer, unique nulls not distinct (k, n));
create table other_sets (k integer, n integer, unique nulls not distinct (k, n));
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
    connection.execute("truncate things, parts, notes, parents, sharded, flags, sets, other_sets cascade")
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
    for id in range(1, 9):
        connection.execute("insert into sharded values (%s, 1)", (id,))
        some = (random.random() < 0.4, random.choice((None, True, False)), random.choice((None, 1, 2)))
        with suppress(psycopg.errors.UniqueViolation):
            connection.execute(
                "insert into flags values (%s, %s, %s, %s, %s, %s, %s)",
                (id, random.randint(1, 2), *some, random.choice((None, id)), random.choice((None, 1, 2, 3, 4, 5))),
            )
        for table in ("sets", "other_sets"):
            with suppress(psycopg.errors.UniqueViolation):
                values = (random.choice((None, 1, 2)), random.choice((None, 1, 2)))
                connection.execute(f"insert into {table} values (%s, %s)".encode(), values)
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


DEFERRED = """
create table d (
    id integer primary key deferrable, a integer not null, b integer not null unique deferrable initially deferred,
    c integer not null unique not deferrable initially immediate, e integer not null,
    constraint a_once unique (a) deferrable initially immediate, unique (e)
);
"""


@pytest.mark.parametrize("column", ["id", "a", "b", "c", "e"])
def test_a_key_that_can_be_deferred_is_none_while_a_transaction_goes_on(column: str, server: Connection) -> None:
    found = sqlwright.analyze(DEFERRED, f"-- name: q :opt\nselect * from d where {column} = 1;\n", "postgres")
    with server.transaction(force_rollback=True):
        server.execute(DEFERRED.encode())
        server.execute("insert into d values (1, 1, 1, 1, 1), (2, 2, 2, 2, 2)")
        server.execute("set constraints all deferred")
        try:
            with server.transaction():
                server.execute(f"update d set {column} = 1".encode())
                rows = len(server.execute(f"select * from d where {column} = 1".encode()).fetchall())
                raise psycopg.Rollback
        except psycopg.errors.UniqueViolation:
            rows = 1
    assert rows == (2 if column in ("id", "a", "b") else 1)
    assert [finding.code for finding in found.diagnostics] == ["many-rows"] * (rows > 1)


def test_what_needs_a_key_at_once_takes_none_that_can_be_deferred() -> None:
    written = "-- name: q :exec\ninsert into d values (1, 1, 1, 1, 1) on conflict (a) do nothing;\n"
    grouped = "-- name: g :many\nselect id, a, count(*) from d group by id;\n"
    found = sqlwright.analyze(DEFERRED, written + grouped, "postgres")
    assert [finding.code for finding in found.diagnostics] == ["no-conflict-key", "not-grouped"]


def test_the_rows_of_children_are_left_out_by_only() -> None:
    schema = "create table p (id integer primary key); create table c () inherits (p);"
    found = sqlwright.analyze(schema, "-- name: q :opt\nselect * from p where id = 1;\n", "postgres")
    assert "write `only p`" in str(found.diagnostics[0].help)


def test_the_number_of_a_row_is_a_key() -> None:
    """SQLite's rowid has three names; MySQL's AUTO_INCREMENT needs an index, which need not be unique."""
    rows = "".join(
        f"-- name: {name} :many\nselect * from t where {name} = 1;\n" for name in ("rowid", "oid", "_rowid_", "n")
    )
    found = sqlwright.analyze("create table t (k text primary key, n integer);", rows, "sqlite")
    few, many = Cardinality.AT_MOST_ONE, Cardinality.MANY
    assert [query.cardinality for query in found.queries] == [few, few, few, many]
    schema = "create table a (id int auto_increment, key (id)); create table b (id int auto_increment primary key);"
    both = "-- name: a :many\nselect * from a where id = 1;\n-- name: b :many\nselect * from b where id = 1;\n"
    found = sqlwright.analyze(schema, both, "mysql")
    assert [query.cardinality for query in found.queries] == [many, few]


def test_truth_is_more_than_being_one_on_sqlite() -> None:
    """2 is true and is not equal to TRUE: an index of what is TRUE does not hold all that is true."""
    schema = "create table t (a int, live bool); create unique index i on t (a) where {0};"
    query = "-- name: q :many\nselect * from t where a = 1 and {0};\n"
    expected = {("live = true", "live"): False, ("live", "live = true"): True, ("live", "live is true"): True}
    for (index, asked), few in expected.items():
        found = sqlwright.analyze(schema.format(index), query.format(asked), "sqlite")
        assert (found.queries[0].cardinality is Cardinality.AT_MOST_ONE) == few


def test_a_comparison_that_converts_may_meet_several_values() -> None:
    """MySQL compares a text with a number as numbers: 'a' and 'b' are both 0."""
    schema = "create table t (code varchar(20) not null primary key);"
    by_number = "-- name: by_number :one\nselect * from t where code = 0;\n"
    by_text = "-- name: by_text :one\nselect * from t where code = '0';\n"
    found = sqlwright.analyze(schema, by_number + by_text, "mysql")
    assert [query.cardinality for query in found.queries] == [Cardinality.MANY, Cardinality.AT_MOST_ONE]
