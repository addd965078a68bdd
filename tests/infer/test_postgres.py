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

from tests.infer.rows import fill

HERE = Path(__file__).parent
SCHEMA = (HERE / "postgres.schema.sql").read_text()
ANALYSIS = sqlwright.analyze(SCHEMA, (HERE / "postgres.queries.sql").read_text(), "postgres")
QUERIES = {query.query.name: query for query in ANALYSIS.queries}
BASE_TYPES = "select t.oid, coalesce(b.typname, t.typname) from pg_type t left join pg_type b on b.oid = t.typbasetype"
DOMAINS = {"email": "text", "positive": "int4"}
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
    assert len(QUERIES) >= 150


@pytest.mark.parametrize("name", QUERIES)
def test_types_are_the_servers(name: str, server: Connection) -> None:
    query = QUERIES[name]
    types = {int(str(oid)): str(kind) for oid, kind in server.execute(BASE_TYPES)}
    statement = written_statement(query, dialect("postgres"))
    with server.transaction(force_rollback=True):
        prepared = server.pgconn.prepare(b"", statement.sql.encode())
        described = server.pgconn.describe_prepared(b"")
    assert not prepared.error_message, prepared.error_message.decode()
    columns = [(described.fname(n), types[described.ftype(n)]) for n in range(described.nfields)]
    ours = [(column.name, _typname(column.sql_type.name, column.sql_type.array)) for column in query.columns]
    assert ours == [((name or b"").decode(), kind) for name, kind in columns]
    parameters = [types[described.param_type(n)] for n in range(described.nparams)]
    assert [
        _typname(parameter.sql_type.name, parameter.sql_type.array or parameter.sequence)
        for parameter in query.parameters
    ] == parameters


def _typname(name: str, array: bool) -> str:
    base = DOMAINS.get(name, name)
    return f"_{base}" if array else base


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
