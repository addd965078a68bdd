"""Constants as MySQL writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ....model.syntax import Expression, Number, String
from ....model.types import Kind, Type
from ...spelling.constants import fixed, interval_literal, number, plain_decimal
from ...spelling.kinds import FLOATS, INTEGERS, described
from ...translation import Translating

_UNSIGNED_END: Final = 2**64
_MOST_DIGITS = 65
_MOST_DECIMALS = 30


def quoted(text: str) -> str:
    """A string, in which a backslash begins an escape."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def number_text(value: Decimal, type: Type) -> str | None:
    """A number as a value of a type, before it is rounded to be stored; None when it is not one."""
    if type.kind is Kind.DECIMAL:
        return _decimal_text(value)
    if type.kind in FLOATS:
        return float_text(float(value))
    whole = value == value.to_integral_value()
    if whole and (type.kind in INTEGERS or (type.kind is Kind.UINT64 and 0 <= value < _UNSIGNED_END)):
        return str(int(value))
    return None


def _decimal_text(value: Decimal) -> str | None:
    """A number that the server takes for a decimal: without a point it would be an integer."""
    text = plain_decimal(value)
    digits = text.lstrip("-").replace(".", "")
    decimals = len(text.partition(".")[2])
    if len(digits) > _MOST_DIGITS or decimals > _MOST_DECIMALS:
        return None
    return text if "." in text else f"{text}."


def float_text(value: float) -> str:
    """A float: a number without an exponent is a decimal."""
    text = repr(value)
    return text if "e" in text else f"{text}e0"


def write_number(node: Number, t: Translating) -> str:
    value = number(node)
    found = number_text(value, t.type(node)) if value is not None else None
    return found if found is not None else t.refuse(f"`{node.text}`", node)


def write_string(node: String, t: Translating) -> str:
    """A string in the form of the type that it has in its place."""
    return string_as(node, t.type(node), t)


def string_as(node: String, type: Type, t: Translating) -> str:
    if node.mark == "x" and type.kind is Kind.BYTES:
        return f"x'{node.value.lower()}'"
    if node.mark in ("b", "x"):
        t.refuse("a string of bits", node)
    if type.kind is Kind.INTERVAL:
        return str(fixed(interval_literal(node, t), node, t))
    found = t.literal(node.value, type)
    text = literal_text(found, type, t) if found is not None else None
    if text is None:
        t.refuse(f"`{t.written(node)}` as {described(type)}", node, "write the value in its ISO form")
    return text


def literal_text(neutral: str, type: Type, t: Translating) -> str | None:
    """A literal in its neutral form, as MySQL writes it; None when it cannot hold it."""
    match type.kind:
        case Kind.DECIMAL | Kind.FLOAT32 | Kind.FLOAT64:
            return number_text(Decimal(neutral), type)
        case Kind.BYTES:
            return f"x'{neutral}'"
        case Kind.UUID:
            return t.template("uuid.literal").format(text=neutral, digits=neutral.replace("-", ""))
        case Kind.DATE:
            return f"date '{neutral}'"
        case Kind.TIME:
            return f"time '{neutral}'"
        case Kind.TIMESTAMP:
            return f"timestamp '{neutral}'"
        case Kind.TIMESTAMPTZ:
            return f"timestamp '{neutral.removesuffix('+00:00')}'"
        case kind:
            return neutral if kind is Kind.BOOL or kind in INTEGERS else quoted(neutral)


def constant(node: Expression) -> str | None:
    """The text of a string that is written out."""
    return node.value if isinstance(node, String) else None
