"""Kinds of types by how they are compared and converted."""

from __future__ import annotations

from typing import Final

from ....model.types import Kind, Type

INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
FLOATS: Final = frozenset((Kind.FLOAT32, Kind.FLOAT64))
NUMBERS: Final = INTEGERS | FLOATS | {Kind.DECIMAL}
MOMENTS: Final = frozenset((Kind.DATE, Kind.TIME, Kind.TIMESTAMP, Kind.TIMESTAMPTZ))
PLAIN: Final = MOMENTS | {Kind.BOOL, Kind.STR, Kind.BYTES, Kind.INTERVAL, Kind.UUID, Kind.ENUM}
"""Kinds whose values are compared as such."""
BOOL: Final = Type(Kind.BOOL)
FLOAT: Final = Type(Kind.FLOAT64)
INTEGER: Final = Type(Kind.INT64)
TEXT: Final = Type(Kind.STR)
EXACT_DIGITS: Final = 15
"""The digits of a decimal that survive being kept as a float."""


def described(type: Type) -> str:
    """A type in a message."""
    return "a value whose type is not known here" if type.kind is Kind.OTHER else f"a value of type {type}"
