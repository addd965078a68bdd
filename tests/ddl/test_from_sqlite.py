"""A schema written for SQLite on PostgreSQL: types, keys, defaults and constraints mean the same there."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator
from decimal import Decimal

import psycopg
import pytest

from tests.ddl.scripts import clean_script, objects_of_postgres, run_on_postgres

SCHEMA = """
-- Who writes here.
create table "Authors" (
    id integer primary key autoincrement,
    name varchar(20) not null collate binary,
    active boolean not null default 1,
    joined datetime not null default current_timestamp,
    seen text default (datetime('now')),
    day date default current_date,
    token uuid,
    score decimal(6, 2) default 1.5,
    ratio real default 0.5,
    photo blob default x'00ff',
    settings json default '{}',
    editor integer references posts (id),
    updated_at timestamp -- on update: now()
);
create table posts (
    id integer primary key,
    author integer not null references authors on delete cascade deferrable initially deferred,
    title text not null,
    "order" integer not null default -1 check ("order" <> 0),
    unique (author, title),
    constraint titled check (length(title) > 0)
);
create table tags (
    post bigint not null references POSTS (ID), tag text not null, primary key (post, tag)
) without rowid;
create unique index posts_title on posts (lower(title), "order" desc) where "order" > 0;
create view titles as select title, author from posts where "order" > 0;
"""


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("set time zone 'UTC'")
        run_on_postgres(connection, clean_script(SCHEMA, "sqlite", "postgres").up)
        connection.execute("""insert into "Authors" (name) values ('Ada')""")
        yield connection


def test_defaults(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    row = postgres.execute("""
        select id, active, joined, seen, day, token, score, ratio, photo, settings from "Authors"
        """).fetchone()
    assert row is not None
    assert row[:2] == (1, True)
    assert isinstance(row[2], datetime.datetime)
    assert abs(row[2] - datetime.datetime.now(datetime.UTC).replace(tzinfo=None)) < datetime.timedelta(minutes=1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", str(row[3]))
    assert isinstance(row[4], datetime.date)
    assert row[5:] == (None, Decimal("1.50"), 0.5, b"\x00\xff", {})


def test_types(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    postgres.execute("""update "Authors" set token = %s""", (uuid.UUID(int=1),))
    found = postgres.execute("""select token, updated_at > '2020-01-01' from "Authors" """).fetchone()
    assert found == (uuid.UUID(int=1), True)


def test_numbers_may_be_given_and_are_made(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    postgres.execute("insert into posts (id, author, title) values (7, 1, 'x')")
    postgres.execute("insert into posts (author, title) values (1, 'y')")
    assert postgres.execute('select id, "order" from posts order by id').fetchall() == [(1, -1), (7, -1)]


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("insert into posts (author, title) values (1, '')", psycopg.errors.CheckViolation),
        ("insert into posts (author, title, \"order\") values (1, 'x', 0)", psycopg.errors.CheckViolation),
        ("insert into posts (author, title) values (1, 'x'), (1, 'x')", psycopg.errors.UniqueViolation),
        (
            "insert into posts (author, title, \"order\") values (1, 'x', 1), (1, 'X', 1)",
            psycopg.errors.UniqueViolation,
        ),
        ("insert into posts (author, title) values (9, 'x')", psycopg.errors.ForeignKeyViolation),
        ("insert into posts (author) values (1)", psycopg.errors.NotNullViolation),
    ],
)
def test_constraints_hold(
    postgres: psycopg.Connection[tuple[object, ...]], statement: str, refusal: type[psycopg.Error]
) -> None:
    with pytest.raises(refusal):
        postgres.execute(statement.encode())


def test_nothing_is_left_behind(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    run_on_postgres(postgres, clean_script(SCHEMA, "sqlite", "postgres").down)
    assert objects_of_postgres(postgres) == []
