"""The table that a statement changes: its columns, its keys, and what the statement reads of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ....model.catalog import Column, Table
from ....model.syntax import (
    Assignment,
    ColumnName,
    Default,
    Expression,
    Insert,
    Join,
    Node,
    Query,
    Row,
    Select,
    SetOperation,
    Subquery,
    TableExpression,
    TableName,
    Target,
    walk,
)
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...spelling.kinds import FLOATS
from ...translation import Translating, Want
from .conversions import stored
from .moments import NOW


def own_name(node: TableName, t: Translating) -> str:
    """The name of the table alone."""
    return t.table_name(node) or t.text(TableName(node.parts[0].start, node.parts[-1].end, node.parts))


def called(node: TableName, t: Translating) -> str:
    """What its columns are qualified with."""
    return t.text(node.alias.name) if node.alias is not None else own_name(node, t)


def aliased(node: TableName, t: Translating) -> str:
    """The table with its alias, as FROM and UPDATE have it."""
    if node.only or (node.alias is not None and node.alias.columns):
        t.refuse("ONLY" if node.only else "an alias with columns", node)
    name = own_name(node, t)
    return name if node.alias is None else f"{name} as {t.text(node.alias.name)}"


def key_columns(table: Table, node: Node, t: Translating) -> tuple[str, ...]:
    """The columns of the primary key, by which rows are found again."""
    if table.primary_key is None:
        t.refuse(f"this statement on `{table.name}`, which has no primary key,", node, "give the table a primary key")
    return table.primary_key.columns


def key_text(columns: Sequence[str], qualifier: str, t: Translating) -> str:
    """The key of a row, as what is compared with others."""
    names = [f"{qualifier}.{t.name(column)}" for column in columns]
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def joined(node: TableExpression | None, t: Translating) -> str:
    """What stands in UPDATE's FROM or DELETE's USING, behind the table that is changed."""
    if node is None:
        return ""
    return f" cross join {f'({t.text(node)})' if isinstance(node, Join) else t.text(node)}"


def reads_itself(nodes: Sequence[Node | None], table: TableName, t: Translating) -> bool:
    """Whether a query in a statement reads the table that the statement changes, which MySQL refuses."""
    name = t.table_name(table)
    parts = (part for node in nodes if node is not None for part in walk(node))
    return any(isinstance(part, TableName) and part is not table and t.table_name(part) == name for part in parts)


# Assignments


def target_of(node: Target, t: Translating) -> Column:
    column = t.target_column(node)
    if column is None or node.path:
        t.refuse("part of a column as a target", node)
    return column


def assigned(items: Sequence[Assignment], query: Query, t: Translating) -> list[tuple[Column, str, frozenset[str]]]:
    """The columns that are set, each with its new value and the columns of the table that this reads."""
    found: list[tuple[Column, str, frozenset[str]]] = []
    for item in items:
        columns = [target_of(target, t) for target in item.targets]
        for column, (text, nodes) in zip(columns, _values(item, columns, t), strict=True):
            found.append((column, text, columns_read(nodes, query, t)))
    return found


def listed(items: Sequence[str]) -> str:
    """Assignments: one on the line that is begun, several on lines of their own."""
    return f" {items[0]}" if len(items) == 1 else "\n    " + ",\n    ".join(items)


def columns_read(nodes: Iterable[Node], query: Query, t: Translating) -> frozenset[str]:
    """The columns of the table that is changed which some nodes name."""
    names = (one for one in nodes if isinstance(one, ColumnName) and t.is_target(one, query))
    return frozenset(column.name for one in names if (column := t.origin(one)) is not None)


def _values(item: Assignment, columns: Sequence[Column], t: Translating) -> Iterator[tuple[str, list[Node]]]:
    value = item.value
    if len(columns) == 1:
        yield assigned_value(value, columns[0], t), list(walk(value))
        return
    if isinstance(value, Row) and len(value.items) == len(columns):
        for one, column in zip(value.items, columns, strict=True):
            yield assigned_value(one, column, t), list(walk(one))
        return
    if not isinstance(value, Subquery):
        t.refuse("this assignment to several columns", item)
    store_outputs(value.query, columns, t)
    names = [f"value_{number}" for number in range(1, len(columns) + 1)]
    text = t.text(value.query)
    for name in names:
        yield f"(with found({', '.join(names)}) as ({text}) select {name} from found)", list(walk(value))


def assigned_value(node: Expression, column: Column, t: Translating) -> str:
    return "default" if isinstance(node, Default) else stored(node, t.neutral(column.type), t)


def touched(table: Table, written: Sequence[Column], t: Translating) -> list[tuple[Column, str]]:
    """The columns that every change sets to its time, with that."""
    names = {column.name for column in written}
    found = [column for column in table.columns if column.touched and column.name not in names]
    return [(column, "utc_date()" if t.neutral(column.type).kind is Kind.DATE else NOW) for column in found]


def in_order(items: Sequence[tuple[Column, str, frozenset[str]]]) -> list[tuple[Column, str]] | None:
    """Assignments in an order in which none reads what another has written before it, as MySQL would; None when there
    is no such order."""
    waiting = list(items)
    found: list[tuple[Column, str]] = []
    while waiting:
        free = next(
            (one for one in waiting if not any(one[0].name in other[2] for other in waiting if other is not one)), None
        )
        if free is None:
            return None
        waiting.remove(free)
        found.append(free[:2])
    return found


# Values that a query gives


def store_outputs(source: Query, columns: Sequence[Column], t: Translating) -> None:
    """Have the columns of a query come as those of a table keep them."""
    if isinstance(source, SetOperation) and source.op == "union" and source.all:
        store_outputs(source.left, columns, t)
        store_outputs(source.right, columns, t)
        return
    for output, column in zip(t.outputs(source), columns, strict=False):
        type = t.neutral(column.type)
        if isinstance(source, Select) and output.expression is not None:
            t.want(output.expression, Want(type, stored=True))
        elif not _fits(output.type, type):
            t.refuse(f"{output.type} for a column of {type} here", output.item, "name the column, and cast it")


def _fits(source: Type, target: Type) -> bool:
    return alike(source, target) and not (target.kind is Kind.DECIMAL and source.kind in FLOATS)


def insert_columns(node: Insert, table: Table, t: Translating) -> Sequence[Column]:
    """The columns that an INSERT writes, in the order of their values."""
    if node.columns:
        return [target_of(target, t) for target in node.columns]
    width = len(t.outputs(node.source)) if node.source is not None else len(table.columns)
    return table.columns[:width]
