"""The queries of TPC-H and TPC-DS, or any others: what we say of them is what PostgreSQL says.

`SQLWRIGHT_TPC` names a folder with one folder for each suite: its `schema.sql`, and a query in every other file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Final

import psycopg
import pytest
import sqlwright
from psycopg import sql
from sqlwright.live.postgres import scratch_database
from sqlwright.model.typed import TypedQuery

from tests.infer import described
from tests.infer.described import Connection

FOLDER: Final = Path(os.environ["SQLWRIGHT_TPC"])
QUERIES: Final = sorted(path for path in FOLDER.glob("*/*.sql") if path.name != "schema.sql")
ROWS: Final = 40
COLUMNS: Final = """\
select c.table_name, c.column_name, c.data_type, coalesce(c.character_maximum_length, 20), c.is_nullable = 'YES',
    array[c.column_name] = (
        select array_agg(k.column_name) from information_schema.key_column_usage k where k.table_name = c.table_name
    )
from information_schema.columns c where c.table_schema = 'public' order by c.table_name, c.ordinal_position
"""
FOREIGN_KEYS: Final = "select conrelid::regclass::text, conname from pg_constraint where contype = 'f'"
PLAIN: Final = {
    "integer": [str(number) for number in range(1, 9)],
    "bigint": [str(number) for number in range(1, 9)],
    "numeric": ["0", "1.5", "20", "300", "99.99"],
    "date": ["1995-03-01", "1998-09-02", "2000-03-11", "2001-04-08"],
}
"""Values of each type, among which a query's own literals are put; any other type has texts."""
LITERAL: Final = re.compile(r"'((?:[^']|'')*)'|\b(\d+(?:\.\d+)?)\b")


@pytest.fixture(scope="module")
def databases(postgres_server_url: str) -> Iterator[dict[Path, Connection]]:
    """A connection for each suite, to a database that has its tables."""
    with ExitStack() as stack:
        found: dict[Path, Connection] = {}
        for suite in sorted({path.parent for path in QUERIES}):
            url = stack.enter_context(scratch_database(postgres_server_url))
            found[suite] = connection = stack.enter_context(psycopg.connect(url))
            connection.execute(schema(suite).encode())
            for table, name in connection.execute(FOREIGN_KEYS).fetchall():
                connection.execute(
                    sql.SQL("alter table {} drop constraint {}").format(
                        sql.Identifier(str(table)), sql.Identifier(str(name))
                    )
                )
            connection.commit()
        yield found


def named(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@cache
def schema(suite: Path) -> str:
    return (suite / "schema.sql").read_text(encoding="utf-8")


@cache
def analysed(path: Path) -> TypedQuery:
    text = f"-- name: {path.stem} :many\n{path.read_text(encoding='utf-8')}"
    analysis = sqlwright.analyze(schema(path.parent), text, "postgres")
    assert [finding.message for finding in analysis.diagnostics] == []
    return analysis.queries[0]


def test_there_are_queries() -> None:
    assert QUERIES


@pytest.mark.parametrize("path", QUERIES, ids=named)
def test_types_are_the_servers(path: Path, databases: dict[Path, Connection]) -> None:
    query = analysed(path)
    assert described.ours(query) == described.servers(query, databases[path.parent])


@pytest.mark.parametrize("path", QUERIES, ids=named)
def test_what_is_never_null_is_never_null(path: Path, databases: dict[Path, Connection]) -> None:
    query = analysed(path)
    text = path.read_text(encoding="utf-8")
    for seed in range(3):
        connection = databases[path.parent]
        with connection.transaction(force_rollback=True):
            fill(connection, text, seed)
            try:
                rows = connection.execute(text.encode()).fetchall()
            except (psycopg.errors.DataError, psycopg.errors.CardinalityViolation):
                continue
        for place, column in enumerate(query.columns):
            assert column.nullable or all(row[place] is not None for row in rows), column.name


def fill(connection: Connection, text: str, seed: int) -> None:
    """Random rows for every table, of values that the query asks for where it says so; none for seed 0."""
    connection.execute("select setseed(%s)", (seed / 10,))
    tables: dict[str, list[tuple[str, sql.Composable]]] = {}
    for table, column, kind, length, nullable, key in connection.execute(COLUMNS).fetchall():
        value = _value(str(column), str(kind), int(str(length)), bool(nullable), bool(key), text)
        tables.setdefault(str(table), []).append((str(column), value))
    for table, columns in tables.items():
        connection.execute(
            sql.SQL(
                "insert into {} ({}) select {} from generate_series(1, {}) as row (n) on conflict do nothing"
            ).format(
                sql.Identifier(table),
                sql.SQL(", ").join(sql.Identifier(name) for name, _ in columns),
                sql.SQL(", ").join(value for _, value in columns),
                sql.Literal(ROWS if seed else 0),
            )
        )


def _value(column: str, kind: str, length: int, nullable: bool, key: bool, text: str) -> sql.Composable:
    """A random value: of a key of one column the row's number, else mostly what the query compares the column with."""
    if key:
        return sql.SQL("n")
    plain = PLAIN.get(kind, ["a", "b", "Y", "N"])
    asked = [value[:length] for value in _literals(column, text) if _fits(value, kind)]
    values = [*asked * 8, *plain]
    picked = sql.SQL("(array[{}])[1 + floor(random() * {})::int]").format(
        sql.SQL(", ").join(sql.Literal(value) for value in values), sql.Literal(len(values))
    )
    value = sql.SQL("cast({} as {})").format(picked, sql.SQL(kind if kind in PLAIN else "text"))
    return sql.SQL("case when random() < 0.9 then {} end").format(value) if nullable else value


def _literals(column: str, text: str) -> list[str]:
    """What stands in the query shortly after the column's name."""
    found: list[str] = []
    for place in re.finditer(rf"\b{column}\b", text, re.IGNORECASE):
        after = text[place.end() : place.end() + 40]
        found += [quoted or number for quoted, number in LITERAL.findall(after)]
    return sorted(set(found))


def _fits(value: str, kind: str) -> bool:
    match kind:
        case "integer" | "bigint":
            return re.fullmatch(r"\d{1,9}", value) is not None
        case "numeric":
            return re.fullmatch(r"\d{1,3}(\.\d+)?", value) is not None
        case "date":
            return re.fullmatch(r"\d{4}-\d\d?-\d\d?", value) is not None
        case _:
            return True
