"""What PostgreSQL refuses when it prepares or plans a statement is refused, and nothing else; rows and parts of columns
have its types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
import pytest
import sqlwright
from sqlwright.live.postgres import scratch_database

from tests.infer import described

HERE: Final = Path(__file__).parent
SCHEMA: Final = (HERE / "postgres.verdicts.schema.sql").read_text(encoding="utf-8")
STATEMENTS: Final = (HERE / "postgres.verdicts.sql").read_text(encoding="utf-8").splitlines()
ROWS: Final = (HERE / "postgres.rows.sql").read_text(encoding="utf-8")
ANALYSIS: Final = sqlwright.analyze(SCHEMA, ROWS, "postgres")
TYPED: Final = {query.query.name: query for query in ANALYSIS.queries}
Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[Connection]:
    """A connection to a database that has the schema."""
    with scratch_database(postgres_server_url) as url, psycopg.connect(url) as connection:
        connection.execute(SCHEMA.encode())
        connection.commit()
        yield connection


@pytest.mark.parametrize("statement", STATEMENTS)
def test_verdict_is_the_servers(statement: str, server: Connection) -> None:
    found = sqlwright.analyze(SCHEMA, f"-- name: q :exec\n{statement};\n", "postgres")
    refused = [finding.message for finding in found.diagnostics if finding.severity.value == "error"]
    assert bool(refused) is not accepted(statement, server), refused
    assert bool(found.queries) is not bool(refused)


@pytest.mark.parametrize("name", TYPED)
def test_types_are_the_servers(name: str, server: Connection) -> None:
    query = TYPED[name]
    assert described.ours(query) == described.servers(query, server)


def test_every_typed_query_is_right() -> None:
    assert [finding.message for finding in ANALYSIS.diagnostics] == []
    assert len(TYPED) == ROWS.count("-- name:")


def accepted(statement: str, server: Connection) -> bool:
    """Whether the server prepares and plans a statement; the plan finds what locks and views are for."""
    try:
        with server.transaction(force_rollback=True):
            server.execute(b"explain " + statement.encode())
    except psycopg.Error:
        return False
    return True
