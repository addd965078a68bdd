"""ALTER TABLE: a Table to the Table that an action leaves."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, TypeVar

from ..diagnostics import Diagnostic, error, warning
from ..model.catalog import Check, Column, ForeignKey, Index, Key, KeyPart, Making, Table, UniqueKey
from ..model.ddl import (
    AddColumn,
    AddConstraint,
    AddIndex,
    AlterAction,
    AlterColumn,
    AlterTable,
    AttachPartition,
    ChangeColumn,
    DropColumn,
    DropConstraint,
    Inherit,
    OtherAction,
    RenameColumn,
    RenameConstraint,
    RenameTable,
    SetTableComment,
    SetTableSchema,
    ValidateConstraint,
)
from ..model.syntax import Identifier
from .drops import drop_views_of
from .made_names import with_made_names, with_numbered_names
from .mentions import with_column_renamed, without_column
from .state import State
from .tables import Parts, add_constraint, assembled, column_of, index_of, parts_of, sql_of

N = TypeVar("N", UniqueKey, ForeignKey, Check)
_SECURITY: Final = re.compile(r"\b(?:enable|disable)\s+row\s+level\s+security", re.IGNORECASE)

_WITHOUT_EFFECT: Final = frozenset("""
    add algorithm alter analyze auto_increment avg_row_length character charset check checksum cluster coalesce collate
    comment compression connection convert data default delay_key_write disable discard drop enable encryption engine
    exchange force import index insert_method key_block_size lock max_rows min_rows no not of optimize options order
    owner pack_keys partition password rebuild remove rename reorganize repair replica reset row_format secondary_load
    secondary_unload set stats_auto_recalc stats_persistent stats_sample_pages tablespace truncate union validate with
    without
    """.split())
"""The first words of actions that change nothing a catalog holds."""


def alter_table(state: State, statement: AlterTable) -> None:
    """Apply the actions of an ALTER TABLE, one after the other."""
    table = state.find_table(statement.name)
    if table is None:
        sequence = state.key(statement.name) in state.sequences
        if not statement.if_exists and not sequence:
            state.unknown("table", statement.name, state.tables)
        return
    for action in statement.actions:
        found = _altered(state, table, action, statement.only)
        table = found if found is not None else table


def _altered(state: State, table: Table, action: AlterAction, only: bool) -> Table | None:
    """Apply one action to a table, and to all that inherit from it what they inherit."""
    heirs = [] if only else _heirs(state, table, action)
    if state.dialect.features.constraints_named_for_tables and isinstance(action, RenameTable | RenameColumn):
        table = with_made_names(table, state.dialect.names)
    changed = _apply(state, table, action)
    if changed is None:
        return None
    if changed.key != table.key:
        state.rename_table(table, changed.key)
    else:
        state.tables[changed.key] = changed
    for heir in heirs:
        _altered(state, heir, action, only=False)
    return changed


def _heirs(state: State, table: Table, action: AlterAction) -> list[Table]:
    """The partitions and children of a table that an action changes as well."""
    match action:
        case AddConstraint(constraint=constraint):
            all_heirs = constraint.kind in ("check", "not null")
        case AddColumn() | DropColumn() | RenameColumn() | AlterColumn() | ChangeColumn():
            all_heirs = True
        case _:
            return []
    found: list[Table] = []
    for other in state.tables.values():
        if other.partition_of == table.key or (all_heirs and table.key in other.parents):
            own = _column_named(state, other, action)
            if not (isinstance(action, AddColumn) and own) and not (isinstance(action, DropColumn) and not own):
                found.append(other)
    return found


def _column_named(state: State, table: Table, action: AlterAction) -> bool:
    match action:
        case AddColumn(column=column):
            return state.find_column(table, column.name) is not None
        case DropColumn(name=name):
            return state.find_column(table, name) is not None
        case _:
            return False


def _apply(state: State, table: Table, action: AlterAction) -> Table | None:
    """The table after one action; None when nothing that the catalog holds has changed."""
    match action:
        case AddColumn():
            return _add_column(state, table, action)
        case DropColumn():
            return _drop_column(state, table, action)
        case ChangeColumn():
            return _change_column(state, table, action)
        case AlterColumn():
            return _alter_column(state, table, action)
        case RenameColumn():
            return _rename_column(state, table, action.name, action.new_name)
        case AddConstraint():
            parts = parts_of(table)
            add_constraint(state, table.columns, parts, action.constraint, table.key)
            return assembled(state, table, parts)
        case AddIndex():
            index = index_of(state, table.columns, action.index, table.key)
            return replace(table, indexes=(*table.indexes, index))
        case DropConstraint():
            return _drop_constraint(state, table, action)
        case ValidateConstraint():
            return _validate_constraint(state, table, action)
        case RenameConstraint():
            return _rename_constraint(state, table, action)
        case RenameTable():
            *schemas, name = action.new_name
            schema = state.spelled(schemas[-1]) if schemas else table.schema
            return replace(table, schema=schema, name=state.spelled(name))
        case SetTableSchema():
            return replace(table, schema=state.spelled(action.schema))
        case SetTableComment():
            return replace(table, comment=action.text)
        case AttachPartition():
            partition = state.find_table(action.partition)
            if partition is not None:
                whole = table.key if action.attached else None
                state.tables[partition.key] = replace(partition, partition_of=whole)
            return None
        case Inherit(parent=name, inherits=inherits):
            others = tuple(parent for parent in table.parents if parent != state.key(name))
            return replace(table, parents=(*others, state.key(name)) if inherits else others)
        case OtherAction(words=words) if _SECURITY.search(words):
            return replace(table, row_security="disable" not in words.lower())
        case OtherAction(words=words):
            if words.partition("=")[0].split(None, 1)[0].lower() not in _WITHOUT_EFFECT:
                state.report(_not_understood(state, action))
            return None
        case AlterAction():
            return None


def _not_understood(state: State, action: OtherAction) -> Diagnostic:
    message = f"{action.words} is not taken into the catalog"
    return warning(
        "not-understood", message, state.span(action), "queries that depend on it are checked by the server only"
    )


# Columns


def _add_column(state: State, table: Table, action: AddColumn) -> Table | None:
    existing = state.find_column(table, action.column.name)
    if existing is not None:
        if not action.if_not_exists:
            state.report(
                error(
                    "duplicate-column",
                    f"`{table.name}` already has a column `{existing.name}`",
                    state.span(action.column.name),
                    "rename the new one, or add IF NOT EXISTS",
                    ((existing.span, "first defined here"),),
                )
            )
        return None
    column = column_of(state, action.column)
    columns = _placed(state, table.columns, column, action.first, action.after)
    parts = parts_of(table)
    for constraint in action.column.constraints:
        add_constraint(state, columns, parts, constraint, table.key)
    return state.dialect.completed_table(assembled(state, replace(table, columns=columns), parts))


def _placed(
    state: State, columns: tuple[Column, ...], column: Column, first: bool, after: Identifier | None
) -> tuple[Column, ...]:
    if first:
        return (column, *columns)
    if after is not None:
        folded = state.dialect.names.column_key
        wanted = folded(state.spelled(after))
        for number, other in enumerate(columns):
            if folded(other.name) == wanted:
                return (*columns[: number + 1], column, *columns[number + 1 :])
    return (*columns, column)


def _drop_column(state: State, table: Table, action: DropColumn) -> Table | None:
    column = state.find_column(table, action.name)
    if column is None:
        if not action.if_exists:
            state.unknown_column(table, action.name)
        return None
    if action.cascade:
        drop_views_of(state, table, column.name)
    return without_column(table, column.name, state.dialect.names)


def _change_column(state: State, table: Table, action: ChangeColumn) -> Table | None:
    """MySQL's MODIFY and CHANGE, which say anew all that a column is, but leave its keys."""
    column = state.find_column(table, action.name)
    if column is None:
        state.unknown_column(table, action.name)
        return None
    changed = column_of(state, action.column)
    in_key = table.primary_key is not None and column.name in table.primary_key.columns
    changed = replace(changed, nullable=changed.nullable and not in_key, comment=changed.comment or column.comment)
    renamed = _with_renamed(state, table, column.name, changed.name)
    columns = tuple(changed if other.name == changed.name else other for other in renamed.columns)
    if action.first or action.after is not None:
        others = tuple(other for other in columns if other is not changed)
        columns = _placed(state, others, changed, action.first, action.after)
    parts = parts_of(replace(renamed, columns=columns))
    for constraint in action.column.constraints:
        add_constraint(state, columns, parts, constraint, table.key)
    return state.dialect.completed_table(assembled(state, replace(renamed, columns=columns), parts))


