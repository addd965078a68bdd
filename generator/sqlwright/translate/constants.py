"""Constants of a schema in the neutral form of a column's type."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

from ..dialects.base import Dialect, TypeFailure, Types
from ..dialects.literals import interval
from ..model.syntax import Array, Boolean, Cast, Collate, Expression, Null, Number, String, Unary
from ..model.types import Kind, Type

_INTEGERS = frozenset((Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64))
_FLOATS = frozenset((Kind.FLOAT32, Kind.FLOAT64))


def is_null(node: Expression) -> bool:
    """Whether an expression is NULL as it stands, perhaps cast to a type."""
    return isinstance(node, Null) or (isinstance(node, Cast | Collate) and is_null(node.operand))


def is_constant(node: Expression) -> bool:
    """Whether an expression is a literal, perhaps with a sign or cast to a type."""
    match node:
        case Boolean() | Number() | String() | Null():
            return True
        case Cast(operand=operand) | Collate(operand=operand) | Unary(operand=operand):
            return is_constant(operand)
        case Array(items=items):
            return all(is_constant(item) for item in items)
        case _:
            return False


def neutral_constant(node: Expression, type: Type, dialect: Dialect, types: Types) -> str | None:
    """A literal as a column of a type takes it, in the neutral form of that type: an array as JSON, bytes as
    hexadecimal digits, an interval in microseconds. None when the expression is no literal, or not one of that type.
    """
    match node:
        case Cast(operand=operand, type=name):
            found = types.from_name(name)
            cast_to = None if isinstance(found, TypeFailure) else types.neutral(found).kind
            fits = cast_to in (type.kind, Kind.STR) or (cast_to in _INTEGERS and type.kind in _INTEGERS)
            return neutral_constant(operand, type, dialect, types) if fits else None
        case Collate(operand=operand):
            return neutral_constant(operand, type, dialect, types)
        case Boolean(value=value):
            text = "true" if value else "false"
            return str(int(value)) if type.kind in _INTEGERS else dialect.meaning.literal(text, type)
        case Number(text=text):
            return _number(text, type, dialect)
        case Unary(op="-", operand=Number(text=text)):
            return _number(f"-{text}", type, dialect)
        case String(value=value, mark=mark):
            return _string(value, mark, type, dialect)
        case Array(items=items) if type.element is not None:
            return _array(items, type.element, dialect, types)
        case _:
            return None


def _number(written: str, type: Type, dialect: Dialect) -> str | None:
    text = written.replace("_", "")
    if text.lower().lstrip("-").startswith(("0x", "0o", "0b")):
        text = str(int(text, 0))
    if type.kind is Kind.INTERVAL:
        return text if text.lstrip("-").isdigit() else None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if type.kind in _INTEGERS and number == number.to_integral_value():
        text = f"{number:.0f}"
    return dialect.meaning.literal(text, type)


def _string(value: str, mark: str, type: Type, dialect: Dialect) -> str | None:
    if mark == "x":
        return value.lower() if type.kind is Kind.BYTES else None
    if mark == "b":
        return f"{int(value, 2):0{(len(value) + 7) // 8 * 2}x}" if type.kind is Kind.BYTES and value else None
    if type.kind is Kind.INTERVAL:
        found = interval(value)
        return str(found.microseconds) if found is not None and found.months == 0 else None
    return dialect.meaning.literal(value, type)


def _array(items: tuple[Expression, ...], element: Type, dialect: Dialect, types: Types) -> str | None:
    values: list[object] = []
    for item in items:
        text = neutral_constant(item, element, dialect, types)
        if text is None and not is_null(item):
            return None
        values.append(json_element(text, element) if text is not None else None)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def json_element(text: str, type: Type) -> object:
    """A value in its neutral form as an element of a JSON array."""
    if type.kind is Kind.BOOL:
        return text == "true"
    if type.kind in _INTEGERS or type.kind is Kind.INTERVAL:
        return int(text)
    if type.kind in _FLOATS:
        return float(text)
    return json.loads(text) if type.kind in (Kind.ARRAY, Kind.JSON) else text
