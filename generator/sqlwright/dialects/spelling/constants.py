"""The values of constants that stand in a query."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from ...model.syntax import Cast, Expression, Number, String, Unary
from ...model.types import Kind
from ..literals import Interval, interval
from ..translation import Translating


def plain_decimal(value: Decimal) -> str:
    """A number without an exponent, its digits as they are."""
    return f"{abs(value) if value.is_zero() else value:f}"


def number(node: Expression) -> Decimal | None:
    """The value of a numeric literal, with its signs."""
    match node:
        case Number(text=text):
            return _parsed(text)
        case Unary(op="-" | "+" as op, operand=operand):
            found = number(operand)
            return -found if found is not None and op == "-" else found
        case _:
            return None


def _parsed(text: str) -> Decimal | None:
    plain = text.replace("_", "").lower()
    try:
        return Decimal(int(plain, 0)) if plain[:2] in ("0x", "0o", "0b") else Decimal(plain)
    except (InvalidOperation, ValueError):
        return None


def interval_literal(node: String, t: Translating) -> Interval:
    found = interval(node.value)
    return found if found is not None else t.refuse(f"the interval `{t.written(node)}`", node)


def constant_interval(node: Expression, t: Translating) -> Interval | None:
    """What an interval literal means; None for any other expression."""
    match node:
        case Cast(operand=String() as text, form=form) if t.type(node).kind is Kind.INTERVAL:
            if form == "literal" and text.end != node.end:
                t.refuse("an interval with its unit behind the literal", node, "write the unit inside: '1 day'")
            return interval_literal(text, t)
        case String() if t.type(node).kind is Kind.INTERVAL:
            return interval_literal(node, t)
        case _:
            return None


def fixed(value: Interval, node: Expression, t: Translating) -> int:
    """The microseconds of an interval, which must not have months in it."""
    if value.months:
        t.refuse("an interval of months or years, other than one added to a moment,", node)
    return value.microseconds
