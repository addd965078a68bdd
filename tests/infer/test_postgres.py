"""What we say of a query is what PostgreSQL says of it when it prepares it, and what it then gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg
import pytest
import sqlwright
from psycopg.types.json import Jsonb
from sqlwright.dialects import dialect
from sqlwright.live.postgres import scratch_database
from sqlwright.model.typed import TypedQuery
from sqlwright.translate.written import written_statement

from tests.infer import described
from tests.infer.rows import fill

HERE = Path(__file__).parent
SCHEMA = (HERE / "postgres.schema.sql").read_text()
QUERY_FILES = ("postgres.queries.sql", "postgres.analytics.sql")
ANALYSIS = sqlwright.analyze(SCHEMA, "\n".join((HERE / name).read_text() for name in QUERY_FILES), "postgres")
QUERIES = {query.query.name: query for query in ANALYSIS.queries}
Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[Connection]:
    """A connection to a database that has the schema."""
    with scratch_database(postgres_server_url) as url, psycopg.connect(url) as connection:
        connection.execute(SCHEMA.encode())
        connection.commit()
        yield connection


def test_every_query_is_right() -> None:
    assert [finding.message for finding in ANALYSIS.diagnostics] == []
    assert len(QUERIES) >= 180


@pytest.mark.parametrize("name", QUERIES)
def test_types_are_the_servers(name: str, server: Connection) -> None:
    query = QUERIES[name]
    assert described.ours(query) == described.servers(query, server)


@pytest.mark.parametrize("name", QUERIES)
def test_what_is_never_null_is_never_null(name: str, server: Connection) -> None:
    query = QUERIES[name]
    statement = written_statement(query, dialect("postgres"))
    for seed in range(4):
        with server.transaction(force_rollback=True):
            fill(server, seed)
            cursor = psycopg.RawCursor(server)
            try:
                cursor.execute(statement.sql.encode(), [_value(query, n, seed) for n in statement.params])
            except (
                psycopg.errors.DataError,
                psycopg.errors.IntegrityError,
                psycopg.errors.ObjectNotInPrerequisiteState,
            ):
                continue
            rows = cursor.fetchall() if cursor.description else []
        for place, column in enumerate(query.columns):
            assert column.nullable or all(row[place] is not None for row in rows), column.name


VALUES: dict[str, list[object]] = {
    "bool": [True, False],
    "int16": [1, 2],
    "int32": [1, 2, 3, 10],
    "int64": [1, 2, 3],
    "float32": [0.5],
    "float64": [0.5, 2.5],
    "decimal": [Decimal("2.50"), Decimal(10)],
    "str": ["a", "b", "x@y"],
    "bytes": [b"x"],
    "date": [date(2020, 1, 2)],
    "timestamp": [datetime(2020, 1, 2)],
    "timestamptz": [datetime(2020, 1, 2, tzinfo=UTC)],
    "interval": [timedelta(days=1)],
    "uuid": [UUID(int=1)],
    "json": [Jsonb({"a": 1})],
    "enum": ["ok", "sad"],
    "other": ["a"],
}


def _value(query: TypedQuery, number: int, seed: int) -> object:
    parameter = query.parameters[number]
    random = Random(f"{seed} {parameter.name}")
    if parameter.nullable and random.random() < 0.5:
        return None
    inner = parameter.type.element or parameter.type
    values = VALUES[str(inner)]
    return values if parameter.sequence or parameter.type.element else random.choice(values)
