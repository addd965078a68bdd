"""Functions that SQLite lacks, and that translated statements call.

The decimal ones are those of SQLite's own decimal extension (sqlite.org/floatingpoint.html), which its command-line
shell has built in; the others do what the functions of PostgreSQL that they stand for do.
"""

from __future__ import annotations

import re
import sqlite3
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, TypeAlias

from ..values import decimal_text

Value: TypeAlias = str | bytes | int | float | None
"""What SQLite keeps."""

_WIDE: Final = Context(prec=2000)
_MICROSECOND: Final = timedelta(microseconds=1)


def register(connection: sqlite3.Connection) -> None:
    """Make the functions and the collation known to a connection."""
    for name, arity, function in _FUNCTIONS:
        connection.create_function(name, arity, function, deterministic=True)
    connection.create_window_function("decimal_sum", 1, _DecimalSum)
    connection.create_collation("decimal", _compare_texts)


# Decimals


def _decimal(value: object) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def _arithmetic(operate: Callable[[Decimal, Decimal], Decimal]) -> Callable[[object, object], str | None]:
    def function(left: object, right: object) -> str | None:
        first, second = _decimal(left), _decimal(right)
        if first is None or second is None:
            return None
        return f"{operate(first, second):f}"

    return function


def _compare(left: object, right: object) -> int | None:
    first, second = _decimal(left), _decimal(right)
    if first is None or second is None:
        return None
    return (first > second) - (first < second)


def _compare_texts(left: str, right: str) -> int:
    return _compare(left, right) or 0


def _canonical(value: object) -> str | None:
    found = _decimal(value)
    return None if found is None else decimal_text(found)


def _rounded(value: object, scale: int) -> str | None:
    found = _decimal(value)
    if found is None:
        return None
    result = found.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=_WIDE)
    return f"{abs(result) if result.is_zero() else result:f}"


