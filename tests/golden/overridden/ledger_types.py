"""Classes of a user's own, which columns are kept in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlwright.runtime import Json, JsonInput


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in cents."""

    cents: int

    def to_db(self) -> Decimal:
        return Decimal(self.cents) / 100

    @classmethod
    def from_db(cls, value: Decimal) -> Money:
        return cls(int(value * 100))


@dataclass(frozen=True, slots=True)
class Detail:
    """What a line is about."""

    text: str

    def to_db(self) -> JsonInput:
        return {"text": self.text}

    @classmethod
    def from_db(cls, value: Json) -> Detail:
        assert isinstance(value, dict)
        return cls(str(value["text"]))
