"""Implements `dialects.ddl.Ddl` for MySQL and MariaDB."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ....model.catalog import Catalog, Column, RelationKind, Table
from ....model.ddl import CreateSchema, Ignored
from ....model.schema import SchemaStatement
from ....model.types import SqlType, Type
from ...ddl import Carried, Limits
from ...dependencies import forward_keys, grouped_tables
from ...layout import comment_lines, listed
from .columns import native_now
from .flavour import MYSQL, Flavour
from .limits import limits
from .tables import add_foreign_key, create_table
from .touch import touch_trigger
from .values import literal, made
from .writing import Writing, writing

_DEFINES: Final = re.compile(r"(?:create|alter|drop) (?:event|function)\b")
"""What defines something that the catalog has no place for. Users, roles, servers and databases belong to a server."""
_CODE: Final = re.compile(
    r"""(?P<kept> '(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.|"")*" | `(?:[^`]|``)*` | --(?=\s)[^\n]* | \#[^\n]* |
    /\*(?!M?!).*?\*/ ) | \s*(?: /\*M?!\d* | \*/ )""",
    re.VERBOSE | re.DOTALL,
)
_FOLDS: Final = re.compile(r"_ci\b|_ci\Z", re.IGNORECASE)


class MysqlDdl:
    """Tables stand behind those that they point to; foreign keys that form a circle are added when all are there."""

    def __init__(self, flavour: Flavour = MYSQL) -> None:
        self._flavour = flavour

    def up(self, carried: Carried) -> list[str]:
        w = writing(carried, self._flavour)
        relations = list(carried.catalog.tables.values())
        groups = grouped_tables([relation for relation in relations if relation.kind is RelationKind.TABLE])
        tables = [table for group in groups for table in group]
        later = forward_keys(tables)
        statements: list[str] = []
        for table in tables:
            touches = carried.touches(table)
            native = {name: now for name, now in touches if _is_native(table, name, now, w)}
            statements.append(create_table(table, [foreign for _, foreign in later], native, w))
            others = [touch for touch in touches if touch[0] not in native]
            statements += [touch_trigger(table, others, self._flavour)] if others else []
        statements += [add_foreign_key(table, foreign, w) for table, foreign in later]
        for view in relations:
            query = carried.query(view) if view.kind is RelationKind.VIEW else None
            if query is not None:
                columns = listed([w.quoted(column.name) for column in view.columns])
                head = f"create view {w.quoted(view.name)} {columns} as"
                statements.append(f"{comment_lines(view.comment)}{head}\n{query}")
        return statements

    def down(self, catalog: Catalog) -> list[str]:
        """Triggers go with their table. Events stay, of which the catalog knows nothing."""
        quoted = self._flavour.names.quoted
        relations = list(catalog.tables.values())
        views = [relation for relation in relations if relation.kind is RelationKind.VIEW]
        groups = grouped_tables([relation for relation in relations if relation.kind is RelationKind.TABLE])
        statements = [f"drop view {quoted(view.name)}" for view in reversed(views)]
        for group in reversed(groups):
            statements += self._drop_tables([quoted(table.name) for table in reversed(group)])
        statements += [
            f"drop {function.kind} {quoted(function.name)}"
            for overloads in catalog.functions.values()
            for function in overloads
        ]
        return statements + [f"drop sequence {quoted(name)}" for _, name in catalog.sequences]

    def touch(self, table: Table, touches: Sequence[tuple[str, str]], catalog: Catalog) -> list[str]:
        """Columns with an ON UPDATE of their own need no trigger."""
        itself = {column.name for column in table.columns if column.touches_itself}
        others = [touch for touch in touches if touch[0] not in itself]
        return [touch_trigger(table, others, self._flavour)] if others else []

    def folds_case(self, column: Column) -> bool | None:
        return _FOLDS.search(column.collation) is not None if column.collation else None

    def limits(self, type: SqlType) -> Limits:
        return limits(type)

    def replayed(self, statement: SchemaStatement) -> str | None:
        """A script runs in a database that is there already. Code that stands in comments for later servers, as in
        dumps, is written without them: these servers are later."""
        match statement.definition:
            case Ignored(keyword=keyword) if _DEFINES.match(keyword) is None:
                return None
            case CreateSchema():
                return None
            case _:
                return _CODE.sub(lambda found: found["kept"] or "", statement.text).strip()

    def literal(self, value: str, type: Type) -> str | None:
        return literal(value, type, self._flavour)

    def made(self, operation: str, type: Type) -> str | None:
        return made(operation, type, self._flavour)

    def _drop_tables(self, names: Sequence[str]) -> list[str]:
        """Tables whose foreign keys form a circle go in one statement, where that is enough."""
        if len(names) == 1 or self._flavour.drops_circles:
            return [f"drop table {', '.join(names)}"]
        drops = [f"drop table {name}" for name in names]
        return ["set foreign_key_checks = 0", *drops, "set foreign_key_checks = 1"]


def _is_native(table: Table, name: str, now: str, w: Writing) -> bool:
    column = table.column(name)
    return column is not None and native_now(column, now, w)
