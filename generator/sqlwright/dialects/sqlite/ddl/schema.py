"""Implements `dialects.ddl.Ddl` for SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ....model.catalog import Catalog, Column, RelationKind, Table
from ....model.ddl import CreateTable, Ignored
from ....model.schema import SchemaStatement
from ....model.types import SqlType, Type
from ...ddl import NO_LIMITS, Carried, Limits
from ...dependencies import grouped_tables
from ...layout import comment_lines, listed
from ..names import SqliteNames
from .indexes import create_index
from .tables import create_table
from .touch import touch_trigger
from .values import literal, made

_NAMES: Final = SqliteNames()
_OWN: Final = "sqlite_"
_SHADOWS: Final = "config content data docsize idx node parent rowid segdir segments stat".split()
"""What full-text and R*Tree tables keep their rows in, behind their own name."""


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
        shadows = _shadows(catalog)
        relations = [table for table in catalog.tables.values() if table.name.lower() not in shadows]
        views = [relation for relation in relations if relation.kind is RelationKind.VIEW]
        groups = grouped_tables([relation for relation in relations if relation.kind is not RelationKind.VIEW])
        statements = [f"drop view {_NAMES.quoted(view.name)}" for view in reversed(views)]
        for group in reversed(groups):
            statements += _drop_tables([_NAMES.quoted(table.name) for table in reversed(group)])
        return statements

    def touch(self, table: Table, touches: Sequence[tuple[str, str]], catalog: Catalog) -> list[str]:
        return [touch_trigger(table, touches)] if touches else []

    def folds_case(self, column: Column) -> bool:
        return (column.collation or "").strip('"`[]').lower() == "nocase"

    def limits(self, type: SqlType) -> Limits:
        return NO_LIMITS

    def replayed(self, statement: SchemaStatement) -> str | None:
        """Tables of SQLite's own, which its shell's `.schema` shows too, are made by SQLite alone."""
        definition = statement.definition
        if isinstance(definition, CreateTable) and definition.name[-1].text.lower().startswith(_OWN):
            return None
        return None if isinstance(definition, Ignored) else statement.text

    def literal(self, value: str, type: Type) -> str | None:
        return literal(value, type)

    def made(self, operation: str, type: Type) -> str | None:
        return made(operation, type)


def _shadows(catalog: Catalog) -> set[str]:
    """The tables that SQLite makes and drops by itself."""
    tables = catalog.tables.values()
    virtual = [table.name.lower() for table in tables if table.kind is RelationKind.VIRTUAL_TABLE]
    own = {table.name.lower() for table in tables if table.name.lower().startswith(_OWN)}
    return own | {f"{name}_{suffix}" for name in virtual for suffix in _SHADOWS}


def _drop_tables(names: Sequence[str]) -> list[str]:
    """Tables whose foreign keys form a circle are emptied first: with rows in them, none could be dropped before the
    others."""
    drops = [f"drop table {name}" for name in names]
    if len(names) == 1:
        return drops
    return ["pragma defer_foreign_keys = on", *(f"delete from {name}" for name in names), *drops]
