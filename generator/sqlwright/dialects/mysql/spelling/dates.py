"""Days and moments in text: SQLite's date functions with the modifiers that mean the same here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from ....model.syntax import Binary, Call, Expression, String
from ....model.types import Kind, Type
from ...spelling.kinds import INTEGERS, described
from ...translation import Translating
from .literals import quoted
from .volatile import check_repeatable

Rule = Callable[[Expression, Translating], str]
_NOW: Final = "utc_timestamp(6)"
_NOW_TO_THE_SECOND: Final = "utc_timestamp()"
_EPOCH: Final = "timestamp '1970-01-01 00:00:00'"
_DAY: Final = "%Y-%m-%d"
_CLOCK: Final = "%H:%i:%s"
_FORMATS: Final = {"moment.text.date": _DAY, "moment.text.time": _CLOCK, "moment.text.both": f"{_DAY} {_CLOCK}"}
_MOMENTS: Final = frozenset(("moment.today", "moment.now.text", "moment.now.local", *_FORMATS))
_LITERAL: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?")
_SHIFT: Final = re.compile(r"\s*(?P<count>[+-]?\d+(?:\.\d+)?)\s+(?P<unit>second|minute|hour|day|month|year)s?\s*", re.I)
_UNIT: Final = re.compile(r"\s+(?P<unit>second|minute|hour|day|month|year)s?\s*", re.IGNORECASE)
_STARTS: Final = {
    "start of day": "cast(cast({0} as date) as datetime(6))",
    "start of month": "cast(cast({0} as date) - interval dayofmonth({0}) - 1 day as datetime(6))",
    "start of year": "cast(makedate(year({0}), 1) as datetime(6))",
}
_MONTHS: Final = frozenset(("month", "year"))
_MICROSECONDS: Final = {"second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000, "day": 86_400_000_000}
_PATTERNS: Final = {"Y": "%Y", "m": "%m", "d": "%d", "H": "%H", "M": "%i", "S": "%s", "j": "%j", "%": "%%"}
"""Letters of strftime() and those of date_format() that are the same text."""


def as_moment(node: Expression, target: Type, t: Translating) -> str:
    """A text that a date function gives, where a date or a moment is needed."""
    operation = t.operation(node) or ""
    args = list(t.arguments(node, operation))
    is_day = operation in ("moment.today", "moment.text.date")
    if target.kind is Kind.DATE and is_day:
        return "utc_date()" if _is_now(args) else f"cast({_moment(args, node, t)} as date)"
    if target.kind not in (Kind.TIMESTAMP, Kind.TIMESTAMPTZ) or operation not in _MOMENTS:
        t.refuse(f"`{t.written(node)}` where {target} is needed", node)
    if operation == "moment.now.local":
        return _NOW
    if is_day:
        return _STARTS["start of day"].format("utc_date()" if _is_now(args) else _moment(args, node, t))
    if operation == "moment.now.text":
        return _NOW_TO_THE_SECOND
    text = _moment(args, node, t, _NOW_TO_THE_SECOND)
    return text if _is_whole(text) else f"({text} - interval microsecond({text}) microsecond)"


def is_moment_text(node: Expression, t: Translating) -> bool:
    """Whether an expression is a moment in text."""
    return t.type(node).kind is Kind.STR and t.operation(node) in _MOMENTS


def _is_now(args: Sequence[Expression]) -> bool:
    return not args or (len(args) == 1 and isinstance(args[0], String) and args[0].value.lower() == "now")


def _is_whole(text: str) -> bool:
    """Whether a moment has no fraction of a second, as far as its text tells."""
    return text.startswith(_NOW_TO_THE_SECOND) and " microsecond" not in text


# What a call computes


def _moment(args: Sequence[Expression], call: Expression, t: Translating, now: str = _NOW, finely: bool = False) -> str:
    """The moment that the arguments of a date function mean; SQLite computes with milliseconds."""
    base, *modifiers = args or (None,)
    if base is None or (isinstance(base, String) and base.value.lower() == "now"):
        text = now
    else:
        check_repeatable(base, t)
        text, modifiers = _base(base, modifiers, t)
        if (modifiers or finely) and t.type(base).kind in (Kind.TIMESTAMP, Kind.TIMESTAMPTZ):
            text = t.template("moment.milliseconds").format(text)
    at_start = False
    for modifier in modifiers:
        text, at_start = _modified(text, at_start, modifier, t)
    return text


def _base(node: Expression, modifiers: list[Expression], t: Translating) -> tuple[str, list[Expression]]:
    kind = t.type(node).kind
    if isinstance(node, String) and _LITERAL.fullmatch(node.value):
        found = t.literal(node.value, Type(Kind.TIMESTAMP))
        if found is not None:
            return f"timestamp '{found.removesuffix('.000000')}'", modifiers
    if kind is Kind.DATE:
        return f"cast({t.text(node)} as datetime(6))", modifiers
    if kind in (Kind.TIMESTAMP, Kind.TIMESTAMPTZ):
        return t.operand(node), modifiers
    first = modifiers[0] if modifiers else None
    if kind in INTEGERS and isinstance(first, String) and first.value.strip().lower() == "unixepoch":
        return f"({_EPOCH} + interval {t.operand(node)} second)", modifiers[1:]
    if isinstance(node, Call) and is_moment_text(node, t):
        return as_moment(node, Type(Kind.TIMESTAMP), t), modifiers
    t.refuse(f"{described(t.type(node))} as a moment", node, "declare the column as a date or a timestamp")


def _modified(text: str, at_start: bool, node: Expression, t: Translating) -> tuple[str, bool]:
    """A moment after a modifier, and whether it is surely in the first days of a month."""
    if isinstance(node, String):
        value = node.value.strip().lower()
        if value in _STARTS:
            return _STARTS[value].format(text), value != "start of day"
        shift = _SHIFT.fullmatch(node.value)
        if shift is not None:
            return _shifted(text, at_start, Decimal(shift["count"]), shift["unit"].lower(), node, t)
    found = _computed(node, t)
    if found is None:
        t.refuse(f"the modifier `{t.written(node)}`", node, "write it out, such as '-7 days'")
    sign, count, unit = found
    check_repeatable(node, t)
    if unit in _MONTHS:
        return _by_months(text, at_start, f"{sign} interval {count} {unit}"), at_start
    return f"({text} {sign} interval {count} {unit})", False


def _shifted(
    text: str, at_start: bool, count: Decimal, unit: str, node: Expression, t: Translating
) -> tuple[str, bool]:
    sign = "-" if count < 0 else "+"
    amount = abs(count)
    if amount == amount.to_integral_value():
        shift = f"{sign} interval {int(amount)} {unit}"
        return (_by_months(text, at_start, shift), at_start) if unit in _MONTHS else (f"({text} {shift})", False)
    if unit in _MONTHS:
        t.refuse(f"part of a {unit}", node)
    return f"({text} {sign} interval {int(amount * _MICROSECONDS[unit])} microsecond)", False


def _by_months(text: str, at_start: bool, shift: str) -> str:
    """A day that the month has not is one of the next month: 31 January and a month are 3 March, or 2."""
    if at_start:
        return f"({text} {shift})"
    days = f"interval dayofmonth({text}) - 1 day"
    return f"({text} - {days} {shift} + {days})"


def _computed(node: Expression, t: Translating) -> tuple[str, str, str] | None:
    """The sign, the number and the unit of `'-' || n || ' days'`."""
    parts = _joined(node)
    sign = "+"
    if len(parts) == 3 and isinstance(parts[0], String) and parts[0].value in ("+", "-"):
        sign = parts[0].value
        parts = parts[1:]
    if len(parts) != 2 or t.type(parts[0]).kind not in INTEGERS or not isinstance(parts[1], String):
        return None
    unit = _UNIT.fullmatch(parts[1].value)
    return (sign, t.operand(parts[0]), unit["unit"].lower()) if unit is not None else None


def _joined(node: Expression) -> list[Expression]:
    if isinstance(node, Binary) and node.op == "||":
        return [*_joined(node.left), *_joined(node.right)]
    return [node]


# As text and numbers


def today(node: Expression, t: Translating) -> str:
    return "cast(utc_date() as char)"


def now_in_full(node: Expression, t: Translating) -> str:
    """To the millisecond, with as many digits as to the microsecond."""
    return "cast(cast(utc_timestamp(3) as datetime(6)) as char)"


def _now(node: Expression, t: Translating) -> str:
    return f"cast({_NOW_TO_THE_SECOND} as char)"


def _text(operation: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        return f"date_format({_moment(t.arguments(node, operation), node, t)}, '{_FORMATS[operation]}')"

    return rule


def _format(node: Expression, t: Translating) -> str:
    pattern, *args = t.arguments(node, "moment.text.format")
    if not isinstance(pattern, String):
        t.refuse("a format that is not written out", pattern)
    if pattern.value == "%s":
        return f"cast({_seconds(args, node, t)} as char)"
    return f"date_format({_moment(args, node, t)}, {quoted(_pattern(pattern, t))})"


def _pattern(node: String, t: Translating) -> str:
    parts: list[str] = []
    letters = iter(node.value)
    for letter in letters:
        found = _PATTERNS.get(next(letters, "")) if letter == "%" else letter
        if found is None:
            t.refuse(f"the format `{t.written(node)}`", node, "use %Y %m %d %H %M %S %j, or %s alone")
        parts.append(found)
    return "".join(parts)


def _seconds(args: Sequence[Expression], node: Expression, t: Translating) -> str:
    microseconds = f"timestampdiff(microsecond, {_EPOCH}, {_moment(args, node, t, finely=True)})"
    return f"cast(floor({microseconds} / 1000000) as signed)"


def _epoch(node: Expression, t: Translating) -> str:
    return _seconds(t.arguments(node, "moment.epoch"), node, t)


def _julian(node: Expression, t: Translating) -> str:
    moment = _moment(t.arguments(node, "moment.julian"), node, t, finely=True)
    milliseconds = f"round(timestampdiff(microsecond, {_EPOCH}, {moment}) / 1000) + 210866760000000"
    return f"(cast({milliseconds} as double) / 86400000)"


DATES_IN_TEXT: Final[dict[str, Rule]] = {
    "moment.now.text": _now,
    "moment.text.date": _text("moment.text.date"),
    "moment.text.time": _text("moment.text.time"),
    "moment.text.both": _text("moment.text.both"),
    "moment.text.format": _format,
    "moment.epoch": _epoch,
    "moment.julian": _julian,
}
