"""The values that RETURNING gives.

A whole number in a REAL column is kept as an integer, and made a float again whenever the column is read; but RETURNING
gives the row as it goes to the file, integers and all (measured on 3.40, STRICT tables too).
"""

from __future__ import annotations

from ...model.types import Kind, Type


def returned(name: str, type: Type) -> str:
    """What RETURNING must have for a column, by its quoted name, to give the value that SELECT would."""
    return f"cast({name} as real)" if type.kind in (Kind.FLOAT32, Kind.FLOAT64) else name
