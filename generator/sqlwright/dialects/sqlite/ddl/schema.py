"""Implements `dialects.ddl.Ddl` for SQLite."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Catalog, Column, RelationKind, Table
from ....model.ddl import CreateTable, Ignored
from ....model.schema import SchemaStatement
from ....model.types import Type
from ...ddl import Carried
from ...dependencies import tables_in_order
from ...layout import comment_lines, listed
from ..names import SqliteNames
from .indexes import create_index
from .tables import create_table
from .touch import touch_trigger
from .values import assigned, literal, made

_NAMES = SqliteNames()


class SqliteDdl:
    """Tables stand as the catalog has them: a foreign key may point to a table that is made later."""

    def up(self, carried: Carried) -> list[str]:
        statements: list[str] = []
        views = [table for table in carried.catalog.tables.values() if table.kind is RelationKind.VIEW]
        for table in carried.catalog.tables.values():
            if table.kind is RelationKind.TABLE:
                statements.append(create_table(table, carried))
                statements += [text for index in table.indexes if (text := create_index(index, table, carried))]
                statements += self.touch(table, carried.touches(table), carried.catalog)
        for view in views:
            query = carried.query(view)
            if query is not None:
                columns = listed([_NAMES.quoted(column.name) for column in view.columns])
                head = f"create view {_NAMES.quoted(view.name)} {columns} as"
                statements.append(f"{comment_lines(view.comment)}{head}\n{query}")
        return statements

    def down(self, catalog: Catalog) -> list[str]:
        relations = list(catalog.tables.values())
        views = [relation for relation in relations if relation.kind is RelationKind.VIEW]
        tables = tables_in_order([relation for relation in relations if relation.kind is not RelationKind.VIEW])
        statements = [f"drop view {_NAMES.quoted(view.name)}" for view in reversed(views)]
        if _in_a_circle(tables):
            statements.append("pragma defer_foreign_keys = on")
            statements += [f"delete from {_NAMES.quoted(table.name)}" for table in reversed(tables)]
        return statements + [f"drop table {_NAMES.quoted(table.name)}" for table in reversed(tables)]

    def touch(self, table: Table, touches: Sequence[tuple[str, str]], catalog: Catalog) -> list[str]:
        return [touch_trigger(table, touches)] if touches else []

    def folds_case(self, column: Column) -> bool:
        return (column.collation or "").strip('"`[]').lower() == "nocase"

    def replayed(self, statement: SchemaStatement) -> str | None:
        """Tables of SQLite's own, which its shell's `.schema` shows too, are made by SQLite alone."""
        definition = statement.definition
        if isinstance(definition, CreateTable) and definition.name[-1].text.lower().startswith("sqlite_"):
            return None
        return None if isinstance(definition, Ignored) else statement.text

    def literal(self, value: str, type: Type) -> str | None:
        return literal(value, type)

    def made(self, operation: str, type: Type) -> str | None:
        return made(operation, type)

    def assigned(self, text: str, given: Type, wanted: Type) -> str | None:
        return assigned(text, given, wanted)


def _in_a_circle(tables: Sequence[Table]) -> bool:
    """Whether foreign keys of different tables point to one another: with rows in them, none could be dropped first."""
    position = {table.key: number for number, table in enumerate(tables)}
    return any(
        position.get(foreign.table, 0) > number
        for number, table in enumerate(tables)
        for foreign in table.foreign_keys
        if foreign.table != table.key
    )
