"""Moments as text, and intervals as microseconds."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from .kinds import Functions

_MICROSECOND: Final = timedelta(microseconds=1)
_DAY: Final = 86_400_000_000


def _moment_add(text: str | None, months: int, microseconds: int | None) -> str | None:
    """A moment with months (the day kept inside the month) and microseconds added; its form stays as it is."""
    if text is None or microseconds is None:
        return None
    value = datetime.fromisoformat(text)
    try:
        if months:
            month = value.month - 1 + months
            year, month = value.year + month // 12, month % 12 + 1
            value = value.replace(year=year, month=month, day=min(value.day, monthrange(year, month)[1]))
        return (value + timedelta(microseconds=microseconds)).isoformat(" ", "microseconds")
    except OverflowError as error:  # which sqlite3 would take for a text that is too long
        raise ValueError(str(error)) from error


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
    microseconds = value.second * 1_000_000 + value.microsecond
    match part.lower():
        case "epoch":
            whole = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
            microseconds = (whole - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND
            return _seconds(microseconds) if " " in text else str(microseconds // 1_000_000)
        case "second" | "seconds":
            return _seconds(microseconds)
        case "milliseconds":
            return f"{Decimal(microseconds).scaleb(-3):f}"
        case "microseconds":
            return str(microseconds)
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


def _seconds(microseconds: int) -> str:
    """Seconds with six decimals."""
    return f"{Decimal(microseconds).scaleb(-6):f}"


def _interval_epoch(microseconds: int | None) -> str | None:
    return None if microseconds is None else _seconds(microseconds)


def _interval_times(microseconds: int | None, factor: float | None) -> int | None:
    """An interval times a float: PostgreSQL's interval_mul, which takes whole days and the rest by themselves."""
    if microseconds is None or factor is None:
        return None
    days, rest = divmod(abs(microseconds), _DAY)
    sign = -1 if microseconds < 0 else 1
    product = sign * days * factor
    whole = int(product)
    seconds = round((product - whole) * 86_400 * 1_000_000) / 1_000_000
    return whole * _DAY + round(sign * rest * factor + seconds * 1_000_000)


FUNCTIONS: Final[Functions] = (
    ("interval_epoch", 1, _interval_epoch),
    ("interval_times", 2, _interval_times),
    ("moment_add", 3, _moment_add),
    ("moment_difference", 2, _moment_difference),
    ("moment_part", 2, _moment_part),
    ("moment_trunc", 2, _moment_trunc),
)
