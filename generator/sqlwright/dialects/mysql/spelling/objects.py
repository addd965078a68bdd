"""JSON objects and arrays: of whole rows, and as texts where the server would round the numbers in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from ....model.catalog import RelationKind
from ....model.syntax import ColumnName, Expression, Node, walk
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called
from ...spelling.kinds import INTEGERS, TEXTS, described
from ...spelling.queries import starred_name
from ...translation import Starred, Translating, WholeRow
from .literals import quoted

TEXT: Final = "longtext"
ELEMENTS: Final = {
    Kind.BOOL: "tinyint",
    Kind.INT16: "smallint",
    Kind.INT32: "int",
    Kind.INT64: "bigint",
    Kind.STR: TEXT,
    Kind.ENUM: TEXT,
    Kind.DATE: "date",
    Kind.TIMESTAMP: "datetime(6)",
    Kind.TIMESTAMPTZ: "datetime(6)",
    Kind.INTERVAL: "bigint",
}
"""The types that JSON_TABLE gives the elements of an array."""
_TRIMMED: Final = "trim(trailing '.' from trim(trailing '0' from {}))"
_MOMENT: Final = _TRIMMED.format("date_format({}, '%Y-%m-%dT%H:%i:%s.%f')")
MOMENTS: Final = {
    Kind.TIMESTAMP: _MOMENT,
    Kind.TIMESTAMPTZ: f"concat({_MOMENT}, '+00:00')",
    Kind.TIME: _TRIMMED.format("time_format({}, '%H:%i:%s.%f')"),
}
"""Moments as PostgreSQL writes them into JSON: with a T, and without the zeros at their end."""
TRUTH: Final = "json_extract(case {} when 1 then 'true' when 0 then 'false' end, '$')"
CHAR: Final = "cast({} as char)"
QUOTED: Final = "cast(json_quote({}) as char)"
_AS_THEY_ARE: Final = INTEGERS | {Kind.DECIMAL, Kind.FLOAT64}
_EXACT_DIGITS: Final = 15
"""A decimal of so many digits is the same number once it has been a float."""


def moment_value(text: str, type: Type, t: Translating) -> str:
    return t.template("json.text_value").format(MOMENTS[type.kind].format(text))


def check_member(type: Type, node: Node, t: Translating) -> None:
    """Elements that are kept as they are in JSON."""
    if type.kind in MOMENTS or type.kind is Kind.INTERVAL:
        t.refuse(f"an array of {type} in JSON", node)
    check_element(type, node, t)


def check_element(type: Type, node: Node, t: Translating) -> None:
    if type.kind not in ELEMENTS and type.kind is not Kind.UUID:
        t.refuse(f"an array of {type} made or read by a query", node)


# Whole rows


def write_row(row: WholeRow, node: Expression, t: Translating) -> str:
    """A row as an object of its columns; NULL where an outer join has found none."""
    as_text = _row_rounds(row, t)
    if as_text:
        text = object_text([(one.name, _member_text(one, node, t)) for one in row.columns])
    else:
        parts = [part for one in row.columns for part in (quoted(one.name), _member(one, node, t))]
        text = called("json_object", *parts)
    if not t.nullable(node):
        return text
    if row.certain is None:
        t.refuse("a whole row that may be missing, and has no column that is NOT NULL,", node)
    found = f"case when {starred_name(row.certain, t)} is null then null else {text} end"
    return found if as_text else f"json_extract({found}, '$')"


def _member(column: Starred, node: Expression, t: Translating) -> str:
    """A column as a JSON constructor takes it."""
    type, text = column.type, starred_name(column, t)
    match type.kind:
        case Kind.BOOL:
            return TRUTH.format(text)
        case Kind.JSON | Kind.ARRAY:
            if type.element is not None:
                check_member(type.element, node, t)
            return f"json_extract({text}, '$')"
        case _ if type.kind in MOMENTS:
            return moment_value(text, type, t)
        case _ if type.kind in TEXTS:
            return t.template("json.text_value").format(_plain(type, t).format(text))
        case _ if type.kind in _AS_THEY_ARE:
            return text
        case _:
            t.refuse(f"{described(type)} in JSON", node)


def _plain(type: Type, t: Translating) -> str:
    """How a value that is kept as another becomes a text."""
    if type.kind is Kind.UUID:
        return t.template("uuid.text")
    return "{}" if type.kind is Kind.STR else CHAR


def _member_text(column: Starred, node: Expression, t: Translating) -> str:
    """A column as the JSON text of its value."""
    kind = column.type.kind
    text = starred_name(column, t) if kind is Kind.JSON else _member(column, node, t)
    if kind in TEXTS or kind in MOMENTS:
        text = QUOTED.format(text)
    elif kind not in _AS_THEY_ARE:
        text = CHAR.format(text)
    return f"coalesce({text}, 'null')"


# Texts


def object_text(members: Sequence[tuple[str, str]]) -> str:
    """An object as a text, of the texts of its members."""
    parts: list[str] = []
    before = "{"
    for name, text in members:
        parts += [quoted(f"{before}{json.dumps(name, ensure_ascii=False)}: "), text]
        before = ", "
    return called("concat", *parts, "'}'")


def array_text(items: Sequence[str]) -> str:
    parts = [part for item in items for part in ("', '", item)]
    return called("concat", "'['", *parts[1:], "']'")


def rounds(node: Expression, t: Translating) -> bool:
    """Whether the numbers in a document would lose digits if the server had to read its text."""
    if not t.template("json.rounds") or t.type(node).kind not in (Kind.JSON, Kind.OTHER) or is_kept(node, t):
        return False
    row = t.whole_row(node)
    if row is not None:
        return _row_rounds(row, t)
    match t.operation(node):
        case "json.object":
            return any(rounds(value, t) for value in args_of(node)[1::2])
        case "json.array" | "json.of":
            return any(rounds(value, t) for value in args_of(node))
        case "json.get":
            return False
        case _:
            return any(isinstance(part, Expression) and _is_wide(part, t) for part in walk(node))


def _is_wide(node: Expression, t: Translating) -> bool:
    type, row = t.type(node), t.whole_row(node)
    if row is not None:
        return _row_rounds(row, t) or any(has_digits(one.type) for one in row.columns)
    return has_digits(type) or (type.kind is Kind.JSON and isinstance(node, ColumnName) and not is_kept(node, t))


def has_digits(type: Type) -> bool:
    """Whether a decimal can have more digits than a float."""
    return type.kind is Kind.DECIMAL and (type.precision is None or type.precision > _EXACT_DIGITS)


def _row_rounds(row: WholeRow, t: Translating) -> bool:
    documents = any(one.type.kind is Kind.JSON and one.origin is None for one in row.columns)
    return documents and bool(t.template("json.rounds"))


def is_kept(node: Expression, t: Translating) -> bool:
    """Whether JSON is that of a table's column, and no text that the server would put into JSON as a text."""
    table = t.table_of(node) if isinstance(node, ColumnName) else None
    return table is not None and table.kind is RelationKind.TABLE
