"""Values that a column does not take: the same error on every database."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from sqlwright.runtime import CheckViolation, ManyRowsError, NoRowError, ValueRefused

from .driving import WAYS, Driven
from .making import Maker

REVIEWS = """\
create table reviews (id integer primary key, stars integer check (stars < 6), active boolean not null default true);
"""
ADD_REVIEW = """\
-- name: add :exec
insert into reviews (id, stars) values (:id, :stars);
"""


@pytest.mark.parametrize("way", WAYS)
def test_a_check_without_a_name(maker: Maker, database_url: str, way: str) -> None:
    """It is not taken for what the type of the column before it asks."""

    async def scenario(db: Driven) -> None:
        await db.q.add(id=1, stars=5)
        with pytest.raises(CheckViolation):
            await db.q.add(id=2, stars=9)

    maker.make(REVIEWS, ADD_REVIEW).drive(database_url, way, scenario)


BOXES = """\
create table boxes (
    id integer primary key, body bytea, price numeric(8, 2), counts integer[], small smallint[], names text[]
);
"""
BOX_QUERIES = """\
-- name: put :one
insert into boxes (id, body) values (:id, :body) returning body;
-- name: find :many
select id from boxes where body = :body;
-- name: price :exec
update boxes set price = :price where id = :id;
-- name: among :many
select id from boxes where id in (:ids) order by id;
-- name: any_of :many
select id from boxes where id = any(:ids) order by id;
-- name: with_bodies :many
select id from boxes where body in (:bodies) order by id;
-- name: count :exec
insert into boxes (id, counts, small, names) values (:id, :counts, :small, :names);
-- name: counting :many
select id from boxes where :n = any(counts);
"""


@pytest.mark.parametrize("way", WAYS)
def test_bytes_of_every_sort(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        for id, body in enumerate((b"a\\'\0", bytearray(b"b\xff"), memoryview(b"c" * 40))):
            assert await db.q.put(id=id, body=body) == bytes(body)
            assert await db.q.find(body=body) == [id]
            assert await db.q.with_bodies(bodies=[body]) == [id]

    maker.make(BOXES, BOX_QUERIES).drive(database_url, way, scenario)


@pytest.mark.parametrize("way", WAYS)
def test_decimals_that_are_no_numbers(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        await db.q.put(id=1, body=None)
        refused = [] if database_url.startswith("postgresql") else [Decimal("NaN")]
        for price in (*refused, Decimal("Infinity"), Decimal("-Infinity"), Decimal("sNaN")):
            with pytest.raises(ValueRefused):
                await db.q.price(id=1, price=price)

    maker.make(BOXES, BOX_QUERIES).drive(database_url, way, scenario)


@pytest.mark.parametrize("way", WAYS)
def test_a_text_is_no_sequence(maker: Maker, database_url: str, way: str) -> None:
    """Though it is one of letters; whatever else gives values is taken."""

    async def scenario(db: Driven) -> None:
        for id in (1, 2, 3):
            await db.q.put(id=id, body=b"x")
        for several in ([1, 3], (3, 1), {1, 3}, (id for id in (1, 3)), range(1, 4, 2)):
            assert await db.q.among(ids=several) == [1, 3]
        for call in (db.q.among, db.q.any_of):
            for one in ("13", b"\1\3", 13):
                with pytest.raises(ValueRefused):
                    await call(ids=one)
        with pytest.raises(ValueRefused):
            await db.q.with_bodies(bodies=b"x")

    maker.make(BOXES, BOX_QUERIES).drive(database_url, way, scenario)


@pytest.mark.parametrize("way", WAYS)
def test_elements_of_arrays_fit_their_type(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        await db.q.count(id=1, counts=[2**31 - 1, -(2**31)], small=[-(2**15)], names=["1"])
        for counts, small, names in (([2**31], [], []), ([], [2**15], []), ([], [], "abc")):
            with pytest.raises(ValueRefused):
                await db.q.count(id=2, counts=counts, small=small, names=names)
        assert await db.q.counting(n=2**31 - 1) == [1]

    maker.make(BOXES, BOX_QUERIES).drive(database_url, way, scenario)


PAGES = """\
create table pages (id integer primary key, seen integer);
"""
PAGE_QUERIES = """\
-- name: add :exec
insert into pages (id) values (:id);
-- name: first :many
select id from pages order by id limit :n offset :skipped;
-- name: sized :many
select id from pages where id >= :n order by id limit :n;
-- name: one :one
select id from pages where id > :above;
-- name: maybe :opt
select id from pages where id > :above;
-- name: changed :one
update pages set seen = 1 where id > :above returning id;
"""


@pytest.mark.parametrize("way", WAYS)
def test_limits_below_zero(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        for id in (1, 2, 3):
            await db.q.add(id=id)
        assert await db.q.first(n=2, skipped=1) == [2, 3]
        assert await db.q.first(n=0, skipped=0) == []
        assert await db.q.sized(n=2) == [2, 3]
        for n, skipped in ((-1, 0), (1, -1)):
            with pytest.raises(ValueRefused):
                await db.q.first(n=n, skipped=skipped)
        with pytest.raises(ValueRefused):
            await db.q.sized(n=-1)

    maker.make(PAGES, PAGE_QUERIES).drive(database_url, way, scenario)


@pytest.mark.parametrize("way", WAYS)
def test_another_number_of_rows_names_the_statement(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        for id in (1, 2):
            await db.q.add(id=id)
        with pytest.raises(NoRowError, match="there is none: select id from pages where id >"):
            await db.q.one(above=5)
        for call in (db.q.one, db.q.maybe):
            with pytest.raises(ManyRowsError, match="there are 2: select id from pages where id >"):
                await call(above=0)
        with pytest.raises(ManyRowsError, match="there are 2: update pages"):
            await db.q.changed(above=0)

    maker.make(PAGES, PAGE_QUERIES).drive(database_url, way, scenario)


FACES = """\
create table faces (id int primary key, mood enum('glad', 'sad'), year smallint unsigned, tiny tinyint);
"""
FACE_QUERIES = """\
-- name: put :exec
insert into faces (id, mood, year, tiny) values (:id, :mood, :year, :tiny);
"""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
def test_values_that_are_none_of_their_type(maker: Maker, database_url: str, way: str, dialect: str) -> None:
    """A label that an enum does not have, and numbers out of the range of their types."""

    async def scenario(db: Driven) -> None:
        await db.q.put(id=1, mood="glad", year=65535, tiny=-128)
        for changed in ({"mood": "angry"}, {"year": -1}, {"year": 65536}, {"tiny": 128}):
            values = {"mood": "sad", "year": 1, "tiny": 1, **changed}
            with pytest.raises(ValueRefused):
                await db.q.put(id=2, **values)

    maker.make(FACES, FACE_QUERIES, dialect).drive(database_url, way, scenario)


SUMS = """\
create table sums (
    id integer primary key, small smallint, medium integer not null, big bigint not null, price numeric(6, 2),
    rate numeric(3, 3)
);
"""
SUM_QUERIES = """\
-- name: add :exec
insert into sums (id, small, medium, big, price, rate) values (:id, :small, :medium, :big, :price, :rate);
-- name: grow :exec
update sums set small = small + :small, medium = medium + :medium, big = big + :big, price = price + :price,
    rate = rate + :rate;
