"""JSON, and arrays, which are kept as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Array, Boolean, Expression, Node, Null, String, Subscript
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, PLAIN, TEXTS, described
from ...spelling.queries import starred_name
from ...translation import Translating
from .conversions import converted
from .literals import quoted

Rule = Callable[[Expression, Translating], str]
_TRUTH: Final = "case {} when 1 then 'true' when 0 then 'false' end"
_MOMENTS: Final = {
    Kind.TIMESTAMP: "rtrim(rtrim(replace({}, ' ', 'T'), '0'), '.')",
    Kind.TIMESTAMPTZ: "rtrim(rtrim(substr(replace({}, ' ', 'T'), 1, 26), '0'), '.') || '+00:00'",
    Kind.TIME: "rtrim(rtrim({}, '0'), '.')",
}
"""Moments as PostgreSQL writes them into JSON: with a T, and without the zeros at their end."""
_FORMS: Final = {
    Kind.BOOL: f"json({_TRUTH})",
    Kind.FLOAT64: "json(float_json({}))",
    **dict.fromkeys((Kind.JSON, Kind.ARRAY, Kind.DECIMAL), "json({})"),
    **dict.fromkeys(INTEGERS | TEXTS, "{}"),
    **_MOMENTS,
}
"""How a value that is kept as its type is becomes one of JSON. SQLite writes a float with fifteen digits only."""
_JSON: Final = ("json(", "json_object(", "json_array(")
_MOST_MEMBERS: Final = 63
"""A function of SQLite takes up to 127 arguments."""


def json_value(node: Expression, t: Translating) -> str:
    """A value as a JSON constructor takes it."""
    if isinstance(node, Null):
        return "null"
    row = _whole_row(node, t)
    if row is not None:
        return row
    if isinstance(node, Boolean):
        return f"json('{str(node.value).lower()}')"
    type = t.type(node)
    form = _form(type, node, t)
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.DECIMAL):
        return form.format(t.text(node))
    return form.format(t.operand(node) if type.kind is Kind.BOOL else converted(node, type, t))


def json_text(value: str) -> str:
    """What a JSON constructor takes, as a JSON text that is never NULL."""
    return value if value.startswith(_JSON) else f"json_quote({value})"


def _form(type: Type, node: Node, t: Translating) -> str:
    form = _FORMS.get(type.kind)
    if form is None:
        t.refuse(f"{described(type)} in JSON", node)
    if type.element is not None:
        _check_member(type.element, node, t)
    return form


def _whole_row(node: Expression, t: Translating) -> str | None:
    """A row as an object of its columns; NULL where an outer join has found none."""
    row = t.whole_row(node)
    if row is None:
        return None
    pairs = [(one.name, _form(one.type, node, t).format(starred_name(one, t))) for one in row.columns]
    text = _members(pairs, node, t)
    if not t.nullable(node):
        return text
    if row.certain is None:
        t.refuse("a whole row that may be missing, and has no column that is NOT NULL,", node)
    return f"json(case when {starred_name(row.certain, t)} is null then null else {text} end)"


def _members(pairs: list[tuple[str, str]], node: Expression, t: Translating) -> str:
    if len(pairs) > _MOST_MEMBERS:
        t.refuse(f"a JSON object of more than {_MOST_MEMBERS} members", node)
    return called("json_object", *(part for name, value in pairs for part in (quoted(name), value)))


def element(node: Expression, type: Type, t: Translating) -> str:
    """A value as an element of an array of a type."""
    if isinstance(node, Null):
        return "null"
    _check_element(type, node, t)
    if type.kind in _MOMENTS or type.kind is Kind.INTERVAL:
        return converted(node, type, t)
    return _scalar(node, type, t)


def _check_member(type: Type, node: Node, t: Translating) -> None:
    """Elements that are kept as they are in JSON."""
    if type.kind in _MOMENTS or type.kind is Kind.INTERVAL:
        t.refuse(f"an array of {type} in JSON", node)
    _check_element(type, node, t)


def _check_element(type: Type, node: Node, t: Translating) -> None:
    if type.kind in (Kind.BYTES, Kind.FLOAT32, Kind.FLOAT64, Kind.DECIMAL, Kind.JSON, Kind.OTHER, Kind.ARRAY):
        t.refuse(f"an array of {type} made or read by a query", node)


def _scalar(node: Expression, type: Type, t: Translating) -> str:
    if isinstance(node, Boolean):
        return f"json('{str(node.value).lower()}')"
    text = t.operand(node) if type.kind is Kind.BOOL else converted(node, type, t)
    return _FORMS[type.kind].format(text)


def _object(node: Expression, t: Translating) -> str:
    arguments = args_of(node)
    if len(arguments) % 2 or any(not isinstance(key, String) for key in arguments[::2]):
        t.refuse("a JSON object whose names are not written out", node)
    names = [key.value for key in arguments[::2] if isinstance(key, String)]
    if len(set(names)) < len(names):
        t.refuse("a JSON object with a name twice", node)
    values = [json_value(value, t) for value in arguments[1::2]]
    return _members(list(zip(names, values, strict=True)), node, t)


def _of(node: Expression, t: Translating) -> str:
    """A value as a JSON text; NULL stays NULL."""
    arguments = args_of(node)
    if len(arguments) != 1:
        t.refuse(f"`{t.written(node)}`", node, "leave the second argument out")
    value = json_value(arguments[0], t)
    text = json_text(value)
    return f"nullif({text}, 'null')" if text != value and t.nullable(arguments[0]) else text


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
    "json.of": _of,
    "json.array.length": _length,
    "array.length": _array_length,
    "array.cardinality": _cardinality,
}
