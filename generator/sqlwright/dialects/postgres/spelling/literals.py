"""Constants as PostgreSQL writes them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from ....model.syntax import Boolean, Expression, Number, Parameter, String, Unary
from ....model.types import Kind, Type
from ...translation import Translating
from ..ddl.values import literal, quoted_text
from ..declared import cast_name
from .kinds import FLOATS, INTEGERS, described

_SMALL: Final = 2**31


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


def truth(node: Expression) -> bool | None:
    """The truth value that a literal is where numbers stand for truth."""
    if isinstance(node, Boolean):
        return node.value
    value = number(node)
    return bool(value) if value in (0, 1) else None


def number_text(value: Decimal, type: Type) -> str | None:
    """A number as a value of a type; None when it is not one."""
    if type.kind in INTEGERS:
        return str(int(value)) if value == value.to_integral_value() and abs(value) < 2**63 else None
    if type.kind in FLOATS:
        return f"{plain_number(value)}::{cast_name(type)}"
    if type.kind is Kind.DECIMAL:
        return plain_number(value)
    return None


def plain_number(value: Decimal) -> str:
    """A number as it stands beside others, exact whatever they are."""
    return f"{abs(value) if value.is_zero() else value:f}" if abs(value.adjusted()) < 20 else str(value).lower()


def write_number(node: Expression, t: Translating) -> str:
    value = number(node)
    found = number_text(value, t.type(node)) if value is not None else None
    return found if found is not None else t.refuse(f"`{t.written(node)}`", node)


def is_small(node: Expression) -> bool:
    """Whether PostgreSQL takes a literal for an integer of 32 bits."""
    value = number(node)
    return value is not None and abs(value) < _SMALL


def write_string(node: String, t: Translating) -> str:
    type = Type(Kind.BYTES) if node.mark == "x" else t.type(node)
    text = string_as(node, type, t)
    return f"{text}::{cast_name(type)}" if type.kind is not Kind.STR else text


def string_as(node: String, type: Type, t: Translating) -> str:
    """A string where a value of a type stands."""
    if node.mark == "x":
        if type.kind is not Kind.BYTES:
            t.refuse(f"a byte string as {described(type)}", node)
        return quoted_text(f"\\x{node.value.lower()}")
    found = None if type.kind is Kind.BYTES else t.literal(node.value, type)
    text = literal(found, type) if found is not None else None
    if text is None:
        t.refuse(f"`{t.written(node)}` as {described(type)}", node, "write the value in its ISO form")
    return text


def write_parameter(node: Parameter, t: Translating) -> str:
    """A parameter whose type nothing beside it would decide."""
    type = t.type(node)
    name = cast_name(type)
    if name is None:
        t.refuse("a parameter whose type is not known", node, "cast it, or compare it with a column")
    return f"{t.placeholder(node)}::{name}"
