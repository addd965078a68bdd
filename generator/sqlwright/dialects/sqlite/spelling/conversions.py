"""Values of one type where another is needed: what PostgreSQL converts without being asked, and what a cast does."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Expression, Null, Parameter, String
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, described
from ...translation import Translating, Want
from .literals import at_scale, number_text, quoted, string_as

_MIDNIGHT: Final = "({} || ' 00:00:00.000000')"
_IMPLICIT: Final = {
    (Kind.DATE, Kind.TIMESTAMP): _MIDNIGHT,
    (Kind.DATE, Kind.TIMESTAMPTZ): "({} || ' 00:00:00.000000+00:00')",
    (Kind.TIMESTAMP, Kind.TIMESTAMPTZ): "({} || '+00:00')",
    (Kind.TIMESTAMPTZ, Kind.TIMESTAMP): "substr({}, 1, 26)",
    (Kind.TIMESTAMP, Kind.DATE): "substr({}, 1, 10)",
    (Kind.TIMESTAMPTZ, Kind.DATE): "substr({}, 1, 10)",
    (Kind.TIMESTAMP, Kind.TIME): "substr({}, 12, 15)",
    (Kind.TIMESTAMPTZ, Kind.TIME): "substr({}, 12, 15)",
    (Kind.DECIMAL, Kind.FLOAT64): "decimal_float({})",
    (Kind.FLOAT32, Kind.FLOAT64): "float_single({})",
    (Kind.FLOAT64, Kind.DECIMAL): "float_decimal({})",
    (Kind.UUID, Kind.STR): "{}",
    (Kind.ENUM, Kind.STR): "{}",
    (Kind.DATE, Kind.STR): "{}",
    (Kind.BOOL, Kind.STR): "case {} when 1 then 'true' when 0 then 'false' end",
    **{(kind, Kind.DECIMAL): "cast({} as text)" for kind in INTEGERS},
    **{(kind, Kind.STR): "cast({} as text)" for kind in INTEGERS},
    **{(kind, Kind.FLOAT64): "cast({} as real)" for kind in INTEGERS},
    **{(kind, Kind.FLOAT32): "cast({} as real)" for kind in INTEGERS},
    **{(Kind.DECIMAL, kind): "cast(decimal_round({}, 0) as integer)" for kind in INTEGERS},
    **{(Kind.FLOAT64, kind): "float_integer({})" for kind in INTEGERS},
}
"""By the kinds of a value and of what it becomes; kinds of the same form are not here."""


def converted(node: Expression, target: Type, t: Translating) -> str:
    """An expression in the form in which values of a type are kept; a decimal keeps its digits."""
    if isinstance(node, Null):
        return t.text(node)
    if isinstance(node, String) and t.type(node).kind in (Kind.STR, Kind.OTHER, target.kind):
        return string_as(node, target, t)
    value = number(node)
    found = number_text(value, target) if value is not None else None
    if found is not None:
        return found
    source = t.type(node)
    if alike(source, target):
        return t.text(node)
    template = _IMPLICIT.get((source.kind, target.kind))
    if template is None or (target.kind is Kind.STR and source.kind is Kind.DECIMAL):
        t.refuse(f"{described(source)} where {target} is needed", node)
    return template.format(t.operand(node))


def wanted(node: Expression, want: Want, t: Translating) -> str:
    """An expression as its place wants it."""
    if want.stored:
        return stored(node, want.type, t)
    return canonical(node, t) if want.canonical else converted(node, want.type, t)


def stored(node: Expression, target: Type, t: Translating) -> str:
    """An expression as a column of a type keeps it: a decimal in the one spelling that its value has there."""
    if target.kind is not Kind.DECIMAL or isinstance(node, Null):
        return converted(node, target, t)
    if target.scale is not None and target.scale < 0:
        t.refuse("a decimal of negative scale", node)
    value = number(node)
    if value is not None:
        return quoted(at_scale(value, target.scale))
    if kept_at(node, t) == (target.scale,):
        return t.text(node)
    text = t.text(node) if t.type(node).kind in INTEGERS else converted(node, target, t)
    return f"decimal({text})" if target.scale is None else f"decimal_round({text}, {target.scale})"


def kept_at(node: Expression, t: Translating) -> tuple[int | None] | None:
    """The scale (None: none) at which the values of a decimal expression have one spelling each; None when not."""
    column = t.origin(node)
    if column is not None:
        type = t.neutral(column.type)
        return (type.scale,) if type.kind is Kind.DECIMAL else None
    if isinstance(node, Parameter):
        return (t.type(node).scale,)
    return None


def canonical(node: Expression, t: Translating) -> str:
    """A decimal (or an integer among decimals) in a spelling that equal values share, whatever digits they have."""
    value = number(node)
    if value is not None:
        return quoted(at_scale(value, None))
    return f"cast({t.text(node)} as text)" if t.type(node).kind in INTEGERS else f"decimal({t.text(node)})"


def groupable(node: Expression, t: Translating, what: str) -> str:
    """An expression by which rows are told apart."""
    check_groupable(t.type(node), node, t, what)
    plain = t.sql_type(node)
    if plain is not None and plain.name == "citext":
        t.refuse(f"{what} of citext", node)
    if t.type(node).kind is Kind.DECIMAL and kept_at(t.meant(node), t) is None:
        return canonical(t.meant(node), t)
    return t.text(node)


def check_groupable(type: Type, node: Expression, t: Translating, what: str) -> None:
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.OTHER):
        t.refuse(f"{what} of {described(type)}", node)
