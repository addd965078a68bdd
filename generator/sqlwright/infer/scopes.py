"""What names mean in one place of a query: relations, their columns, and the scopes that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..diagnostics import Diagnostic
from ..model.catalog import Column, Table
from ..model.syntax import (
    Call,
    ColumnName,
    Cte,
    Embed,
    Expression,
    FieldStar,
    Join,
    Query,
    SelectItem,
    Star,
    TableExpression,
    TableFunction,
    Target,
)
from ..model.values import entity


@entity
class TableColumn:
    """The source of a column that a table of the catalog has."""

    column: Column


@entity
class QueryColumn:
    """The source of a column that a derived table or a WITH query gives, by its position."""

    query: Query
    position: int


@entity
class FunctionColumn:
    """The source of a column of a function in FROM: `position` within what `call` gives, None for its only value."""

    function: TableFunction
    call: int
    position: int | None


@entity
class CounterColumn:
    """WITH ORDINALITY, SEARCH and CYCLE columns, which are never NULL; `kind` names them."""

    kind: Literal["ordinality", "depth", "breadth", "mark", "path"]
    values: tuple[Expression, ...] = ()
    """The two values of a mark, where they are no booleans."""


ColumnSource = TableColumn | QueryColumn | FunctionColumn | CounterColumn


@entity
class RelationColumn:
    """A column of a relation under the name that it has there."""

    name: str
    source: ColumnSource


@dataclass(slots=True, eq=False)
class Relation:
    """Something that columns can be read from, under one name. `query` is what a derived table or a CTE stands for."""

    name: str
    node: TableExpression | None
    columns: tuple[RelationColumn, ...]
    index: Mapping[str, tuple[RelationColumn, ...]]
    """The columns by folded name, with those that a star does not show."""
    table: Table | None = None
    query: Query | None = None
    cte: Cte | None = None
    function: TableFunction | None = None
    schema: str | None = None
    unknown: bool = False
    """Its columns are not known, because an error has been reported; every column is taken to exist."""

    def row_of(self) -> Expression | None:
        """The call in FROM whose row this is, when it is that and no more."""
        function = self.function
        if function is None or len(function.calls) != 1 or function.ordinality or function.columns:
            return None
        return None if function.alias is not None and function.alias.types else function.calls[0]


@entity
class ColumnRef:
    """A name that means a column of a relation."""

    relation: Relation
    column: RelationColumn


@entity
class MergedRef:
    """A column that USING or NATURAL has merged."""

    name: str
    left: Binding
    right: Binding
    join: Join


@entity
class RowRef:
    """The name of a relation used as a value: its whole row."""

    relation: Relation


@entity
class OutputRef:
    """A result column, named in ORDER BY or GROUP BY."""

    output: OutputColumn
    inside: bool = False
    """It is named in a query inside the one that it is a column of."""


@entity
class TextRef:
    """A quoted name that is a string after all (SQLite)."""

    value: str


@entity
class UnknownRef:
    """A name that has been reported; anything about it may be true."""


Binding = ColumnRef | MergedRef | RowRef | OutputRef | TextRef | UnknownRef


@entity
class OutputColumn:
    """A result column: its name, and its value as an expression or (from a star) a column.

    `path` leads into a composite value whose fields a star has spread; `embedded` names the relation that
    `sqlc.embed` nests.
    """

    name: str
    value: Expression | Binding
    item: SelectItem
    path: Column | None = None
    embedded: Embed | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """The relations that names of one query may mean, and the scope around it."""

    parent: Scope | None
    ctes: Mapping[str, Relation]
    relations: list[Relation] = field(default_factory=list[Relation])
    merged: dict[str, Binding] = field(default_factory=dict[str, Binding])
    """Columns that USING has merged, by their folded name; they are not ambiguous."""
    stars: list[tuple[str, Binding]] = field(default_factory=list[tuple[str, Binding]])
    """What `*` spreads to, in order."""
    outputs: tuple[OutputColumn, ...] = ()
    clause: str = ""
    """The clause whose names are being looked up."""
    item: SelectItem | None = None
    """The item of the select list whose names are being looked up."""
    first: Relation | None = None
    """The first relation of FROM, where `a right join b` counts as `b left join a`."""

    def cte(self, name: str) -> Relation | None:
        """The WITH query of a name, of this query or one around it."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.ctes:
                return scope.ctes[name]
            scope = scope.parent
        return None

    def outward(self) -> Iterator[Scope]:
        """This scope and those around it, the innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent


@entity
class StarExpansion:
    """A star (or an embed) of the result, and the columns it stands for."""

    node: Star | Embed | FieldStar
    outputs: tuple[OutputColumn, ...]
    relations: tuple[Relation, ...]
    """The relations whose columns it spreads, each whole and in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathering:
    """A call that gathers rows of `query`, in a clause of it.

    `inside` is the nearest such call of the same query that holds it; `filters` says that it stands in that one's
    FILTER; `is_outer` that its query is not the nearest around it.
    """

    call: Call
    query: Query
    clause: str
    inside: Gathering | None
    filters: bool
    is_outer: bool

    @property
    def is_window(self) -> bool:
        return self.call.over is not None


@dataclass(slots=True, eq=False)
class Resolution:
    """A query with all its names resolved: facts beside the syntax tree, by node."""

    query: Query
    bindings: dict[ColumnName, Binding] = field(default_factory=dict[ColumnName, Binding])
    outputs: dict[Query, tuple[OutputColumn, ...]] = field(default_factory=dict[Query, tuple[OutputColumn, ...]])
    scopes: dict[Query, Scope] = field(default_factory=dict[Query, Scope])
    relations: dict[TableExpression, Relation] = field(default_factory=dict[TableExpression, Relation])
    usings: dict[Join, tuple[tuple[Binding, Binding], ...]] = field(
        default_factory=dict[Join, tuple[tuple[Binding, Binding], ...]]
    )
    """The pairs of columns that USING and NATURAL compare."""
    targets: dict[Target, Column | None] = field(default_factory=dict[Target, "Column | None"])
    target_tables: dict[Query, Relation] = field(default_factory=dict[Query, Relation])
    stars: list[StarExpansion] = field(default_factory=list[StarExpansion])
    row_stars: dict[Star, Relation] = field(default_factory=dict[Star, Relation])
    """`t.*` where a value stands: the whole row."""
    gathered: tuple[Gathering, ...] = ()
    """Aggregates and window functions, the outer ones first."""
    findings: list[Diagnostic] = field(default_factory=list[Diagnostic])
