"""Implements `dialects.ddl.Ddl` for PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ....model.catalog import Catalog, Column, RelationKind, Table
from ....model.ddl import AlterTable, CreateIndex, CreateSchema, Ignored, OtherAction
from ....model.schema import SchemaStatement
from ....model.types import SqlType, Type
from ...ddl import NO_LIMITS, Carried, Limits
from ...dependencies import forward_keys, grouped_tables
from ...layout import comment_lines, listed
from ..names import PostgresNames
from .drops import drops
from .names import qualified
from .tables import add_foreign_key, create_index, create_table
from .touch import touch_trigger
from .values import literal, made, quoted_text

_NAMES: Final = PostgresNames()
_DEFINES: Final = re.compile(
    r"(?:create|alter|drop) (?:access|aggregate|cast|collation|conversion|domain|function|index|operator|policy|"
    r"procedure|rule|sequence|statistics|text|transform|type)\b|comment on|do$"
)
"""What defines something that the catalog has no place for. Roles, databases and publications belong to a server."""
_CONCURRENTLY: Final = re.compile(r"\A(create\s+(?:unique\s+)?index)\s+concurrently\b", re.IGNORECASE)
_MOMENTS: Final = ("time", "timestamp", "timestamptz")
_OWNER: Final = re.compile(r"\bowner\s+to\b", re.IGNORECASE)


class PostgresDdl:
    """Tables stand behind those that they point to; foreign keys that form a circle are added when all are there."""

    def up(self, carried: Carried) -> list[str]:
        relations = list(carried.catalog.tables.values())
        groups = grouped_tables([relation for relation in relations if relation.kind is RelationKind.TABLE])
        tables = [table for group in groups for table in group]
        later = forward_keys(tables)
        statements = [
            f"create type {qualified(key)} as enum {listed([quoted_text(label) for label in enum.labels])}"
            for key, enum in carried.catalog.enums.items()
        ]
        for table in tables:
            statements.append(create_table(table, [foreign for _, foreign in later], carried))
            statements += [text for index in table.indexes if (text := create_index(index, table, carried))]
            statements += self.touch(table, carried.touches(table), carried.catalog)
        statements += [add_foreign_key(table, foreign) for table, foreign in later]
        for view in relations:
            query = carried.query(view) if view.kind is RelationKind.VIEW else None
            if query is not None:
                columns = listed([_NAMES.quoted(column.name) for column in view.columns])
                head = f"create view {qualified(view.key)} {columns} as"
                statements.append(f"{comment_lines(view.comment)}{head}\n{query}")
        return statements

    def down(self, catalog: Catalog) -> list[str]:
        return list(drops(catalog))

    def touch(self, table: Table, touches: Sequence[tuple[str, str]], catalog: Catalog) -> list[str]:
        return touch_trigger(table, touches, catalog) if touches else []

    def folds_case(self, column: Column) -> bool:
        return column.type.name == "citext" and column.type.schema is None and not column.type.array

    def limits(self, type: SqlType) -> Limits:
        if type.name in _MOMENTS and type.schema is None and len(type.args) == 1 and type.args[0].isdigit():
            return Limits(digits=int(type.args[0]))
        return NO_LIMITS

    def replayed(self, statement: SchemaStatement) -> str | None:
        """A script runs in a transaction, where no index is made concurrently, and under whatever role: owners are not
        set. `public` is there already."""
        match statement.definition:
            case Ignored(keyword=keyword):
                kept = _DEFINES.match(keyword) is not None and _OWNER.search(statement.text) is None
                return statement.text if kept else None
            case CreateSchema(name=name) if _NAMES.spelled(name) == "public":
                return None
            case AlterTable(actions=actions) if actions and all(_sets_owner(action) for action in actions):
                return None
            case CreateIndex():
                return _CONCURRENTLY.sub(r"\1", statement.text, count=1)
            case _:
                return statement.text

    def literal(self, value: str, type: Type) -> str | None:
        return literal(value, type)

    def made(self, operation: str, type: Type) -> str | None:
        return made(operation, type)


def _sets_owner(action: object) -> bool:
    return isinstance(action, OtherAction) and _OWNER.search(action.words) is not None
