"""Kinds of types by how databases keep and compare their values."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind, Type

INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
FLOATS: Final = frozenset((Kind.FLOAT32, Kind.FLOAT64))
NUMBERS: Final = INTEGERS | FLOATS | {Kind.DECIMAL}
DATES: Final = (Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMPTZ)
"""Kinds of days and moments, each of which becomes the ones behind it."""
PLAIN: Final = frozenset(
    (
        Kind.BOOL,
        Kind.STR,
        Kind.BYTES,
        Kind.DATE,
        Kind.TIME,
        Kind.TIMESTAMP,
        Kind.TIMESTAMPTZ,
        Kind.INTERVAL,
        Kind.UUID,
        Kind.ENUM,
    )
)
"""Kinds whose values, as they are kept, are equal when the database finds them so, and (but for ENUM) ordered so."""
TEXTS: Final = frozenset((Kind.STR, Kind.UUID, Kind.ENUM, Kind.DATE))
"""Kinds whose values are kept as the text that they are cast to."""


def described(type: Type) -> str:
    """A type in a message."""
    return "a value whose type is not known here" if type.kind is Kind.OTHER else f"a value of type {type}"
