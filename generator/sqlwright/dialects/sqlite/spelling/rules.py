"""The entrance: each kind of node to the rule that writes it."""

from __future__ import annotations

from typing import Final

from ....model.syntax import (
    Alias,
    AtZone,
    Binary,
    Boolean,
    Call,
    Case,
    ColumnName,
    Delete,
    Exists,
    Expression,
    Frame,
    FrameBound,
    Identifier,
    InQuery,
    Insert,
    IntervalOf,
    Join,
    Like,
    Logical,
    Node,
    Null,
    Number,
    Query,
    Select,
    SelectItem,
    SetOperation,
    Subquery,
    TableExpression,
    TableName,
    Unary,
    Update,
    Values,
    When,
    Window,
    With,
)
from ...translation import Translating
from .changes import write_delete, write_insert, write_update
from .expressions import write_expression
from .operations import write_operation
from .queries import write_clause

_SAME: Final = (
    Alias,
    Boolean,
    Case,
    ColumnName,
    Exists,
    Frame,
    FrameBound,
    Identifier,
    InQuery,
    Join,
    Logical,
    Null,
    Number,
    SetOperation,
    Subquery,
    TableName,
    Values,
    When,
    Window,
    With,
)
_OPERATIONS: Final = (AtZone, Binary, Call, IntervalOf, Like, Unary)


class SqliteSpelling:
    """Implements `dialects.translation.Spelling`."""

    def rewrite(self, node: Node, t: Translating) -> str:
        match node:
            case Insert():
                return write_insert(node, t)
            case Update():
                return write_update(node, t)
            case Delete():
                return write_delete(node, t)
            case Unary(op="not"):
                return t.same(node)
            case Expression() if isinstance(node, _OPERATIONS):
                return write_operation(node, t)
            case Select() | SelectItem() | TableExpression() | Query():
                return write_clause(node, t)
            case Expression() if not isinstance(node, _SAME):
                return write_expression(node, t)
            case _:
                return t.same(node) if isinstance(node, _SAME) else write_clause(node, t)
