"""The entrance: each kind of node to the rule that writes it. What a dialect has no rule for is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from ...model.syntax import (
    Alias,
    Array,
    ArrayQuery,
    AtZone,
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
    Field,
    FieldStar,
    Frame,
    FrameBound,
    GroupingSets,
    Identifier,
    InList,
    InQuery,
    Insert,
    Is,
    Like,
    Limit,
    Logical,
    Merge,
    Node,
    Null,
    Number,
    Ordering,
    Parameter,
    Quantified,
    Query,
    Row,
    Select,
    SetOperation,
    Star,
    String,
    Subquery,
    Subscript,
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
from ...model.types import Type
from ..translation import StepTexts, Translating

N = TypeVar("N", bound=Node)
Rule = Callable[[N, Translating], str]

_SAME: Final = (Boolean, FrameBound, Identifier, Null, When)
_NAMES: Final[dict[type[Node], str]] = {
    ArrayQuery: "ARRAY(SELECT …)",
    Field: "a field of a composite value",
    FieldStar: "the fields of a composite value",
    GroupingSets: "GROUPING SETS, ROLLUP and CUBE",
    Merge: "MERGE",
    Row: "a row as a value",
    Star: "a whole row as a value",
}


def same(node: Node, t: Translating) -> str:
    return t.same(node)


def refused(node: Expression, t: Translating) -> str:
    t.refuse(f"`{t.written(node)}`", node)


def _placeholder(node: Parameter, t: Translating) -> str:
    return t.placeholder(node)


def _one(query: Query, counted: bool, t: Translating) -> StepTexts | None:
    return None


def _as_it_is(text: str) -> str:
    return text


def _no_templates() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rulebook:
    """The rules of a dialect. Implements `dialects.translation.Spelling`.

    `templates` are what related dialects write each in its own way, where they share a rule.
    """

    # Queries
    select: Rule[Select]
    set_operation: Rule[SetOperation]
    values: Rule[Values]
    table_query: Rule[TableQuery]
    insert: Rule[Insert]
    update: Rule[Update]
    delete: Rule[Delete]
    # Parts of them
    table: Rule[TableExpression]
    alias: Rule[Alias]
    with_: Rule[With] = same
    cte: Rule[Cte]
    limit: Rule[Limit]
    ordering: Rule[Ordering]
    window: Rule[Window]
    frame: Rule[Frame] = same
    # Expressions
    column_name: Rule[ColumnName]
    number: Rule[Number]
    string: Rule[String]
    parameter: Rule[Parameter] = _placeholder
    logical: Rule[Logical]
    operation: Rule[Expression]
    cast: Rule[Cast]
    case: Rule[Case]
    subquery: Rule[Subquery]
    exists: Rule[Exists]
    is_: Rule[Is]
    distinct: Rule[Distinct]
    between: Rule[Between]
    in_list: Rule[InList]
    in_query: Rule[InQuery]
    quantified: Rule[Quantified] = refused
    collate: Rule[Collate]
    array: Rule[Array] = refused
    subscript: Rule[Subscript] = refused
    # Values that a column keeps
    as_stored: Callable[[Expression, Type, Translating], str]
    in_steps: Callable[[Query, bool, Translating], StepTexts | None] = _one
    finish: Callable[[str], str] = _as_it_is
    templates: Mapping[str, str] = field(default_factory=_no_templates)

    def rewrite(self, node: Node, t: Translating) -> str:
        match node:
            case Query():
                return self._query(node, t)
            case Expression():
                return self._expression(node, t)
            case TableExpression():
                return self.table(node, t)
            case _:
                return self._part(node, t)

    def stored(self, node: Expression, type: Type, t: Translating) -> str:
        return self.as_stored(node, type, t)

    def steps(self, query: Query, counted: bool, t: Translating) -> StepTexts | None:
        return self.in_steps(query, counted, t)

    def finished(self, text: str) -> str:
        return self.finish(text)

    def _query(self, node: Query, t: Translating) -> str:
        match node:
            case Select():
                return self.select(node, t)
            case SetOperation():
                return self.set_operation(node, t)
            case Values():
                return self.values(node, t)
            case TableQuery():
                return self.table_query(node, t)
            case Insert():
                return self.insert(node, t)
            case Update():
                return self.update(node, t)
            case Delete():
                return self.delete(node, t)
            case Utility(keyword=keyword):
                t.refuse(keyword.upper(), node)
            case _:
                t.refuse(_NAMES.get(type(node), "this statement"), node)

    def _expression(self, node: Expression, t: Translating) -> str:
        match node:
            case ColumnName():
                return self.column_name(node, t)
            case Number():
                return self.number(node, t)
            case String():
                return self.string(node, t)
            case Parameter():
                return self.parameter(node, t)
            case Logical():
                return self.logical(node, t)
            case AtZone() | Binary() | Call() | Like() | Unary():
                return self.operation(node, t)
            case Cast():
                return self.cast(node, t)
            case Case():
                return self.case(node, t)
            case Subquery():
                return self.subquery(node, t)
            case Exists():
                return self.exists(node, t)
            case _:
                return self._predicate(node, t)

    def _predicate(self, node: Expression, t: Translating) -> str:
        match node:
            case Is():
                return self.is_(node, t)
            case Distinct():
                return self.distinct(node, t)
            case Between():
                return self.between(node, t)
            case InList():
                return self.in_list(node, t)
            case InQuery():
                return self.in_query(node, t)
            case Quantified():
                return self.quantified(node, t)
            case Collate():
                return self.collate(node, t)
            case Array():
                return self.array(node, t)
            case Subscript():
                return self.subscript(node, t)
            case _ if isinstance(node, _SAME):
                return t.same(node)
            case _:
                t.refuse(_NAMES.get(type(node), f"`{t.written(node)}`"), node)

    def _part(self, node: Node, t: Translating) -> str:
        match node:
            case Alias():
                return self.alias(node, t)
            case With():
                return self.with_(node, t)
            case Cte():
                return self.cte(node, t)
            case Limit():
                return self.limit(node, t)
            case Ordering():
                return self.ordering(node, t)
            case Window():
                return self.window(node, t)
            case Frame():
                return self.frame(node, t)
            case _ if isinstance(node, _SAME):
                return t.same(node)
            case _:
                t.refuse(f"`{t.written(node)}`", node)
