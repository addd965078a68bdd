"""A class of a user's own, which a column is kept in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Grams:
    """A weight, kept as kilograms."""

    value: int

    def to_db(self) -> Decimal:
        return Decimal(self.value) / 1000

    @classmethod
    def from_db(cls, value: Decimal) -> Grams:
        return cls(int(value * 1000))
