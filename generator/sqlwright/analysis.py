"""The first phases in their order: schema texts to a catalog, query texts to typed queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .catalog.builder import BuiltCatalog, build_catalog
from .diagnostics import Diagnostic, Source, error
from .dialects.base import Dialect
from .infer.environment import Environment
from .infer.facts import QueryFacts
from .infer.query import infer
from .infer.views import view_columns
from .model.catalog import Catalog
from .model.query import NamedQuery
from .model.schema import SchemaStatement
from .model.typed import TypedQuery
from .read.queries import read_queries
from .read.schema import read_schema


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
    return BuiltCatalog(built.catalog, (*findings, *built.diagnostics))


def analyze_queries(sources: Sequence[Source], catalog: Catalog, dialect: Dialect) -> AnalyzedQueries:
    """The typed queries of query texts."""
    findings: list[Diagnostic] = []
    named: list[NamedQuery] = []
    for source in sources:
        read = read_queries(source, dialect.grammar)
        findings += read.diagnostics
        named += read.file.queries
    findings += duplicate_names(named)
    environment = Environment(catalog, dialect)
    typed: list[TypedQuery] = []
    facts: dict[TypedQuery, QueryFacts] = {}
    for query in named:
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
