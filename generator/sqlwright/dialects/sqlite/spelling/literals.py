"""Constants as SQLite writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from ....model.syntax import Number, String
from ....model.types import Kind, Type
from ...spelling.constants import fixed, interval_literal, number, plain_decimal
from ...spelling.kinds import FLOATS, INTEGERS, described
from ...translation import Translating

_WIDE: Final = Context(prec=2000)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def at_scale(value: Decimal, scale: int | None) -> str:
    """The canonical text of a number that is kept at a scale, or at none."""
    if scale is not None:
        return plain_decimal(value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=_WIDE))
    text = plain_decimal(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


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
