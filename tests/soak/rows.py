"""Random rows for a schema: NULL wherever it may stand, and few values, so that rows meet and repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.soak.choices import Choices
from tests.soak.facts import Facts
from tests.soak.schema import Column, Schema, Table

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """The rows of each table, as literals for the columns that rows give values to."""

    rows: Mapping[str, tuple[Row, ...]]

    def statements(self, schema: Schema) -> list[str]:
        return [
            f"insert into {table.name} ({', '.join(c.name for c in table.columns if c.filled)}) values"
            f" {', '.join('(' + ', '.join(row) + ')' for row in self.rows[table.name])};"
            for table in schema.tables
            if self.rows[table.name]
        ]


def random_rows(choices: Choices, schema: Schema, facts: Facts, most: int) -> DataSet:
    """Up to `most` rows for each table. Rows that a key forbids are left out."""
    found: dict[str, tuple[Row, ...]] = {}
    nulls = choices.of((30, 10, 0, 60))
    for table in schema.tables:
        rows: list[Row] = []
        parents = {name: _values(schema, name, kept) for name, kept in found.items()}
        for number in range(choices.below(most + 1)):
            row = _row(choices, table, facts, parents, nulls, number)
            if row is not None and not _is_forbidden(row, rows, table):
                rows.append(row)
        found[table.name] = tuple(rows)
    return DataSet(found)


def _values(schema: Schema, name: str, rows: tuple[Row, ...]) -> list[str]:
    """The keys that rows of a table have, for those that refer to them."""
    table = next(table for table in schema.tables if table.name == name)
    filled = [column.name for column in table.columns if column.filled]
    return [row[filled.index("id")] for row in rows] if "id" in filled else []


def _row(
    choices: Choices, table: Table, facts: Facts, parents: Mapping[str, list[str]], nulls: int, number: int
) -> Row | None:
    row: list[str] = []
    for column in table.columns:
        if not column.filled:
            continue
        value = _value(choices, column, table, facts, parents, nulls, number)
        if value is None:
            return None
        row.append(value)
    return tuple(row)


def _value(
    choices: Choices,
    column: Column,
    table: Table,
    facts: Facts,
    parents: Mapping[str, list[str]],
    nulls: int,
    number: int,
) -> str | None:
    """The literal for a column; None where there is none that it can have."""
    if column.name == "id" and table.primary == ("id",):
        return str(number + 1)
    if column.nullable and choices.chance(nulls):
        return "null"
    if column.parent is not None:
        keys = parents.get(column.parent, [])
        if not keys:
            return "null" if column.nullable else None
        return choices.of(keys)
    return choices.of(facts.literals[column.sort])


def _is_forbidden(row: Row, rows: list[Row], table: Table) -> bool:
    filled = [column.name for column in table.columns if column.filled]
    for key in table.keys:
        if not set(key) <= set(filled):
            continue
        places = [filled.index(name) for name in key]
        values = [row[place] for place in places]
        if "null" not in values and any([other[place] for place in places] == values for other in rows):
            return True
    return False
