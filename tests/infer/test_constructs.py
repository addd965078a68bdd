"""Clauses of all databases: the analysis accepts each where its server accepts it, and refuses it where it does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import mysql.connector
import psycopg
import pytest
import sqlwright

from tests.mysqlfamily.asking import asked

SCHEMA: Final = "create table t (a integer, b text, c real, primary key (a));\ncreate table u (a integer, d text);\n"
MYSQL_SCHEMA: Final = SCHEMA.replace("text", "varchar(50)").replace("real", "double")
STATEMENTS: Final = (Path(__file__).parent / "statements.sql").read_text(encoding="utf-8").splitlines()
UNTOLD: Final = frozenset(
    (
        "begin",  # which MySQL runs, but does not prepare
        "lock table t",
        "select a from t use index (x)",
        'select b collate "C" from t',
        "select timestamp '2020-01-01'",
        "set x = 1",
        "update t set a = default",
    )
)
"""What MySQL and MariaDB refuse for the sake of an index, a collation, a variable or a value, or do not prepare."""
READING: Final = ("select", "values", "with", "table")


def refused(statement: str, dialect: str, schema: str = SCHEMA) -> bool:
    command = "many" if statement.split(maxsplit=1)[0] in READING else "exec"
    found = sqlwright.analyze(schema, f"-- name: q :{command}\n{statement};", dialect)
    assert all(one.span is not None for one in found.diagnostics)
    return any(one.severity.value == "error" for one in found.diagnostics)


@pytest.fixture(scope="module")
def sqlite() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    yield connection
    connection.close()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
        yield connection


@pytest.mark.parametrize("statement", STATEMENTS)
def test_sqlite(sqlite: sqlite3.Connection, statement: str) -> None:
    try:
        sqlite.execute(statement if statement.startswith("explain") else f"explain {statement}")
    except sqlite3.Error:
        accepted = False
    else:
        accepted = True
    assert refused(statement, "sqlite") is not accepted


@pytest.mark.parametrize("database", ["mysql", "mariadb"])
def test_mysql_and_mariadb(database: str, request: pytest.FixtureRequest) -> None:
    """What is wrong with a statement of `UNTOLD` is nothing that a clause could tell."""
    url = request.getfixturevalue(f"{database}_url")
    wrong: list[str] = []
    with asked(url) as server:
        for statement in MYSQL_SCHEMA.split(";")[:-1]:
            server.run(statement)
        for statement in STATEMENTS:
            literal = statement.replace("\\", "\\\\").replace("'", "''")
            try:
                server.run(f"prepare asked from '{literal}'")
            except mysql.connector.Error:
                accepted = False
            else:
                accepted = True
            if statement not in UNTOLD and refused(statement, database, MYSQL_SCHEMA) is accepted:
                wrong.append(statement)
    assert not wrong


def test_postgres(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    """In one test, for the sake of one database."""
    wrong: list[str] = []
    for statement in STATEMENTS:
        prepared = postgres.pgconn.prepare(b"", statement.encode())
        accepted = prepared.status == psycopg.pq.ExecStatus.COMMAND_OK
        if refused(statement, "postgres") is accepted:
            wrong.append(statement)
    assert not wrong
