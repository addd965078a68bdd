"""Floats of 32 bits: all their digits, and no more, on every database."""

from __future__ import annotations

import pytest

from .driving import WAYS, Driven
from .making import Maker

SCHEMA = """\
create table samples (id integer primary key, r real, d double precision, n numeric(4, 1));
create view seen as select id, r from samples;
"""
QUERIES = """\
-- name: add :one
insert into samples (id, r) values (:id, :r) returning r;
-- name: put :one
insert into samples (id, r) values (:id, :r) on conflict (id) do update set r = excluded.r returning *;
-- name: change :many
update samples set r = r where id = :id returning samples.*, coalesce(r, 0) as s;
-- name: drop :many
delete from samples where id = :id returning r;
-- name: all :many
select * from samples order by r;
-- name: one :one
select r, coalesce(r, 0) as s, case when id > 0 then r end as c, r::double precision as wide
from samples where id = :id;
-- name: inner :many
select x.r, count(*) as m from (select r, id from seen) as x group by x.r order by x.r;
-- name: both :many
select r from samples union select r from seen order by r;
-- name: distinct :many
select distinct r from samples;
-- name: grouped :many
with w as (select * from samples) select w.r, count(*) as n from w group by w.r order by w.r desc nulls last;
-- name: shown :many
select s.*, s2.r as other from samples as s join samples as s2 on s2.r = s.r order by s.r;
"""
VALUES = (16777215.0, 0.1, -1.1754944e-38, 3.4028233e38, 123456.79, -0.0, 1.0e-45, 8388607.5)


@pytest.mark.parametrize("way", WAYS)
def test_every_digit_of_a_real_is_read(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        for id, r in enumerate(VALUES, 1):
            assert await db.q.add(id=id, r=r) == r
            assert (await db.q.put(id=id, r=r)).r == r
            (changed,) = await db.q.change(id=id)
            assert (changed.r, changed.s) == (r, r)
            one = await db.q.one(id=id)
            assert (one.r, one.s, one.c) == (r, r, r)
            assert one.wide == pytest.approx(r, rel=1e-6, abs=1e-45)
        ordered = sorted(VALUES)
        assert [row.r for row in await db.q.all()] == ordered
        assert [(row.r, row.m) for row in await db.q.inner()] == [(r, 1) for r in ordered]
        assert [(row.r, row.other) for row in await db.q.shown()] == [(r, r) for r in ordered]
        assert await db.q.both() == sorted(await db.q.distinct()) == ordered
        assert [row.r for row in await db.q.grouped()] == ordered[::-1]
        assert await db.q.drop(id=1) == [VALUES[0]]

    maker.make(SCHEMA, QUERIES).drive(database_url, way, scenario)
