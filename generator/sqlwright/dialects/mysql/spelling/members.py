"""What a path into a JSON document leads to. It has no one type: it is compared, and nothing else is done with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from ....model.syntax import Boolean, Call, Expression, Node, Null, String
from ....model.types import Kind, Type
from ...paths import json_path
from ...spelling.constants import number, plain_decimal
from ...spelling.kinds import described
from ...translation import Translating
from .conversions import converted
from .literals import quoted
from .volatile import check_repeatable

_EXACT: Final = 2**53
_NUMBERS: Final = "('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')"
_AS_TEXT: Final = "case when {kind} = 'STRING' then concat('\"', cast(json_unquote({found}) as char)) " + (
    "when {kind} <> 'NULL' then '' end"
)
"""A text with a mark before it, which nothing else has."""
_AS_NUMBER: Final = (
    "case when {kind} in "
    + _NUMBERS
    + " then cast(json_unquote({found}) as double) "
    + "when {kind} = 'BOOLEAN' then cast(json_unquote({found}) as char) = 'true' when {kind} <> 'NULL' then {other} end"
)


def is_document_value(node: Expression, t: Translating) -> bool:
    return t.operation(node) == "json.get.path"


def document_forms(nodes: Sequence[Expression], whole: Node, t: Translating) -> list[str]:
    """Values of documents and others in forms that are equal exactly where they are: all as numbers, or all as texts.

    A value of another kind is one that none of the others has.
    """
    others = [one for one in nodes if not is_document_value(one, t) and not isinstance(one, Null)]
    if others and all(_is_text(one, t) for one in others):
        return [_text_form(one, t) for one in nodes]
    values = [_number(one) for one in others]
    if not others or not all(value is not None and abs(value) < _EXACT for value in values):
        kinds = ", ".join(dict.fromkeys(described(t.type(one)) for one in others)) or "another one"
        t.refuse(f"{kinds} compared with a value of a JSON document", whole, "compare it with text, or with a number")
    unlike = next(text for text in ("0.5", "1.5", "2.5", "3.5") if all(str(value) != text for value in values))
    return [_number_form(one, unlike, t) for one in nodes]


def document_presence(node: Expression, t: Translating) -> str:
    """What is NULL where a path leads to nothing, or to JSON's null."""
    return f"nullif({_kind_of(_found(node, t))}, 'NULL')"


def _is_text(node: Expression, t: Translating) -> bool:
    return t.type(node).kind is Kind.STR and not (isinstance(node, String) and node.mark == "x")


def _number(node: Expression) -> Decimal | None:
    return Decimal(int(node.value)) if isinstance(node, Boolean) else number(node)


def _text_form(node: Expression, t: Translating) -> str:
    if isinstance(node, Null):
        return "null"
    if not is_document_value(node, t):
        text = converted(node, Type(Kind.STR), t)
        return quoted(f'"{node.value}') if isinstance(node, String) else f"concat('\"', {text})"
    found = _found(node, t)
    return f"({_AS_TEXT.format(kind=_kind_of(found), found=found)})"


def _number_form(node: Expression, unlike: str, t: Translating) -> str:
    value = _number(node)
    if value is not None:
        return plain_decimal(value)
    if not is_document_value(node, t):
        return "null"
    found = _found(node, t)
    return f"({_AS_NUMBER.format(kind=_kind_of(found), found=found, other=unlike)})"


def _kind_of(text: str) -> str:
    """The server's own words are of another collation than its connections."""
    return f"cast(json_type({text}) as char)"


def _found(node: Expression, t: Translating) -> str:
    source, *paths = t.arguments(node, "json.get.path")
    if len(paths) != 1:
        t.refuse("several paths", node)
    check_repeatable(source, t)
    return f"json_extract({t.text(source)}, {quoted(_path(node, paths[0], t))})"


def _path(node: Expression, key: Expression, t: Translating) -> str:
    if isinstance(node, Call):
        steps = json_path(key.value) if isinstance(key, String) else None
    else:
        position = number(key)
        steps = (key.value,) if isinstance(key, String) else (int(position),) if position is not None else None
    if not steps:
        t.refuse(f"the path `{t.written(key)}`", key, "write it out, such as '$.name' or '$.list[1]'")
    if any(isinstance(step, int) and step <= 0 for step in steps):
        t.refuse("the first element, which is there any value that is no array,", key, "keep it in a column of its own")
    return "$" + "".join(f"[{one}]" if isinstance(one, int) else f".{json.dumps(one)}" for one in steps)
