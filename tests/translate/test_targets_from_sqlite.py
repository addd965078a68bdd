"""What is written for SQLite, on MySQL and MariaDB: the same rows, or a refusal at its place."""

from __future__ import annotations

import pytest

from .sides import queries
from .targets import TargetSides

READS = ("predicates", "numbers", "texts", "moments", "documents", "aggregates", "shapes")
COUNTERS = 'select * from counters order by "key"'
LOOKS = {
    "people": "select id, name, nick, active, verified, born, met, uid, boss, facts, raw from people order by id",
    "sales": "select * from sales order by id",
    "notes": "select title, stars, pinned from notes order by title",
}
SEED = "insert into counters (key, hits, amount, label) values ('a', 1, 2.5, 'la'), ('b', 2, 3, 'lb')"


@pytest.mark.parametrize("sql", [sql for name in READS for sql in queries(f"sqlite/{name}")])
def test_reads(target_sides_of_sqlite: TargetSides, sql: str) -> None:
    if not target_sides_of_sqlite.is_refused_anywhere(sql):
        target_sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/orders"))
def test_orders(target_sides_of_sqlite: TargetSides, sql: str) -> None:
    if not target_sides_of_sqlite.is_refused_anywhere(sql):
        target_sides_of_sqlite.same(sql, ordered=True)


@pytest.mark.parametrize("sql", queries("sqlite/changes"))
def test_counters(target_sides_of_sqlite: TargetSides, sql: str) -> None:
    if not target_sides_of_sqlite.is_refused_anywhere(sql):
        target_sides_of_sqlite.same_change(sql, COUNTERS, before=SEED)


@pytest.mark.parametrize("sql", queries("sqlite/other_changes"))
def test_others(target_sides_of_sqlite: TargetSides, sql: str) -> None:
    if not target_sides_of_sqlite.is_refused_anywhere(sql):
        look = next(look for table, look in LOOKS.items() if f" {table} " in sql)
        target_sides_of_sqlite.same_change(sql, look)


def test_most_are_translated(target_sides_of_sqlite: TargetSides) -> None:
    names = (*READS, "orders", "changes", "other_changes")
    every = [sql for name in names for sql in queries(f"sqlite/{name}")]
    kept = [sql for sql in every if not target_sides_of_sqlite.is_refused_anywhere(sql)]
    assert len(kept) > 0.7 * len(every)
