"""What the tests of changes and of parameters have in common, whatever the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

COUNTERS = "select * from counters order by key"
PEOPLE = "select id, name, nick, active, mood, born, seen, boss, facts, tags, scores, pause from people order by id"
SALES = "select * from sales order by id"
SEED = "insert into counters (key, hits, amount, label) values ('a', 1, 2.5, 'la'), ('b', 2, 3, 'lb') "
INSERT_ROW = "insert into counters values (:key, :hits, :amount, :label, :state, :flags, :on, :at) returning *"
ROW: Final[dict[str, object]] = {
    "key": "it's",
    "hits": 3,
    "amount": Decimal("1.1"),
    "label": None,
    "state": "happy",
    "flags": ["a", "b c"],
    "on": False,
    "at": datetime(2024, 5, 6, 7, 8, 9, 10, tzinfo=UTC),
}
"""A value of every type that has a column in `counters`."""
PARAMETERS: Final[Sequence[tuple[str, dict[str, object]]]] = [
    ("select id from people where id in (:ids) order by id", {"ids": [3, 5, 99]}),
    (
        "select id from people where id = any(:ids) and id not in (:others) order by id",
        {"ids": [3, 5], "others": [5]},
    ),
    ("select id from people where id <> all(:ids) order by id", {"ids": [3, 5]}),
    ("select id from people where id = any($1::bigint[]) order by id", {"arg1": [3, 5]}),
    ("select id from people where name = any(:names::text[]) order by id", {"names": ["ada", "bob"]}),
    (
        "select id from people where name in (:names) or mood in (:moods) order by id",
        {"names": ["日本"], "moods": ["ok"]},
    ),
    ("select id from people where uid in (select uid from people where id = :id)", {"id": 4}),
    ("select id from sales where price in (:prices) order by id", {"prices": [Decimal("0.5"), Decimal(50)]}),
    ("select id from sales where sold in (:days) order by id", {"days": []}),
    ("select id from people where :name::text is null or name = :name order by id", {"name": None}),
    ("select id from people where :name::text is null or name = :name order by id", {"name": "bob"}),
    ("select id from people where nick is not distinct from :nick order by id", {"nick": None}),
    (
        "select id from people where seen > :at and seen < :at + interval '3 days' order by id",
        {"at": datetime(2023, 12, 28, tzinfo=UTC)},
    ),
    (
        "select id from people where active = :on and coalesce(verified, :other) order by id",
        {"on": True, "other": False},
    ),
    (
        "select id from sales where price > :low and price <= :high order by price, id",
        {"low": Decimal("0.5"), "high": Decimal(500)},
    ),
    ("select id, price * :factor from sales order by id", {"factor": Decimal("1.175")}),
    ("select id, price / :factor::numeric(6, 2) from sales order by id", {"factor": Decimal("1.5")}),
    ("select id from sales order by id limit :limit offset :offset", {"limit": 3, "offset": 2}),
    (
        "select :a::int + 1, :b::text || 'x', :c::numeric(8, 2), :d::date + 1, :e::uuid = :e::uuid",
        {"a": 1, "b": "y", "c": Decimal("1.5"), "d": datetime(2024, 1, 2).date(), "e": None},
    ),
    (
        "select id, seen + :gap::interval from people order by id",
        {"gap": datetime(2024, 1, 2) - datetime(2024, 1, 1, 13)},
    ),
    ("select id from people where name like :p || '%' or nick ilike '%' || :p order by id", {"p": "a"}),
    ("select id from people where 'ada' = any(tags) and :tag = any(tags) order by id", {"tag": "bob"}),
    ("select coalesce(:x, 'none'), case when :y then 1 else 2 end", {"x": "q", "y": True}),
    ("select x from unnest(:names::text[]) as x order by x", {"names": ["b", "a", "it's"]}),
]

PARAMETERS_OF_SQLITE: Sequence[tuple[str, dict[str, object]]] = [
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
]
