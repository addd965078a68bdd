"""What changes rows: both databases return the same, and hold the same afterwards."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from .sides import Sides

COUNTERS = "select * from counters order by key"
PEOPLE = "select id, name, nick, active, mood, born, seen, boss, facts, tags, scores, pause from people order by id"
SALES = "select * from sales order by id"
SEED = "insert into counters (key, hits, amount, label) values ('a', 1, 2.5, 'la'), ('b', 2, 3, 'lb') "

COUNTER_CHANGES = """
insert into counters values ('k', 5, 2.345, 'x', 'happy', '{a,b}', false, '2024-01-01 10:00+01') returning *
insert into counters (key) values ('k') returning key, hits, amount, label, state, flags, on_, at
insert into counters (key, hits) values ('k', default), ('l', 7) returning hits, key
insert into counters (key, hits, amount) values ('k', 1, default), ('l', 7, default) returning *
insert into counters (key, amount) values ('k', 1), ('l', 1.005), ('m', -3) returning amount
insert into counters (key, hits) values ('k', 2.5), ('l', '7')
insert into counters as c (key, hits) values ('a', 3) on conflict (key) do update set hits = c.hits + excluded.hits returning c.hits, c.key
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict (key) do update set hits = counters.hits + excluded.hits where excluded.hits > 1 returning *
insert into counters (key, hits) values ('a', 3), ('z', 4) on conflict do nothing
insert into counters (key, label) values ('a', 'la') on conflict on constraint counters_label do update set label = 'again', amount = default, hits = default returning *
insert into counters (key, label) values ('a', 'la') on conflict on constraint counters_pkey do nothing
insert into counters (key, hits, amount, at) select name || id, id, id / 3.0, seen from people where id < 5 returning key, amount, at
insert into counters (key, hits) select key, 1 from (select 'a' as key union select 'q') as s on conflict (key) do update set hits = counters.hits + excluded.hits
insert into counters (key, amount) select kind, sum(price) from sales group by kind on conflict (key) do nothing returning key, amount
insert into counters (key, label) select 'x' || id, mood from people where id < 4 union all select 'y', 'sad'
with names as (select name || id as n from people where id < 4) insert into counters (key, flags) select n, array[n, 'x'] from names returning *
update counters set hits = hits + 1, amount = amount * 1.1, label = upper(label) where key = 'a' returning *
update counters as c set hits = c.hits + 1 where c.key = 'a' returning c.*
update counters c set hits = 10 where c.key <> 'a' returning c.hits + 1 as more, c.key
update counters set (hits, label) = (9, 'nine') where key = 'b' returning hits, label
update counters set (hits, amount) = (select count(*), sum(price) / 7 from sales), state = 'sad' returning hits, amount
update counters set label = default, amount = default, on_ = not on_, at = '2024-02-03T04:05:06Z' returning *
update counters set label = null where label is distinct from 'la' returning key
update counters set amount = 7, hits = amount where key = 'a'
update counters set hits = s.total from (select kind, count(*) as total from sales group by kind) s where counters.label = 'la' and s.kind = 'n' || 'ew' returning key, hits
update counters c set label = p.name, hits = p.id from people p where p.id = c.hits
update counters set state = case when hits > 1 then 'happy'::mood else state end, flags = array[key] returning state, flags
delete from counters where key = 'a' returning *
delete from counters c where c.hits > 1 returning c.key
delete from counters c using people p where p.id = c.hits and p.id = 1
delete from counters using people, sales where people.id = counters.hits and sales.person = people.id
delete from counters
"""

OTHER_CHANGES = """
update people set nick = name, active = not active, born = born + 1, pause = pause * 2, seen = seen - interval '1 hour' where id < 9 returning id, nick, born, seen
update people set facts = '{"a": [1, 2]}', tags = '{}', scores = array[1, 2], boss = null where id = 3 returning facts, tags, scores
update people set facts = jsonb_build_object('name', name, 'on', active), mood = 'Zany', past_mood = mood where id < 5 returning id, facts, mood, past_mood
update people p set nick = q.name from people q where q.id = p.boss and q.active returning p.id, p.nick
delete from sales where person in (select id from people where active) and price > 10 returning id
delete from sales s using people p where p.id = s.person and p.mood = 'sad'
update sales set price = price * 1.075, rate = price / 3, loose = rate + 1, maybe = price, ratio = qty where abs(price) < 20000 returning id, price, rate, loose, maybe, ratio
update sales set price = loose, loose = price where abs(loose) < 1000 returning id, price, loose
update sales set small = price, big = qty where abs(price) < 1000 returning small, big
update sales set noted = sold, sold = noted where noted is not null returning id, noted, sold
"""


def cases(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("sql", cases(COUNTER_CHANGES))
def test_counters(sides: Sides, sql: str) -> None:
    sides.same_change(sql, COUNTERS, before=SEED)


@pytest.mark.parametrize("sql", cases(OTHER_CHANGES))
def test_others(sides: Sides, sql: str) -> None:
    sides.same_change(sql, PEOPLE if "people p" in sql or "update people" in sql else SALES)


def test_parameters_of_every_type_are_stored_and_found(sides: Sides) -> None:
    row: dict[str, object] = {
        "key": "it's",
        "hits": 3,
        "amount": Decimal("1.1"),
        "label": None,
        "state": "happy",
        "flags": ["a", "b c"],
        "on": False,
        "at": datetime(2024, 5, 6, 7, 8, 9, 10, tzinfo=UTC),
    }
    insert = "insert into counters values (:key, :hits, :amount, :label, :state, :flags, :on, :at) returning *"
    returned, held = sides.same_change(insert, COUNTERS, **row)
    assert returned == held
    assert returned[0][2] == Decimal("1.10")


@pytest.mark.parametrize(
    ("sql", "arguments"),
    [
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
    ],
)
def test_parameters(sides: Sides, sql: str, arguments: dict[str, object]) -> None:
    sides.same(sql, **arguments)
