"""What is written for SQLite, on MySQL and MariaDB: the same rows, or a refusal at its place."""

from __future__ import annotations

import pytest

from .cases import PARAMETERS_OF_SQLITE
from .sides import queries
from .targets import TargetSides, refused

REFUSED = "sqlite/refused.mysql.sql"
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
    if not target_sides_of_sqlite.is_refused(sql, REFUSED):
        target_sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/orders"))
def test_orders(target_sides_of_sqlite: TargetSides, sql: str) -> None:
    if not target_sides_of_sqlite.is_refused(sql, REFUSED):
        target_sides_of_sqlite.same(sql, ordered=True)


@pytest.mark.parametrize("sql", queries("sqlite/changes"))
def test_counters(target_sides_of_sqlite: TargetSides, sql: str) -> None:
    if not target_sides_of_sqlite.is_refused(sql, REFUSED):
        target_sides_of_sqlite.same_change(sql, COUNTERS, before=SEED)


@pytest.mark.parametrize("sql", queries("sqlite/other_changes"))
def test_others(target_sides_of_sqlite: TargetSides, sql: str) -> None:
    if not target_sides_of_sqlite.is_refused(sql, REFUSED):
        look = next(look for table, look in LOOKS.items() if f" {table} " in sql)
        target_sides_of_sqlite.same_change(sql, look)


@pytest.mark.parametrize(("sql", "arguments"), PARAMETERS_OF_SQLITE)
def test_parameters(target_sides_of_sqlite: TargetSides, sql: str, arguments: dict[str, object]) -> None:
    if not target_sides_of_sqlite.is_refused(sql, REFUSED):
        target_sides_of_sqlite.same(sql, **arguments)


def test_few_queries_are_refused() -> None:
    every = sum(len(queries(f"sqlite/{name}")) for name in (*READS, "orders", "changes", "other_changes"))
    assert len(refused("mysql", REFUSED)) < every / 10
    assert len(refused("mariadb", REFUSED)) < every / 10
