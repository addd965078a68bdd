"""The unique keys of tables: columns that no two rows have the same values in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.catalog import Column, Making, Table
from ..model.syntax import Expression, Logical
from ..model.values import value


@value
class Key:
    """The names of a relation's columns that no two rows have the same values in; without any, there is one row.

    Rows that have NULL in one of `open` are not told apart.
    """

    columns: tuple[str, ...] = ()
    open: frozenset[str] = frozenset()


ONE_ROW = Key()


@value
class UniqueIndex:
    """A unique index of more than columns: `expressions` are in it too, and only rows for which `conditions` hold."""

    key: Key
    expressions: tuple[Expression, ...]
    conditions: tuple[Expression, ...]


def keys_of_table(table: Table, hidden: Iterable[Column]) -> Iterator[Key]:
    """The unique keys of a table's own rows, of which a star does not show `hidden`.

    One that can be deferred does not hold while a transaction goes on, whatever it is INITIALLY: SET CONSTRAINTS says
    otherwise.
    """
    for key in (*table.uniques, *((table.primary_key,) if table.primary_key is not None else ())):
        if not key.deferred:
            yield _key(table, key.columns, key.nulls_not_distinct)
    for index in table.indexes:
        if index.unique and index.where is None and all(part.column is not None for part in index.parts):
            yield _key(table, [part.column or "" for part in index.parts], index.nulls_not_distinct)
    yield from (Key((column.name,)) for column in hidden if column.made is Making.ROWID)


def indexes_of_table(table: Table) -> Iterator[UniqueIndex]:
    """The unique indexes of a table that hold expressions, or only some of the rows."""
    for index in table.indexes:
        expressions = tuple(part.expression.expression for part in index.parts if part.expression is not None)
        if index.unique and (expressions or index.where is not None):
            where = index.where.expression if index.where is not None else None
            names = [part.column for part in index.parts if part.column is not None]
            key = _key(table, names, index.nulls_not_distinct and not expressions)
            yield UniqueIndex(key, expressions, tuple(conjuncts(where)))


def conjuncts(condition: Expression | None) -> Iterator[Expression]:
    """The conditions that AND joins."""
    if isinstance(condition, Logical) and condition.op == "and":
        for operand in condition.operands:
            yield from conjuncts(operand)
    elif condition is not None:
        yield condition


def _key(table: Table, names: Sequence[str], nulls_are_equal: bool) -> Key:
    nullable = frozenset(column.name for column in table.columns if column.nullable)
    return Key(tuple(names), frozenset() if nulls_are_equal else nullable.intersection(names))
