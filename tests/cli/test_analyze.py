"""`sqlwright analyze`: tables, JSON and explanations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlwright

from .conftest import QUERIES, SCHEMA, Run

ARGUMENTS = ("analyze", "--dialect", "sqlite", "--schema", "schema", "--queries", "queries")


@pytest.fixture(autouse=True)
def working_directory(project: Path) -> None:
    (project / "sqlwright.toml").unlink()


def test_tables(run: Run) -> None:
    result = run(*ARGUMENTS)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "list_users :many  queries/users.sql:1\n"
        "  columns\n"
        "    id     INTEGER  not null  int\n"
        "    name   TEXT     not null  str\n"
        "    email  TEXT     nullable  str | None\n"
    )


def test_tables_show_parameters(project: Path, run: Run) -> None:
    text = "-- name: rename :exec\nupdate users set name = :name, email = :email where id in (:ids);\n"
    (project / "queries" / "users.sql").write_text(text)
    assert run(*ARGUMENTS).stdout == (
        "rename :exec  queries/users.sql:1\n"
        "  parameters\n"
        "    name   TEXT     not null  str\n"
        "    email  TEXT     nullable  str | None\n"
        "    ids    INTEGER  list      Sequence[int]\n"
    )


def test_json_is_the_analysis_and_nothing_else(run: Run) -> None:
    result = run(*ARGUMENTS, "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == sqlwright.analyze(SCHEMA, QUERIES, "sqlite").to_dict()


def test_findings_go_to_stderr(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").write_text(QUERIES + "-- name: bad :many\nselect nope from users;\n")
    result = run(*ARGUMENTS, "--format", "json")
    assert result.exit_code == 1
    assert [query["name"] for query in json.loads(result.stdout)["queries"]] == ["list_users"]
    assert result.stderr.startswith("error[unknown-column]: column `nope` does not exist in `users`\n")


@pytest.mark.parametrize(
    "paths",
    [
        ("--queries", "queries/users.sql", "queries/more.sql"),
        ("--queries", "queries/users.sql", "--queries", "queries/more.sql"),
        ("--queries=queries/users.sql", "--queries=queries/more.sql"),
        ("--queries", "queries/*.sql"),
        ("--queries", "queries"),
    ],
)
def test_several_paths(project: Path, run: Run, paths: tuple[str, ...]) -> None:
    (project / "queries" / "more.sql").write_text("-- name: count_users :one\nselect count(*) as n from users;\n")
    result = run("analyze", *paths, "--schema", "schema/shop.sql", "--dialect", "sqlite", "--format", "json")
    assert result.exit_code == 0
    names = {query["name"] for query in json.loads(result.stdout)["queries"]}
    assert names == {"list_users", "count_users"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--dialect", "sqllite"), "did you mean `sqlite`?"),
        (("--schema", "shema"), "did you mean `schema`?"),
        (("--explain", "list_user.id"), "did you mean `list_users`?"),
        (("--explain", "list_users.emial"), "did you mean `email`?"),
        (("--explain", "list_users"), "write `--explain QUERY.COLUMN`"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run(*ARGUMENTS, *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_missing_options(run: Run) -> None:
    assert run("analyze", "--dialect", "sqlite").exit_code == 2


def test_explain_a_column_that_can_be_null(project: Path, run: Run) -> None:
    text = "-- name: pairs :many\nselect a.id, b.name\nfrom users as a\nleft join users as b on b.id = a.id + 1;\n"
    (project / "queries" / "users.sql").write_text(text)
    result = run(*ARGUMENTS, "--explain", "pairs.name")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "note[nullable]: `pairs.name` can be NULL\n"
        " --> queries/users.sql:2:14\n"
        "  |\n"
        "2 | select a.id, b.name\n"
        "  |              ^^^^^^\n"
    )
    assert "`b` may be missing: it is joined by LEFT JOIN" in result.stdout


def test_explain_names_the_column_of_the_table(run: Run) -> None:
    result = run(*ARGUMENTS, "--explain", "list_users.email")
    assert "`email` of `users` can be NULL: column `email` is not declared NOT NULL" in result.stdout


def test_explain_a_column_that_is_never_null(run: Run) -> None:
    result = run(*ARGUMENTS, "--explain", "list_users.id")
    assert result.stdout.startswith("note[never-null]: `list_users.id` is never NULL\n")


def test_explain_what_was_said_by_hand(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").write_text('-- name: mails :many\nselect id, email as "mail!" from users;\n')
    result = run(*ARGUMENTS, "--explain", "mails.mail")
    assert "the mark in the column's alias says so" in result.stdout
