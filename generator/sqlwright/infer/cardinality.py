"""How many rows a query can give."""

from __future__ import annotations

from collections.abc import Callable

from ..model.catalog import Table
from ..model.syntax import (
    Binary,
    ColumnName,
    Delete,
    Expression,
    Insert,
    Logical,
    Number,
    Query,
    Select,
    TableName,
    Update,
    Values,
    walk,
)
from ..model.typed import Cardinality
from .scopes import ColumnRef, Relation, Resolution, TableColumn


def always_gives_row(query: Query, has_aggregate: Callable[[Select], bool]) -> bool:
    """Whether a query gives one row at least, whatever the data."""
    match query:
        case Values(limit=limit):
            return limit is None
        case Select(limit=limit) if limit is not None and (limit.offset is not None or not _positive(limit.count)):
            return False
        case Select(from_=None, where=None, having=None, group_by=()):
            return True
        case Select(group_by=(), having=None):
            return has_aggregate(query)
        case _:
            return False


def _positive(count: Expression | None) -> bool:
    return count is None or (isinstance(count, Number) and count.text.isdigit() and int(count.text) > 0)


def cardinality(query: Query, resolution: Resolution) -> Cardinality:
    """How many rows a statement gives, as far as keys, LIMIT and aggregates tell."""
    match query:
        case Select():
            return _select(query, resolution)
        case Values(rows=rows, limit=None):
            return Cardinality.ONE if len(rows) == 1 else Cardinality.MANY
        case Insert(source=source, on_conflict=conflicts):
            single = source is None or (isinstance(source, Values) and len(source.rows) == 1)
            if not single:
                return Cardinality.MANY
            certain = all(conflict.action == "update" and conflict.where is None for conflict in conflicts)
            ignores = "ignore" in query.verb
            return Cardinality.ONE if certain and not ignores else Cardinality.AT_MOST_ONE
        case Update(table=TableName() as table, from_=None, where=where):
            unique = _by_key(resolution.relations.get(table), where, resolution)
            return Cardinality.AT_MOST_ONE if unique else Cardinality.MANY
        case Delete(targets=(TableName() as table,), using=None, where=where):
            unique = _by_key(resolution.relations.get(table), where, resolution)
            return Cardinality.AT_MOST_ONE if unique else Cardinality.MANY
        case _:
            return Cardinality.MANY


def _select(query: Select, resolution: Resolution) -> Cardinality:
    def has_aggregate(select: Select) -> bool:
        return any(found.query is select and not found.is_window for found in resolution.gathered)

    if always_gives_row(query, has_aggregate):
        return Cardinality.ONE
    aggregated = not query.group_by and has_aggregate(query)
    count = query.limit.count if query.limit is not None else None
    limited = isinstance(count, Number) and count.text in ("0", "1") and not (query.limit and query.limit.with_ties)
    if aggregated or limited or query.from_ is None:
        return Cardinality.AT_MOST_ONE
    relation = resolution.relations.get(query.from_)
    if not query.group_by and _by_key(relation, query.where, resolution):
        return Cardinality.AT_MOST_ONE
    return Cardinality.MANY


def _by_key(relation: Relation | None, where: Expression | None, resolution: Resolution) -> bool:
    """Whether a condition gives each column of a unique key one value."""
    if relation is None or relation.table is None or where is None:
        return False
    fixed = _fixed_columns(relation, where, resolution)
    return any(set(key) <= fixed for key in _keys(relation.table))


def _keys(table: Table) -> list[tuple[str, ...]]:
    keys = [key.columns for key in table.uniques]
    if table.primary_key is not None:
        keys.append(table.primary_key.columns)
    for index in table.indexes:
        if index.unique and index.where is None and all(part.column is not None for part in index.parts):
            keys.append(tuple(part.column or "" for part in index.parts))
    return keys


def _fixed_columns(relation: Relation, where: Expression, resolution: Resolution) -> set[str]:
    """The columns that a condition compares with something that is the same for all rows."""
    fixed: set[str] = set()
    for conjunct in where.operands if isinstance(where, Logical) and where.op == "and" else (where,):
        if not isinstance(conjunct, Binary) or conjunct.op != "=":
            continue
        for one, other in ((conjunct.left, conjunct.right), (conjunct.right, conjunct.left)):
            column = _column_of(one, relation, resolution)
            if column is not None and not _mentions(other, relation, resolution):
                fixed.add(column)
    return fixed


def _column_of(node: Expression, relation: Relation, resolution: Resolution) -> str | None:
    binding = resolution.bindings.get(node) if isinstance(node, ColumnName) else None
    if isinstance(binding, ColumnRef) and binding.relation is relation:
        source = binding.column.source
        return source.column.name if isinstance(source, TableColumn) else None
    return None


def _mentions(node: Expression, relation: Relation, resolution: Resolution) -> bool:
    for inner in walk(node):
        binding = resolution.bindings.get(inner) if isinstance(inner, ColumnName) else None
        if isinstance(inner, ColumnName) and not (isinstance(binding, ColumnRef) and binding.relation is not relation):
            return True
    return False
