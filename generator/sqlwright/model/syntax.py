"""The syntax tree of queries, one for all databases: expressions, queries and the statements that change rows.

Nodes compare by identity, so that facts about a node can be kept in tables beside the tree. `start` and `end` are
offsets in the source that the statement was read from, without parentheses around the node.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from .values import entity


@entity
class Node:
    """Anything in the tree, with its place."""

    start: int
    end: int


@entity
class Identifier(Node):
    """A name as written: `text` without its quotes, and whether it had any."""

    text: str
    quoted: bool = False


@entity
class TypeName(Node):
    """A type as written.

    `name` is in lower case unless quoted, words joined by one blank; `args` are the parenthesised arguments, or the
    labels of an enum; `suffix` holds words behind them, such as `unsigned`; `zoned` tells WITH from WITHOUT TIME ZONE.
    """

    name: str
    schema: str | None = None
    args: tuple[str, ...] = ()
    dimensions: int = 0
    suffix: tuple[str, ...] = ()
    zoned: bool | None = None
    quoted: bool = False


# Expressions


@entity
class Expression(Node):
    """Anything that has a value."""


@entity
class ColumnName(Expression):
    """A name that a scope resolves: `a`, `t.a`, `s.t.a`."""

    parts: tuple[Identifier, ...]


@entity
class Star(Expression):
    """`*`, or `t.*` with its qualifier."""

    qualifier: tuple[Identifier, ...] = ()


@entity
class Embed(Expression):
    """`sqlc.embed(t)`: the columns of a table as one nested row."""

    table: Identifier


@entity
class Null(Expression):
    pass


@entity
class Boolean(Expression):
    value: bool


@entity
class Number(Expression):
    text: str


@entity
class String(Expression):
    """A string literal: its value, and how it was marked: "", "e", "u&", "$", "n", "b" or "x"."""

    value: str
    mark: str = ""


@entity
class Parameter(Expression):
    """A placeholder; `index` counts the occurrences in the statement from 0."""

    index: int


@entity
class Variable(Expression):
    """A variable of the session (`@name`, `@@name`)."""

    name: str


@entity
class Default(Expression):
    """DEFAULT in a VALUES row or an assignment."""


@entity
class Unary(Expression):
    op: str
    operand: Expression


@entity
class Binary(Expression):
    op: str
    left: Expression
    right: Expression


@entity
class Logical(Expression):
    """`a and b and c`, flat; `op` is "and", "or" or "xor"."""

    op: str
    operands: tuple[Expression, ...]


@entity
class Is(Expression):
    """`x is [not] null|true|false|unknown|document|normalized|json …`."""

    operand: Expression
    test: str
    negated: bool


@entity
class Distinct(Expression):
    """Equality to which NULL is a value like others: IS [NOT] DISTINCT FROM, `<=>`, SQLite's IS."""

    left: Expression
    right: Expression
    negated: bool


@entity
class Like(Expression):
    """A pattern match by word: like, ilike, similar to, glob, regexp, rlike, match."""

    op: str
    operand: Expression
    pattern: Expression
    escape: Expression | None
    negated: bool


@entity
class Between(Expression):
    operand: Expression
    low: Expression
    high: Expression
    negated: bool
    symmetric: bool = False


@entity
class InList(Expression):
    """`x in (a, b)`; `open` and `end` enclose the parenthesised list."""

    operand: Expression
    items: tuple[Expression, ...]
    negated: bool
    open: int


@entity
class InQuery(Expression):
    operand: Expression
    query: Query
    negated: bool


@entity
class Quantified(Expression):
    """`x = any(…)`: `right` is an array or a query; `quantifier` is "any" or "all"."""

    op: str
    quantifier: str
    left: Expression
    right: Expression


@entity
class Exists(Expression):
    query: Query


@entity
class Subquery(Expression):
    """A query in parentheses where a value stands."""

    query: Query


@entity
class ArrayQuery(Expression):
    """`array(select …)`."""

    query: Query


@entity
class When(Node):
    condition: Expression
    result: Expression


