"""No text makes the analysis fail otherwise than by findings, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlwright
from hypothesis import given
from hypothesis import strategies as st
from sqlwright.analysis import analyze_queries, build_schema
from sqlwright.diagnostics import Source
from sqlwright.dialects import dialect
from sqlwright.read.lexer import lex
from sqlwright.translate.written import written_statement

HERE = Path(__file__).parent
SCHEMA = build_schema([Source("schema.sql", (HERE / "postgres.schema.sql").read_text())], dialect("postgres"))
LINES = [line for line in (HERE / "postgres.queries.sql").read_text().split("\n") if line and not line.startswith("--")]
TOKENS = [
    [token.text for token in lex(Source("q", line), dialect("postgres").grammar.lexis, parameters=True).tokens[:-1]]
    for line in LINES
]
WORDS = [word for tokens in TOKENS for word in tokens]


@st.composite
def broken_queries(draw: st.DrawFn) -> str:
    """A query with some of its tokens taken out, doubled, exchanged or replaced by others'."""
    tokens = list(draw(st.sampled_from(TOKENS)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(tokens) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "replace", "insert"])):
            case "drop" if len(tokens) > 2:
                del tokens[at]
            case "double":
                tokens.insert(at, tokens[at])
            case "swap":
                other = draw(st.integers(0, len(tokens) - 1))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case "replace":
                tokens[at] = draw(st.sampled_from(WORDS))
            case _:
                tokens.insert(at, draw(st.sampled_from(WORDS)))
    return " ".join(tokens)


@given(broken_queries())
def test_no_query_breaks_the_analysis(query: str) -> None:
    source = Source("queries.sql", f"-- name: q :many\n{query}\n;")
    found = analyze_queries([source], SCHEMA.catalog, dialect("postgres"))
    for finding in found.diagnostics:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(finding.span.source.text)
    for typed in found.queries:
        assert written_statement(typed, dialect("postgres")).sql
    assert found.queries or found.diagnostics


DEEP = {
    "a sum": "select " + " + ".join(["id"] * 2000) + " as n from orgs",
    "parentheses": "select " + "(" * 2000 + "id" + ")" * 2000 + " as n from orgs",
    "negations": "select id from orgs where " + "not (" * 2000 + "id = 1" + ")" * 2000,
    "CASE": "select " + "case when id = 1 then " * 2000 + "id" + " end" * 2000 + " as n from orgs",
    "casts": "select id" + "::bigint" * 2000 + " as n from orgs",
    "calls": "select " + "abs(" * 2000 + "id" + ")" * 2000 + " as n from orgs",
    "a compound": " union all ".join(["select id from orgs"] * 2000),
    "joins": "select a.id from orgs a " + " ".join(f"join orgs o{n} on o{n}.id = a.id" for n in range(2000)),
    "derived tables": "select * from " + "(select id from " * 2000 + "orgs" + "".join(f") s{n}" for n in range(2000)),
    "subqueries": "select " + "(select " * 2000 + "1" + ")" * 2000 + " as n",
}
"""More than Python's stack is meant for: an answer if there is one, else a finding with its place."""


@pytest.mark.parametrize("what", DEEP)
def test_depth_is_a_finding(what: str) -> None:
    found = analyze_queries([Source("q.sql", f"-- name: q :many\n{DEEP[what]};")], SCHEMA.catalog, dialect("postgres"))
    assert found.queries or [finding.code for finding in found.diagnostics] == ["too-deep"]


def test_depth_of_a_view_is_a_finding() -> None:
    schema = f"create table orgs (id integer not null);\ncreate view v as {DEEP['a sum']};\n"
    found = sqlwright.analyze(schema, "", "postgres")
    assert [finding.code for finding in found.diagnostics] == ["too-deep"]


def test_what_is_empty_is_no_mistake() -> None:
    for written in ("postgres", "sqlite"):
        found = sqlwright.analyze("", "", written)
        assert (found.queries, found.diagnostics) == ((), ())