class _DecimalSum:
    """An exact sum, over groups and over windows; NULL over no values."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.count = 0

    def step(self, value: Value) -> None:
        found = _decimal(value)
        if found is not None:
            self.total = _WIDE.add(self.total, found)
            self.count += 1

    def inverse(self, value: Value) -> None:
        found = _decimal(value)
        if found is not None:
            self.total = _WIDE.subtract(self.total, found)
            self.count -= 1

    def value(self) -> str | None:
        return f"{self.total:f}" if self.count else None

    def finalize(self) -> str | None:
        return self.value()


# Moments


def _moment_add(text: str | None, months: int, microseconds: int | None) -> str | None:
    """A moment with months (the day kept inside the month) and microseconds added; its form stays as it is."""
    if text is None or microseconds is None:
        return None
    value = datetime.fromisoformat(text)
    if months:
        month = value.month - 1 + months
        year, month = value.year + month // 12, month % 12 + 1
        value = value.replace(year=year, month=month, day=min(value.day, monthrange(year, month)[1]))
    return (value + timedelta(microseconds=microseconds)).isoformat(" ", "microseconds")


def _moment_difference(left: str | None, right: str | None) -> int | None:
    """The microseconds between two moments."""
    if left is None or right is None:
        return None
    return (datetime.fromisoformat(left) - datetime.fromisoformat(right)) // _MICROSECOND


def _moment_trunc(unit: str | None, text: str | None) -> str | None:
    """PostgreSQL's date_trunc."""
    if unit is None or text is None:
        return None
    value = datetime.fromisoformat(text)
    midnight = value.replace(hour=0, minute=0, second=0, microsecond=0)
    match unit.lower():
        case "microseconds" | "microsecond":
            pass
        case "milliseconds" | "millisecond":
            value = value.replace(microsecond=value.microsecond // 1000 * 1000)
        case "second":
            value = value.replace(microsecond=0)
        case "minute":
            value = value.replace(second=0, microsecond=0)
        case "hour":
            value = value.replace(minute=0, second=0, microsecond=0)
        case "day":
            value = midnight
        case "week":
            value = midnight - timedelta(days=value.weekday())
        case "month":
            value = midnight.replace(day=1)
        case "quarter":
            value = midnight.replace(month=(value.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            value = midnight.replace(month=1, day=1)
        case _:
            raise ValueError(f"unit {unit!r} is not known")
    return value.isoformat(" ", "microseconds")


def _moment_part(part: str | None, text: str | None) -> str | None:
    """PostgreSQL's extract, as the text of a decimal."""
    if part is None or text is None:
        return None
    value = datetime.fromisoformat(text)
    seconds = Decimal(value.second) + Decimal(value.microsecond) / 1_000_000
    match part.lower():
        case "epoch":
            whole = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
            return f"{Decimal((whole - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND) / 1_000_000:f}"
        case "second" | "seconds":
            return f"{seconds:f}"
        case "milliseconds":
            return f"{seconds * 1000:f}"
        case "microseconds":
            return f"{int(seconds * 1_000_000)}"
        case "minute" | "minutes":
            return str(value.minute)
        case "hour" | "hours":
            return str(value.hour)
        case "day" | "days":
            return str(value.day)
        case "month" | "months":
            return str(value.month)
        case "quarter":
            return str((value.month - 1) // 3 + 1)
        case "year" | "years":
            return str(value.year)
        case "dow":
            return str(value.isoweekday() % 7)
        case "isodow":
            return str(value.isoweekday())
        case "doy":
            return str(value.timetuple().tm_yday)
        case "week":
            return str(value.isocalendar().week)
        case "isoyear":
            return str(value.isocalendar().year)
        case _:
            raise ValueError(f"part {part!r} is not known")


# Patterns


@lru_cache(maxsize=256)
def _pattern(pattern: str, escape: str, flags: int) -> re.Pattern[str]:
    """SQL's LIKE pattern as a regular expression."""
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == escape and at + 1 < len(pattern):
            at += 1
            parts.append(re.escape(pattern[at]))
        elif character == "%":
            parts.append(".*")
        elif character == "_":
            parts.append(".")
        else:
            parts.append(re.escape(character))
        at += 1
    return re.compile("".join(parts), flags | re.DOTALL)


def _like(value: str | None, pattern: str | None, escape: str | None = "\\") -> bool | None:
    if value is None or pattern is None or escape is None:
        return None
    return _pattern(pattern, escape, 0).fullmatch(value) is not None


def _ilike(value: str | None, pattern: str | None, escape: str | None = "\\") -> bool | None:
    if value is None or pattern is None or escape is None:
        return None
    return _pattern(pattern.lower(), escape.lower(), 0).fullmatch(value.lower()) is not None


def _lower(value: str | None) -> str | None:
    """lower() for all letters; SQLite's own changes only those of ASCII."""
    return None if value is None else value.lower()


def _upper(value: str | None) -> str | None:
    return None if value is None else value.upper()


def _unhex(value: str | None) -> bytes | None:
    """SQLite has it from 3.41 on."""
    if value is None:
        return None
    try:
        return bytes.fromhex(value)
    except ValueError:
        return None


_FUNCTIONS: Final[tuple[tuple[str, int, Callable[..., Value]], ...]] = (
    ("decimal", 1, _canonical),
    ("decimal_add", 2, _arithmetic(_WIDE.add)),
    ("decimal_sub", 2, _arithmetic(_WIDE.subtract)),
    ("decimal_mul", 2, _arithmetic(_WIDE.multiply)),
    ("decimal_cmp", 2, _compare),
    ("decimal_round", 2, _rounded),
    ("moment_add", 3, _moment_add),
    ("moment_difference", 2, _moment_difference),
    ("moment_trunc", 2, _moment_trunc),
    ("moment_part", 2, _moment_part),
    ("text_like", 2, _like),
    ("text_like", 3, _like),
    ("text_ilike", 2, _ilike),
    ("text_ilike", 3, _ilike),
    ("text_lower", 1, _lower),
    ("text_upper", 1, _upper),
    ("unhex", 1, _unhex),
)
