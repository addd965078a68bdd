"""Exact sums and means."""

from __future__ import annotations

from decimal import Decimal

from .decimals import WIDE, decimal_of, divide, plain
from .kinds import Value


class DecimalSum:
    """An exact sum, over groups and over windows; NULL over no values."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.count = 0

    def step(self, value: Value) -> None:
        found = decimal_of(value)
        if found is not None:
            self.total = WIDE.add(self.total, found)
            self.count += 1

    def inverse(self, value: Value) -> None:
        found = decimal_of(value)
        if found is not None:
            self.total = WIDE.subtract(self.total, found)
            self.count -= 1

    def value(self) -> str | None:
        return plain(self.total) if self.count else None

    def finalize(self) -> str | None:
        return self.value()


class DecimalAverage(DecimalSum):
    """A mean with the digits that PostgreSQL gives it."""

    def value(self) -> str | None:
        return plain(divide(self.total, Decimal(self.count))) if self.count else None
