"""Arithmetic of integers and floats that fails where SQLite's own gives NULL, and functions that it may lack."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from .kinds import Functions


def _integer_divide(left: int | None, right: int | None) -> int | None:
    """Cut towards zero."""
    if left is None or right is None:
        return None
    quotient = abs(left) // abs(right)
    return -quotient if (left < 0) != (right < 0) else quotient


def _integer_modulo(left: int | None, right: int | None) -> int | None:
    """The sign is that of the dividend."""
    if left is None or right is None:
        return None
    rest = abs(left) % abs(right)
    return -rest if left < 0 else rest


def _float_divide(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left / right


def _of_float(function: Callable[[float], float]) -> Callable[[float | None], float | None]:
    return lambda value: None if value is None else float(function(value))


def _power(base: float | None, exponent: float | None) -> float | None:
    return None if base is None or exponent is None else math.pow(base, exponent)


def _integer(value: float | None) -> int | None:
    """Half to even, as a cast of a float rounds."""
    return None if value is None else round(value)


def _decimal(value: float | None) -> str | None:
    """With the fifteen digits that PostgreSQL takes of a float for a decimal."""
    return None if value is None else f"{Decimal(f'{value:.15g}'):f}"


def _json(value: float | None) -> str | None:
    """With the fewest digits that mean the same number; what JSON has no number for is a text."""
    if value is None:
        return None
    if not math.isfinite(value):
        return '"NaN"' if math.isnan(value) else f'"{"-" if value < 0 else ""}Infinity"'
    return repr(float(value)).removesuffix(".0")


def _single(value: float | None) -> float | None:
    """The nearest number of single precision."""
    if value is None:
        return None
    found: tuple[float] = struct.unpack("f", struct.pack("f", value))
    return found[0]


FUNCTIONS: Final[Functions] = (
    ("float_ceil", 1, _of_float(math.ceil)),
    ("float_decimal", 1, _decimal),
    ("float_divide", 2, _float_divide),
    ("float_floor", 1, _of_float(math.floor)),
    ("float_integer", 1, _integer),
    ("float_json", 1, _json),
    ("float_power", 2, _power),
    ("float_round", 1, _of_float(round)),
    ("float_single", 1, _single),
    ("float_sqrt", 1, _of_float(math.sqrt)),
    ("float_trunc", 1, _of_float(math.trunc)),
    ("integer_divide", 2, _integer_divide),
    ("integer_modulo", 2, _integer_modulo),
)
