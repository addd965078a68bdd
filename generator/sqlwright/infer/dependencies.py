"""Which columns have one value in each group, by keys and the equalities that hold (MySQL's manual, 14.19.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.catalog import Table
from ..model.syntax import (
    Binary,
    ColumnName,
    Expression,
    Join,
    Logical,
    Number,
    Parameter,
    Query,
    Select,
    String,
    TableExpression,
    walk,
)
from ..model.values import value
from .scopes import Binding, ColumnRef, MergedRef, QueryColumn, Relation, Resolution, TableColumn

Place = tuple[int, str]
"""A column of a relation of the query, by the relation's identity and the column's name."""


@value
class Determined:
    """What the columns of GROUP BY, and constants, determine: columns, and whole rows of relations."""

    columns: frozenset[Place]
    relations: frozenset[Relation]

    def has(self, ref: ColumnRef) -> bool:
        return ref.relation in self.relations or place_of(ref) in self.columns


def determined(select: Select, grouped: Iterable[ColumnRef], resolution: Resolution) -> Determined:
    """What has one value in each group of a query.

    A query in FROM counts as determined by any of its columns: what its own keys are is not followed here. A parameter
    is no constant: the server looks at it when it prepares the statement.
    """
    relations = resolution.scopes[select].relations
    known = {place_of(ref) for ref in grouped}
    pairs = list(_equalities(select, resolution))
    known |= {place for place, other in pairs if other is None}
    known |= {place for relation in relations for place in _constants(relation, resolution)}
    found: set[Relation] = set()
    while True:
        before = len(known) + len(found)
        for relation in relations:
            if relation not in found and _has_one_row(relation, known):
                found.add(relation)
            known |= set(_computed(relation, known))
        for one, other in pairs:
            for left, right in ((one, other), (other, one)):
                if left is not None and right is not None and _is_known(left, known, found):
                    known.add(right)
        if len(known) + len(found) == before:
            return Determined(frozenset(known), frozenset(found))


def _constants(relation: Relation, resolution: Resolution) -> Iterator[Place]:
    """The columns of a query in FROM that are made of none of that query's own columns."""
    for column in relation.columns:
        if not isinstance(column.source, QueryColumn):
            continue
        query, position = column.source.query, column.source.position
        outputs = resolution.outputs.get(query, ())
        within = isinstance(query, Select) and position < len(outputs)
        if within and _is_constant(outputs[position].value, query, resolution):
            yield id(relation), column.name


def _is_constant(value: Expression | Binding, query: Query, resolution: Resolution) -> bool:
    if not isinstance(value, Expression):
        return False
    inside = list(walk(value))
    gathered = {found.call for found in resolution.gathered if found.query is query}
    if any(isinstance(node, Parameter) or node in gathered for node in inside):
        return False
    own = resolution.scopes[query].relations
    names = [node for node in inside if isinstance(node, ColumnName)]
    return all(ref.relation not in own for name in names for ref in _refs(name, resolution))


def _computed(relation: Relation, known: set[Place]) -> Iterator[Place]:
    """The generated columns of a table that are computed from known columns."""
    for column in relation.columns:
        source = column.source
        if isinstance(source, TableColumn) and source.column.generated is not None:
            names = [node for node in walk(source.column.generated.expression) if isinstance(node, ColumnName)]
            if all((id(relation), name.parts[-1].text) in known for name in names):
                yield id(relation), source.column.name


def place_of(ref: ColumnRef) -> Place:
    """The place that a column has."""
    source = ref.column.source
    return id(ref.relation), source.column.name if isinstance(source, TableColumn) else ref.column.name


def _is_known(place: Place, known: set[Place], found: set[Relation]) -> bool:
    return place in known or any(id(relation) == place[0] for relation in found)


def _has_one_row(relation: Relation, known: set[Place]) -> bool:
    names = {name for owner, name in known if owner == id(relation)}
    if relation.table is None or relation.table.query is not None:
        return bool(names)
    return any(set(key) <= names for key in _keys(relation.table))


def _keys(table: Table) -> Iterator[tuple[str, ...]]:
    """The primary key, and the unique keys whose columns are never NULL."""
    never_null = {column.name for column in table.columns if not column.nullable}
    if table.primary_key is not None:
        yield table.primary_key.columns
    yield from (key.columns for key in table.uniques if set(key.columns) <= never_null)
    for index in table.indexes:
        names = tuple(part.column for part in index.parts if part.column is not None and part.prefix is None)
        if index.unique and index.where is None and len(names) == len(index.parts) and set(names) <= never_null:
            yield names


def _equalities(select: Select, resolution: Resolution) -> Iterator[tuple[Place, Place | None]]:
    """The columns that are equal in all rows; None stands for a constant, as a column of a query around this one is."""
    conditions = [select.where, *(join.on for join in _joins(select.from_))]
    for condition in conditions:
        for conjunct in _conjuncts(condition):
            if isinstance(conjunct, Binary) and conjunct.op == "=":
                yield from _equal(conjunct.left, conjunct.right, select, resolution)
                yield from _equal(conjunct.right, conjunct.left, select, resolution)
    for join in _joins(select.from_):
        for left, right in resolution.usings.get(join, ()):
            if isinstance(left, ColumnRef) and isinstance(right, ColumnRef):
                yield place_of(left), place_of(right)


def _equal(
    one: Expression, other: Expression, select: Select, resolution: Resolution
) -> Iterator[tuple[Place, Place | None]]:
    own = resolution.scopes[select].relations
    for left in _refs(one, resolution):
        if isinstance(other, Number | String):
            yield place_of(left), None
        for right in _refs(other, resolution):
            yield place_of(left), place_of(right) if right.relation in own else None


def _refs(node: Expression, resolution: Resolution) -> Iterator[ColumnRef]:
    binding = resolution.bindings.get(node) if isinstance(node, ColumnName) else None
    match binding:
        case ColumnRef():
            yield binding
        case MergedRef(left=left, right=right):
            yield from (side for side in (left, right) if isinstance(side, ColumnRef))
        case _:
            return


def _joins(table: TableExpression | None) -> Iterator[Join]:
    if isinstance(table, Join):
        yield table
        yield from _joins(table.left)
        yield from _joins(table.right)


def _conjuncts(condition: Expression | None) -> Iterator[Expression]:
    if isinstance(condition, Logical) and condition.op == "and":
        for operand in condition.operands:
            yield from _conjuncts(operand)
    elif condition is not None:
        yield condition
