"""Days, moments and intervals: text of fixed width, and whole microseconds."""

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
from .literals import quoted

Rule = Callable[[Expression, Translating], str]
NOW: Final = "(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000+00:00')"
_NOW_LOCAL: Final = "(strftime('%Y-%m-%d %H:%M:%f', 'now') || '000')"
_UNITS: Final = frozenset(
    "microsecond microseconds millisecond milliseconds second minute hour day week month quarter year".split()
)
_DAY_PARTS: Final = frozenset("day days month months quarter year years dow isodow doy week isoyear epoch".split())
_PARTS: Final = _DAY_PARTS | frozenset("second seconds milliseconds microseconds minute minutes hour hours".split())


def _fixed_text(text: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        if args_of(node):
            t.refuse(f"`{t.written(node)}` with a precision", node, "leave the precision out")
        return text

    return rule


# Intervals


def _times(microseconds: str, count: Expression, t: Translating) -> str:
    return called("interval_times", microseconds, converted(count, Type(Kind.FLOAT64), t))


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
        return called("moment_add", converted(moment, t.type(node), t), months, microseconds)

    return rule


def _difference(node: Expression, t: Translating) -> str:
    left, right = args_of(node)
    type = common_type([t.type(left), t.type(right)])
    if type is None:
        t.refuse(f"the difference of {t.type(left)} and {t.type(right)}", node)
    return called("moment_difference", converted(left, type, t), converted(right, type, t))


def _truncated(node: Expression, t: Translating) -> str:
    unit, moment, *zone = args_of(node)
    if zone or not isinstance(unit, String) or unit.value.lower() not in _UNITS:
        t.refuse(f"`{t.written(node)}`", node)
    if t.type(node).kind not in DATES:
        t.refuse(f"date_trunc of {described(t.type(node))}", node)
    return called("moment_trunc", quoted(unit.value.lower()), converted(moment, t.type(node), t))


def _part(node: Expression, t: Translating) -> str:
    field, moment = args_of(node)
    kind = t.type(moment).kind
    name = field.value.lower() if isinstance(field, String) else ""
    if kind is Kind.INTERVAL and name == "epoch":
        return called("interval_epoch", t.text(moment))
    if kind not in DATES or name not in (_DAY_PARTS if kind is Kind.DATE else _PARTS):
        t.refuse(f"`{t.written(node)}`", node)
    return called("moment_part", quoted(name), t.text(moment))


def _part_float(node: Expression, t: Translating) -> str:
    return called("decimal_float", _part(node, t))


def _to_local(node: Expression, t: Translating) -> str:
    operand = node.operand if isinstance(node, AtZone) else node
    return f"substr({t.text(operand)}, 1, 26)"


def _from_local(node: Expression, t: Translating) -> str:
    operand = node.operand if isinstance(node, AtZone) else node
    return f"({t.operand(operand)} || '+00:00')"


# Days


def _add_days(sign: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        day, count = args_of(node)
        if t.type(day).kind is not Kind.DATE:
            day, count = count, day
        value = number(count)
        if value is not None:
            return f"date({t.text(day)}, '{-value if sign else value} days')"
        return f"date({t.text(day)}, ({sign}{t.operand(count)}) || ' days')"

    return rule


def _days_between(node: Expression, t: Translating) -> str:
    left, right = args_of(node)
    return f"cast(julianday({t.text(left)}) - julianday({t.text(right)}) as integer)"


MOMENTS: Final[dict[str, Rule]] = {
    "moment.now": _fixed_text(NOW),
    "moment.now.local": _fixed_text(_NOW_LOCAL),
    "moment.today": _fixed_text("date('now')"),
    "moment.add": _add(1),
    "moment.subtract": _add(-1),
    "moment.difference": _difference,
    "moment.to.local": _to_local,
    "moment.from.local": _from_local,
    "moment.trunc": _truncated,
    "moment.part": _part,
    "moment.part.float": _part_float,
    "date.add": _add_days(""),
    "date.subtract": _add_days("-"),
    "date.difference": _days_between,
    "interval.add": _interval_arithmetic,
    "interval.subtract": _interval_arithmetic,
    "interval.negate": _interval_arithmetic,
    "interval.multiply": _write_interval,
    "interval.make": _write_interval,
}
