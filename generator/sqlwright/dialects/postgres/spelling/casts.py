"""Conversions that are asked for. Only those that cannot fail where they were written, nor give another value."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Cast, Expression, Null, Number, Parameter, String
from ....model.types import Kind, Type
from ...translation import Translating
from ..declared import cast_name
from .conversions import alike, condition, converted
from .kinds import FLOATS, INTEGERS, described
from .literals import number
from .tightness import ATOM, fit

_LEADING_INTEGER: Final = r"'^\s*([+-]?[0-9]+)'"


def write_cast(node: Cast, t: Translating) -> str:
    value, target = node.operand, t.type(node)
    source = t.type(value)
    name = cast_name(target)
    if target.kind is Kind.OTHER or name is None:
        t.refuse(f"a cast to {t.written(node.type)}", node, "cast to integer, real or text")
    if isinstance(value, Null):
        return f"null::{name}"
    if isinstance(value, Parameter) and (alike(source, target) or source.kind is Kind.OTHER):
        return f"{t.placeholder(value)}::{name}"
    if target.kind is Kind.BOOL:
        return condition(value, t)
    if target.kind in INTEGERS:
        return _integer(value, source, t)
    if target.kind is Kind.STR and source.kind in FLOATS:
        t.refuse("a cast of a float to text", node, "cast it to an integer first")
    if target.kind is Kind.JSON and source.kind is not Kind.JSON:
        t.refuse(f"a cast of {described(source)} to JSON", node, "write json(…)")
    if isinstance(value, String) and target.kind is not Kind.STR:
        t.refuse(f"a cast of a text to {target}", node)
    text = converted(value, target, t)
    return f"{fit(text, ATOM)}::{name}" if isinstance(value, String | Number) else text


def _integer(node: Expression, source: Type, t: Translating) -> str:
    """A number is cut towards zero; of a text, the digits that it begins with are taken, and 0 when there are none."""
    value = number(node)
    if value is not None:
        return f"{int(value)}::bigint"
    if source.kind in FLOATS | {Kind.DECIMAL}:
        return f"trunc({t.text(node)})::bigint"
    if source.kind is not Kind.STR:
        return converted(node, Type(Kind.INT64), t)
    text = t.text(node)
    digits = f"coalesce(substring({text} from {_LEADING_INTEGER}), '0')::bigint"
    return f"case when {text} is not null then {digits} end" if t.nullable(node) else digits