@entity
class Case(Expression):
    operand: Expression | None
    whens: tuple[When, ...]
    otherwise: Expression | None


@entity
class Cast(Expression):
    """A conversion; `form` is "cast", "::", "literal" (`date '…'`), "convert" or "binary"."""

    operand: Expression
    type: TypeName
    form: str


@entity
class Collate(Expression):
    operand: Expression
    collation: tuple[Identifier, ...]


@entity
class AtZone(Expression):
    operand: Expression
    zone: Expression | None
    """None for AT LOCAL."""


@entity
class NamedArgument(Expression):
    name: Identifier
    value: Expression


@entity
class KeyValue(Expression):
    """`key: value` in an SQL/JSON constructor."""

    key: Expression
    value: Expression


@entity
class Variadic(Expression):
    value: Expression


@entity
class Ordering(Node):
    """One item of ORDER BY; `descending` and `nulls_first` are None where the query does not say."""

    expression: Expression
    descending: bool | None
    nulls_first: bool | None
    using: str | None = None


@entity
class FrameBound(Node):
    """`kind` is "unbounded preceding", "preceding", "current row", "following" or "unbounded following"."""

    kind: str
    offset: Expression | None = None


@entity
class Frame(Node):
    unit: str
    low: FrameBound
    high: FrameBound | None
    exclude: str | None


@entity
class Window(Node):
    """A window: a reference to a named one, or its parts, or both."""

    base: Identifier | None
    partition_by: tuple[Expression, ...]
    order_by: tuple[Ordering, ...]
    frame: Frame | None


@entity
class Call(Expression):
    """A function call.

    `form` tells how it was written: "()" with parentheses, "bare" without, or the name of a special syntax, whose
    parts are then ordinary arguments: "extract", "position", "substring", "overlay", "trim", "json", "match",
    "convert using".
    """

    name: tuple[Identifier, ...]
    args: tuple[Expression, ...] = ()
    form: str = "()"
    star: bool = False
    distinct: bool = False
    order_by: tuple[Ordering, ...] = ()
    separator: Expression | None = None
    within: tuple[Ordering, ...] = ()
    filter: Expression | None = None
    over: Window | None = None
    nulls: str | None = None
    returning: TypeName | None = None
    options: tuple[str, ...] = ()

    @property
    def function(self) -> str:
        """The function's own name in lower case, without its schema."""
        last = self.name[-1]
        return last.text if last.quoted else last.text.lower()


@entity
class Row(Expression):
    """`row(a, b)`, or `(a, b)` when not `explicit`."""

    items: tuple[Expression, ...]
    explicit: bool


@entity
class Array(Expression):
    items: tuple[Expression, ...]


@entity
class Subscript(Expression):
    """`a[i]`, or a slice `a[low:high]` where either bound may be missing."""

    operand: Expression
    index: Expression | None
    upper: Expression | None = None
    slice: bool = False


@entity
class Field(Expression):
    """`(x).field`."""

    operand: Expression
    name: Identifier


@entity
class FieldStar(Expression):
    """`(x).*`."""

    operand: Expression


@entity
class IntervalOf(Expression):
    """MySQL's `interval amount unit`."""

    amount: Expression
    unit: str


# Queries


@entity
class TableExpression(Node):
    """Anything that may stand in FROM."""


@entity
class Alias(Node):
    """`as name (columns)`; `types` are given for a function that returns records."""

    name: Identifier
    columns: tuple[Identifier, ...] = ()
    types: tuple[TypeName, ...] = ()


@entity
class TableName(TableExpression):
    parts: tuple[Identifier, ...]
    alias: Alias | None = None
    only: bool = False
    sample: tuple[Expression, ...] = ()
    options: tuple[str, ...] = ()


@entity
class DerivedTable(TableExpression):
    """A query in parentheses in FROM."""

    query: Query
    alias: Alias | None
    lateral: bool = False


