"""Names for the enums of databases in which they have none: those of their table and column."""

from __future__ import annotations

from dataclasses import replace

from ..model.catalog import Column, EnumType, Table
from ..model.ddl import ObjectName
from ..model.types import Family
from .state import State


def name_enums(state: State, name: ObjectName) -> None:
    """Name the enums that the columns of a table were declared with, so that other databases can make types of them."""
    table = state.find_table(name)
    if table is not None and any(_is_nameless(column) for column in table.columns):
        columns = tuple(_named(state, table, column) if _is_nameless(column) else column for column in table.columns)
        state.tables[table.key] = replace(table, columns=columns)


def _is_nameless(column: Column) -> bool:
    return column.type.family is Family.ENUM and column.type.schema is None


def _named(state: State, table: Table, column: Column) -> Column:
    key = (table.schema, f"{table.name}_{column.name}")
    state.enums[key] = EnumType(key[0], key[1], column.type.args, span=column.span)
    return replace(column, type=replace(column.type, name=key[1], schema=key[0]))
