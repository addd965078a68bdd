"""The first phases in their order: schema texts to a catalog, query texts to typed queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .catalog.builder import BuiltCatalog, build_catalog
from .diagnostics import Diagnostic, Source, did_you_mean, error, has_errors
from .dialects import NAMES
from .dialects import dialect as dialect_named
from .dialects.base import Dialect
from .infer.environment import Environment
from .infer.facts import QueryFacts
from .infer.query import infer
from .infer.views import view_columns
from .model.catalog import Catalog
from .model.lexis import Grammar
from .model.query import NamedQuery, QueryFile
from .model.schema import SchemaStatement
from .model.typed import TypedQuery
from .model.values import value
from .read.queries import ReadQueries, read_queries
from .read.schema import read_schema


@value
class ReadQueryFiles:
    """Query files as they were read, those of other dialects' variants among them."""

    files: tuple[QueryFile, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class AnalyzedQueries:
    """The queries that are right, in order, and what was found in all."""

    queries: tuple[TypedQuery, ...]
    diagnostics: tuple[Diagnostic, ...]
    facts: Mapping[TypedQuery, QueryFacts] = field(default_factory=dict[TypedQuery, QueryFacts])
    """What translation needs of each query."""


def build_schema(sources: Iterable[Source], dialect: Dialect) -> BuiltCatalog:
    """The catalog of schema texts, taken in their order."""
    statements: list[SchemaStatement] = []
    findings: list[Diagnostic] = []
    for source in sources:
        read = read_schema(source, dialect.grammar)
        statements += read.statements
        findings += read.diagnostics
    built = build_catalog(statements, dialect, view_columns)
    # What a statement lacks where another cannot be read may be just that one's.
    findings += () if has_errors(findings) else built.diagnostics
    return BuiltCatalog(built.catalog, tuple(findings), built.statements)


def read_query_files(sources: Sequence[Source], dialect: Dialect) -> ReadQueryFiles:
    """The named queries of query texts; a variant for another dialect is read by that one's grammar."""
    findings: list[Diagnostic] = []
    files: list[QueryFile] = []
    for source in sources:
        read = read_queries(source, dialect.grammar, _grammar_of)
        findings += read.diagnostics
        files.append(read.file)
    named = [query for file in files for query in file.queries]
    findings += duplicate_names(named)
    findings += unknown_dialects(named)
    return ReadQueryFiles(tuple(files), tuple(findings))


def read_made(sql: str, dialect: Dialect) -> ReadQueries:
    """A statement that was made for a database, as that database's own grammar reads it."""
    text = f"-- name: made :exec\n{dialect.placeholders.readable(sql)}\n;\n"
    return read_queries(Source("<made>", text), dialect.grammar)


def _grammar_of(name: str) -> Grammar | None:
    return dialect_named(name).grammar if name in NAMES else None


def analyze_queries(sources: Sequence[Source], catalog: Catalog, dialect: Dialect) -> AnalyzedQueries:
    """The typed queries of query texts. Variants for other dialects are left out."""
    read = read_query_files(sources, dialect)
    own = [query for file in read.files for query in file.queries if query.dialect in (None, dialect.name)]
    inferred = infer_queries(own, Environment(catalog, dialect))
    return AnalyzedQueries(inferred.queries, (*read.diagnostics, *inferred.diagnostics), inferred.facts)


def infer_queries(queries: Iterable[NamedQuery], environment: Environment) -> AnalyzedQueries:
    """The types of queries that have been read."""
    findings: list[Diagnostic] = []
    typed: list[TypedQuery] = []
    facts: dict[TypedQuery, QueryFacts] = {}
    for query in queries:
        inferred = infer(query, environment)
        findings += inferred.diagnostics
        if inferred.query is not None:
            typed.append(inferred.query)
            if inferred.facts is not None:
                facts[inferred.query] = inferred.facts
    return AnalyzedQueries(tuple(typed), tuple(findings), facts)


def duplicate_names(queries: Iterable[NamedQuery]) -> list[Diagnostic]:
    """A finding for each query whose name and dialect an earlier one has."""
    seen: dict[tuple[str, str | None], NamedQuery] = {}
    findings: list[Diagnostic] = []
    for query in queries:
        key = (query.name, query.dialect)
        earlier = seen.setdefault(key, query)
        if earlier is not query:
            findings.append(
                error(
                    "duplicate-query",
                    f"there are two queries named `{query.name}`",
                    query.name_span,
                    "rename one of the two, or mark it as a variant with `-- dialect: …`",
                    ((earlier.name_span, "first defined here"),),
                )
            )
    return findings


def unknown_dialects(queries: Iterable[NamedQuery]) -> list[Diagnostic]:
    """A finding for each variant that is written for no database that there is."""
    return [
        error(
            "unknown-dialect",
            f"there is no dialect `{query.dialect}`",
            query.dialect_span,
            did_you_mean(query.dialect, NAMES, f"the dialects are {', '.join(NAMES)}"),
        )
        for query in queries
        if query.dialect is not None and query.dialect not in NAMES
    ]