@entity
class TableFunction(TableExpression):
    """A function in FROM, or several in ROWS FROM."""

    calls: tuple[Expression, ...]
    alias: Alias | None
    ordinality: bool = False
    lateral: bool = False
    columns: tuple[JsonColumn, ...] = ()


@entity
class JsonColumn(Node):
    """A column of JSON_TABLE or XMLTABLE; `nested` holds the columns of a NESTED PATH."""

    name: Identifier | None
    type: TypeName | None
    ordinality: bool = False
    exists: bool = False
    not_null: bool = False
    default: Expression | None = None
    nested: tuple[JsonColumn, ...] = ()


@entity
class Join(TableExpression):
    """`kind` is "inner", "left", "right", "full" or "cross" (which a comma is too)."""

    kind: str
    left: TableExpression
    right: TableExpression
    natural: bool = False
    on: Expression | None = None
    using: tuple[Identifier, ...] = ()
    using_alias: Identifier | None = None


@entity
class SelectItem(Node):
    """One item of a select list or RETURNING; `expression_end` is where its expression's text ends."""

    expression: Expression
    alias: Identifier | None
    expression_end: int


@entity
class GroupingSets(Expression):
    """`rollup(…)`, `cube(…)` or `grouping sets (…)`; each item is an expression, a row, or sets again."""

    kind: str
    items: tuple[Expression, ...]


@entity
class Limit(Node):
    count: Expression | None
    offset: Expression | None
    with_ties: bool = False
    single: bool = False
    """FETCH FIRST ROW, without a count."""


@entity
class Locking(Node):
    strength: str
    of: tuple[Identifier, ...]
    wait: str | None


@entity
class Search(Node):
    """SEARCH … BY `columns` SET `name`."""

    breadth: bool
    columns: tuple[Identifier, ...]
    name: Identifier


@entity
class Cycle(Node):
    """CYCLE `columns` SET `mark` TO `value` DEFAULT `default` USING `path`; without values the mark is a boolean."""

    columns: tuple[Identifier, ...]
    mark: Identifier
    values: tuple[Expression, ...]
    path: Identifier


@entity
class Cte(Node):
    """One member of WITH; `materialized` is None where the query does not say."""

    name: Identifier
    columns: tuple[Identifier, ...]
    query: Query
    materialized: bool | None = None
    search: Search | None = None
    cycle: Cycle | None = None


@entity
class With(Node):
    recursive: bool
    ctes: tuple[Cte, ...]


@entity
class Query(Node):
    """Anything that can stand in parentheses and give rows, the statements that change rows among them."""

    with_: With | None


@entity
class Select(Query):
    items: tuple[SelectItem, ...]
    distinct: bool
    distinct_on: tuple[Expression, ...]
    from_: TableExpression | None
    where: Expression | None
    group_by: tuple[Expression, ...]
    group_distinct: bool
    having: Expression | None
    windows: tuple[tuple[Identifier, Window], ...]
    order_by: tuple[Ordering, ...]
    limit: Limit | None
    locking: tuple[Locking, ...]
    with_rollup: bool = False


@entity
class SetOperation(Query):
    """`op` is "union", "intersect" or "except"."""

    op: str
    all: bool
    left: Query
    right: Query
    order_by: tuple[Ordering, ...]
    limit: Limit | None
    locking: tuple[Locking, ...] = ()


@entity
class Values(Query):
    rows: tuple[Row, ...]
    order_by: tuple[Ordering, ...] = ()
    limit: Limit | None = None


@entity
class TableQuery(Query):
    """`table name`."""

    table: TableName
    order_by: tuple[Ordering, ...] = ()
    limit: Limit | None = None


# Changes


@entity
class Step(Node):
    """A way into a column that is written: `.field`, `[index]` or, where `slice`, `[index:upper]`."""

    field: Identifier | None = None
    index: Expression | None = None
    upper: Expression | None = None
    slice: bool = False


@entity
class Target(Node):
    """A column that is written, or the field or elements of it that `path` leads to."""

    parts: tuple[Identifier, ...]
    path: tuple[Step, ...] = ()


