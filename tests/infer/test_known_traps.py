"""Queries that are easily answered wrong are answered right, and their rows show it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import psycopg
import pytest
import sqlwright
from sqlwright.dialects import dialect
from sqlwright.live.postgres import scratch_database
from sqlwright.model.statement import Statement
from sqlwright.model.typed import TypedQuery
from sqlwright.translate.written import written_statement

from tests.infer import described
from tests.infer.described import Connection
from tests.infer.traps import MYSQL, POSTGRES, REFUSED, SQLITE, Traps
from tests.mysqlfamily.asking import asked

SCHEMAS = {"postgres": POSTGRES.schema, "sqlite": SQLITE.schema, "mysql": MYSQL.schema}
Rows = Sequence[Sequence[object]]


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[Connection]:
    """A connection to a database that has the schema."""
    with scratch_database(postgres_server_url) as url, psycopg.connect(url) as connection:
        connection.execute(POSTGRES.schema.encode())
        connection.commit()
        yield connection


@pytest.mark.parametrize("query", POSTGRES.answers)
def test_postgres(query: str, server: Connection) -> None:
    typed = answered(POSTGRES, query, "postgres")
    assert described.ours(typed) == described.servers(typed, server)

    def given(rows: Sequence[str]) -> Rows:
        with server.transaction(force_rollback=True):
            for row in rows:
                server.execute(row.encode())
            statement, cursor = _statement(typed, "postgres"), psycopg.RawCursor(server)
            return cursor.execute(statement.sql.encode(), [1] * len(statement.params)).fetchall()

    prove(typed, POSTGRES, given)


@pytest.mark.parametrize("query", SQLITE.answers)
def test_sqlite(query: str) -> None:
    typed = answered(SQLITE, query, "sqlite")

    def given(rows: Sequence[str]) -> Rows:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(";".join((SQLITE.schema, *rows)))
            statement = _statement(typed, "sqlite")
            return connection.execute(statement.sql, [1] * len(statement.params)).fetchall()

    prove(typed, SQLITE, given)


@pytest.mark.only("mysql", "mariadb")
def test_mysql(database_url: str) -> None:
    """In one test, for the sake of one database."""
    with asked(database_url) as server:
        for statement in SCHEMAS["mysql"].split(";\n"):
            if statement.strip():
                server.run(statement)

        for query in MYSQL.answers:
            typed = answered(MYSQL, query, server.dialect)

            def given(rows: Sequence[str], query: str = query) -> Rows:
                for row in rows:
                    server.run(row)
                found = server.run(query)
                for table in ("pets", "owners"):
                    server.run(f"delete from {table}")
                return found

            prove(typed, MYSQL, given)


@pytest.mark.parametrize(("written", "query"), REFUSED)
def test_what_the_server_refuses_is_refused(written: str, query: str) -> None:
    found = sqlwright.analyze(SCHEMAS[written], f"-- name: q :exec\n{query};\n", written)
    assert [finding.severity.value for finding in found.diagnostics] == ["error"]
    assert not found.queries


def answered(traps: Traps, query: str, written: str) -> TypedQuery:
    """The analysed query, which has the answer that stands beside it."""
    found = sqlwright.analyze(traps.schema, f"-- name: q :many\n{query};\n", written)
    assert [finding.message for finding in found.diagnostics] == []
    (typed,) = found.queries
    columns = [f"{column.name} {column.type}{'?' if column.nullable else ''}" for column in typed.columns]
    assert ", ".join(columns) == traps.answers[query]
    return typed


def prove(typed: TypedQuery, traps: Traps, given: Callable[[Sequence[str]], Rows]) -> None:
    """The columns that are NULL somewhere, with rows in the tables or without any, are those that are said to be."""
    found = [*given(traps.rows), *given(())]
    shown = [any(row[place] is None for row in found) for place in range(len(typed.columns))]
    assert shown == [column.nullable for column in typed.columns]


def _statement(typed: TypedQuery, written: str) -> Statement:
    return written_statement(typed, dialect(written))