def _alter_column(state: State, table: Table, action: AlterColumn) -> Table | None:
    column = state.find_column(table, action.name)
    if column is None:
        state.unknown_column(table, action.name)
        return None
    match action.action:
        case "type" if action.type is not None:
            changed = replace(column, type=state.type_of(action.type), declared=action.type)
        case "set default" if action.default is not None:
            changed = replace(column, default=sql_of(state, action.default))
            return state.dialect.completed_table(_with_column(table, column, changed))
        case "drop default":
            made = None if column.made is Making.SERIAL else column.made
            changed = replace(column, default=None, made=made)
        case "set not null":
            changed = replace(column, nullable=False, not_null=True)
        case "drop not null":
            changed = replace(column, nullable=True, not_null=False)
        case "add identity" if action.identity is not None:
            made = Making.IDENTITY_ALWAYS if action.identity.always else Making.IDENTITY_BY_DEFAULT
            changed = replace(column, made=made, nullable=False)
        case "drop identity":
            changed = replace(column, made=None)
        case "drop expression":
            changed = replace(column, generated=None)
        case _:
            return None
    return _with_column(table, column, changed)


def _with_column(table: Table, column: Column, changed: Column) -> Table:
    return replace(table, columns=tuple(changed if other is column else other for other in table.columns))


