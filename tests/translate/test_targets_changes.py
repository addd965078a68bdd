"""What changes rows, on MySQL and MariaDB: it returns, and leaves behind, what it does on PostgreSQL."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .cases import COUNTERS, INSERT_ROW, PEOPLE, ROW, SALES, SEED
from .sides import queries
from .targets import TargetSides


@pytest.mark.parametrize("sql", queries("counter_changes"))
def test_counters(target_sides: TargetSides, sql: str) -> None:
    if not target_sides.is_refused(sql):
        target_sides.same_change(sql, COUNTERS, before=SEED)


@pytest.mark.parametrize("sql", queries("other_changes"))
def test_others(target_sides: TargetSides, sql: str) -> None:
    target_sides.same_change(sql, PEOPLE if "people p" in sql or "update people" in sql else SALES)


def test_parameters_of_every_type_are_stored_and_found(target_sides: TargetSides) -> None:
    returned, held = target_sides.same_change(INSERT_ROW, COUNTERS, **ROW)
    assert returned == held
    assert returned[0][2] == Decimal("1.10")
