"""What a server says of the tables that a script has made, beside what the script says."""

from __future__ import annotations

from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source, has_errors, render_all
from sqlwright.dialects import dialect
from sqlwright.model.catalog import Catalog, RelationKind, Table
from sqlwright.model.syntax import Null

from tests.ddl.scripts import MysqlDatabase

Facts = dict[str, object]


def facts_of_script(script: str, database: MysqlDatabase) -> dict[str, Facts]:
    return _facts(_catalog(script, database.name), database.name)


def facts_of_server(database: MysqlDatabase) -> dict[str, Facts]:
    """The tables as SHOW CREATE TABLE writes them."""
    names = database.run(
        "select table_name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE'"
    )
    texts = [str(database.run(f"show create table `{name}`")[0][1]) for (name,) in names]
    return _facts(_catalog(";\n".join(texts), database.name), database.name)


def _catalog(text: str, name: str) -> Catalog:
    built = build_schema([Source("script.sql", text)], dialect(name))
    assert not has_errors(built.diagnostics), render_all(built.diagnostics)
    return built.catalog


def _facts(catalog: Catalog, name: str) -> dict[str, Facts]:
    tables = [table for table in catalog.tables.values() if table.kind is RelationKind.TABLE]
    return {table.name: _of_table(table, catalog, name) for table in tables}


def _of_table(table: Table, catalog: Catalog, name: str) -> Facts:
    types = dialect(name).types(catalog)
    keys = {key.columns for key in table.uniques}
    keys |= {tuple(part.column or "" for part in index.parts) for index in table.indexes if index.unique}
    return {
        "columns": {
            column.name: (
                _kind(str(types.neutral(column.type)), name),
                column.nullable,
                column.default is not None and not isinstance(column.default.expression, Null),
                column.generated is not None,
                column.made,
                column.touches_itself,
                column.comment,
            )
            for column in table.columns
        },
        "primary key": table.primary_key.columns if table.primary_key is not None else None,
        "unique": keys,
        "foreign keys": {
            (key.columns, key.table, key.references, _action(key.on_delete), _action(key.on_update))
            for key in table.foreign_keys
        },
        "checks": sum("json_valid" not in check.condition.text for check in table.checks),
        "comment": table.comment,
    }


def _kind(kind: str, name: str) -> str:
    """JSON is a text with a check to MariaDB, and shown as such."""
    return "str" if kind == "json" and name == "mariadb" else kind


def _action(action: str | None) -> str | None:
    """What is done when nothing is said need not be said."""
    return None if action in ("restrict", "no action") else action
