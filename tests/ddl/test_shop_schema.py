"""One schema with a bit of everything, on both databases: it is made, it holds, and it is taken away again."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source, render_all
from sqlwright.dialects import dialect
from sqlwright.model.types import Kind

from tests.ddl.scripts import (
    clean_script,
    objects_of_postgres,
    objects_of_sqlite,
    run_on_postgres,
    run_on_sqlite,
    sqlite_with,
)

HERE = Path(__file__).parent
SCHEMA = (HERE / "shop.postgres.sql").read_text(encoding="utf-8")
UUID_4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}"
ADA = "insert into customers (email, name) values ('ada@example.org', 'Ada')"


@pytest.fixture
def sqlite() -> Iterator[sqlite3.Connection]:
    connection = sqlite_with(clean_script(SCHEMA, "postgres", "sqlite"))
    connection.execute(ADA)
    yield connection
    connection.close()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        yield connection


# The scripts


def test_sqlite_script_is_the_expected_one(update_goldens: bool) -> None:
    script = clean_script(SCHEMA, "postgres", "sqlite")
    for path, text in ((HERE / "shop.sqlite.up.sql", script.up), (HERE / "shop.sqlite.down.sql", script.down)):
        if update_goldens:
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")


def test_sqlite_script_leaves_nothing_behind(sqlite: sqlite3.Connection) -> None:
    sqlite.execute("insert into departments (id, name) values (1, 'all')")
    sqlite.execute("insert into employees (id, department_id, manager_id) values (1, 1, 1)")
    sqlite.execute("update departments set head = 1")
    run_on_sqlite(sqlite, clean_script(SCHEMA, "postgres", "sqlite").down)
    assert objects_of_sqlite(sqlite) == []


def test_postgres_script_leaves_nothing_behind(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    script = clean_script(SCHEMA, "postgres", "postgres")
    run_on_postgres(postgres, script.up)
    postgres.execute("insert into departments (name) values ('all')")
    postgres.execute("insert into employees (department_id, manager_id) values (1, 1)")
    postgres.execute("update departments set head = 1")
    run_on_postgres(postgres, script.down)
    assert objects_of_postgres(postgres) == []


def test_sqlite_script_is_read_back_without_findings() -> None:
    script = clean_script(SCHEMA, "postgres", "sqlite")
    built = build_schema([Source("0001_initial.up.sql", script.up)], dialect("sqlite"))
    assert render_all(built.diagnostics) == ""
    types = dialect("sqlite").types(built.catalog)
    orders = built.catalog.tables[("main", "orders")]
    assert [types.neutral(column.type).kind for column in orders.columns] == [
        Kind.INT64,
        Kind.STR,
        Kind.STR,
        Kind.STR,
        Kind.STR,
    ]
    assert built.catalog.tables[("main", "customers")].comment == "Who buys here."


# What the tables hold


def test_defaults_are_canonical(sqlite: sqlite3.Connection) -> None:
    sqlite.execute("insert into products (sku) values ('A1')")
    sqlite.execute("insert into orders (customer_id) select id from customers")
    (customer,) = sqlite.execute(
        "select id, discount, active, tags, settings, photo, patience, seen_at, created_at from customers"
    )
    assert re.fullmatch(UUID_4, customer[0])
    assert customer[1:7] == (10, 1, "[]", '{"theme":"dark"}', b"\x00\xff", 5_400_000_000)
    assert re.fullmatch(MOMENT, customer[7])
    assert re.fullmatch(MOMENT + r"\+00:00", customer[8])
    (product,) = sqlite.execute("select id, title, price, weight, stock, sellable from products")
    assert product == (1, "it's new", "9.50", 1.5, -1, 0)
    (order,) = sqlite.execute("select id, status, opened from orders")
    assert order == (1, "new", "09:00:00.000000")


@pytest.mark.parametrize(
    "statement",
    [
        "insert into customers (email, name, active) values ('b@b', 'B', 2)",
        "insert into customers (email, name, settings) values ('b@b', 'B', '{bad')",
        "insert into customers (email, name, tags) values ('b@b', 'B', 'a,b')",
        "insert into customers (email, name) values ('b@b', 'a name of more than 20 characters')",
        "insert into customers (email, name) values (null, 'B')",
        "insert into customers (email, name) values ('no address', 'B')",
        "insert into customers (email, name, discount) values ('b@b', 'B', 101)",
        "insert into customers (email, name) values ('ada@example.org', 'B')",
        "insert into customers (email, name) values ('b@b', 'ADA')",
        "insert into customers (id, email, name) values (null, 'b@b', 'B')",
        "insert into products (sku, price) values ('A1', '-1.00')",
        "insert into products (sku, price) values ('A1', '100000.00')",
        "insert into orders (customer_id) values ('nobody')",
        "insert into orders (customer_id, status) select id, 'lost' from customers",
        "insert into order_lines (order_id, product_id, quantity) values (1, 1, 0)",
    ],
)
def test_constraints_hold(sqlite: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        sqlite.execute(statement)


def test_deferred_keys_are_checked_in_the_end(sqlite: sqlite3.Connection) -> None:
    sqlite.execute("insert into products (id, sku) values (7, 'A1')")
    sqlite.execute("begin")
    sqlite.execute("insert into order_lines (order_id, product_id) values (5, 7)")
    sqlite.execute("insert into orders (id, customer_id) select 5, id from customers")
    sqlite.execute("commit")
    assert list(sqlite.execute("select lines from order_totals")) == [(1,)]


# Touched columns


def test_an_update_moves_the_time_on_sqlite(sqlite: sqlite3.Connection) -> None:
    old = "2000-01-01 00:00:00.000000+00:00"
    sqlite.execute("update customers set created_at = ?, updated_at = ?", (old, old))
    assert _times(sqlite) == [(old, old)]
    sqlite.execute("update customers set name = 'Ada L.'")
    ((created, updated),) = _times(sqlite)
    assert created == old < str(updated)
    assert re.fullmatch(MOMENT + r"\+00:00", str(updated))


def test_an_update_is_not_repeated_on_sqlite(sqlite: sqlite3.Connection) -> None:
    sqlite.execute("pragma recursive_triggers = on")
    for name in "abc":
        sqlite.execute("update customers set name = ?", (name,))
    assert list(sqlite.execute("select name from customers")) == [("c",)]


def test_an_update_moves_the_time_on_postgres(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    run_on_postgres(postgres, clean_script(SCHEMA, "postgres", "postgres").up)
    postgres.execute(ADA)
    ((first,),) = postgres.execute("select updated_at from customers").fetchall()
    time.sleep(0.01)
    postgres.execute("update customers set name = 'Ada L.'")
    ((second,),) = postgres.execute("select updated_at from customers").fetchall()
    assert str(second) > str(first)
    postgres.execute("update customers set updated_at = '2100-01-01 00:00:00+00'")
    ((third,),) = postgres.execute("select updated_at::text from customers").fetchall()
    assert str(third).startswith("2100-01-01")


def _times(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return list(connection.execute("select created_at, updated_at from customers"))
