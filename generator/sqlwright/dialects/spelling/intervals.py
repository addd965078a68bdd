"""Intervals, which are kept as whole microseconds: months are only ever added to a moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...model.syntax import Binary, Call, Expression, NamedArgument
from ...model.types import Kind
from ..translation import Translating
from .constants import constant_interval, number
from .kinds import INTEGERS

Times = Callable[[str, Expression, Translating], str]
_MICROSECONDS: Final = {
    "secs": 1_000_000,
    "mins": 60_000_000,
    "hours": 3_600_000_000,
    "days": 86_400_000_000,
    "weeks": 604_800_000_000,
}
_MONTHS: Final = {"months": 1, "years": 12}
_MADE_OF: Final = ("years", "months", "weeks", "days", "hours", "mins", "secs")


def span(node: Expression, t: Translating, times: Times, sign: int = 1) -> tuple[str, str]:
    """The months and the microseconds of an interval, as SQL; the other way when `sign` is -1.

    `times` writes microseconds times a number that may have a fraction.
    """
    constant = constant_interval(node, t)
    if constant is not None:
        return str(sign * constant.months), str(sign * constant.microseconds)
    if isinstance(node, Call) and t.operation(node) == "interval.make":
        months, microseconds = _made(node, t)
        return _signed(months, sign), _signed(microseconds, sign)
    product = _times(node, t, times) if isinstance(node, Binary) else None
    if product is not None:
        (months, microseconds), count = product
        return _product(months, count, sign), _product(microseconds, count, sign)
    return "0", _signed(t.text(node), sign)


def _signed(text: str, sign: int) -> str:
    return text if sign == 1 or text == "0" else f"-({text})"


def _made(node: Call, t: Translating) -> tuple[str, str]:
    """make_interval(), whose arguments have names, or stand in the order of them."""
    months: list[str] = []
    microseconds: list[str] = []
    for position, argument in enumerate(node.args):
        unit = argument.name.text.lower() if isinstance(argument, NamedArgument) else _MADE_OF[position]
        value = argument.value if isinstance(argument, NamedArgument) else argument
        constant = number(value)
        if unit in _MONTHS:
            months.append(f"{t.operand(value)} * {_MONTHS[unit]}")
        elif constant is not None:
            microseconds.append(str(int(constant * _MICROSECONDS[unit])))
        elif unit == "secs":
            t.refuse("make_interval of seconds that are not written out", argument)
        else:
            microseconds.append(f"{t.operand(value)} * {_MICROSECONDS[unit]}")
    return " + ".join(months) or "0", " + ".join(microseconds) or "0"


def _times(node: Binary, t: Translating, times: Times) -> tuple[tuple[str, str], str] | None:
    """The interval and the whole number of a product."""
    if t.operation(node) != "interval.multiply":
        return None
    interval, count = node.left, node.right
    if t.type(interval).kind is not Kind.INTERVAL:
        interval, count = count, interval
    constant = number(count)
    if constant is not None and constant == constant.to_integral_value():
        return span(interval, t, times), str(int(constant))
    if t.type(count).kind in INTEGERS:
        return span(interval, t, times), t.operand(count)
    parts = span(interval, t, times)
    if parts[0] != "0":
        t.refuse("an interval of months times a number that may have a fraction", node)
    return ("0", times(parts[1], count, t)), "1"


def _product(text: str, count: str, sign: int) -> str:
    if text == "0":
        return "0"
    if count == "1":
        return _signed(text, sign)
    return _signed(f"{text if text.lstrip('-').isdigit() else f'({text})'} * {count}", sign)
