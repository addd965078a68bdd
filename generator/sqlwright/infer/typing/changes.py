"""Types of INSERT, UPDATE, DELETE and MERGE: values meet the columns that they are stored in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ...diagnostics import nearest_of
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
    Step,
    Subquery,
    Update,
    Values,
)
from ...model.types import SqlType
from .typer import OPAQUE, Typer, is_opaque


def type_insert(t: Typer, query: Insert) -> None:
    relation = t.resolution.target_tables[query]
    listed = [t.resolution.targets.get(target) for target in query.columns]
    columns: Sequence[Column | None] = listed
    if not query.columns and relation.table is not None:
        columns = relation.table.columns
    _source(t, query.source, columns, [target.path for target in query.columns])
    for conflict in query.on_conflict:
        for column in conflict.columns:
            t.optional(column)
        t.condition(conflict.where_index)
        _assignments(t, conflict.assignments)
        t.condition(conflict.where)
    _assignments(t, query.on_duplicate)
    _returning(t, query, query.returning)


def _source(
    t: Typer, source: Query | None, columns: Sequence[Column | None], paths: Sequence[tuple[Step, ...]]
) -> None:
    """Type the rows of an INSERT, each value for the column, or the part of it, that it goes to."""
    places = [_Place(t, column, paths[at] if at < len(paths) else ()) for at, column in enumerate(columns)]
    if isinstance(source, Values):
        for row in source.rows:
            for position, item in enumerate(row.items):
                _store(t, item, places[position] if position < len(places) else _Place(t, None, ()))
        t.facts.outputs[source] = [t.expression(item) for item in source.rows[0].items]
        return
    if source is None:
        return
    types = t.query(source)
    for position, type in enumerate(list(types)):
        place = places[position] if position < len(places) else None
        if place is None or place.column is None:
            continue
        _store_outputs(t, source, position, place)
        if type is None:
            t.settle_outputs(source, [other or place.type for other in types[: position + 1]])
        else:
            outputs = t.resolution.outputs.get(source, ())
            _check(t, type, place, outputs[position].item if position < len(outputs) else source)


class _Place:
    """Where a value is stored: a column, or with a path the field or element of it that this leads to."""

    def __init__(self, t: Typer, column: Column | None, path: tuple[Step, ...]) -> None:
        self.column = column
        self.path = path
        self.type = _at(t, column, path) if column is not None else OPAQUE
        fields = [t.environment.spelled(step.field) for step in path if step.field is not None]
        self.name = fields[-1] if fields else column.name if column is not None else ""


def _at(t: Typer, column: Column, path: tuple[Step, ...]) -> SqlType:
    """The type of what a path leads to in a column; several brackets lead into the dimensions of one array."""
    type = column.type
    for number, step in enumerate(path):
        for bound in (step.index, step.upper):
            t.wants(bound, t.types.subscript(type))
        if step.field is not None:
            type = _field(t, type, step, t.environment.spelled(step.field))
        elif number and path[number - 1].field is None:
            continue
        elif not t.types.has_subscripts(type):
            message = f"{t.types.display(type)} has no elements"
            return t.fail(TypeFailure("not-an-array", message, "remove the brackets"), step)
        elif not any(other.slice for other in _brackets(path[number:])):
            type = t.types.element(type) or type
    return type


def _brackets(path: tuple[Step, ...]) -> Iterator[Step]:
    return takewhile(lambda step: step.field is None, path)


def _field(t: Typer, type: SqlType, step: Step, name: str) -> SqlType:
    fields = t.types.fields(type)
    if fields is None:
        message = f"{t.types.display(type)} has no fields"
        return t.fail(TypeFailure("unknown-field", message, "write the column alone"), step)
    found = next((field for field in fields if field.name == name), None)
    if found is None:
        help = nearest_of(name, [field.name for field in fields], "fields")
        return t.fail(TypeFailure("unknown-field", f"there is no field `{name}` here", help), step)
    return found.type


def _store_outputs(t: Typer, source: Query, position: int, place: _Place) -> None:
    """Note which parameters a query stores unchanged."""
    match source:
        case Select():
            outputs = t.resolution.outputs.get(source, ())
            value = outputs[position].value if position < len(outputs) else None
            if isinstance(value, Expression):
                _note(t, value, place)
        case SetOperation(left=left, right=right):
            _store_outputs(t, left, position, place)
            _store_outputs(t, right, position, place)
        case _:
            pass


def store(t: Typer, value: Expression, column: Column | None, path: tuple[Step, ...] = ()) -> None:
    """Type a value that is stored in a column, or (with a path) in a part of it."""
    _store(t, value, _Place(t, column, path))


def _store(t: Typer, value: Expression, place: _Place) -> None:
    if isinstance(value, Default):
        return
    if place.column is None:
        t.expression(value)
        return
    fields = t.types.fields(place.type) if isinstance(value, Row) else None
    if isinstance(value, Row) and fields is not None:
        for item, field in zip(value.items, fields, strict=False):
            t.wants(item, field.type)
    type = t.expression(value)
    _note(t, value, place)
    if type is None:
        t.settle(value, place.type)
    else:
        _check(t, type, place, value)


def _note(t: Typer, value: Expression, place: _Place) -> None:
    parameter, column = t.parameter_in(value), place.column
    if parameter is None or column is None:
        return
    parameter.hint = parameter.hint or place.name
    if place.path:
        parameter.stored_nullable = True
        return
    parameter.meets.append(column)
    if isinstance(value, Parameter):
        parameter.met_at.append((value, column))
    parameter.stored.append(column)
    if column.nullable:
        parameter.stored_nullable = True
    else:
        parameter.stored_required = True


def _check(t: Typer, type: SqlType, place: _Place, node: Node) -> None:
    """Report a value that the type of its place does not take."""
    if is_opaque(type) or is_opaque(place.type):
        return
    failure = t.types.assign(type, place.type)
    if failure is not None:
        t.fail(TypeFailure(failure.code, f"column `{place.name}`: {failure.message}", failure.help), node)


def _assignments(t: Typer, items: tuple[Assignment, ...]) -> None:
    for item in items:
        columns = [t.resolution.targets.get(target) for target in item.targets]
        if len(item.targets) == 1:
            store(t, item.value, columns[0], item.targets[0].path)
        elif isinstance(item.value, Row):
            for value, column, target in zip(item.value.items, columns, item.targets, strict=False):
                store(t, value, column, target.path)
            t.facts.types.setdefault(item.value, None)
        elif isinstance(item.value, Subquery):
            if t.environment.dialect.features.types_are_checked:  # it is typed before it meets the columns
                t.settle_outputs(item.value.query, [t.types.text()] * len(t.query(item.value.query)))
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
