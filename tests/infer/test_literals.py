"""String literals that stand for values of other types: PostgreSQL refuses the same ones, and never one less."""

from __future__ import annotations

from typing import Final

import psycopg
import pytest
import sqlwright

SCHEMA: Final = """
create type status as enum ('draft', 'paid');
create domain amount as numeric check (value > 0);
create table bills (
    id uuid, status status, vip boolean, since date, at timestamptz, hour time, count integer, total numeric,
    ratio float8, details jsonb, tags text[], due amount
);
"""
VALUES: Final = {
    "status": ("draft", "paid", "payed", "", "Draft"),
    "vip": ("true", "T", " yes ", "of", "o", "maybe", "", "1", "2", "tru"),
    "since": ("2024-01-02", "yesterday", "yesteryear", "", "infinity", "now", "Jan 2 2024", "20240102", "epoch"),
    "at": ("2024-01-02", "now", "soon", "today", "2024-01-02T03:04:05Z", "tomorrow 10:00"),
    "hour": ("10:00", "noon", "now", "allballs"),
    "count": ("12", " -3 ", "+4", "twelve", "1.5", "", "1e3"),
    "total": ("12", "1.50", "-.5", "5.", "1e10", "NaN", "infinity", "abc", "", "1,5"),
    "ratio": ("1", "inf", "-Infinity", "x", "1e-5"),
    "id": (
        "5f0c4b6e-0b1a-4c58-9b0e-1c9d8c7a6b5d",
        "{5F0C4B6E-0B1A-4C58-9B0E-1C9D8C7A6B5D}",
        "5f0c4b6e0b1a4c589b0e1c9d8c7a6b5d",
        "abc",
        "5f0c4b6e-0b1a-4c58-9b0e",
    ),
    "details": ("{}", "[1, 2]", "null", "{a: 1}", "", "'x'", '"x"', "{"),
    "tags": ("{}", "{a,b}", "a,b", "[1:1]={a}", ""),
    "due": ("1", "much"),
}
CASES: Final = [(column, value) for column, values in VALUES.items() for value in values]


def test_all(postgres_url: str) -> None:
    wrong: list[tuple[str, str, bool]] = []
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
        for column, value in CASES:
            literal = value.replace("'", "''")
            for text in (
                f"select 1 from bills where {column} = '{literal}'",
                f"update bills set {column} = '{literal}'",
                f"insert into bills ({column}) values ('{literal}')",
            ):
                prepared = connection.pgconn.prepare(b"", text.encode())
                accepted = prepared.status == psycopg.pq.ExecStatus.COMMAND_OK
                found = sqlwright.analyze(
                    SCHEMA, f"-- name: q :{'many' if 'select' in text else 'exec'}\n{text};", "postgres"
                )
                if accepted is not (not found.diagnostics):
                    wrong.append((column, value, accepted))
    assert not wrong


def test_what_it_says() -> None:
    found = sqlwright.analyze(SCHEMA, "-- name: q :many\nselect id from bills where status = 'payed';", "postgres")
    (finding,) = found.diagnostics
    assert finding.message == "'payed' is no value of status"
    assert finding.help == "did you mean `paid`?"
    assert finding.span is not None
    assert finding.span.text == "'payed'"


@pytest.mark.parametrize("text", ["coalesce(status, 'payed')", "case when vip then status else 'payed' end"])
def test_inside_expressions(text: str) -> None:
    found = sqlwright.analyze(SCHEMA, f"-- name: q :many\nselect {text} from bills;", "postgres")
    assert [one.code for one in found.diagnostics] == ["bad-literal"]
