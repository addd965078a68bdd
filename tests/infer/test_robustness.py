"""No text makes the analysis fail otherwise than by findings, each with its place."""

from __future__ import annotations

from pathlib import Path

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


def test_what_is_empty_is_no_mistake() -> None:
    for written in ("postgres", "sqlite"):
        found = sqlwright.analyze("", "", written)
        assert (found.queries, found.diagnostics) == ((), ())
