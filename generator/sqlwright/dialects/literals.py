"""The neutral forms of literals: what a string means as a value of a type, independent of any database."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final, NoReturn
from uuid import UUID

from ..model.types import Kind, Type
from ..model.values import value

_TRUE: Final = frozenset(("t", "true", "y", "yes", "on", "1"))
_FALSE: Final = frozenset(("f", "false", "n", "no", "off", "0"))
_SECONDS: Final = {
    "microsecond": Decimal("0.000001"),
    "millisecond": Decimal("0.001"),
    "second": Decimal(1),
    "sec": Decimal(1),
    "s": Decimal(1),
    "minute": Decimal(60),
    "min": Decimal(60),
    "m": Decimal(60),
    "hour": Decimal(3600),
    "hr": Decimal(3600),
    "h": Decimal(3600),
    "day": Decimal(86400),
    "d": Decimal(86400),
    "week": Decimal(604800),
    "w": Decimal(604800),
}
_MONTHS: Final = {"month": 1, "mon": 1, "year": 12, "yr": 12, "y": 12}
_AMOUNT: Final = re.compile(r"\s*(?P<amount>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>[a-z]+)", re.IGNORECASE)
_FINER: Final = re.compile(r"\.\d{7}")
_CLOCK: Final = re.compile(r"\s*(?P<sign>[+-]?)(?P<h>\d+):(?P<m>\d{2})(?::(?P<s>\d{2}(?:\.\d+)?))?\s*$")


@value
class Interval:
    """A span of time: whole months, which have no fixed length, and microseconds."""

    months: int
    microseconds: int


def neutral_literal(text: str, type: Type) -> str | None:
    """A literal in the canonical form of its type; None when it cannot be told what it means.

    Moments are ISO 8601 to the microsecond (with `+00:00` when they have a zone), decimals without an exponent, and
    UUIDs in lower case.
    """
    stripped = text.strip()
    try:
        match type.kind:
            case Kind.STR | Kind.ENUM:
                return text
            case Kind.JSON:
                return text if _is_json(text) else None
            case Kind.BOOL:
                lower = stripped.lower()
                return "true" if lower in _TRUE else "false" if lower in _FALSE else None
            case Kind.INT16 | Kind.INT32 | Kind.INT64 | Kind.UINT64:
                return str(int(stripped))
            case Kind.DECIMAL:
                found = Decimal(stripped)
                return f"{found:f}" if found.is_finite() else None
            case Kind.FLOAT32 | Kind.FLOAT64:
                number = float(stripped)
                return repr(number) if math.isfinite(number) else None
            case Kind.UUID:
                return str(UUID(stripped))
            case Kind.DATE:
                return date.fromisoformat(stripped).isoformat()
            case Kind.TIME:
                found_time = time.fromisoformat(stripped)
                return None if found_time.tzinfo or _FINER.search(stripped) else found_time.isoformat("microseconds")
            case Kind.TIMESTAMP:
                return _moment(stripped).replace(tzinfo=None).isoformat(" ", "microseconds")
            case Kind.TIMESTAMPTZ:
                moment = _moment(stripped)
                aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
                return aware.isoformat(" ", "microseconds")
            case _:
                return None
    except (ValueError, InvalidOperation):
        return None


def _moment(text: str) -> datetime:
    """A moment of no more than six decimals: databases round what is finer, and Python cuts it."""
    if _FINER.search(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _is_json(text: str) -> bool:
    """Whether a text is JSON that means the same everywhere: no name twice in an object, and no NaN."""
    try:
        json.loads(text, object_pairs_hook=_once, parse_constant=_constant)
    except ValueError:
        return False
    return True


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def interval(text: str) -> Interval | None:
    """What an interval literal in words means (`1 day 02:30:00`, `-3 months`); None when it is not understood."""
    months, seconds, at = 0, Decimal(0), 0
    lower = text.strip().lower()
    if not lower:
        return None
    while at < len(lower):
        clock = _CLOCK.match(lower, at)
        if clock is not None:
            part = Decimal(clock["h"]) * 3600 + Decimal(clock["m"]) * 60 + Decimal(clock["s"] or 0)
            seconds += -part if clock["sign"] == "-" else part
            break
        match = _AMOUNT.match(lower, at)
        if match is None:
            return None
        amount, unit = Decimal(match["amount"]), match["unit"]
        singular = unit if unit in _SECONDS or unit in _MONTHS else unit.removesuffix("s")
        if singular in _SECONDS:
            seconds += amount * _SECONDS[singular]
        elif singular in _MONTHS and amount == amount.to_integral_value():
            months += int(amount) * _MONTHS[singular]
        else:
            return None
        at = match.end()
    return Interval(months, int(seconds * 1_000_000))
