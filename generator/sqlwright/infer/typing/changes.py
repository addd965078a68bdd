"""Types of INSERT, UPDATE, DELETE and MERGE: values meet the columns that they are stored in."""

from __future__ import annotations

from collections.abc import Sequence

from ...dialects.base import TypeFailure
from ...model.catalog import Column
from ...model.syntax import (
    Assignment,
    Default,
    Delete,
    Expression,
    Insert,
    Merge,
    Node,
    Parameter,
    Query,
    Returning,
    Row,
    Select,
    SetOperation,
    Subquery,
    Update,
    Values,
)
from ...model.types import SqlType
from .typer import Typer, is_opaque


def type_insert(t: Typer, query: Insert) -> None:
    relation = t.resolution.target_tables[query]
    listed = [t.resolution.targets.get(target) for target in query.columns]
    columns: Sequence[Column | None] = listed
    if not query.columns and relation.table is not None:
        columns = relation.table.columns
    paths = [target.path for target in query.columns]
    _source(t, query.source, columns, paths)
    for conflict in query.on_conflict:
        for column in conflict.columns:
            t.optional(column)
        t.condition(conflict.where_index)
        _assignments(t, conflict.assignments)
        t.condition(conflict.where)
    _assignments(t, query.on_duplicate)
    _returning(t, query, query.returning)


def _source(
    t: Typer, source: Query | None, columns: Sequence[Column | None], paths: Sequence[tuple[Expression, ...]]
) -> None:
    """Type the rows of an INSERT, each value for the column it goes to."""
    if isinstance(source, Values):
        for row in source.rows:
            for position, item in enumerate(row.items):
                column = columns[position] if position < len(columns) else None
                path = paths[position] if position < len(paths) else ()
                store(t, item, column, path)
        t.facts.outputs[source] = [t.expression(item) for item in source.rows[0].items]
        return
    if source is None:
        return
    types = t.query(source)
    for position, type in enumerate(list(types)):
        column = columns[position] if position < len(columns) else None
        if column is None:
            continue
        if type is None:
            _store_outputs(t, source, position, column)
            t.settle_outputs(source, [other or column.type for other in types[: position + 1]])
        else:
            _store_outputs(t, source, position, column)
            outputs = t.resolution.outputs.get(source, ())
            _check(t, type, column, outputs[position].item if position < len(outputs) else source)


def _store_outputs(t: Typer, source: Query, position: int, column: Column) -> None:
    """Note which parameters a query stores unchanged."""
    match source:
        case Select():
            outputs = t.resolution.outputs.get(source, ())
            value = outputs[position].value if position < len(outputs) else None
            if isinstance(value, Expression):
                _note(t, value, column)
        case SetOperation(left=left, right=right):
            _store_outputs(t, left, position, column)
            _store_outputs(t, right, position, column)
        case _:
            pass


def store(t: Typer, value: Expression, column: Column | None, path: tuple[Expression, ...] = ()) -> None:
    """Type a value that is stored in a column, or (with a path) in an element of it."""
    if isinstance(value, Default):
        return
    for index in path:
        t.wants(index, t.types.limit())
    if column is None:
        t.expression(value)
        return
    target = column.type
    if path:
        target = t.types.element(column.type) or column.type
    fields = t.types.fields(target) if isinstance(value, Row) else None
    if isinstance(value, Row) and fields is not None:
        for item, field in zip(value.items, fields, strict=False):
            t.wants(item, field.type)
    type = t.expression(value)
    _note(t, value, column)
    if type is None:
        t.settle(value, target)
    else:
        _check(t, type, column, value, target)


def _note(t: Typer, value: Expression, column: Column) -> None:
    parameter = t.parameter_in(value)
    if parameter is None:
        return
    parameter.meets.append(column)
    if isinstance(value, Parameter):
        parameter.met_at.append((value, column))
    parameter.stored.append(column)
    parameter.hint = parameter.hint or column.name
    if column.nullable:
        parameter.stored_nullable = True
    else:
        parameter.stored_required = True


def _check(t: Typer, type: SqlType, column: Column, node: Node, target: SqlType | None = None) -> None:
    """Report a value that the column's type does not take."""
    wanted = target or column.type
    if is_opaque(type) or is_opaque(wanted):
        return
    failure = t.types.assign(type, wanted)
    if failure is not None:
        t.fail(TypeFailure(failure.code, f"column `{column.name}`: {failure.message}", failure.help), node)


def _assignments(t: Typer, items: tuple[Assignment, ...]) -> None:
    for item in items:
        columns = [t.resolution.targets.get(target) for target in item.targets]
        if len(item.targets) == 1:
            store(t, item.value, columns[0], item.targets[0].path)
        elif isinstance(item.value, Row):
            for value, column in zip(item.value.items, columns, strict=False):
                store(t, value, column)
            t.facts.types.setdefault(item.value, None)
        elif isinstance(item.value, Subquery):
            _source(t, item.value.query, columns, [target.path for target in item.targets])
        else:
            t.expression(item.value)


def _returning(t: Typer, query: Query, returning: Returning | None) -> None:
    t.facts.outputs[query] = t.outputs(t.resolution.outputs[query]) if returning is not None else []


def type_update(t: Typer, query: Update) -> None:
    t.condition(query.where)
    for item in query.order_by:
        t.optional(item.expression)
    _returning(t, query, query.returning)
    _assignments(t, query.assignments)


def type_delete(t: Typer, query: Delete) -> None:
    t.condition(query.where)
    for item in query.order_by:
        t.optional(item.expression)
    _returning(t, query, query.returning)


def type_merge(t: Typer, query: Merge) -> None:
    t.condition(query.on)
    relation = t.resolution.target_tables[query]
    for when in query.whens:
        t.condition(when.condition)
        _assignments(t, when.assignments)
        columns: Sequence[Column | None] = [t.resolution.targets.get(target) for target in when.columns]
        if not when.columns and relation.table is not None:
            columns = relation.table.columns
        for value, column in zip(when.values, columns, strict=False):
            store(t, value, column)
    _returning(t, query, query.returning)
