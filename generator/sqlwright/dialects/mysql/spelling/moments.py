"""Days, moments and intervals: DATE, DATETIME(6) in UTC, and whole microseconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import AtZone, Expression, String
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called, operator
from ...spelling.comparing import common_type
from ...spelling.constants import number
from ...spelling.intervals import span
from ...spelling.kinds import DATES, described
from ...translation import Translating
from .conversions import converted
from .dates import now_in_full, today
from .volatile import check_repeatable

Rule = Callable[[Expression, Translating], str]
NOW: Final = "utc_timestamp(6)"
_EPOCH: Final = "timestamp '1970-01-01 00:00:00'"
_MICROSECOND: Final = "0.000001"
_DAY: Final = "cast(cast({0} as date) as datetime(6))"
_TRUNCATED: Final = {
    "microsecond": "{0}",
    "microseconds": "{0}",
    "millisecond": "{0} - interval mod(microsecond({0}), 1000) microsecond",
    "milliseconds": "{0} - interval mod(microsecond({0}), 1000) microsecond",
    "second": "{0} - interval microsecond({0}) microsecond",
    "minute": "{0} - interval second({0}) * 1000000 + microsecond({0}) microsecond",
    "hour": f"{_DAY} + interval hour({{0}}) hour",
    "day": _DAY,
    "week": f"{_DAY} - interval weekday({{0}}) day",
    "month": f"{_DAY} - interval dayofmonth({{0}}) - 1 day",
    "quarter": "cast(makedate(year({0}), 1) as datetime(6)) + interval quarter({0}) * 3 - 3 month",
    "year": "cast(makedate(year({0}), 1) as datetime(6))",
}
_DAY_PARTS: Final = {
    "day": "dayofmonth({0})",
    "month": "month({0})",
    "quarter": "quarter({0})",
    "year": "year({0})",
    "dow": "dayofweek({0}) - 1",
    "isodow": "weekday({0}) + 1",
    "doy": "dayofyear({0})",
    "week": "week({0}, 3)",
    "isoyear": "yearweek({0}, 3) div 100",
}
_CLOCK_PARTS: Final = {
    "hour": "hour({0})",
    "minute": "minute({0})",
    "microseconds": "second({0}) * 1000000 + microsecond({0})",
}
_FINE_PARTS: Final = {
    "second": (f"second({{0}}) + microsecond({{0}}) * {_MICROSECOND}", 6),
    "milliseconds": ("second({0}) * 1000 + microsecond({0}) * 0.001", 3),
    "epoch": (f"timestampdiff(microsecond, {_EPOCH}, {{0}}) * {_MICROSECOND}", 6),
}


def _fixed_text(text: str, in_text: Rule = now_in_full) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        if t.moments_are_text():
            return in_text(node, t)
        if args_of(node):
            t.refuse(f"`{t.written(node)}` with a precision", node, "leave the precision out")
        return text

    return rule


# Intervals


def _times(microseconds: str, count: Expression, t: Translating) -> str:
    return f"round({microseconds} * {converted(count, Type(Kind.FLOAT64), t)}) div 1"


def _write_interval(node: Expression, t: Translating) -> str:
    """An interval as a value: its microseconds."""
    months, microseconds = span(node, t, _times)
    if months != "0":
        t.refuse("an interval of months or years, other than one added to a moment,", node)
    return f"({microseconds})"


def _interval_arithmetic(node: Expression, t: Translating) -> str:
    return operator(node, t, [t.text(one) for one in args_of(node)])


# Moments


def _add(sign: int) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        moment, interval = args_of(node)
        if t.type(moment).kind is Kind.INTERVAL:
            moment, interval = interval, moment
        months, microseconds = span(interval, t, _times, sign)
        parts = [converted(moment, t.type(node), t)]
        parts += [f"interval {months} month"] if months != "0" else []
        parts += [f"interval {microseconds} microsecond"] if microseconds != "0" else []
        return f"({' + '.join(parts)})"

    return rule


def _difference(node: Expression, t: Translating) -> str:
    left, right = args_of(node)
    type = common_type([t.type(left), t.type(right)])
    if type is None:
        t.refuse(f"the difference of {t.type(left)} and {t.type(right)}", node)
    return called("timestampdiff", "microsecond", converted(right, type, t), converted(left, type, t))


def _truncated(node: Expression, t: Translating) -> str:
    unit, moment, *zone = args_of(node)
    template = _TRUNCATED.get(unit.value.lower()) if isinstance(unit, String) else None
    if zone or template is None:
        t.refuse(f"`{t.written(node)}`", node)
    if t.type(node).kind not in DATES:
        t.refuse(f"date_trunc of {described(t.type(node))}", node)
    check_repeatable(moment, t)
    return f"({template.format(converted(moment, t.type(node), t))})"


def _part(node: Expression, t: Translating) -> str:
    """A part of a moment, as a decimal."""
    text, decimals = _number_of(node, t)
    return f"cast({text} as decimal(20, {decimals}))"


def _part_float(node: Expression, t: Translating) -> str:
    return f"cast({_number_of(node, t)[0]} as double)"


def _number_of(node: Expression, t: Translating) -> tuple[str, int]:
    field, moment = args_of(node)
    kind = t.type(moment).kind
    name = field.value.lower() if isinstance(field, String) else ""
    if kind is Kind.INTERVAL and name == "epoch":
        return f"{t.operand(moment)} * {_MICROSECOND}", 6
    name = name if name in ("milliseconds", "microseconds") else name.removesuffix("s")
    if kind not in DATES or (kind is Kind.DATE and name not in _DAY_PARTS and name != "epoch"):
        t.refuse(f"`{t.written(node)}`", node)
    whole = {**_DAY_PARTS, **_CLOCK_PARTS}.get(name)
    template, decimals = (whole, 0) if whole is not None else _FINE_PARTS.get(name, (None, 0))
    if template is None:
        t.refuse(f"`{t.written(node)}`", node)
    check_repeatable(moment, t)
    return template.format(t.text(moment)), decimals


def _same_clock(node: Expression, t: Translating) -> str:
    """Moments are kept as a clock in UTC shows them."""
    return t.operand(node.operand if isinstance(node, AtZone) else node)


# Days


def _add_days(sign: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        day, count = args_of(node)
        if t.type(day).kind is not Kind.DATE:
            day, count = count, day
        value = number(count)
        days = str(int(value)) if value is not None else t.operand(count)
        return f"({converted(day, Type(Kind.DATE), t)} {sign} interval {days} day)"

    return rule


def _days_between(node: Expression, t: Translating) -> str:
    left, right = args_of(node)
    return called("datediff", t.text(left), t.text(right))


MOMENTS: Final[dict[str, Rule]] = {
    "moment.now": _fixed_text(NOW),
    "moment.now.local": _fixed_text(NOW),
    "moment.today": _fixed_text("utc_date()", today),
    "moment.add": _add(1),
    "moment.subtract": _add(-1),
    "moment.difference": _difference,
    "moment.to.local": _same_clock,
    "moment.from.local": _same_clock,
    "moment.trunc": _truncated,
    "moment.part": _part,
    "moment.part.float": _part_float,
    "date.add": _add_days("+"),
    "date.subtract": _add_days("-"),
    "date.difference": _days_between,
    "interval.add": _interval_arithmetic,
    "interval.subtract": _interval_arithmetic,
    "interval.negate": _interval_arithmetic,
    "interval.multiply": _write_interval,
    "interval.make": _write_interval,
}
