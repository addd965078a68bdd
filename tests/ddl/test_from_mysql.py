"""A schema written for MySQL or MariaDB, on the databases that are not like them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest

from tests.ddl.scripts import (
    clean_script,
    objects_of_postgres,
    objects_of_sqlite,
    run_on_postgres,
    run_on_sqlite,
    sqlite_with,
)

SCHEMA = """
-- Who buys.
create table customers (
    id int unsigned not null auto_increment,
    email varchar(190) not null comment 'Where to write',
    role enum('admin', 'it''s', 'guest') not null default 'guest',
    active tinyint(1) not null default 1,
    age tinyint unsigned,
    steps mediumint default -5,
    born year,
    balance decimal(10, 2) unsigned not null default 9.5,
    hash binary(4),
    photo varbinary(8) default x'00ff',
    settings json default ('{"a": 1}'),
    note text,
    score double default 0.5,
    seen time(3) default '10:00:00',
    created_at datetime not null default current_timestamp,
    updated_at timestamp(3) not null default current_timestamp(3) on update current_timestamp(3),
    primary key (id),
    unique key email (email),
    key note (note(20)),
    constraint aged check (age is null or age >= 7)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_0900_bin comment = 'Who buys, all of them';
create table orders (
    id bigint not null auto_increment primary key,
    customer_id int unsigned not null,
    role enum('x', 'y'),
    total decimal(10, 2) not null default 0,
    dear tinyint(1) generated always as (total > 2) stored,
    seen datetime(6), -- on update: now()
    key email (customer_id, id desc),
    constraint fk_c foreign key (customer_id) references customers (id) on delete cascade
) collate utf8mb4_bin;
create view guests as select id, email from customers where id >= 1;
"""
ADA = "insert into customers (email) values ('ada@example.org')"
REFUSED = [
    "insert into customers (email) values ('ada@example.org')",
    "insert into customers (email, role) values ('b', 'lost')",
    "insert into customers (email, age) values ('b', -1)",
    "insert into customers (email, age) values ('b', 256)",
    "insert into customers (email, age) values ('b', 6)",
    "insert into customers (email, steps) values ('b', 8388608)",
    "insert into customers (email, born) values ('b', 1900)",
    "insert into customers (id, email) values (-1, 'b')",
    "insert into customers (email) values (null)",
    "insert into orders (customer_id) values (99)",
]
WRITTEN = ["mysql", "mariadb"]


@pytest.fixture(params=WRITTEN)
def written(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def postgres(postgres_url: str, written: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    script = clean_script(schema(written), written, "postgres")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("set time zone 'UTC'")
        run_on_postgres(connection, script.up)
        connection.execute(ADA)
        yield connection
        run_on_postgres(connection, script.down)
        assert objects_of_postgres(connection) == []


@pytest.fixture
def sqlite(written: str) -> Iterator[sqlite3.Connection]:
    script = clean_script(schema(written), written, "sqlite")
    connection = sqlite_with(script)
    connection.execute(ADA)
    yield connection
    connection.rollback()
    run_on_sqlite(connection, script.down)
    assert objects_of_sqlite(connection) == []
    connection.close()


def schema(written: str) -> str:
    return SCHEMA if written == "mysql" else SCHEMA.replace("utf8mb4_0900_bin", "utf8mb4_nopad_bin")


# PostgreSQL


def test_defaults_on_postgres(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    row = postgres.execute("""
        select id, role::text, active, steps, balance, photo, settings, score, seen, created_at, updated_at
        from customers
        """).fetchone()
    assert row is not None
    assert row[:4] == (1, "guest", True, -5)
    assert row[4:9] == (Decimal("9.50"), b"\x00\xff", {"a": 1}, 0.5, datetime(2000, 1, 1, 10).time())
    created, updated = row[9:]
    assert isinstance(created, datetime)
    assert created.microsecond == 0
    assert isinstance(updated, datetime)
    assert updated.microsecond % 1000 == 0
    assert abs(updated - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("statement", [*REFUSED, "insert into customers (email, hash) values ('b', '\\x00')"])
def test_constraints_hold_on_postgres(postgres: psycopg.Connection[tuple[object, ...]], statement: str) -> None:
    with pytest.raises(psycopg.errors.Error):
        postgres.execute(statement.encode())


def test_the_rest_on_postgres(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    postgres.execute("insert into orders (customer_id, total) values (1, 2.5)")
    assert postgres.execute("select dear, seen from orders").fetchall() == [(True, None)]
    assert postgres.execute("select email from guests").fetchall() == [("ada@example.org",)]
    ((before,),) = postgres.execute("select updated_at::text from customers").fetchall()
    time.sleep(0.01)
    postgres.execute("update customers set age = 7")
    postgres.execute("update orders set role = 'x'")
    ((after,),) = postgres.execute("select updated_at::text from customers").fetchall()
    assert str(after) > str(before)
    assert postgres.execute("select count(*) from orders where seen is not null").fetchall() == [(1,)]
    postgres.execute("delete from customers")
    assert postgres.execute("select count(*) from orders").fetchall() == [(0,)]


# SQLite


def test_defaults_on_sqlite(sqlite: sqlite3.Connection) -> None:
    (row,) = sqlite.execute("""
        select id, role, active, steps, balance, photo, settings, score, seen, created_at, updated_at from customers
        """)
    assert row[:4] == (1, "guest", 1, -5)
    assert row[4:9] == ("9.50", b"\x00\xff", '{"a":1}', 0.5, "10:00:00.000000")
    assert len(row[9]) == len("2000-01-01 00:00:00.000000")
    assert row[10].endswith("+00:00")


@pytest.mark.parametrize("statement", [*REFUSED, "insert into customers (email, hash) values ('b', x'00')"])
def test_constraints_hold_on_sqlite(sqlite: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        sqlite.execute(statement)


def test_the_rest_on_sqlite(sqlite: sqlite3.Connection) -> None:
    sqlite.execute("insert into orders (customer_id, total) values (1, '2.50')")
    assert list(sqlite.execute("select dear, seen from orders")) == [(1, None)]
    assert list(sqlite.execute("select email from guests")) == [("ada@example.org",)]
    sqlite.execute("update orders set role = 'x'")
    assert list(sqlite.execute("select count(*) from orders where seen is not null")) == [(1,)]
    sqlite.execute("delete from customers")
    assert list(sqlite.execute("select count(*) from orders")) == [(0,)]
