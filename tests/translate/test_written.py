"""Statements on the database that they were written for, where it would not give what a reader expects."""

from __future__ import annotations

import pytest

from .sides import SQLITE, Sides, understood


@pytest.mark.parametrize(
    "returning",
    ["ratio", "ratio as r", "sales.ratio", '"ratio"', "id, ratio, qty", "*", "*, ratio", "ratio, ratio + 1"],
)
def test_returning_of_sqlite_gives_floats_for_whole_numbers(sides: Sides, returning: str) -> None:
    changed = understood(f"update sales set ratio = 7 where id = 1 returning {returning}", SQLITE)
    names = [column.name for column in changed.query.columns]
    sides.sqlite.execute("begin")
    try:
        (row,) = sides.on_sqlite(changed, {})
    finally:
        sides.sqlite.execute("rollback")
    floats = [value for name, value in zip(names, row, strict=True) if name in ("ratio", "r")]
    assert floats
    assert all(type(value) is float for value in floats)
