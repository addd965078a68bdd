"""Packages that are written for MySQL and MariaDB: their statements mean what they do in any client."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from .driving import WAYS, Driven
from .making import Maker

SCHEMA = """\
create table items (
    id int primary key, name varchar(20) not null, code varchar(20) collate utf8mb4_bin not null, doc json not null
);
"""
QUERIES = """\
-- name: add :exec
insert into items (id, name, code, doc) values (:id, :name, :code, :doc);
-- name: by_part :many
select id from items where json_unquote(json_extract(doc, '$.c')) = :c;
-- name: among :many
select id from items where json_unquote(json_extract(doc, '$.c')) in (:parts);
-- name: alike :many
select id from items where json_unquote(json_extract(doc, '$.c')) like :pattern;
-- name: shown :many
select coalesce(json_unquote(json_extract(doc, '$.c')), 'none') as c,
    concat(json_unquote(json_extract(doc, '$.c')), '-', :tail) as longer,
    case when id = 1 then json_unquote(json_extract(doc, '$.c')) else 'other' end as chosen,
    ifnull(json_unquote(json_extract(doc, '$.d')), :tail) as d
from items order by id;
-- name: both :many
select json_unquote(json_extract(doc, '$.c')) as c from items union select :c;
-- name: value :many
select id from items where json_value(doc, '$.c') = :c;
-- name: texts :many
select id from items where code = :code and name = :name and cast(id as char) = '1' and concat(name, 'x') = :longer;
-- name: literals :one
select 'a' = 'A' as same;
"""


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("way", WAYS)
def test_texts_of_documents_meet_others(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        await db.q.add(id=1, name="Ada", code="x", doc={"c": "x"})
        assert await db.q.by_part(c="x") == await db.q.among(parts=["x", "y"]) == await db.q.alike(pattern="x%") == [1]
        (row,) = await db.q.shown(tail="z")
        assert (row.c, row.longer, row.chosen, row.d) == ("x", "x-z", "x", "z")
        assert sorted(await db.q.both(c="y")) == ["x", "y"]
        assert await db.q.value(c="x") == [1]
        assert await db.q.texts(code="x", name="ADA", longer="ADAX") == [1]
        assert await db.q.texts(code="X", name="ADA", longer="ADAX") == []
        assert await db.q.literals() is True

    dialect = database_url.partition(":")[0]
    maker.make(SCHEMA, QUERIES, dialect, (dialect,)).drive(database_url, way, scenario)


TABLES = """\
create table things (
    id int primary key, name varchar(20) not null, code varchar(10) collate utf8mb4_bin, price decimal(8, 2), n int,
    at datetime, day date
);
"""
COMMON = """\
-- name: put :exec
insert into things (id, name, code, price, n, at, day) values (:id, :name, :code, :price, :n, :at, :day){alias}
on duplicate key update n = things.n + {n}, name = {name}, price = things.n;
-- name: alike :many
select id from things where name like :pattern and name not like '%\\_%' order by id;
-- name: texts :many
select upper(name), concat(name, '-', id, '-', price, '-', n), replace(name, 'a', 'oo'), lpad(code, 4, '*'),
    locate('d', name), instr(name, 'd'), substring_index(name, '_', 1), hex(n), field(code, 'b', 'x'),
    if(n > 1, 'many', code), ifnull(code, 'none')
from things order by id;
-- name: numbers :many
select n / 3, price / 7, price % 2, n & 6, n | 1, greatest(n, 2), least(price, 2) from things order by id;
-- name: moments :many
select date_add(at, interval 1 day), date_sub(day, interval :n month), at + interval 90 minute, year(at), month(day),
    hour(at), last_day(day), datediff(at, day), quarter(day), weekday(day)
from things order by id;
-- name: sums :one
select max(name), min(code), group_concat(name order by id desc separator '/'), avg(n), avg(price),
    group_concat(distinct n order by n)
from things;
"""


@pytest.mark.only("mysql", "mariadb")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
def test_what_both_have_in_common(maker: Maker, database_url: str, way: str, dialect: str) -> None:
    """What is written for one of them is the same on the other, with the same values."""

    async def scenario(db: Driven) -> None:
        at, day = datetime(2024, 2, 29, 23, 30), date(2024, 1, 31)
        first = {"id": 1, "name": "Ada_b", "code": "x", "price": Decimal("1.10"), "n": 2, "at": at, "day": day}
        await db.q.put(**first)
        await db.q.put(**{**first, "name": "Ada", "n": 5})
        await db.q.put(id=2, name="b_d", code=None, price=None, n=None, at=None, day=None)
        assert await db.q.alike(pattern="%d%") == [1]
        text, nothing = [tuple(getattr(row, name) for name in row.__slots__) for row in await db.q.texts()]
        assert text[:6] == ("ADA", "Ada-1-7.00-7", "Adoo", "***x", 2, 2)
        assert text[6:] == ("Ada", "7", 2, "many", "x")
        assert (nothing[1], nothing[6], nothing[9:]) == (None, "b", (None, "none"))
        number, _ = [tuple(getattr(row, name) for name in row.__slots__) for row in await db.q.numbers()]
        assert [str(value) for value in number] == ["2.3333", "1.000000", "1.00", "6", "7", "7", "2.00"]
        moment, _ = [tuple(getattr(row, name) for name in row.__slots__) for row in await db.q.moments(n=2)]
        assert moment[:3] == (datetime(2024, 3, 1, 23, 30), date(2023, 11, 30), datetime(2024, 3, 1, 1, 0))
        assert moment[3:] == (2024, 1, 23, date(2024, 1, 31), 29, 1, 2)
        row = await db.q.sums()
        values = tuple(getattr(row, name) for name in row.__slots__)
        assert values == ("b_d", "x", "b_d/Ada", Decimal("7.0000"), Decimal("7.000000"), "7")

    alias, named = (" as new", "new.{}") if dialect == "mysql" else ("", "values({})")
    queries = COMMON.replace("{alias}", alias).replace("{n}", named.format("n")).replace("{name}", named.format("name"))
    maker.make(TABLES, queries, dialect, ("mysql", "mariadb")).drive(database_url, way, scenario)
