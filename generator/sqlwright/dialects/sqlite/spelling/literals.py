"""Constants as SQLite writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Final

from ....model.syntax import Cast, Expression, Number, String, Unary
from ....model.types import Kind, Type
from ...literals import Interval, interval
from ...translation import Translating
from .kinds import FLOATS, INTEGERS, described

_WIDE: Final = Context(prec=2000)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def plain_decimal(value: Decimal) -> str:
    """A number without an exponent, its digits as they are."""
    return f"{abs(value) if value.is_zero() else value:f}"


def at_scale(value: Decimal, scale: int | None) -> str:
    """The canonical text of a number that is kept at a scale, or at none."""
    if scale is not None:
        return plain_decimal(value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=_WIDE))
    text = plain_decimal(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


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


def number_text(value: Decimal, type: Type) -> str | None:
    """A number as a value of a type, before it is rounded to be stored; None when it is not one."""
    if type.kind is Kind.DECIMAL:
        return quoted(plain_decimal(value))
    if type.kind in FLOATS:
        return repr(float(value))
    if type.kind in INTEGERS and value == value.to_integral_value():
        return str(int(value))
    return None


def write_number(node: Number, t: Translating) -> str:
    value = number(node)
    found = number_text(value, t.type(node)) if value is not None else None
    return found if found is not None else t.refuse(f"`{node.text}`", node)


def write_string(node: String, t: Translating) -> str:
    """A string in the form of the type that it has in its place."""
    return string_as(node, t.type(node), t)


def string_as(node: String, type: Type, t: Translating) -> str:
    if node.mark in ("b", "x"):
        t.refuse("a string of bits", node)
    if type.kind is Kind.INTERVAL:
        return str(fixed(interval_literal(node, t), node, t))
    found = t.literal(node.value, type)
    if found is None:
        t.refuse(f"`{t.written(node)}` as {described(type)}", node, "write the value in its ISO form")
    return literal_text(found, type)


def literal_text(neutral: str, type: Type) -> str:
    """A literal in its neutral form, as SQLite writes it."""
    if type.kind is Kind.BOOL or type.kind in INTEGERS | FLOATS:
        return neutral
    if type.kind is Kind.BYTES:
        return f"x'{neutral}'"
    return quoted(neutral)


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