def _rename_column(state: State, table: Table, name: Identifier, new_name: Identifier) -> Table | None:
    column = state.find_column(table, name)
    if column is None:
        state.unknown_column(table, name)
        return None
    renamed = _with_renamed(state, table, column.name, state.spelled(new_name))
    own = tuple(
        _repointed(foreign, table.key, column.name, state.spelled(new_name)) for foreign in renamed.foreign_keys
    )
    renamed = replace(renamed, foreign_keys=own)
    for key, other in list(state.tables.items()):
        keys = tuple(
            _repointed(foreign, table.key, column.name, state.spelled(new_name)) for foreign in other.foreign_keys
        )
        if keys != other.foreign_keys and key != table.key:
            state.tables[key] = replace(other, foreign_keys=keys)
    return renamed


def _repointed(foreign: ForeignKey, table: Key, old: str, new: str) -> ForeignKey:
    if foreign.table != table or old not in foreign.references:
        return foreign
    return replace(foreign, references=tuple(new if column == old else column for column in foreign.references))


def _with_renamed(state: State, table: Table, old: str, new: str) -> Table:
    """The table with a column's name changed wherever the table speaks of it."""
    if old != new:
        table = with_column_renamed(table, old, new, state.dialect.names)

    def named(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if column == old else column for column in columns)

    def unique(key: UniqueKey) -> UniqueKey:
        return replace(key, columns=named(key.columns), include=named(key.include))

    def index(found: Index) -> Index:
        parts = tuple(_part(part, old, new) for part in found.parts)
        return replace(found, parts=parts, include=named(found.include))

    return replace(
        table,
        columns=tuple(replace(column, name=new) if column.name == old else column for column in table.columns),
        primary_key=unique(table.primary_key) if table.primary_key else None,
        uniques=tuple(unique(key) for key in table.uniques),
        foreign_keys=tuple(replace(foreign, columns=named(foreign.columns)) for foreign in table.foreign_keys),
        indexes=tuple(index(found) for found in table.indexes),
    )


def _part(part: KeyPart, old: str, new: str) -> KeyPart:
    return replace(part, column=new) if part.column == old else part


# Constraints


def _drop_constraint(state: State, table: Table, action: DropConstraint) -> Table | None:
    if action.kind == "primary key":
        return replace(table, primary_key=None)
    assert action.name is not None
    name = state.spelled(action.name)
    forms = state.dialect.features.constraints_numbered
    named = with_numbered_names(table, forms) if forms else with_made_names(table, state.dialect.names)
    parts = parts_of(table)
    before = _count(parts)
    if named.primary_key is not None and named.primary_key.name == name:
        parts.primary_key = None
    parts.uniques = _others(table.uniques, named.uniques, name)
    parts.foreign_keys = _others(table.foreign_keys, named.foreign_keys, name)
    parts.checks = _others(table.checks, named.checks, name)
    parts.indexes = [index for index in parts.indexes if index.name != name]
    if name in parts.exclusions:
        parts.exclusions.remove(name)
    elif _count(parts) == before and None in parts.exclusions:
        parts.exclusions.remove(None)
    elif _count(parts) == before and not action.if_exists:
        state.report(
            error(
                "unknown-constraint",
                f"`{table.name}` has no {action.kind} `{name}`",
                state.span(action.name),
                "name it where it is defined, or correct the name",
            )
        )
    return replace(
        table,
        primary_key=parts.primary_key,
        uniques=tuple(parts.uniques),
        foreign_keys=tuple(parts.foreign_keys),
        checks=tuple(parts.checks),
        exclusions=tuple(parts.exclusions),
        indexes=tuple(parts.indexes),
    )


def _others(found: tuple[N, ...], named: tuple[N, ...], name: str) -> list[N]:
    """All but the one that has a name, which the database may have made."""
    return [one for one, with_name in zip(found, named, strict=True) if with_name.name != name]


def _count(parts: Parts) -> int:
    named = len(parts.uniques) + len(parts.foreign_keys) + len(parts.checks) + len(parts.indexes)
    return len(parts.exclusions) + named + (parts.primary_key is not None)


def _validate_constraint(state: State, table: Table, action: ValidateConstraint) -> Table:
    name = state.spelled(action.name)
    parts = parts_of(table)
    parts.checks = [replace(check, validated=True) if check.name == name else check for check in parts.checks]
    return assembled(state, table, parts)


def _rename_constraint(state: State, table: Table, action: RenameConstraint) -> Table:
    old, new = state.spelled(action.name), state.spelled(action.new_name)
    if state.dialect.features.constraints_named_for_tables:
        table = with_made_names(table, state.dialect.names)
    primary = table.primary_key
    return replace(
        table,
        primary_key=replace(primary, name=new) if primary is not None and primary.name == old else primary,
        uniques=tuple(replace(key, name=new) if key.name == old else key for key in table.uniques),
        foreign_keys=tuple(replace(key, name=new) if key.name == old else key for key in table.foreign_keys),
        checks=tuple(replace(check, name=new) if check.name == old else check for check in table.checks),
        indexes=tuple(replace(index, name=new) if index.name == old else index for index in table.indexes),
    )