@entity
class Assignment(Node):
    """`a = x`, or `(a, b) = (x, y)`."""

    targets: tuple[Target, ...]
    value: Expression


@entity
class Returning(Node):
    """RETURNING with its items; the span holds the whole clause."""

    items: tuple[SelectItem, ...]


@entity
class OnConflict(Node):
    """ON CONFLICT; `action` is "nothing" or "update"."""

    columns: tuple[Expression, ...]
    where_index: Expression | None
    constraint: Identifier | None
    action: str
    assignments: tuple[Assignment, ...]
    where: Expression | None


@entity
class Insert(Query):
    """INSERT or REPLACE; `verb` is the words before INTO ("insert", "insert or ignore", "replace", …)."""

    verb: str
    table: TableName
    columns: tuple[Target, ...]
    source: Query | None
    """None for DEFAULT VALUES."""
    on_conflict: tuple[OnConflict, ...]
    on_duplicate: tuple[Assignment, ...]
    row_alias: Alias | None
    returning: Returning | None
    overriding: str | None = None


@entity
class Update(Query):
    verb: str
    table: TableExpression
    """A join where the database updates joined tables (MySQL)."""
    assignments: tuple[Assignment, ...]
    from_: TableExpression | None
    where: Expression | None
    order_by: tuple[Ordering, ...]
    limit: Limit | None
    returning: Returning | None
    cursor: Identifier | None = None


@entity
class Delete(Query):
    verb: str
    targets: tuple[TableName, ...]
    """The tables that lose rows; several only on MySQL."""
    using: TableExpression | None
    where: Expression | None
    order_by: tuple[Ordering, ...]
    limit: Limit | None
    returning: Returning | None
    joined: bool = False
    """True when `using` names the targets again (MySQL's DELETE t FROM …)."""
    cursor: Identifier | None = None


@entity
class MergeWhen(Node):
    """`matched` is "matched", "not matched" or "not matched by source"; `action` is an Update, Insert or None."""

    matched: str
    condition: Expression | None
    action: str
    assignments: tuple[Assignment, ...] = ()
    columns: tuple[Target, ...] = ()
    values: tuple[Expression, ...] = ()


@entity
class Merge(Query):
    table: TableName
    using: TableExpression
    on: Expression
    whens: tuple[MergeWhen, ...]
    returning: Returning | None


@entity
class Utility(Query):
    """Any other statement, by its first words: CALL with its call, EXPLAIN and DECLARE with their query, …"""

    keyword: str
    call: Call | None = None
    query: Query | None = None
    tables: tuple[TableName, ...] = ()


_PLAIN = frozenset(("str", "str | None", "bool", "bool | None", "int", "int | None", "tuple[str, ...]"))
"""Annotations of fields that hold no node."""


_FIELDS: dict[type[Node], tuple[str, ...]] = {}
"""What `_fields` has found."""


def _fields(cls: type[Node]) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold others, in order."""
    found = _FIELDS.get(cls)
    if found is None:
        found = _FIELDS[cls] = tuple(
            name for name, field in cls.__dataclass_fields__.items() if field.type not in _PLAIN
        )
    return found


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below a node, in the order of their fields."""
    for name in _fields(type(node)):
        value: object = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif value and isinstance(value, tuple):
            yield from _nodes(cast("tuple[object, ...]", value))


def _nodes(values: tuple[object, ...]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes(cast("tuple[object, ...]", value))


@lru_cache(maxsize=64)
def walk(node: Node) -> tuple[Node, ...]:
    """A node and all below it, each before what it holds. The trees that were walked last are kept: passes repeat."""
    found: list[Node] = []
    stack = [node]
    while stack:
        current = stack.pop()
        found.append(current)
        names = _fields(type(current))
        if not names:
            continue
        below: list[Node] = []
        for name in names:
            value: object = getattr(current, name)
            if isinstance(value, Node):
                below.append(value)
            elif value and isinstance(value, tuple):
                below.extend(_nodes(cast("tuple[object, ...]", value)))
        below.reverse()
        stack.extend(below)
    return tuple(found)
