"""DROP of anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from ..model.catalog import Key, RelationKind, Table, UniqueKey
from ..model.ddl import Drop, ObjectName
from ..model.syntax import ColumnName, Star, TableName, walk
from .made_names import with_numbered_names
from .mentions import without_column
from .state import State


def drop(state: State, statement: Drop) -> None:
    """Take out what a DROP names; a name that nothing has is reported, unless IF EXISTS stands before it."""
    dropper = _DROPPERS.get(statement.kind)
    if dropper is not None:
        for name in statement.names:
            dropper(state, statement, name)


def _drop_table(state: State, statement: Drop, name: ObjectName) -> None:
    table = state.find_table(name)
    if table is None:
        _missing(state, statement, name, state.tables)
        return
    del state.tables[table.key]
    if statement.cascade:
        drop_views_of(state, table)
    for key, other in list(state.tables.items()):
        if table.key in (other.partition_of, *other.parents):
            del state.tables[key]
        elif any(foreign.table == table.key for foreign in other.foreign_keys):
            keys = tuple(foreign for foreign in other.foreign_keys if foreign.table != table.key)
            if statement.cascade:
                state.tables[key] = replace(other, foreign_keys=keys)


def drop_views_of(state: State, table: Table, column: str | None = None) -> None:
    """Take out the views that read a table, or one column of it, and the views of these."""
    for view in list(state.tables.values()):
        is_view = view.kind in (RelationKind.VIEW, RelationKind.MATERIALIZED_VIEW) and view.key in state.tables
        if is_view and _reads(state, view, table, column):
            del state.tables[view.key]
            drop_views_of(state, view)


def _reads(state: State, view: Table, table: Table, column: str | None) -> bool:
    nodes = list(walk(view.query)) if view.query is not None else []
    return any(isinstance(node, TableName) and state.key(node.parts) == table.key for node in nodes) and any(
        column is None or isinstance(node, Star) or (isinstance(node, ColumnName) and _is(state, node, column))
        for node in nodes
    )


def _is(state: State, name: ColumnName, column: str) -> bool:
    return state.spelled(name.parts[-1]) == column


def _drop_index(state: State, statement: Drop, name: ObjectName) -> None:
    wanted = state.spelled(name[-1])
    for table in _indexed(state, statement):
        indexes = tuple(index for index in table.indexes if index.name != wanted)
        uniques = _other_keys(state, table, wanted)
        if len(indexes) != len(table.indexes) or len(uniques) != len(table.uniques):
            state.tables[table.key] = replace(table, indexes=indexes, uniques=uniques)
            return
    names = [(table.schema, index.name) for table in state.tables.values() for index in table.indexes]
    _missing(state, statement, name, names)


def _indexed(state: State, statement: Drop) -> list[Table]:
    """The tables that the index may be of."""
    if statement.on_table is None:
        return list(state.tables.values())
    table = state.find_table(statement.on_table)
    return [table] if table is not None else []


def _other_keys(state: State, table: Table, name: str) -> tuple[UniqueKey, ...]:
    """The unique keys that are no index of a name, where a key is the index that it has."""
    forms = state.dialect.features.constraints_numbered
    if not forms:
        return table.uniques
    named = with_numbered_names(table, forms).uniques
    return tuple(key for key, with_name in zip(table.uniques, named, strict=True) if with_name.name != name)


def _drop_type(state: State, statement: Drop, name: ObjectName) -> None:
    key = state.key(name)
    if statement.cascade and state.is_type(key):
        _drop_columns_of(state, key)
    if key in state.enums:
        del state.enums[key]
    elif key in state.domains:
        del state.domains[key]
    elif key in state.composites:
        del state.composites[key]
    elif key in state.ranges:
        del state.ranges[key]
    else:
        _missing(state, statement, name, [*state.enums, *state.domains, *state.composites])


def _drop_columns_of(state: State, key: Key) -> None:
    """Take out the columns of a type."""
    for table in list(state.tables.values()):
        for column in table.columns:
            if column.type.schema is not None and column.type.key == key:
                state.tables[table.key] = without_column(state.tables[table.key], column.name, state.dialect.names)


def _drop_function(state: State, statement: Drop, name: ObjectName) -> None:
    key = state.key(name)
    found = state.functions.get(key)
    if found is None:
        _missing(state, statement, name, state.functions)
        return
    arguments = dict(zip(statement.names, statement.arguments, strict=False)).get(name)
    if arguments is None:
        del state.functions[key]
        return
    wanted = [state.type_of(argument) for argument in arguments]
    left = tuple(
        function
        for function in found
        if [argument.type for argument in function.arguments if argument.mode != "out"] != wanted
    )
    if left:
        state.functions[key] = left
    else:
        del state.functions[key]


def _drop_schema(state: State, statement: Drop, name: ObjectName) -> None:
    schema = state.spelled(name[-1])
    if schema not in state.schemas:
        _missing(state, statement, name, [("", known) for known in state.schemas])
        return
    del state.schemas[schema]
    for kind in (state.tables, state.enums, state.domains, state.composites, state.ranges, state.functions):
        for key in [key for key in kind if key[0] == schema]:
            del kind[key]


def _drop_sequence(state: State, statement: Drop, name: ObjectName) -> None:
    state.sequences.pop(state.key(name), None)


def _drop_trigger(state: State, statement: Drop, name: ObjectName) -> None:
    wanted = state.spelled(name[-1])
    on_table = state.find_table(statement.on_table) if statement.on_table else None
    for table in [on_table] if on_table is not None else list(state.tables.values()):
        triggers = tuple(trigger for trigger in table.triggers if trigger.name != wanted)
        if len(triggers) != len(table.triggers):
            state.tables[table.key] = replace(table, triggers=triggers)
            return
    known = [(table.schema, trigger.name) for table in state.tables.values() for trigger in table.triggers]
    _missing(state, statement, name, known)


def _missing(state: State, statement: Drop, name: ObjectName, known: Iterable[Key]) -> None:
    if not statement.if_exists:
        kind = "table" if statement.kind in ("view", "materialized view", "foreign table") else statement.kind
        state.unknown(kind, name, known)


_DROPPERS: Final[dict[str, Callable[[State, Drop, ObjectName], None]]] = {
    "table": _drop_table,
    "view": _drop_table,
    "materialized view": _drop_table,
    "foreign table": _drop_table,
    "index": _drop_index,
    "type": _drop_type,
    "domain": _drop_type,
    "schema": _drop_schema,
    "sequence": _drop_sequence,
    "function": _drop_function,
    "procedure": _drop_function,
    "aggregate": _drop_function,
    "routine": _drop_function,
    "trigger": _drop_trigger,
}
