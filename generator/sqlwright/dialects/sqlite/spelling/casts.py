"""Conversions that are asked for. One that SQLite would do leniently is done by a function that is as strict."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Cast, Expression, Null, Parameter, String
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...spelling.constants import constant_interval, fixed
from ...spelling.kinds import INTEGERS, described
from ...translation import Translating
from .conversions import converted, stored
from .literals import literal_text, quoted, string_as
from .numbers import has_digits

_EXPLICIT: Final = {
    **{(Kind.BOOL, kind): "{}" for kind in INTEGERS},
    **{(kind, Kind.BOOL): "({} <> 0)" for kind in INTEGERS},
    (Kind.STR, Kind.INT16): "text_integer({}, 16)",
    (Kind.STR, Kind.INT32): "text_integer({}, 32)",
    (Kind.STR, Kind.INT64): "text_integer({}, 64)",
    (Kind.STR, Kind.DECIMAL): "text_decimal({})",
    (Kind.STR, Kind.BOOL): "text_boolean({})",
    (Kind.STR, Kind.UUID): "text_uuid({})",
}
"""Conversions beside those that are done without being asked."""


def write_cast(node: Cast, t: Translating) -> str:
    operand, target = node.operand, t.type(node)
    constant = constant_interval(node, t)
    if constant is not None:
        return str(fixed(constant, node, t))
    if isinstance(operand, Null):
        return t.text(operand)
    if target.kind is Kind.OTHER:
        t.refuse(f"the type `{t.written(node.type)}`", node)
    if isinstance(operand, String) and t.type(operand).kind in (target.kind, Kind.OTHER):
        return _literal(operand, target, t)
    if target.kind is Kind.DECIMAL and target.scale is not None:
        return _at_scale(operand, target, t)
    if target.kind is Kind.STR and (target.length is not None or _is_padded(node, t)):
        return _cut(node, target, t)
    return _converted(operand, target, node, t)


def _literal(node: String, target: Type, t: Translating) -> str:
    if target.kind is Kind.DECIMAL:
        found = t.literal(node.value, target)
        if found is not None:
            return _at_scale_text(quoted(found), target) if target.scale is not None else literal_text(found, target)
    if target.kind is Kind.STR and target.length is not None:
        return quoted(node.value[: target.length])
    return string_as(node, target, t)


def _at_scale(node: Expression, target: Type, t: Translating) -> str:
    source = t.type(node)
    if isinstance(node, Parameter) and source.kind is Kind.DECIMAL and source.scale == target.scale:
        return t.text(node)
    if source.kind is Kind.STR and not isinstance(node, String):
        return _at_scale_text(f"text_decimal({t.text(node)})", target)
    return stored(node, target, t)


def _at_scale_text(text: str, target: Type) -> str:
    return f"decimal_round({text}, {target.scale})"


def _cut(node: Cast, target: Type, t: Translating) -> str:
    """A cast to varchar(n) cuts what is longer."""
    if target.length is None or _is_padded(node, t):
        t.refuse(f"a cast to {t.written(node.type)}", node, "cast to text")
    text = _converted(node.operand, Type(Kind.STR), node, t)
    return f"substr({text}, 1, {target.length})"


def _is_padded(node: Cast, t: Translating) -> bool:
    found = t.sql_type(node)
    return found is not None and found.name in ("bpchar", "citext", "name")


def _converted(node: Expression, target: Type, cast: Cast, t: Translating) -> str:
    source = t.type(node)
    if source.kind is Kind.JSON and target.kind is not Kind.JSON:
        t.refuse(f"a cast of JSON to {target}", cast, "take the member as text first: ->>")
    if source.kind is Kind.DECIMAL and target.kind is Kind.STR:
        if not has_digits(node, t):
            t.refuse("a cast of a decimal of no certain scale to text", cast, "cast it to a scale first")
        return t.text(node)
    template = _EXPLICIT.get((source.kind, target.kind))
    if template is not None:
        return template.format(t.operand(node))
    if alike(source, target):
        return t.operand(node)
    if source.kind is Kind.FLOAT32 and target.kind is not Kind.FLOAT64:
        t.refuse(f"a cast of {described(source)} to {target}", cast)
    return converted(node, target, t)
