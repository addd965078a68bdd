"""What one database takes the others take, and what it refuses they refuse: statement by statement, with its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from sqlwright.runtime import errors

from tests.ddl.scripts import MysqlDatabase, clean_script, run_on_postgres, sqlite_with

FROM_POSTGRES = """
create type mood as enum ('glad', 'sad');
create domain price as numeric(8, 2) check (value >= 0);
create table shops (
    id serial primary key,
    code text not null,
    region text not null default 'north',
    mood mood default 'glad',
    closed_at timestamp,
    constraint positive check (length(code) > 1),
    unique (region, code)
);
create unique index shops_open on shops (lower(code)) where closed_at is null;
create index shops_long on shops (region, code, mood) where mood = 'sad';
create table items (
    shop_id integer references shops (id) on delete cascade,
    number smallint not null,
    region text,
    code text,
    cost price not null default 1,
    doubled integer generated always as (shop_id + number) stored,
    parent integer,
    constraint positive check (number > 0),
    primary key (shop_id, number),
    foreign key (code, region) references shops (code, region) on delete set null,
    foreign key (parent) references shops (id) on delete set null
);
create unique index an_index_whose_name_is_as_long_as_postgresql_takes_it_at_the_mo on items (doubled);
create table notes (id uuid primary key, tags text[], data jsonb, day date, at time, span interval, raw bytea,
    ratio double precision, shop integer references shops on delete restrict, unique (day, at), unique (raw));
