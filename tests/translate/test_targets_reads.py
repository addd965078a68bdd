"""What reads, on MySQL and MariaDB: the rows that PostgreSQL gives."""

from __future__ import annotations

import pytest

from .sides import queries
from .targets import TargetSides

FILES = ("predicates", "numbers", "texts", "moments", "documents", "aggregates", "shapes")


@pytest.mark.parametrize("sql", [sql for name in FILES for sql in queries(name)])
def test_reads(target_sides: TargetSides, sql: str) -> None:
    target_sides.same(sql)


@pytest.mark.parametrize("sql", queries("orders"))
def test_orders(target_sides: TargetSides, sql: str) -> None:
    target_sides.same(sql, ordered=True)
