"""Values on their way to databases that have no type of their own for them, and back.

The forms are canonical: equal values have one spelling, so that equality, keys and UNIQUE work on them, and the text
of moments is of fixed width, so that its order is that of time.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeAlias, TypeVar, cast

from .errors import ValueRefused

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
"""What JSON is when it is read."""
JsonInput: TypeAlias = Mapping[str, "JsonInput"] | Sequence["JsonInput"] | str | int | float | bool | None
"""What may be stored as JSON."""

T = TypeVar("T")

_DIGITS = 2000
WIDE = Context(prec=_DIGITS)
"""Arithmetic that rounds no decimal that a database keeps."""
_SINGLE = struct.Struct("f")
_SMALLEST = 2.0**-126
"""The smallest float of 32 bits that has all its digits."""
_LONG = re.compile(r"\d{19}")
_MICROSECOND = timedelta(microseconds=1)
_DAY = timedelta(days=1)


# Decimals


def decimal_text(value: Decimal, scale: int | None = None, precision: int | None = None) -> str:
    """The canonical text of a decimal, without an exponent.

    At a scale it has just so many decimals (`10.5` is `10.50` at 2), rounded half away from zero as databases round;
    without one it has none that are zero at its end. Raises ValueRefused for NaN, for infinities, and for more digits
    than `precision` leaves room for.
    """
    try:
        finite = value.is_finite()
    except AttributeError as error:
        raise ValueRefused(f"{value!r} is no Decimal") from error
    if not finite:
        raise ValueRefused(f"{value} is no number that can be kept")
    if scale is None:
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text
    if value.adjusted() > _DIGITS - scale - 2:
        raise ValueRefused(f"{value} has more digits than can be kept")
    rounded = value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=WIDE)
    if precision is not None and rounded.adjusted() >= precision - scale and rounded:
        raise ValueRefused(f"{value} has more than {precision} digits at scale {scale}")
    return f"{abs(rounded) if rounded.is_zero() else rounded:f}"


def decimal_value(value: str | float, scale: int | None = None) -> Decimal:
    """A decimal that was kept as text, or as a number, which SQLite makes of it in a column of NUMERIC affinity."""
    if isinstance(value, str):
        return Decimal(value)
    found = Decimal(str(value))
    return found if scale is None else found.quantize(Decimal(1).scaleb(-scale), context=WIDE)


# Dates and times


def timestamp_text(value: datetime) -> str:
    """A naive moment as text of fixed width. Raises ValueRefused for one with a zone."""
    return naive(value).isoformat(" ", "microseconds")


def timestamptz_text(value: datetime) -> str:
    """A moment in UTC as text of fixed width. Raises ValueRefused for one without a zone."""
    return aware(value).isoformat(" ", "microseconds")


def moment_text(value: datetime) -> str:
    """A moment as the text that a clock in UTC shows. Raises ValueRefused for one without a zone."""
    return timestamp_text(aware_as_naive(value))


def natural_timestamp_text(value: datetime) -> str:
    """A naive moment as text, without a fraction when it is a whole second. Raises ValueRefused for one with a zone."""
    return naive(value).isoformat(" ")


def natural_moment_text(value: datetime) -> str:
    """A moment as the text that a clock in UTC shows, without a fraction when it is a whole second.

    Raises ValueRefused for one without a zone.
    """
    return aware_as_naive(value).isoformat(" ")


def timestamp_value(text: str) -> datetime:
    """The naive moment that a text stands for."""
    return datetime.fromisoformat(text)


def timestamptz_value(text: str) -> datetime:
    """The moment that a text stands for, in UTC; a text without a zone is taken to be in UTC."""
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def aware(value: datetime) -> datetime:
    """The value in UTC. It must have a zone: without one, what moment it is would depend on the server's settings."""
    if value.tzinfo is None:
        raise ValueRefused("a timestamp with time zone takes a datetime with one")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueRefused(f"{value} is in no year from 1 to 9999 in UTC") from error


def naive(value: datetime) -> datetime:
    """The value, which must not have a zone: the database would drop it silently."""
    if value.tzinfo is not None:
        raise ValueRefused("a timestamp without time zone takes a datetime without one")
    return value


def aware_as_naive(value: datetime) -> datetime:
    """A moment as a clock in UTC shows it, for a database whose moments have no zone."""
    return aware(value).replace(tzinfo=None)


def naive_as_aware(value: datetime) -> datetime:
    """The moment at which a clock in UTC shows a time."""
    return value.replace(tzinfo=UTC)


def date_text(value: date) -> str:
    """The text of a date; of a moment, its date."""
    return date.isoformat(value)


def date_value(text: str) -> date:
    return date.fromisoformat(text[:10])


def time_text(value: time) -> str:
    """A time of day as text of fixed width. Raises ValueRefused for one with a zone."""
    return naive_time(value).isoformat("microseconds")


