"""JSON, and arrays, which are kept as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Array, Boolean, Expression, Null, String, Subscript
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, PLAIN, TEXTS, described
from ...translation import Translating
from .conversions import converted

Rule = Callable[[Expression, Translating], str]
_MOMENTS: Final = frozenset((Kind.TIMESTAMP, Kind.TIMESTAMPTZ, Kind.TIME))


def json_value(node: Expression, t: Translating) -> str:
    """A value as a JSON constructor takes it."""
    if isinstance(node, Null):
        return "null"
    type = t.type(node)
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.DECIMAL):
        if type.element is not None:
            _check_element(type.element, node, t)
        return f"json({t.text(node)})"
    return _scalar(node, type, t)


def element(node: Expression, type: Type, t: Translating) -> str:
    """A value as an element of an array of a type."""
    if isinstance(node, Null):
        return "null"
    _check_element(type, node, t)
    if type.kind in _MOMENTS or type.kind is Kind.INTERVAL:
        return converted(node, type, t)
    return _scalar(node, type, t)


def _check_element(type: Type, node: Expression, t: Translating) -> None:
    if type.kind in (Kind.BYTES, Kind.FLOAT32, Kind.FLOAT64, Kind.DECIMAL, Kind.JSON, Kind.OTHER, Kind.ARRAY):
        t.refuse(f"an array of {type} made or read by a query", node)


def _scalar(node: Expression, type: Type, t: Translating) -> str:
    if isinstance(node, Boolean):
        return f"json('{'true' if node.value else 'false'}')"
    if type.kind is Kind.BOOL:
        return f"json(case {t.operand(node)} when 1 then 'true' when 0 then 'false' end)"
    if type.kind in INTEGERS or type.kind in TEXTS:
        return converted(node, type, t)
    t.refuse(f"{described(type)} in JSON", node)


def _object(node: Expression, t: Translating) -> str:
    arguments = args_of(node)
    if len(arguments) % 2 or any(not isinstance(key, String) for key in arguments[::2]):
        t.refuse("a JSON object whose names are not written out", node)
    names = [key.value for key in arguments[::2] if isinstance(key, String)]
    if len(set(names)) < len(names):
        t.refuse("a JSON object with a name twice", node)
    parts: list[str] = []
    for key, value in zip(arguments[::2], arguments[1::2], strict=True):
        parts += [t.text(key), json_value(value, t)]
    return called("json_object", *parts)


def _array(node: Expression, t: Translating) -> str:
    return called("json_array", *(json_value(one, t) for one in args_of(node)))


def _length(node: Expression, t: Translating) -> str:
    return called("json_list_length", t.text(args_of(node)[0]))


def _member(function: str) -> Rule:
    """`->` and `->>`. What `json` (other than `jsonb`) keeps is the text that went in, which only `->` cannot tell."""

    def rule(node: Expression, t: Translating) -> str:
        document, key = args_of(node)
        kept = t.sql_type(document)
        if function == "json_get_text" and (kept is None or kept.name != "jsonb"):
            t.refuse("`->>` on json", node, "declare the column as jsonb")
        if t.type(key).kind not in INTEGERS | {Kind.STR}:
            t.refuse(f"a member of JSON by {described(t.type(key))}", node)
        return called(function, t.text(document), t.text(key))

    return rule


# Arrays


def write_array(node: Array, t: Translating) -> str:
    """`array[…]`."""
    type = t.type(node).element
    if type is None or any(isinstance(item, Array) for item in node.items):
        t.refuse("this array", node)
    return called("json_array", *(element(item, type, t) for item in node.items))


def write_subscript(node: Subscript, t: Translating) -> str:
    """One element, by its number."""
    type = t.type(node.operand).element
    position = number(node.index) if node.index is not None else None
    if type is None or node.slice or position is None or position < 1 or isinstance(node.operand, Subscript):
        t.refuse("an element other than one of an array by its number", node)
    if type.kind not in PLAIN | INTEGERS or type.kind is Kind.BYTES:
        t.refuse(f"an element of an array of {type}", node)
    return f"json_extract({t.text(node.operand)}, '$[{position - 1}]')"


def _array_length(node: Expression, t: Translating) -> str:
    array, dimension = args_of(node)
    if number(dimension) != 1:
        t.refuse("array_length of another dimension than 1", node)
    return f"nullif(json_array_length({t.text(array)}), 0)"


def _cardinality(node: Expression, t: Translating) -> str:
    return called("json_array_length", t.text(args_of(node)[0]))


DOCUMENTS: Final[dict[str, Rule]] = {
    "json.get": _member("json_get"),
    "json.get.text": _member("json_get_text"),
    "json.object": _object,
    "json.array": _array,
    "json.array.length": _length,
    "array.length": _array_length,
    "array.cardinality": _cardinality,
}
