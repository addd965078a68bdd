"""Values of one type where another is needed: what PostgreSQL converts without being asked, and what a cast does."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Boolean, Case, Expression, Null, Parameter, String
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...spelling.constants import number
from ...spelling.kinds import DATES, INTEGERS, NUMBERS, described
from ...translation import Translating, Want
from .dates import as_moment, is_moment_text
from .literals import number_text, quoted, string_as

_MOMENT: Final = "cast({} as datetime(6))"
_CHAR: Final = "cast({} as char)"
_WHOLE: Final = "round({}) div 1"
"""DIV gives a BIGINT, or an error; CAST would give the nearest integer that there is."""
_WHOLE_NUMBERS: Final = INTEGERS | {Kind.UINT64}
IMPLICIT: Final = {
    (Kind.DATE, Kind.TIMESTAMP): _MOMENT,
    (Kind.DATE, Kind.TIMESTAMPTZ): _MOMENT,
    (Kind.TIMESTAMP, Kind.TIMESTAMPTZ): "{}",
    (Kind.TIMESTAMPTZ, Kind.TIMESTAMP): "{}",
    (Kind.TIMESTAMP, Kind.DATE): "cast({} as date)",
    (Kind.TIMESTAMPTZ, Kind.DATE): "cast({} as date)",
    (Kind.TIMESTAMP, Kind.TIME): "cast({} as time(6))",
    (Kind.TIMESTAMPTZ, Kind.TIME): "cast({} as time(6))",
    (Kind.DECIMAL, Kind.FLOAT64): "cast({} as double)",
    (Kind.FLOAT32, Kind.FLOAT64): "cast({} as double)",
    (Kind.ENUM, Kind.STR): _CHAR,
    (Kind.DATE, Kind.STR): _CHAR,
    (Kind.BOOL, Kind.STR): "case {} when 1 then 'true' when 0 then 'false' end",
    **{(Kind.BOOL, kind): "{}" for kind in INTEGERS},
    **{(kind, Kind.BOOL): "({} <> 0)" for kind in INTEGERS},
    (Kind.BOOL, Kind.FLOAT64): "cast({} as double)",
    **{(kind, Kind.DECIMAL): "cast({} as decimal(20))" for kind in _WHOLE_NUMBERS},
    **{(kind, Kind.STR): _CHAR for kind in _WHOLE_NUMBERS},
    **{(kind, Kind.FLOAT64): "cast({} as double)" for kind in _WHOLE_NUMBERS},
    **{(Kind.DECIMAL, kind): _WHOLE for kind in INTEGERS},
    **{(Kind.FLOAT64, kind): _WHOLE for kind in INTEGERS},
}
"""By the kinds of a value and of what it becomes; kinds of the same form are not here."""
_TRUTHS: Final = NUMBERS | {Kind.BOOL, Kind.UINT64}
_PARAMETERS: Final = {
    Kind.DATE: "cast({} as date)",
    Kind.TIME: "cast({} as time(6))",
    Kind.TIMESTAMP: _MOMENT,
    Kind.TIMESTAMPTZ: _MOMENT,
    Kind.FLOAT32: "cast({} as float)",
}
"""The driver writes these as text, or as what is wider, of which an expression would be of another type."""


def write_parameter(node: Parameter, t: Translating) -> str:
    kind = t.type(node).kind
    if kind is Kind.UUID:
        return t.template("uuid.parameter").format(t.placeholder(node))
    return _PARAMETERS.get(kind, "{}").format(t.placeholder(node))


def converted(node: Expression, target: Type, t: Translating) -> str:
    """An expression in the form in which values of a type are kept; a decimal keeps its digits."""
    if isinstance(node, Null):
        return t.text(node)
    if isinstance(node, String) and t.type(node).kind in (Kind.STR, Kind.OTHER, target.kind):
        return string_as(node, target, t)
    source = t.type(node)
    if isinstance(node, Case) and not alike(source, target):
        t.want(node, Want(target))
        return t.text(node)
    found = _constant(node, target, t)
    if found is not None:
        return found
    if target.kind in DATES and is_moment_text(node, t):
        return as_moment(node, target, t)
    if alike(source, target):
        return t.text(node)
    if source.kind is Kind.UUID and target.kind is Kind.STR:
        return t.template("uuid.text").format(t.text(node))
    template = IMPLICIT.get((source.kind, target.kind))
    if template is None or (t.moments_are_text() and _is_other_text(source, target)):
        t.refuse(f"{described(source)} where {target} is needed", node)
    if source.kind is Kind.BOOL and target.kind is Kind.STR and not t.strict:
        template = _CHAR
    return template.format(t.operand(node))


def _constant(node: Expression, target: Type, t: Translating) -> str | None:
    """A number, or a truth value, as a value of a type: where numbers stand for truth, 0 and 1 are both."""
    value = number(node)
    if not t.strict:
        if isinstance(node, Boolean) and target.kind in INTEGERS | {Kind.STR}:
            return str(int(node.value)) if target.kind in INTEGERS else f"'{int(node.value)}'"
        if target.kind is Kind.BOOL and value in (0, 1):
            return str(bool(value)).lower()
        if target.kind is Kind.STR and value is not None and value == value.to_integral_value():
            return quoted(str(int(value))) if "." not in t.written(node) else None
    return number_text(value, target) if value is not None else None


def _is_other_text(source: Type, target: Type) -> bool:
    """Whether a day or a moment would become one that is written as another text."""
    return source.kind in DATES and target.kind in DATES


def condition(node: Expression, t: Translating) -> str:
    """An expression that decides something: a number does by not being zero, and of a text it is not said."""
    if not t.strict and t.type(node).kind not in _TRUTHS and not isinstance(node, Null):
        t.refuse(f"{described(t.type(node))} as a condition", node, "compare it with something")
    return t.text(node)


def wanted(node: Expression, want: Want, t: Translating) -> str:
    """An expression as its place wants it."""
    return stored(node, want.type, t) if want.stored else converted(node, want.type, t)


def stored(node: Expression, target: Type, t: Translating) -> str:
    """An expression as a column of a type keeps it. The column rounds decimals to its scale, and takes floats for
    them; an array is JSON by itself."""
    if isinstance(node, Parameter) and t.type(node).kind is target.kind:
        return t.placeholder(node)
    if target.kind is Kind.UINT64 and t.type(node).kind in INTEGERS:
        return t.text(node)
    if target.kind is Kind.DECIMAL and not isinstance(node, Null):
        if t.type(node).kind in INTEGERS:
            return t.text(node)
        if target.scale is not None and target.scale < 0:
            t.refuse("a decimal of negative scale", node)
    return converted(node, target, t)


def groupable(node: Expression, t: Translating, what: str) -> str:
    """An expression by which rows are told apart."""
    check_groupable(t.type(node), node, t, what)
    plain = t.sql_type(node)
    if plain is not None and plain.name == "citext":
        t.refuse(f"{what} of citext", node)
    return t.text(node)


def check_groupable(type: Type, node: Expression, t: Translating, what: str) -> None:
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.OTHER):
        t.refuse(f"{what} of {described(type)}", node)
