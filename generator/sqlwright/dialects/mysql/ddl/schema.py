"""Implements `dialects.ddl.Ddl` for MySQL."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Catalog, Column, RelationKind, Table
from ....model.ddl import Ignored
from ....model.schema import SchemaStatement
from ....model.types import Type
from ...ddl import Carried
from ..names import MysqlNames

_NAMES = MysqlNames()


class MysqlDdl:
    """Schemas that were written for MySQL are replayed."""

    def up(self, carried: Carried) -> list[str]:
        for table in carried.catalog.tables.values():
            carried.refuse("tables of other databases are not carried over", table.span)
        return []

    def down(self, catalog: Catalog) -> list[str]:
        return [
            f"drop {'view' if table.kind is RelationKind.VIEW else 'table'} {_NAMES.quoted(table.name)}"
            for table in reversed([*catalog.tables.values()])
        ]

    def touch(self, table: Table, touches: Sequence[tuple[str, str]], catalog: Catalog) -> list[str]:
        return []

    def folds_case(self, column: Column) -> bool:
        collation = column.collation or ""
        return not collation or collation.lower().endswith("_ci")

    def replayed(self, statement: SchemaStatement) -> str | None:
        return None if isinstance(statement.definition, Ignored) else statement.text

    def literal(self, value: str, type: Type) -> str | None:
        return None

    def made(self, operation: str, type: Type) -> str | None:
        return None
