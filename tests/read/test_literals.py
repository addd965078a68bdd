"""The values of literals and the spelling of names are those that the servers give."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
import sqlwright
from sqlwright.model.syntax import Number, String, walk

from tests.read.reading import query

POSTGRES = [
    "'a''b'",
    "''",
    "'a\\nb'",
    "E'a\\nb\\tc\\\\d\\'e''f'",
    "E'\\x41\\102\\u00e9\\U0001F600'",
    "e'\\q\\b\\f\\r'",
    "$$a'b\\n$$",
    "$x$a$$b$x$",
    "U&'d\\0061t\\+000061'",
    "U&'d!0061!!\\' uescape '!'",
    "'foo'\n  'bar'",
    "'foo' -- why\n  'bar'",
    "E'a\\n'\n'\\n'",
    "'größe 名前 😀'",
    "'a\nb'",
    "N'x'",
]
SQLITE = ["'a''b'", "''", "'a\\nb'", "'größe 😀'", "'a\nb'"]
NUMBERS = ["1", "1.5", ".5", "1e3", "1.5E-3", "123456789012"]
NAMES = [
    "Plain",
    '"Quoted"',
    '"a""b"',
    'U&"d\\0061t"',
    "größe",
    "GRÖSSE",
    "名前",
    "naïve😀",
    "a$b",
    "x" * 70,
    '"' + "é" * 40 + '"',
    "é" * 40,
]


def value(literal: str, written: str) -> str:
    node = next(node for node in walk(query(f"-- name: q :one\nselect {literal};", written).query) if is_literal(node))
    assert isinstance(node, String | Number)
    return node.value if isinstance(node, String) else node.text


def is_literal(node: object) -> bool:
    return isinstance(node, String | Number)


@pytest.mark.parametrize("literal", POSTGRES)
def test_strings_of_postgres(literal: str, postgres_server_url: str) -> None:
    with psycopg.connect(postgres_server_url) as connection:
        assert connection.execute(f"select {literal}".encode()).fetchone() == (value(literal, "postgres"),)


@pytest.mark.parametrize("literal", SQLITE)
def test_strings_of_sqlite(literal: str) -> None:
    assert sqlite3.connect(":memory:").execute(f"select {literal}").fetchone() == (value(literal, "sqlite"),)


@pytest.mark.parametrize("literal", NUMBERS)
def test_numbers(literal: str) -> None:
    ((found,),) = sqlite3.connect(":memory:").execute(f"select {literal}")
    assert float(value(literal, "sqlite")) == found == float(value(literal, "postgres"))


@pytest.mark.parametrize("name", NAMES)
def test_names_of_postgres(name: str, postgres_url: str) -> None:
    schema, select = f"create table t ({name} integer not null)", f"select {name}, {name} as {name}, t.* from t"
    found = sqlwright.analyze(schema, f"-- name: q :many\n{select};", "postgres")
    assert found.diagnostics == ()
    with psycopg.connect(postgres_url) as connection:
        connection.execute(schema.encode())
        ours = [column.name for column in found.queries[0].columns]
        described = connection.execute(select.encode()).description
        assert [column.name for column in described or ()] == ours
        statement = str(found.to_dict()["queries"][0]["sql"])
        connection.execute(statement.encode())


@pytest.mark.parametrize("name", ["Plain", '"Quoted"', "[a b]", "`a``b`", "größe", "GRÖSSE", "名前", '"a""b"'])
def test_names_of_sqlite(name: str) -> None:
    schema, select = f"create table t ({name} integer not null)", f"select {name}, {name} as {name}, t.* from t"
    found = sqlwright.analyze(schema, f"-- name: q :many\n{select};", "sqlite")
    assert found.diagnostics == ()
    connection = sqlite3.connect(":memory:")
    connection.execute(schema)
    described = connection.execute(select).description
    assert [column[0] for column in described] == [column.name for column in found.queries[0].columns]
