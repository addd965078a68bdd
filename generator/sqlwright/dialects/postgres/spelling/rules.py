"""The entrance: each kind of node to the rule that writes it."""

from __future__ import annotations

from typing import Final

from ....model.syntax import (
    Alias,
    Between,
    Binary,
    Boolean,
    Call,
    Case,
    Cast,
    Collate,
    ColumnName,
    Cte,
    Delete,
    Distinct,
    Exists,
    Expression,
    Frame,
    FrameBound,
    Identifier,
    InList,
    InQuery,
    Insert,
    Is,
    Like,
    Limit,
    Logical,
    Node,
    Null,
    Number,
    Ordering,
    Parameter,
    Query,
    Row,
    Select,
    SetOperation,
    Star,
    String,
    Subquery,
    TableExpression,
    TableQuery,
    Unary,
    Update,
    Utility,
    Values,
    When,
    Window,
    With,
)
from ....model.types import Type
from ...translation import Translating
from .casts import write_cast
from .changes import write_delete, write_insert, write_update
from .comparisons import (
    write_between,
    write_case,
    write_collate,
    write_distinct,
    write_in_list,
    write_in_query,
    write_is,
    write_logical,
)
from .conversions import stored
from .literals import write_number, write_parameter, write_string
from .operations import write_operation
from .queries import (
    write_alias,
    write_column_name,
    write_cte,
    write_exists,
    write_limit,
    write_ordering,
    write_select,
    write_set_operation,
    write_subquery,
    write_table,
    write_table_query,
    write_values,
)
from .windows import write_window

_SAME: Final = (Boolean, Frame, FrameBound, Identifier, Null, When, With)
_NAMES: Final[dict[type[Node], str]] = {
    Row: "a row as a value",
    Star: "a whole row as a value",
}


class PostgresSpelling:
    """Implements `dialects.translation.Spelling`."""

    def rewrite(self, node: Node, t: Translating) -> str:
        match node:
            case Query():
                return _query(node, t)
            case Expression():
                return _expression(node, t)
            case TableExpression():
                return write_table(node, t)
            case _:
                return _part(node, t)

    def stored(self, node: Expression, type: Type, t: Translating) -> str:
        return stored(node, type, t)


def _query(node: Query, t: Translating) -> str:
    match node:
        case Select():
            return write_select(node, t)
        case SetOperation():
            return write_set_operation(node, t)
        case Values():
            return write_values(node, t)
        case TableQuery():
            return write_table_query(node, t)
        case Insert():
            return write_insert(node, t)
        case Update():
            return write_update(node, t)
        case Delete():
            return write_delete(node, t)
        case Utility(keyword=keyword):
            t.refuse(keyword.upper(), node)
        case _:
            t.refuse("this statement", node)


def _expression(node: Expression, t: Translating) -> str:
    match node:
        case ColumnName():
            return write_column_name(node, t)
        case Number():
            return write_number(node, t)
        case String():
            return write_string(node, t)
        case Parameter():
            return write_parameter(node, t)
        case Logical():
            return write_logical(node, t)
        case Binary() | Call() | Like() | Unary():
            return write_operation(node, t)
        case Cast():
            return write_cast(node, t)
        case Case():
            return write_case(node, t)
        case Subquery():
            return write_subquery(node, t)
        case Exists():
            return write_exists(node, t)
        case _:
            return _predicate(node, t)


def _predicate(node: Expression, t: Translating) -> str:
    match node:
        case Is():
            return write_is(node, t)
        case Distinct():
            return write_distinct(node, t)
        case Between():
            return write_between(node, t)
        case InList():
            return write_in_list(node, t)
        case InQuery():
            return write_in_query(node, t)
        case Collate():
            return write_collate(node, t)
        case _ if isinstance(node, _SAME):
            return t.same(node)
        case _:
            t.refuse(_NAMES.get(type(node), f"`{t.written(node)}`"), node)


def _part(node: Node, t: Translating) -> str:
    match node:
        case Alias():
            return write_alias(node, t)
        case Cte():
            return write_cte(node, t)
        case Limit():
            return write_limit(node, t)
        case Ordering():
            return write_ordering(node, None, t)
        case Window():
            return write_window(node, t)
        case _ if isinstance(node, _SAME):
            return t.same(node)
        case _:
            t.refuse(f"`{t.written(node)}`", node)
