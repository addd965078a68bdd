"""How PostgreSQL spells, compares and quotes names, and what it calls result columns."""

from __future__ import annotations

import re
from typing import Final

from ...model.syntax import (
    Array,
    ArrayQuery,
    AtZone,
    Call,
    Case,
    Cast,
    Collate,
    ColumnName,
    Exists,
    Expression,
    Field,
    Identifier,
    Query,
    Row,
    Select,
    SelectItem,
    SetOperation,
    Subquery,
    Subscript,
    TypeName,
    Values,
)
from .grammar import GRAMMAR
from .typenames import canonical_name

_PLAIN: Final = re.compile(r"[a-z_][a-z0-9_$]*")
_UNNAMED: Final = "?column?"
_LONGEST: Final = 63
"""How many bytes of a name are kept (NAMEDATALEN)."""
_SPECIAL_FUNCTIONS: Final = {("trim", "leading"): "ltrim", ("trim", "trailing"): "rtrim", ("trim", "both"): "btrim"}


class PostgresNames:
    """The ASCII letters of unquoted names are folded to lower case; all names are compared exactly."""

    def spelled(self, name: Identifier) -> str:
        return _spelled(name)

    def table_key(self, name: str) -> str:
        return name

    def column_key(self, name: str) -> str:
        return name

    def quoted(self, name: str) -> str:
        if _PLAIN.fullmatch(name) and name not in GRAMMAR.keywords:
            return name
        return '"' + name.replace('"', '""') + '"'

    def label(self, item: SelectItem, text: str) -> str:
        return _label(item.expression)[0]

    def value_label(self, item: SelectItem, text: str, position: int) -> str:
        return f"column{position + 1}"


def _label(expression: Expression) -> tuple[str, int]:
    """The name and its strength, as FigureColname of PostgreSQL's parse_target.c has them (2 beats 1 beats 0)."""
    match expression:
        case ColumnName(parts=parts):
            return _spelled(parts[-1]), 2
        case Field(name=name):
            return _spelled(name), 2
        case Subscript(operand=operand) | Collate(operand=operand):
            return _label(operand)
        case Call():
            return _function_label(expression), 2
        case Cast(operand=operand, type=type, form=form):
            inner, strength = _label(operand) if form != "literal" else (_UNNAMED, 0)
            return (inner, strength) if strength >= 2 else (_type_label(type), 1)
        case Case(otherwise=otherwise):
            inner, strength = _label(otherwise) if otherwise is not None else (_UNNAMED, 0)
            return (inner, strength) if strength >= 2 else ("case", 1)
        case Subquery(query=query):
            return _query_label(query)[0], 2
        case ArrayQuery() | Array():
            return "array", 2
        case Exists():
            return "exists", 2
        case Row():
            return "row", 2
        case AtZone():
            return "timezone", 2
        case _:
            return _UNNAMED, 0


def _function_label(call: Call) -> str:
    if call.form == "trim":
        return _SPECIAL_FUNCTIONS[("trim", call.options[0])]
    return "btrim" if call.function == "trim" and len(call.name) == 1 else call.function


def _type_label(name: TypeName) -> str:
    return canonical_name(name)


def _query_label(query: Query) -> tuple[str, int]:
    match query:
        case Select(items=items) if items:
            first = items[0]
            return (_spelled(first.alias), 2) if first.alias is not None else _label(first.expression)
        case SetOperation(left=left):
            return _query_label(left)
        case Values():
            return "column1", 2
        case _:
            return _UNNAMED, 0


def _spelled(name: Identifier) -> str:
    return _cut(name.text if name.quoted else _folded(name.text))


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else "".join(c.lower() if c.isascii() else c for c in name)


def _cut(name: str) -> str:
    return name if len(name) * 4 <= _LONGEST else name.encode()[:_LONGEST].decode(errors="ignore")
