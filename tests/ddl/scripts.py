"""Schema scripts for tests, and the databases that they are run on."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source, has_errors, render_all
from sqlwright.dialects import dialect
from sqlwright.runtime.mysql import splitting
from sqlwright.runtime.mysql.driver_sync import MysqlDriverSync
from sqlwright.runtime.mysql.products import MARIADB, MYSQL
from sqlwright.runtime.sqlite.connections import open_connection, statements
from sqlwright.translate.schema import SchemaScript, schema_script

PRODUCTS = {"mysql": MYSQL, "mariadb": MARIADB}


def script_of(schema: str, written: str, target: str) -> SchemaScript:
    """The scripts of a schema in which nothing is wrong, whatever the target cannot have of it."""
    built = build_schema([Source("schema.sql", schema)], dialect(written))
    assert not has_errors(built.diagnostics), render_all(built.diagnostics)
    return schema_script(built.catalog, built.statements, dialect(written), dialect(target))


def clean_script(schema: str, written: str, target: str) -> SchemaScript:
    """The scripts of a schema that the target can have whole."""
    script = script_of(schema, written, target)
    assert not has_errors(script.diagnostics), render_all(script.diagnostics)
    return script


def run_on_sqlite(connection: sqlite3.Connection, script: str) -> None:
    """Run a script in one transaction, as migrations are."""
    connection.execute("begin immediate")
    for statement in statements(script):
        connection.execute(statement)
    connection.execute("commit")


def run_on_postgres(connection: psycopg.Connection[tuple[object, ...]], script: str) -> None:
    with connection.transaction():
        connection.execute(script.encode())


def sqlite_with(script: SchemaScript) -> sqlite3.Connection:
    """A database in memory that has the schema."""
    connection = open_connection(":memory:")
    run_on_sqlite(connection, script.up)
    return connection


def objects_of_sqlite(connection: sqlite3.Connection) -> list[str]:
    return [str(row[0]) for row in connection.execute("select name from sqlite_master where name not like 'sqlite_%'")]


def objects_of_postgres(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """All that the user has made, but for what extensions have brought."""
    rows = connection.execute("""
        with objects (id, name, schema) as (
            select oid, relname, relnamespace from pg_class
            union all select oid, typname, typnamespace from pg_type
            union all select oid, proname, pronamespace from pg_proc
        )
        select o.name from objects o join pg_namespace n on n.oid = o.schema
        where n.nspname !~ '^(pg_|information_schema)'
          and not exists (select from pg_depend d where d.objid = o.id and d.deptype = 'e')
        union all
        select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$|public$)'
        """)
    return [str(row[0]) for row in rows]


class MysqlDatabase:
    """A database of MySQL or MariaDB, on a connection that is set up as those of generated packages are."""

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        self._driver = MysqlDriverSync.open(url, PRODUCTS[name])

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement. Raises the runtime's errors."""
        return [tuple(row) for row in self._driver.run(sql, None)]

    def run_script(self, script: str) -> None:
        for statement in splitting.statements(script):
            self.run(statement)

    def objects(self) -> list[str]:
        """All that the user has made."""
        rows = self.run(
            "select table_name from information_schema.tables where table_schema = database() "
            "union all select trigger_name from information_schema.triggers where trigger_schema = database() "
            "union all select routine_name from information_schema.routines where routine_schema = database()"
        )
        return [str(row[0]) for row in rows]

    def close(self) -> None:
        self._driver.close()
