"""Texts as the first phase reads them."""

from __future__ import annotations

from sqlwright.diagnostics import Source
from sqlwright.dialects import dialect
from sqlwright.model.query import NamedQuery
from sqlwright.read.lexer import Lexed, lex
from sqlwright.read.queries import ReadQueries, read_queries
from sqlwright.read.schema import ReadSchema, read_schema


def lexed(text: str, written: str, *, parameters: bool = True) -> Lexed:
    return lex(Source("text.sql", text), dialect(written).grammar.lexis, parameters=parameters)


def tokens(text: str, written: str, *, parameters: bool = True) -> list[str]:
    """The tokens of a text in which nothing is wrong, each with its kind: `word a`."""
    found = lexed(text, written, parameters=parameters)
    assert found.problems == []
    return [f"{token.kind.value} {token.text}" for token in found.tokens[:-1]]


def read(text: str, written: str = "postgres") -> ReadQueries:
    return read_queries(Source("queries.sql", text), dialect(written).grammar)


def queries(text: str, written: str = "postgres") -> tuple[NamedQuery, ...]:
    """The queries of a text in which nothing is wrong."""
    found = read(text, written)
    assert [finding.message for finding in found.diagnostics] == []
    return found.file.queries


def query(text: str, written: str = "postgres") -> NamedQuery:
    (found,) = queries(text, written)
    return found


def messages(text: str, written: str = "postgres") -> list[tuple[str, int, str]]:
    """What is wrong with query files: code, line, and the text that is underlined."""
    return [
        (finding.code, finding.span.line, finding.span.text) if finding.span else (finding.code, 0, "")
        for finding in read(text, written).diagnostics
    ]


def schema(text: str, written: str = "postgres") -> ReadSchema:
    return read_schema(Source("schema.sql", text), dialect(written).grammar)


def statements(text: str, written: str = "postgres") -> list[str]:
    """The statements of a schema in which nothing is wrong."""
    found = schema(text, written)
    assert [finding.message for finding in found.diagnostics] == []
    return [statement.text for statement in found.statements]
