"""Values of one type where another is needed."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Boolean, Case, Collate, Default, Expression, Node, Null, Parameter, String
from ....model.types import Kind, Type
from ...translation import Translating, Want
from ..declared import cast_name
from .kinds import FLOATS, INTEGERS, described
from .literals import number, number_text, plain_number, string_as, truth
from .moments import as_moment
from .tightness import ATOM, COMPARE, fit

_IMPLICIT: Final = {
    (Kind.UUID, Kind.STR): "{}::text",
    (Kind.ENUM, Kind.STR): "{}::text",
    (Kind.DATE, Kind.STR): "to_char({}, 'YYYY-MM-DD')",
    (Kind.BOOL, Kind.STR): "{}::int::text",
    (Kind.BOOL, Kind.FLOAT64): "{}::int::double precision",
    (Kind.DECIMAL, Kind.FLOAT64): "{}::double precision",
    **{(Kind.BOOL, kind): "{}::int" for kind in INTEGERS},
    **{(kind, Kind.STR): "{}::text" for kind in INTEGERS},
    **{(kind, Kind.FLOAT64): "{}::double precision" for kind in INTEGERS},
    **{(kind, Kind.DECIMAL): "{}::numeric" for kind in INTEGERS},
}
"""By the kinds of a value and of what it becomes; kinds of the same form are not here."""
_DATES: Final = frozenset((Kind.DATE, Kind.TIME, Kind.TIMESTAMP, Kind.TIMESTAMPTZ))


def alike(source: Type, target: Type) -> bool:
    """Whether a value of a type goes as it is where another is needed."""
    if source.element is not None and target.element is not None:
        return alike(source.element, target.element)
    if source.kind in INTEGERS and target.kind in INTEGERS:
        return True
    return source.kind is target.kind and source.kind is not Kind.OTHER


def converted(node: Expression, target: Type, t: Translating) -> str:
    """An expression as a value of a type."""
    source = t.type(node)
    match node:
        case Null() | Default():
            return t.text(node)
        case String() if source.kind in (Kind.STR, Kind.OTHER, target.kind):
            return string_as(node, target, t)
        case Case() if not alike(source, target):
            t.want(node, Want(target))
            return t.text(node)
        case Boolean(value=value) if target.kind in INTEGERS:
            return str(int(value))
        case Boolean(value=value) if target.kind is Kind.STR:
            return f"'{int(value)}'"
        case _:
            pass
    constant = _constant(node, target)
    if constant is not None:
        return constant
    if target.kind in _DATES and source.kind is Kind.STR and (t.operation(node) or "").startswith("moment."):
        return as_moment(node, target, t)
    if alike(source, target):
        return t.text(node)
    template = _IMPLICIT.get((source.kind, target.kind))
    if template is None:
        t.refuse(f"{described(source)} where {target} is needed", node)
    return template.format(fit(t.text(node), ATOM) if "{}::" in template else t.text(node))


def _constant(node: Expression, target: Type) -> str | None:
    """A number as a value of a type: 0 and 1 are truth values too."""
    value = number(node)
    if value is None:
        return None
    if target.kind is Kind.BOOL:
        found = truth(node)
        return None if found is None else str(found).lower()
    if target.kind is Kind.STR:
        return f"'{int(value)}'" if value == value.to_integral_value() and "." not in str(value) else None
    return number_text(value, target)


def condition(node: Expression, t: Translating) -> str:
    """An expression that decides something, as a truth value: a number decides by not being zero."""
    type = t.type(node)
    if isinstance(node, Null):
        return "null::boolean"
    if type.kind is Kind.BOOL:
        return t.text(node)
    if type.kind in INTEGERS | FLOATS | {Kind.DECIMAL}:
        found = truth(node)
        return str(found).lower() if found is not None else f"{fit(t.text(node), COMPARE + 1)} <> 0"
    t.refuse(f"{described(type)} as a condition", node, "compare it with something")


def operand(node: Expression, text: str, level: int, t: Translating) -> str:
    """The text of an operand that stands where it was written, in parentheses unless it is in some already."""
    return text if t.in_parentheses(node) else fit(text, level)


def wanted(node: Expression, want: Want, t: Translating) -> str:
    """An expression as its place wants it."""
    if want.stored:
        return stored(node, want.type, t)
    if isinstance(node, Null | Parameter):
        return f"{t.placeholder(node) if isinstance(node, Parameter) else 'null'}::{cast_name(want.type)}"
    text = converted(node, want.type, t)
    if want.canonical:
        return _in_full(node, text, want.type, t)
    if isinstance(node, String) and want.type.kind is not Kind.STR:
        return f"{text}::{cast_name(want.type)}"
    return text


def _in_full(node: Expression, text: str, type: Type, t: Translating) -> str:
    """A value in its type without a length or digits, whatever it was made of."""
    if type.kind is Kind.STR:
        return by_code_point(node, f"{fit(text, ATOM)}::text", t)
    if type.kind in INTEGERS:
        return text if t.origin(node) is not None else f"{fit(text, ATOM)}::bigint"
    return f"{fit(text, ATOM)}::numeric" if type.kind is Kind.DECIMAL else text


def stored(node: Expression, target: Type, t: Translating) -> str:
    """An expression whose value a column of a type keeps."""
    if isinstance(node, Parameter) and alike(t.type(node), target):
        return t.placeholder(node)
    value = number(node)
    if value is not None and target.kind in FLOATS | {Kind.DECIMAL}:
        if target.scale is not None and value != round(value, target.scale):
            t.refuse(f"a number of more than {target.scale} decimals", node, "write it rounded")
        return plain_number(value)
    if isinstance(node, Null):
        return "null"
    if target.kind is Kind.OTHER:
        t.refuse("a column of a type that is not known", node)
    return converted(node, target, t)


# Text by code point


def is_by_code_point(node: Expression, t: Translating) -> bool:
    """Whether a text has the collation "C": it is made of a column that has, or has been given it."""
    if isinstance(node, Collate) or t.origin(node) is not None:
        return True
    if isinstance(node, Case):
        parts: tuple[Expression | None, ...] = (*(when.result for when in node.whens), node.otherwise)
        return any(part is not None and is_by_code_point(part, t) for part in parts)
    operation = t.operation(node) or ""
    if operation.startswith(("text.lower", "text.upper")):
        return True
    if operation.startswith(("text.", "null.", "value.", "case.", "greatest", "least", "min", "max", "window.")):
        return any(t.type(part).kind is Kind.STR and is_by_code_point(part, t) for part in t.arguments(node, operation))
    return False


def by_code_point(node: Expression, text: str, t: Translating) -> str:
    """A text that is compared by code point, whatever the collation of the database."""
    if t.type(node).kind is not Kind.STR or is_by_code_point(node, t):
        return text
    return f'{fit(text, ATOM)} collate "C"'


def check_groupable(type: Type, node: Node, t: Translating, what: str) -> None:
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.OTHER):
        t.refuse(f"{what} of {described(type)}", node)