-- name: one :one
select small, medium, big, price, rate from sums;
"""


@pytest.mark.parametrize("way", WAYS)
def test_sums_that_do_not_fit(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        none = {"small": 0, "medium": 0, "big": 0, "price": Decimal(0), "rate": Decimal(0)}
        most = {
            "small": 2**15 - 1,
            "medium": 2**31 - 1,
            "big": 2**63 - 1,
            "price": Decimal("-9999.99"),
            "rate": Decimal("-0.999"),
        }
        await db.q.add(id=1, **most)
        one = {"small": 1, "medium": 1, "big": 1, "price": Decimal("-0.01"), "rate": Decimal("-0.001")}
        for name, value in one.items():
            with pytest.raises(ValueRefused):
                await db.q.grow(**{**none, name: value})
        await db.q.grow(**none)
        row = await db.q.one()
        assert {name: getattr(row, name) for name in most} == most

    maker.make(SUMS, SUM_QUERIES).drive(database_url, way, scenario)


MOMENTS = """\
create table ends (id integer primary key, ts timestamp not null);
"""
MOMENT_QUERIES = """\
-- name: add :exec
insert into ends (id, ts) values (:id, :ts);
-- name: later :many
select ts + interval '1 hour' as h from ends;
-- name: next_month :many
select ts + interval '1 month' as h from ends;
"""


@pytest.mark.only("sqlite", "postgres")
@pytest.mark.parametrize("way", WAYS)
def test_moments_past_the_last_year(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        await db.q.add(id=1, ts=datetime(9999, 12, 31, 23, 30))
        for call in (db.q.later, db.q.next_month):
            with pytest.raises(ValueRefused, match="year"):
                await call()

    maker.make(MOMENTS, MOMENT_QUERIES).drive(database_url, way, scenario)
