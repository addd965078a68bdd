"""Enums of columns, which have no name of their own in some databases: here they get one."""

from __future__ import annotations

from dataclasses import replace

from ..model.catalog import Column, EnumType, Key, Table
from ..model.types import Family, SqlType
from .state import State


def name_enums(state: State) -> None:
    """Enter each column's enum into the catalog as `<table>_<column>`.

    A view's column that is an enum goes by the labels: whichever column it comes from, its values are the same.
    """
    named: dict[SqlType, SqlType] = {}
    for table in list(state.tables.values()):
        if table.query is None:
            _replace_types(state, table, {column: _named(state, table, column, named) for column in table.columns})
    for table in list(state.tables.values()):
        if table.query is not None:
            _replace_types(state, table, {column: named.get(column.type, column.type) for column in table.columns})


def _named(state: State, table: Table, column: Column, named: dict[SqlType, SqlType]) -> SqlType:
    type = column.type
    if type.family is not Family.ENUM or type.schema is not None:
        return type
    key: Key = (table.schema, f"{table.name}_{column.name}")
    state.enums[key] = EnumType(*key, type.args, column.comment, column.span)
    result = replace(type, name=key[1], schema=key[0])
    named.setdefault(type, result)
    return result


def _replace_types(state: State, table: Table, types: dict[Column, SqlType]) -> None:
    if any(column.type != found for column, found in types.items()):
        columns = tuple(replace(column, type=types[column]) for column in table.columns)
        state.tables[table.key] = replace(table, columns=columns)
