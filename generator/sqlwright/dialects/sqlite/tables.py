"""What SQLite adds to tables."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ...diagnostics import Source
from ...model.catalog import Column, Making, RelationKind, Table
from ...model.types import SqlType

_NOWHERE: Final = Source("", "")
_SCHEMA_TABLES: Final = frozenset(
    ("sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "sqlite_sequence")
)


def completed_table(table: Table) -> Table:
    """The table with the column that stands for the rowid marked, and the columns that a primary key keeps from NULL.

    A primary key is NOT NULL only in a WITHOUT ROWID or STRICT table, or when it is the rowid itself, which an
    INTEGER PRIMARY KEY is (sqlite.org/lang_createtable.html, sections 3.5 and 5; `INTEGER PRIMARY KEY DESC` is not).
    """
    key = table.primary_key
    if key is None:
        return table
    rowid = _rowid_column(table)
    strict = table.without_rowid or table.strict
    columns = tuple(
        (
            replace(column, made=column.made or Making.ROWID, nullable=False)
            if column is rowid
            else replace(column, nullable=False) if strict and column.name in key.columns else column
        )
        for column in table.columns
    )
    return replace(table, columns=columns)


def _rowid_column(table: Table) -> Column | None:
    key = table.primary_key
    if key is None or len(key.columns) != 1 or table.without_rowid or key.descending:
        return None
    column = table.column(key.columns[0])
    return column if column is not None and column.type.name == "integer" else None


def hidden_columns(table: Table) -> tuple[Column, ...]:
    """The names under which every table with a rowid gives it, and those of a full-text table."""
    if table.kind is RelationKind.VIRTUAL_TABLE:
        names = [("rowid", "integer"), (table.name, "text"), ("rank", "real")]
    elif table.kind is RelationKind.TABLE and not table.without_rowid:
        names = [("rowid", "integer"), ("oid", "integer"), ("_rowid_", "integer")]
    else:
        return ()
    known = {column.name.lower() for column in table.columns}
    return tuple(
        Column(
            name,
            SqlType(kind),
            kind != "integer",
            _NOWHERE.span(0, 0),
            made=Making.ROWID if kind == "integer" else None,
        )
        for name, kind in names
        if name.lower() not in known
    )


def system_table(schema: str | None, name: str) -> Table | None:
    """The tables in which SQLite keeps its own schema."""
    if name.lower() not in _SCHEMA_TABLES:
        return None
    fields: tuple[tuple[str, str], ...] = (("name", "text"), ("seq", "integer"))
    if name.lower() != "sqlite_sequence":
        fields = (("type", "text"), ("name", "text"), ("tbl_name", "text"), ("rootpage", "integer"), ("sql", "text"))
    columns = tuple(Column(column, SqlType(kind), True, _NOWHERE.span(0, 0)) for column, kind in fields)
    return Table(schema or "main", name.lower(), RelationKind.SYSTEM, columns)
