"""Clauses of all databases: the analysis accepts each where its server accepts it, and refuses it where it does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
import pytest
import sqlwright

SCHEMA: Final = "create table t (a integer, b text, c real, primary key (a));\ncreate table u (a integer, d text);\n"
STATEMENTS: Final = (Path(__file__).parent / "statements.sql").read_text(encoding="utf-8").splitlines()
READING: Final = ("select", "values", "with", "table")


def refused(statement: str, dialect: str) -> bool:
    command = "many" if statement.split(maxsplit=1)[0] in READING else "exec"
    found = sqlwright.analyze(SCHEMA, f"-- name: q :{command}\n{statement};", dialect)
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


def test_postgres(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    """In one test, for the sake of one database."""
    wrong: list[str] = []
    for statement in STATEMENTS:
        prepared = postgres.pgconn.prepare(b"", statement.encode())
        accepted = prepared.status == psycopg.pq.ExecStatus.COMMAND_OK
        if refused(statement, "postgres") is accepted:
            wrong.append(statement)
    assert not wrong
