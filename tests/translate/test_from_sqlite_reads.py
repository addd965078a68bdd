"""What is written for SQLite and reads: the original and the translation give the same rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from .sides import Sides, queries


@pytest.mark.parametrize("sql", queries("sqlite/predicates"))
def test_predicates(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/numbers"))
def test_numbers(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/texts"))
def test_texts(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/moments"))
def test_moments(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/documents"))
def test_documents(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/aggregates"))
def test_aggregates(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/orders"))
def test_orders(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/shapes"))
def test_shapes(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize(
    ("sql", "arguments"),
    [
        ("select id from people where id in (:ids) order by id", {"ids": [3, 5, 99]}),
        ("select id from people where id not in (:ids) order by id", {"ids": [3, 5]}),
        ("select id from people where name in (:names) order by id", {"names": ["日本", "bob"]}),
        ("select id from people where active = :on or verified is :on", {"on": True}),
        ("select id from people where :name is null or name = :name", {"name": None}),
        ("select id from people where :name is null or name = :name", {"name": "bob"}),
        ("select id from people where nick is :nick", {"nick": None}),
        ("select id from people where name like '%' || :part || '%'", {"part": "A"}),
        ("select id from people where name like :pattern escape '!'", {"pattern": "50!%"}),
        ("select id from people where name like :pattern", {"pattern": "a\\B"}),
        ("select id from people where name > :name order by name, id", {"name": "Z"}),
        ("select id from people where seen > :at", {"at": datetime(2023, 12, 28, tzinfo=UTC)}),
        ("select id from people where born >= :day", {"day": date(2021, 2, 3)}),
        ("select id from people where met between :a and :b", {"a": datetime(2023, 1, 1), "b": datetime(2024, 1, 5)}),
        ("select id from people where uid in (select uid from people where id = :id)", {"id": 4}),
        ("select id from sales where price > :low and price <= :high", {"low": Decimal("0.5"), "high": Decimal(500)}),
        ("select id from sales where qty + :more > 20 or ratio * :by > 10", {"more": 5, "by": 2.5}),
        ("select id from people order by id limit :limit offset :offset", {"limit": 3, "offset": 2}),
        ("select id from people order by id limit :limit offset :offset", {"limit": -1, "offset": -5}),
        ("select cast(:a as integer) + 1, cast(:b as text) || 'x'", {"a": 2**40, "b": "y"}),
        ("select id, date(born, '-' || cast(:days as integer) || ' days') from people", {"days": 40}),
        ("select coalesce(:x, 'none'), iif(:x is null, 1, 2)", {"x": "q"}),
        (
            "select id, ifnull(nick, :other), case when id > :id then :other else name end from people",
            {"other": "o", "id": 5},
        ),
        ("select id from people where facts ->> 'a' = cast(:value as text)", {"value": "x"}),
        ("select id, id / :by, id % :by from people", {"by": 0}),
    ],
)
def test_parameters(sides_of_sqlite: Sides, sql: str, arguments: dict[str, object]) -> None:
    sides_of_sqlite.same(sql, **arguments)
