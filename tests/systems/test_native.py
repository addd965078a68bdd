"""Packages that are written for MySQL and MariaDB: their statements mean what they do in any client."""

from __future__ import annotations

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
