"""The columns that expressions of a table name: checks, generated columns and indexes follow when these change."""

from __future__ import annotations

from dataclasses import replace

from ..dialects.base import Names
from ..model.catalog import Check, Column, Index, Sql, Table
from ..model.exchange import exchanged
from ..model.syntax import ColumnName, Identifier, walk


def with_column_renamed(table: Table, old: str, new: str, names: Names) -> Table:
    """The table with a column's new name in all its expressions."""

    def check(found: Check) -> Check:
        return replace(found, condition=_renamed(found.condition, old, new, names))

    def column(found: Column) -> Column:
        if found.generated is None:
            return found
        return replace(found, generated=_renamed(found.generated, old, new, names))

    def index(found: Index) -> Index:
        parts = tuple(
            replace(part, expression=_renamed(part.expression, old, new, names)) if part.expression else part
            for part in found.parts
        )
        where = _renamed(found.where, old, new, names) if found.where is not None else None
        return replace(found, parts=parts, where=where)

    return replace(
        table,
        columns=tuple(column(found) for found in table.columns),
        checks=tuple(check(found) for found in table.checks),
        indexes=tuple(index(found) for found in table.indexes),
    )


def without_column(table: Table, name: str, names: Names) -> Table:
    """The table without a column, and without the keys, checks and indexes that name it, which go with it."""

    def is_named(sql: Sql | None) -> bool:
        return sql is not None and bool(_mentions(sql, name, names))

    primary = table.primary_key
    return replace(
        table,
        columns=tuple(column for column in table.columns if column.name != name),
        primary_key=None if primary is not None and name in primary.columns else primary,
        uniques=tuple(unique for unique in table.uniques if name not in unique.columns),
        foreign_keys=tuple(foreign for foreign in table.foreign_keys if name not in foreign.columns),
        checks=tuple(check for check in table.checks if not is_named(check.condition)),
        indexes=tuple(
            index
            for index in table.indexes
            if not is_named(index.where)
            and not any(part.column == name or is_named(part.expression) for part in index.parts)
        ),
    )


def _renamed(sql: Sql, old: str, new: str, names: Names) -> Sql:
    """The expression with the new name at the old one's place, as if it had been written in quotes there."""
    exchange: dict[ColumnName, ColumnName] = {}
    for node in _mentions(sql, old, names):
        *qualifier, last = node.parts
        exchange[node] = replace(node, parts=(*qualifier, Identifier(last.start, last.end, new, True)))
    return replace(sql, expression=exchanged(sql.expression, exchange))


def _mentions(sql: Sql, name: str, names: Names) -> list[ColumnName]:
    wanted = names.column_key(name)
    return [
        node
        for node in walk(sql.expression)
        if isinstance(node, ColumnName) and names.column_key(names.spelled(node.parts[-1])) == wanted
    ]