create table parts (id int not null, day date not null, primary key (id, day)) partition by range (day);
create table parts_1 partition of parts for values from ('2024-01-01') to ('2999-01-01');
create table stays (id integer primary key, shop integer references shops, best boolean, note varchar(20));
create unique index stays_best on stays (shop) where best;
create index stays_notes on stays (shop, lower(note));
create view dear as select i.shop_id, i.cost from items i where i.cost > 10;
"""
STATEMENTS = """
insert into shops (code) values ('aa')
insert into shops (code) values ('b')
insert into shops (code) values ('AA')
insert into shops (code, closed_at) values ('AA', '2024-01-01 10:00:00')
insert into shops (code, closed_at) values ('aA', '2024-01-01 10:00:00')
update shops set closed_at = null where code = 'AA'
insert into shops (code, region) values ('aa', 'north')
insert into shops (code, region, closed_at) values ('aa', 'south', '2024-01-01')
insert into shops (code, mood) values ('cc', 'angry')
insert into shops (code, mood) values ('cc', 'sad')
insert into shops (code, region) values ('dd ', 'north')
insert into shops (code, region) values ('dd', 'north')
insert into items (shop_id, number, cost) values (1, 1, 2.5)
insert into items (shop_id, number, cost) values (1, 1, 2.5)
insert into items (shop_id, number) values (1, 0)
insert into items (shop_id, number) values (null, 2)
insert into items (shop_id, number) values (99, 2)
insert into items (shop_id, number, cost) values (1, 2, -1)
insert into items (shop_id, number, cost) values (1, 2, 11)
insert into items (shop_id, number, region, code) values (1, 3, 'north', 'cc')
insert into items (shop_id, number, region, code) values (1, 4, 'north', 'zz')
insert into items (shop_id, number, region, code) values (1, 5, null, 'zz')
insert into items (shop_id, number, parent) values (1, 6, 1)
insert into items (shop_id, number, parent) values (1, 7, 77)
insert into items (shop_id, number) values (2, 1)
insert into items (shop_id, number) values (1, 40000)
select shop_id, number, doubled, code, parent from items order by number
select shop_id, cost from dear
delete from shops where code = 'cc'
select number, region, code from items where number = 3
insert into notes (id, ratio, shop) values (null, 0.5, 1)
delete from shops where id = 1
select count(*) from items
insert into stays (id, shop) values (1, 2)
insert into stays (id, shop) values (2, 99)
insert into stays (id, shop, best, note) values (3, 99, false, 'x')
insert into stays (id, shop, note) values (4, 99, 'x')
insert into stays (id, shop, best) values (5, 99, true)
insert into stays (id, shop, best) values (6, 2, true)
insert into stays (id, shop, best) values (7, 2, true)
delete from shops where id = 2
select id from stays order by id
insert into parts values (1, '2024-02-01')
insert into parts values (1, '2024-02-01')
select count(*) from parts
""".strip().split("\n")
FROM_SQLITE = """
create table users (
    id integer primary key,
    name varchar(10) not null collate binary,
    active boolean not null default 1,
    score decimal(6, 2) default 1.5 check (score < 100),
    editor integer references posts (id),
    born date,
    constraint named check (length(name) > 1)
);
create table posts (
    id integer primary key autoincrement,
    author integer not null references users on delete cascade deferrable initially deferred,
    title text not null,
    slug integer generated always as (place + 1) stored,
    place integer not null default -1 check (place <> 0),
    unique (author, title)
);
create table tags (
    post bigint not null references POSTS (ID), tag text not null, primary key (post, tag)
) without rowid;
create unique index posts_title on posts ((place + 1), title desc) where place > 0;
create index posts_place on posts (place) where place > 5;
create view titles as select title, author from posts where place > 0;
"""
STATEMENTS_OF_SQLITE = """
insert into users (id, name) values (5, 'Ada')
insert into users (name) values ('Bo')
insert into users (name) values ('C')
insert into users (name) values (null)
insert into users (id, name) values (5, 'Cy')
insert into users (name, editor) values ('Cy', 99)
insert into posts (author, title) values (5, 'x')
insert into posts (author, title) values (5, 'x')
insert into posts (author, title) values (5, 'X')
insert into posts (author, title, place) values (5, 'y', 0)
insert into posts (author, title, place) values (5, 'z', 1)
insert into posts (author, title, place) values (6, 'Z', 1)
insert into posts (author, title, place) values (6, 'Z', 2)
insert into posts (author, title) values (99, 'x')
update users set editor = 1 where id = 5
insert into tags values (1, 'a')
insert into tags values (1, 'A')
insert into tags values (1, 'a')
insert into tags values (99, 'a')
select id, name, active, editor from users order by id
select author, title, slug, place from posts order by author, title
select title from titles order by title
delete from posts where id = 1
delete from tags
update users set editor = null
delete from users where id = 5
select count(*) from posts
""".strip().split("\n")
Answer = list[tuple[object, ...]] | None
"""The rows of a statement; None when it was refused."""


@pytest.fixture
def answers_of_postgres(postgres_url: str) -> list[Answer]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        run_on_postgres(connection, clean_script(FROM_POSTGRES, "postgres", "postgres").up)
        return [_on_postgres(connection, statement) for statement in STATEMENTS]


@pytest.fixture
def answers_of_sqlite() -> list[Answer]:
    connection = sqlite_with(clean_script(FROM_SQLITE, "sqlite", "sqlite"))
    return [_on_sqlite(connection, statement) for statement in STATEMENTS_OF_SQLITE]


def test_postgres_on_mysql(answers_of_postgres: list[Answer], mysql_url: str) -> None:
    _compare(STATEMENTS, answers_of_postgres, MysqlDatabase(mysql_url, "mysql"), FROM_POSTGRES, "postgres")


def test_postgres_on_mariadb(answers_of_postgres: list[Answer], mariadb_url: str) -> None:
    _compare(STATEMENTS, answers_of_postgres, MysqlDatabase(mariadb_url, "mariadb"), FROM_POSTGRES, "postgres")


def test_sqlite_on_mysql(answers_of_sqlite: list[Answer], mysql_url: str) -> None:
    _compare(STATEMENTS_OF_SQLITE, answers_of_sqlite, MysqlDatabase(mysql_url, "mysql"), FROM_SQLITE, "sqlite")


def test_sqlite_on_mariadb(answers_of_sqlite: list[Answer], mariadb_url: str) -> None:
    _compare(STATEMENTS_OF_SQLITE, answers_of_sqlite, MysqlDatabase(mariadb_url, "mariadb"), FROM_SQLITE, "sqlite")


def _compare(statements: list[str], wanted: list[Answer], database: MysqlDatabase, schema: str, written: str) -> None:
    script = clean_script(schema, written, database.name)
    database.run_script(script.up)
    found = [_on_mysql(database, statement) for statement in statements]
    assert dict(zip(statements, found, strict=True)) == dict(zip(statements, wanted, strict=True))
    database.run_script(script.down)
    assert database.objects() == []
    database.close()


def _on_postgres(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> Answer:
    def rows() -> list[tuple[object, ...]]:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []

    return _answer(rows, psycopg.Error)


def _on_sqlite(connection: sqlite3.Connection, statement: str) -> Answer:
    return _answer(lambda: list(connection.execute(statement)), sqlite3.Error)


def _on_mysql(database: MysqlDatabase, statement: str) -> Answer:
    return _answer(lambda: database.run(statement), errors.Error)


def _answer(rows: Callable[[], list[tuple[object, ...]]], refusal: type[Exception]) -> Answer:
    try:
        return rows()
    except refusal:
        return None
