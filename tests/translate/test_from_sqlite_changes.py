"""What is written for SQLite and changes rows: both databases return the same, and hold the same afterwards."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from .sides import Sides, queries

COUNTERS = 'select * from counters order by "key"'
LOOKS = {
    "people": "select id, name, nick, active, verified, born, met, uid, boss, facts, raw from people order by id",
    "sales": "select * from sales order by id",
    "notes": "select title, stars, pinned from notes order by title",
}
SEED = "insert into counters (key, hits, amount, label) values ('a', 1, 2.5, 'la'), ('b', 2, 3, 'lb')"


@pytest.mark.parametrize("sql", queries("sqlite/changes"))
def test_counters(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same_change(sql, COUNTERS, before=SEED)


@pytest.mark.parametrize("sql", queries("sqlite/other_changes"))
def test_others(sides_of_sqlite: Sides, sql: str) -> None:
    look = next(look for table, look in LOOKS.items() if f" {table} " in sql)
    sides_of_sqlite.same_change(sql, look)


def test_parameters_of_every_type_are_stored(sides_of_sqlite: Sides) -> None:
    row: dict[str, object] = {
        "key": "it's",
        "hits": 3,
        "amount": Decimal("1.10"),
        "label": None,
        "on": False,
        "at": datetime(2024, 5, 6, 7, 8, 9, 10),
    }
    insert = "insert into counters values (:key, :hits, :amount, :label, :on, :at) returning *"
    returned, held = sides_of_sqlite.same_change(insert, COUNTERS, **row)
    assert returned == held


def test_a_change_of_some_rows_takes_those_that_come_first(sides_of_sqlite: Sides) -> None:
    """SQLite itself has this only when it is built so."""
    for sql in (
        "delete from sales where qty > 0 order by price, id limit 2 returning id",
        "update sales set qty = 0 where (qty > 0) order by price, id limit 2 returning id",
    ):
        expected = sides_of_sqlite.same("select id from sales where qty > 0 order by price, id limit 2")
        changed = sides_of_sqlite.understood(sql)
        sides_of_sqlite.postgres.execute("begin")
        try:
            assert sorted(sides_of_sqlite.on_postgres(changed, {})) == sorted(expected)
        finally:
            sides_of_sqlite.postgres.execute("rollback")
