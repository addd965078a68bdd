"""What reads, on MySQL and MariaDB: the rows that PostgreSQL gives, or a refusal that is expected."""

from __future__ import annotations

import pytest

from .cases import PARAMETERS
from .sides import queries
from .targets import TargetSides, refused

FILES = ("predicates", "numbers", "texts", "moments", "documents", "aggregates", "shapes")
CHANGES = ("counter_changes", "other_changes")


@pytest.mark.parametrize("sql", [sql for name in FILES for sql in queries(name)])
def test_reads(target_sides: TargetSides, sql: str) -> None:
    if not target_sides.is_refused(sql):
        target_sides.same(sql)


@pytest.mark.parametrize("sql", queries("orders"))
def test_orders(target_sides: TargetSides, sql: str) -> None:
    target_sides.same(sql, ordered=True)


@pytest.mark.parametrize(("sql", "arguments"), PARAMETERS)
def test_parameters(target_sides: TargetSides, sql: str, arguments: dict[str, object]) -> None:
    target_sides.same(sql, **arguments)


def test_few_queries_are_refused() -> None:
    every = sum(len(queries(name)) for name in (*FILES, "orders", *CHANGES))
    assert len(refused("mysql")) < every / 40
    assert len(refused("mariadb")) < every / 40
