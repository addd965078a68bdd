"""What PostgreSQL adds to tables, and the relations it has of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ...diagnostics import Source
from ...model.catalog import Column, Making, RelationKind, Table
from ...model.syntax import Call
from ...model.types import SqlType
from . import catalogs
from .typenames import SERIAL

_NOWHERE: Final = Source("", "")
_SYSTEM_COLUMNS: Final = {
    "tableoid": "oid",
    "xmin": "xid",
    "cmin": "cid",
    "xmax": "xid",
    "cmax": "cid",
    "ctid": "tid",
}


def completed_table(table: Table) -> Table:
    """The table with its serial columns marked, which are NOT NULL."""
    return replace(table, columns=tuple(_completed(column) for column in table.columns))


def _completed(column: Column) -> Column:
    """A dump writes a serial column as an integer whose default takes the next value of a sequence."""
    declared = column.declared
    if declared is None or column.made is not None:
        return column
    if declared.name in SERIAL and not declared.quoted:
        return replace(column, made=Making.SERIAL, nullable=False)
    default = column.default.expression if column.default is not None else None
    if isinstance(default, Call) and default.function == "nextval":
        return replace(column, made=Making.SERIAL)
    return column


def hidden_columns(table: Table) -> tuple[Column, ...]:
    """The system columns of a table (manual, section 5.5)."""
    if table.kind not in (RelationKind.TABLE, RelationKind.MATERIALIZED_VIEW, RelationKind.FOREIGN_TABLE):
        return ()
    return tuple(Column(name, SqlType(kind), False, _NOWHERE.span(0, 0)) for name, kind in _SYSTEM_COLUMNS.items())


def system_table(schema: str | None, name: str) -> Table | None:
    """A relation of pg_catalog (searched when no schema is named) or information_schema."""
    found = schema or "pg_catalog"
    columns = catalogs.relations().get((found, name))
    if columns is None:
        return None
    return Table(
        found,
        name,
        RelationKind.SYSTEM,
        tuple(Column(column, _type(kind), not not_null, _NOWHERE.span(0, 0)) for column, kind, not_null in columns),
    )


def _type(name: str) -> SqlType:
    return SqlType(name[1:], array=True) if name.startswith("_") else SqlType(name)
