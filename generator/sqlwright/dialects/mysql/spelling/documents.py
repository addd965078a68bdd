"""JSON, and arrays, which are kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from ....model.syntax import Array, Boolean, Expression, Null, String, Subscript
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, NUMBERS, PLAIN, TEXTS, described
from ...translation import Translating
from .conversions import converted
from .failures import failure
from .literals import quoted, string_as
from .objects import (
    CHAR,
    ELEMENTS,
    MOMENTS,
    QUOTED,
    TEXT,
    TRUTH,
    array_text,
    check_element,
    check_member,
    has_digits,
    is_kept,
    moment_value,
    object_text,
    rounds,
    write_row,
)
from .volatile import check_repeatable

Rule = Callable[[Expression, Translating], str]
ELEMENT: Final = "value"
NUMBER: Final = "number"


def listed(array: str, type: Type, name: str, t: Translating, with_number: bool = False) -> str | None:
    """The elements of an array as a table; None for those that no column of one takes."""
    column = ELEMENTS.get(type.kind)
    if column is None or type.element is not None:
        return None
    column = t.template("json.text") if column == TEXT else column
    numbers = f"{NUMBER} for ordinality, " if with_number else ""
    return f"json_table({array}, '$[*]' columns ({numbers}{ELEMENT} {column} path '$' error on error)) as {name}"


def json_value(node: Expression, t: Translating) -> str:
    """A value as a JSON constructor takes it."""
    if isinstance(node, Null):
        return "null"
    row = t.whole_row(node)
    if row is not None:
        return write_row(row, node, t)
    type = t.type(node)
    if type.kind in (Kind.JSON, Kind.ARRAY):
        if t.moments_are_text() and not (t.operation(node) or "").startswith("json."):
            t.refuse("a JSON document as a text in another", node, f"write json({t.written(node)})")
        if type.element is not None:
            check_member(type.element, node, t)
        return t.text(node) if is_kept(node, t) else f"json_extract({t.text(node)}, '$')"
    if type.kind is Kind.DECIMAL and (not t.moments_are_text() or not has_digits(type)):
        return t.text(node)
    if t.moments_are_text():
        return _scalar(node, type, t)
    if type.kind in MOMENTS:
        return moment_value(converted(node, type, t), type, t)
    return converted(node, type, t) if type.kind is Kind.FLOAT64 else _scalar(node, type, t)


def element(node: Expression, type: Type, t: Translating) -> str:
    """A value as an element of an array of a type."""
    if isinstance(node, Null):
        return "null"
    check_element(type, node, t)
    if type.kind in (Kind.TIMESTAMP, Kind.TIMESTAMPTZ):
        return t.template("json.text_value").format(CHAR.format(converted(node, type, t)))
    return converted(node, type, t) if type.kind is Kind.INTERVAL else _scalar(node, type, t)


def _scalar(node: Expression, type: Type, t: Translating) -> str:
    if type.kind is Kind.BOOL and t.moments_are_text():
        return converted(node, Type(Kind.INT64), t)
    if isinstance(node, Boolean):
        return f"json_extract('{'true' if node.value else 'false'}', '$')"
    if type.kind is Kind.BOOL:
        return TRUTH.format(t.operand(node))
    if type.kind in TEXTS:
        return t.template("json.text_value").format(converted(node, Type(Kind.STR), t))
    if type.kind in INTEGERS:
        return converted(node, type, t)
    t.refuse(f"{described(type)} in JSON", node)


def element_text(node: Expression, type: Type, t: Translating) -> str:
    """An element of an array, or of a JSON array where `type` is JSON, as the JSON text that it is there."""
    if type.kind is Kind.JSON:
        text = _text_of(node, t)
        return f"coalesce({text}, 'null')" if t.nullable(node) else text
    return _quoted_text(element(node, type, t), type, node, t)


def _text_of(node: Expression, t: Translating) -> str:
    """A value as a JSON text; NULL stays NULL."""
    type, value = t.type(node), json_value(node, t)
    if type.kind is Kind.JSON and not is_kept(node, t):
        return t.text(node)
    is_text = type.kind in TEXTS or (type.kind in MOMENTS and t.whole_row(node) is None)
    return QUOTED.format(value) if is_text and not isinstance(node, Null) else value


def _part_text(node: Expression, t: Translating) -> str:
    """The same in the collation of the connection, so that it can stand beside other texts."""
    text = _text_of(node, t)
    text = CHAR.format(text) if t.type(node).kind in (Kind.JSON, Kind.ARRAY, Kind.BOOL, Kind.OTHER) else text
    return f"coalesce({text}, 'null')" if t.nullable(node) else text


def _quoted_text(text: str, type: Type, node: Expression, t: Translating) -> str:
    plain = type.kind in INTEGERS or type.kind in (Kind.BOOL, Kind.INTERVAL) or isinstance(node, Null)
    found = text if plain else QUOTED.format(text)
    return f"coalesce({found}, 'null')" if t.nullable(node) else found


def _object(node: Expression, t: Translating) -> str:
    """The members in the order in which they are kept, which a database that keeps JSON as text does not change."""
    arguments = args_of(node)
    if len(arguments) % 2 or any(not isinstance(key, String) for key in arguments[::2]):
        t.refuse("a JSON object whose names are not written out", node)
    names = [key.value for key in arguments[::2] if isinstance(key, String)]
    if len(set(names)) < len(names):
        t.refuse("a JSON object with a name twice", node)
    pairs = sorted(zip(names, arguments[1::2], strict=True), key=lambda pair: _key_order(pair[0]))
    if any(rounds(value, t) for _, value in pairs):
        return object_text([(name, _part_text(value, t)) for name, value in pairs])
    parts: list[str] = []
    for name, value in pairs:
        parts += [quoted(name), json_value(value, t)]
    return called("json_object", *parts)


def _key_order(name: str) -> tuple[int, bytes]:
    return len(name.encode()), name.encode()


def _array(node: Expression, t: Translating) -> str:
    items = args_of(node)
    if any(rounds(one, t) for one in items):
        return array_text([_part_text(one, t) for one in items])
    return called("json_array", *(json_value(one, t) for one in items))


def _of(node: Expression, t: Translating) -> str:
    arguments = args_of(node)
    if len(arguments) != 1:
        t.refuse(f"`{t.written(node)}`", node, "leave the second argument out")
    text = _text_of(arguments[0], t)
    return CHAR.format(text) if t.type(arguments[0]).kind in NUMBERS else text


def _length(node: Expression, t: Translating) -> str:
    """The length of what is no array is an error."""
    argument = args_of(node)[0]
    check_repeatable(argument, t)
    text = t.text(argument)
    wrong = failure(f"{text} is not null") if t.strict else "0"
    return f"case when {_is_array(text)} then json_length({text}) " f"when {text} is not null then {wrong} end"


def _read(node: Expression, t: Translating) -> str:
    (argument,) = args_of(node)
    if t.type(argument).kind is not Kind.JSON and not isinstance(argument, String):
        t.refuse(f"json() of {described(t.type(argument))}", node)
    return string_as(argument, Type(Kind.JSON), t) if isinstance(argument, String) else t.text(argument)


# Members


def _is_array(text: str) -> str:
    """The server's own words are of another collation than its connections."""
    return f"cast(json_type({text}) as char) = 'ARRAY'"