def natural_time_text(value: time) -> str:
    """A time of day as text, without a fraction when it is a whole second. Raises ValueRefused for one with a zone."""
    return naive_time(value).isoformat()


def naive_time(value: time) -> time:
    """The value, which must not have a zone: the database would drop it silently."""
    if value.tzinfo is not None:
        raise ValueRefused("a time of day is kept without a zone")
    return value


def time_value(text: str) -> time:
    return time.fromisoformat(text)


def time_since_midnight(value: timedelta) -> time:
    """The time of day that so much time after midnight is. Raises ValueRefused for one that lies in no day."""
    if not timedelta() <= value < _DAY:
        raise ValueRefused(f"{value} is no time of day")
    return (datetime.min + value).time()


def interval_microseconds(value: timedelta) -> int:
    return value // _MICROSECOND


def interval_value(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)


# Others


def finite_float(value: float) -> float:
    """The value, which must be a number: SQLite keeps NaN as NULL."""
    if math.isnan(value):
        raise ValueRefused("NaN cannot be kept")
    return value


def single_value(value: float) -> float:
    """A float of 32 bits with the fewest digits that tell it from others, as PostgreSQL gives it: 0.1, and not
    0.10000000149011612, which is what its bits are as one of 64."""
    try:
        bits = _SINGLE.pack(value)
    except OverflowError:
        return value
    # Six digits are never too many but for the smallest numbers, which have fewer bits.
    for digits in range(6 if abs(value) >= _SMALLEST else 1, 10):
        found = float(f"{value:.{digits}g}")
        if _single(found) == bits:
            return found
    return value


def _single(value: float) -> bytes:
    try:
        return _SINGLE.pack(value)
    except OverflowError:
        return b""


def json_text(value: JsonInput) -> str:
    """JSON in its shortest form. Raises ValueRefused for NaN and infinities, which JSON does not have."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    except ValueError as error:
        raise ValueRefused(f"this value is not JSON: {error}") from error


def ordered_json_text(value: JsonInput) -> str:
    """JSON in the form that a database gives it which keeps the value and not the text: short names come first."""
    return json.dumps(_ordered(json_value(json_text(value))), ensure_ascii=False)


def _ordered(value: Json) -> Json:
    if isinstance(value, dict):
        return {
            name: _ordered(value[name]) for name in sorted(value, key=lambda name: (len(name.encode()), name.encode()))
        }
    return [_ordered(one) for one in value] if isinstance(value, list) else value


def narrow_json_text(value: JsonInput) -> str:
    """JSON for a database that keeps its whole numbers in 64 bits, and would round larger ones: MySQL.

    Raises ValueRefused for those.
    """
    text = json_text(value)
    if _LONG.search(text):
        json.loads(text, parse_int=_narrow)
    return text


def _narrow(digits: str) -> int:
    value = int(digits)
    if not -(2**63) <= value < 2**64:
        raise ValueRefused(f"{value} is too large for JSON in this database")
    return value


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(cast("Mapping[object, object]", value))
    if isinstance(value, bytes | bytearray):
        raise ValueRefused("bytes are not JSON")
    if isinstance(value, Sequence):
        return list(cast("Sequence[object]", value))
    raise ValueRefused(f"{type(value).__name__} is not JSON")


def json_value(text: str | float) -> Json:
    """What a JSON text says. SQLite gives a number for one in a column that it takes for numeric."""
    if not isinstance(text, str):
        return text
    found: Json = json.loads(text)
    return found


def not_negative(bound: int) -> int:
    """What LIMIT or OFFSET is given. Raises ValueRefused for a number below zero."""
    if bound < 0:
        raise ValueRefused(f"{bound} is below zero, and LIMIT and OFFSET take no such number")
    return bound


def elements(values: Iterable[T]) -> list[T]:
    """The values of a sequence. Raises ValueRefused for a text, which is a sequence of letters, and for bytes."""
    if isinstance(values, str | bytes | bytearray | memoryview):
        raise ValueRefused(f"several values are expected, in a list, and not one {type(values).__name__}")
    try:
        return list(values)
    except TypeError as error:
        raise ValueRefused(f"several values are expected, in a list: {error}") from error


def integers(values: Iterable[int | None], bits: int) -> list[int | None]:
    """The elements of an array of integers. Raises ValueRefused for one that has more bits than they may have."""
    found = elements(values)
    limit = 1 << (bits - 1)
    for value in found:
        if value is not None and not -limit <= value < limit:
            raise ValueRefused(f"{value} is no integer of {bits} bits")
    return found


def list_value(text: str, kind: type[T]) -> list[T]:
    """The elements of a JSON array, which are all of one kind."""
    found: list[T] = json.loads(text)
    return found


def bytes_array_text(values: Sequence[bytes]) -> str:
    """Byte strings as one JSON array of hexadecimal text."""
    return json.dumps([value.hex() for value in elements(values)])
