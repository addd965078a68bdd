"""What changes rows: both databases return the same, and hold the same afterwards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .cases import COUNTERS, INSERT_ROW, PARAMETERS, PEOPLE, ROW, SALES, SEED
from .sides import Sides, queries


@pytest.mark.parametrize("sql", queries("counter_changes"))
def test_counters(sides: Sides, sql: str) -> None:
    sides.same_change(sql, COUNTERS, before=SEED)


@pytest.mark.parametrize("sql", queries("other_changes"))
def test_others(sides: Sides, sql: str) -> None:
    sides.same_change(sql, PEOPLE if "people p" in sql or "update people" in sql else SALES)


def test_parameters_of_every_type_are_stored_and_found(sides: Sides) -> None:
    returned, held = sides.same_change(INSERT_ROW, COUNTERS, **ROW)
    assert returned == held
    assert returned[0][2] == Decimal("1.10")


@pytest.mark.parametrize(("sql", "arguments"), PARAMETERS)
def test_parameters(sides: Sides, sql: str, arguments: dict[str, object]) -> None:
    sides.same(sql, **arguments)
