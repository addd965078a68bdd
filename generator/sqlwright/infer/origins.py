"""Which table's column a value is, unchanged."""

from __future__ import annotations

from ..model.catalog import Key
from ..model.syntax import ColumnName, Expression
from .scopes import Binding, ColumnRef, QueryColumn, Resolution, TableColumn, UnknownRef

_DEPTH = 64


def origin(value: Expression | Binding, resolution: Resolution) -> tuple[Key, str] | None:
    """The table and the column, also through queries in FROM; None where a value is computed."""
    for _ in range(_DEPTH):
        if isinstance(value, ColumnName):
            value = resolution.bindings.get(value, UnknownRef())
        if not isinstance(value, ColumnRef):
            return None
        match value.column.source:
            case TableColumn(column=column):
                table = value.relation.table
                return (table.key, column.name) if table is not None else None
            case QueryColumn(query=inner, position=position):
                outputs = resolution.outputs.get(inner, ())
                if position >= len(outputs):
                    return None
                value = outputs[position].value
            case _:
                return None
    return None
