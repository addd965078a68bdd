"""What MySQL adds to tables, and the relations that it has of its own."""

from __future__ import annotations

from dataclasses import replace

from ...model.catalog import Column, Making, Table, UniqueKey


def completed_table(table: Table) -> Table:
    """The table with what SERIAL and AUTO_INCREMENT leave unsaid: SERIAL is BIGINT UNSIGNED NOT NULL AUTO_INCREMENT
    UNIQUE, and a numbered column is NOT NULL (manual, section 13.1.1)."""
    serial = [column for column in table.columns if _is_serial(column)]
    known = {key.columns for key in (*table.uniques, *((table.primary_key,) if table.primary_key else ()))}
    keys = tuple(UniqueKey((column.name,)) for column in serial if (column.name,) not in known)
    columns = tuple(_completed(column) for column in table.columns)
    return replace(table, columns=columns, uniques=(*table.uniques, *keys))


def _is_serial(column: Column) -> bool:
    return column.declared is not None and column.declared.name == "serial" and not column.declared.quoted


def _completed(column: Column) -> Column:
    if _is_serial(column):
        return replace(column, made=Making.AUTO_INCREMENT, nullable=False)
    return replace(column, nullable=False) if column.made is Making.AUTO_INCREMENT else column


def hidden_columns(table: Table) -> tuple[Column, ...]:
    """A star shows every column, but for those that are declared INVISIBLE."""
    return ()


def system_table(schema: str | None, name: str) -> Table | None:
    """A relation of the server's own."""
    return None