def _member(node: Expression, t: Translating) -> str:
    document, key = args_of(node)
    check_repeatable(document, t)
    check_repeatable(key, t)
    kind = t.type(key).kind
    own = t.text(document)
    if isinstance(key, String) and kind is not Kind.INT32:
        return f"json_extract({own}, {quoted('$.' + json.dumps(key.value, ensure_ascii=False))})"
    if kind is Kind.STR:
        return f"json_extract({own}, concat('$.', cast(json_quote({t.text(key)}) as char)))"
    if kind not in INTEGERS:
        t.refuse(f"a member of JSON by {described(t.type(key))}", node)
    has_places = _is_array(own) if t.moments_are_text() else _has_places(own)
    return f"case when {has_places} then json_extract({own}, {_place(key, own, t)}) end"


def _place(key: Expression, document: str, t: Translating) -> str:
    """The path of an element by its number, which counts from the end when it is negative."""
    value = number(key)
    if value is not None and value >= 0:
        return f"'$[{int(value)}]'"
    position = f"json_length({document}) + {t.operand(key)}" if value is None else f"json_length({document}) - {-value}"
    if value is None:
        position = f"case when {t.operand(key)} < 0 then {position} else {t.operand(key)} end"
        return f"concat('$[', case when {position} < 0 then json_length({document}) else {position} end, ']')"
    return f"concat('$[', case when {position} < 0 then json_length({document}) else {position} end, ']')"


def _member_text(node: Expression, t: Translating) -> str:
    """`->>` of `jsonb`. What `json` keeps is the text that went in."""
    document = args_of(node)[0]
    kept = t.sql_type(document)
    if kept is None or kept.name != "jsonb":
        t.refuse("`->>` on json", node, "declare the column as jsonb")
    member = _member(node, t)
    return f"case when cast(json_type({member}) as char) <> 'NULL' then cast(json_unquote({member}) as char) end"


def _has_places(text: str) -> str:
    """Any value but an object is taken for an array, one of one element where it is none, on both databases."""
    return f"cast(json_type({text}) as char) <> 'OBJECT'"


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
    if type.kind not in PLAIN | INTEGERS or type.kind not in ELEMENTS:
        t.refuse(f"an element of an array of {type}", node)
    if type.kind not in (Kind.STR, Kind.ENUM) and type.kind not in INTEGERS:
        t.refuse(f"an element of an array of {type}", node)
    text = f"json_value({t.text(node.operand)}, '$[{int(position) - 1}]')"
    return f"cast({text} as signed)" if type.kind in INTEGERS else f"cast({text} as char)"


def _array_length(node: Expression, t: Translating) -> str:
    array, dimension = args_of(node)
    if number(dimension) != 1:
        t.refuse("array_length of another dimension than 1", node)
    return f"nullif(json_length({t.text(array)}), 0)"


def _cardinality(node: Expression, t: Translating) -> str:
    return called("json_length", t.text(args_of(node)[0]))


DOCUMENTS: Final[dict[str, Rule]] = {
    "json.get": _member,
    "json.get.text": _member_text,
    "json.object": _object,
    "json.array": _array,
    "json.of": _of,
    "json.read": _read,
    "json.array.length": _length,
    "array.length": _array_length,
    "array.cardinality": _cardinality,
}
