"""Schema scripts for tests, and the databases that they are run on."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source, has_errors, render_all
from sqlwright.dialects import dialect
from sqlwright.runtime.sqlite.connections import open_connection, statements
from sqlwright.translate.schema import SchemaScript, schema_script


def script_of(schema: str, written: str, target: str) -> SchemaScript:
    """The scripts of a schema in which nothing is wrong, whatever the target cannot have of it."""
    built = build_schema([Source("schema.sql", schema)], dialect(written))
    assert not has_errors(built.diagnostics), render_all(built.diagnostics)
    return schema_script(built, dialect(written), dialect(target))


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
