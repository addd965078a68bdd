"""A query once more for other databases: `-- dialect:` and the grammar that reads it."""

from __future__ import annotations

from sqlwright.analysis import read_query_files
from sqlwright.diagnostics import Source
from sqlwright.dialects import dialect


def read(text: str) -> tuple[list[tuple[str, str | None]], list[tuple[str, str]]]:
    """The queries with their dialects, and the findings with the text that they underline."""
    found = read_query_files([Source("<queries>", text)], dialect("postgres"))
    return (
        [(query.name, query.dialect) for file in found.files for query in file.queries],
        [(one.code, one.span.text if one.span else "") for one in found.diagnostics],
    )


def test_a_variant_for_several_databases_is_one_for_each() -> None:
    text = "-- name: a :one\nselect 1;\n-- name: a :one\n-- dialect: mysql , mariadb\nselect `b` from `t`;\n"
    assert read(text) == ([("a", None), ("a", "mysql"), ("a", "mariadb")], [])


def test_the_written_database_may_be_among_them() -> None:
    text = "-- name: a :one\n-- dialect: sqlite, postgres\nselect 1;\n-- name: a :one\n-- dialect: mysql\nselect `b`;\n"
    assert read(text) == ([("a", "postgres"), ("a", "sqlite"), ("a", "mysql")], [])


def test_a_mistake_for_several_databases_is_told_once() -> None:
    text = "-- name: a :one\n-- dialect: mysql, mariadb\nselect `b` from from t;\n"
    assert read(text) == ([], [("syntax", "from")])


def test_a_mistake_for_one_of_them_is_told() -> None:
    text = "-- name: a :one\n-- dialect: sqlite, mysql\nselect a <=> 1 from t;\n"
    queries, findings = read(text)
    assert queries == [("a", "mysql")]
    assert [code for code, _ in findings] == ["syntax"]


def test_the_same_database_twice_is_a_duplicate() -> None:
    text = "-- name: a :one\n-- dialect: mysql, mariadb\nselect 1;\n-- name: a :one\n-- dialect: mariadb\nselect 2;\n"
    assert [code for code, _ in read(text)[1]] == ["duplicate-query"]


def test_a_name_of_no_database_is_told() -> None:
    queries, findings = read("-- name: a :one\n-- dialect: mysql, oracle\nselect 1;\n")
    assert queries == [("a", "oracle"), ("a", "mysql")]
    assert findings == [("unknown-dialect", "-- dialect: mysql, oracle")]
