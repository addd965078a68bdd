"""What operators, casts and extensions bring that the analysis has no tables of is not refused for want of them."""

from __future__ import annotations

import pytest
from sqlwright import analyze
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source
from sqlwright.dialects import dialect

OPERATOR = """
create operator === (leftarg = bigint, rightarg = bigint, function = int8eq);
create table users (id bigint, name text);
"""
CAST = """
create function as_point(bigint) returns point language sql as 'select point($1, $1)';
create cast (bigint as point) with function as_point(bigint);
create table users (id bigint, name text);
"""
EXTENSION = "create extension postgis; create table users (id bigint, name text, home geometry(point, 4326));"


def types(schema: str, query: str) -> list[str]:
    found = analyze(schema=schema, queries=f"-- name: q :many\n{query};\n", dialect="postgres")
    return [str(column.type) for column in found.queries[0].columns] if found.queries else ["refused"]


@pytest.mark.parametrize(
    ("schema", "query", "expected"),
    [
        (OPERATOR, "select id === 3, id from users", ["other", "int64"]),
        (OPERATOR, "select id from users where id === :other", ["int64"]),
        (OPERATOR, "select id + 1 from users", ["int64"]),
        (CAST, "select cast(id as point), id from users", ["other", "int64"]),
        (EXTENSION, "select st_area(home), home && home, id + 1 from users", ["other", "other", "int64"]),
        (EXTENSION, "select st_distance(home, :there) < 5 from users", ["other"]),
        (EXTENSION, "select name &@~ 'a' from users", ["other"]),
        # What the known types make of one another is known all the same.
        (EXTENSION, "select name + 1 from users", ["refused"]),
        (EXTENSION, "select name::point from users", ["other"]),
        (EXTENSION, "select id::uuid from users", ["refused"]),
        (EXTENSION, "select sum(name) from users", ["refused"]),
    ],
)
def test_what_may_be_there_is_not_refused(schema: str, query: str, expected: list[str]) -> None:
    assert types(schema, query) == expected


def test_a_type_of_a_strange_extension_needs_no_warning() -> None:
    assert build_schema([Source("schema.sql", EXTENSION)], dialect("postgres")).diagnostics == ()


def test_without_them_an_unknown_operator_is_refused() -> None:
    assert types("create table users (id bigint);", "select id === 3 from users") == ["refused"]
