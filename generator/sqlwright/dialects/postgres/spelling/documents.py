"""JSON. What a path leads to has no one type: it is compared as JSON, and nothing else is done with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final

from ....model.syntax import Call, Expression, Node, Null, String
from ....model.types import Kind, Type
from ...paths import json_path
from ...translation import Translating
from ..ddl.values import quoted_text
from .conversions import converted
from .kinds import INTEGERS, TEXT, described
from .literals import number, string_as
from .tightness import ATOM, OTHER, fit

Rule = Callable[[Expression, Translating], str]
_EXACT_DIGITS: Final = 15
_TRUTHS: Final = "case {0} when 'true' then '1' when 'false' then '0' when 'null' then null else {0} end"


# What a path leads to


def is_document_value(node: Expression, t: Translating) -> bool:
    return t.operation(node) == "json.get.path"


def document_forms(nodes: Sequence[Expression], whole: Node, t: Translating, ordered: bool) -> list[str]:
    """Values of documents and others, all as JSON. A number there may be a truth value here."""
    if ordered:
        t.refuse("the order of a value of a JSON document", whole, "keep it in a column of its own")
    as_numbers = any(number(one) in (0, 1) for one in nodes)
    return [document(one, t, as_numbers) if is_document_value(one, t) else _as_document(one, t) for one in nodes]


def document(node: Expression, t: Translating, as_number: bool = False) -> str:
    """What a path leads to; NULL where nothing, or JSON's null, is."""
    text = _member(node, t)
    return _TRUTHS.format(fit(text, OTHER + 1)) if as_number else f"nullif({text}, 'null')"


def _member(node: Expression, t: Translating) -> str:
    source, *paths = t.arguments(node, "json.get.path")
    if len(paths) != 1:
        t.refuse("several paths", node)
    text = fit(t.text(source), OTHER)
    if not isinstance(node, Call):
        return f"{text} -> {t.text(paths[0])}"
    steps = json_path(paths[0].value) if isinstance(paths[0], String) else None
    if not steps:
        t.refuse(f"the path `{t.written(paths[0])}`", paths[0], "write it out, such as '$.name' or '$.list[0]'")
    return " -> ".join([text, *(str(step) if isinstance(step, int) else quoted_text(step) for step in steps)])


def _as_document(node: Expression, t: Translating) -> str:
    type, value = t.type(node), number(node)
    if isinstance(node, String) and node.mark != "x":
        return quoted_text(json.dumps(node.value, ensure_ascii=False))
    if value is not None:
        return quoted_text(f"{value:f}")
    if isinstance(node, Null):
        return "null"
    if type.kind in INTEGERS | {Kind.STR}:
        return f"to_jsonb({t.text(node)})"
    t.refuse(f"{described(type)} compared with a value of a JSON document", node)


# Members and constructors


def _get(node: Expression, t: Translating) -> str:
    source, key = t.arguments(node, "json.get")
    return f"{fit(t.text(source), OTHER)} -> {t.text(key)}"


def _read(node: Expression, t: Translating) -> str:
    (argument,) = t.arguments(node, "json.read")
    if isinstance(argument, String):
        return f"{string_as(argument, Type(Kind.JSON), t)}::jsonb"
    return t.text(argument) if t.type(argument).kind is Kind.JSON else f"{fit(t.text(argument), ATOM)}::jsonb"


def json_value(node: Expression, t: Translating) -> str:
    """A value as a JSON constructor takes it: JSON from a column is a text to it, unless json() reads it."""
    type = t.type(node)
    if isinstance(node, Null):
        return "null"
    if type.kind is Kind.JSON:
        operation = t.operation(node) or ""
        if not operation.startswith("json.") or operation == "json.get.path":
            t.refuse("a JSON document as a text in another", node, f"write json({t.written(node)})")
        return t.text(node)
    if type.kind in INTEGERS or _is_exact(type):
        return t.text(node)
    if type.kind in (Kind.STR, Kind.UUID, Kind.DATE):
        text = converted(node, TEXT, t)
        return f"{text}::text" if isinstance(node, String) else text
    if type.kind is Kind.BOOL:
        return converted(node, Type(Kind.INT64), t)
    t.refuse(f"{described(type)} in JSON", node)


def _is_exact(type: Type) -> bool:
    """Whether SQLite writes all decimals of a type into JSON as they are, which it does for fifteen digits."""
    return type.kind is Kind.DECIMAL and type.precision is not None and type.precision <= _EXACT_DIGITS


def _object(node: Expression, t: Translating) -> str:
    arguments = t.arguments(node, "json.object")
    keys = [key.value for key in arguments[::2] if isinstance(key, String)]
    if len(arguments) % 2 or len(set(keys)) * 2 < len(arguments):
        t.refuse("a JSON object whose names are not written out, or not once each", node)
    parts: list[str] = []
    for key, value in zip(arguments[::2], arguments[1::2], strict=True):
        parts += [t.text(key), json_value(value, t)]
    return f"jsonb_build_object({', '.join(parts)})"


def _array(node: Expression, t: Translating) -> str:
    return f"jsonb_build_array({', '.join(json_value(one, t) for one in t.arguments(node, 'json.array'))})"


def _length(node: Expression, t: Translating) -> str:
    """The number of elements; 0 for what is no array."""
    (argument,) = t.arguments(node, "json.array.length")
    text = t.text(argument)
    size = f"case jsonb_typeof({text}) when 'array' then jsonb_array_length({text}) else 0 end"
    return f"case when {text} is not null then {size} end" if t.nullable(argument) else size


def _value(node: Expression, t: Translating) -> str:
    t.refuse("a value of a JSON document, other than one that is compared,", node, "keep it in a column of its own")


DOCUMENTS: Final[dict[str, Rule]] = {
    "json.get": _get,
    "json.get.path": _value,
    "json.read": _read,
    "json.object": _object,
    "json.array": _array,
    "json.array.length": _length,
}
