"""The Python calls that need no project: text in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .analysis import analyze_queries, build_schema
from .diagnostics import Diagnostic, Source, did_you_mean, in_order
from .dialects import NAMES
from .dialects import dialect as dialect_named
from .dialects.base import Dialect
from .model.typed import TypedColumn, TypedParameter, TypedQuery
from .render.pythontypes import annotation
from .translate.written import written_statement


@dataclass(frozen=True, slots=True)
class Analysis:
    """The queries that could be analysed, and every finding about the schema and all queries."""

    dialect: Dialect
    queries: tuple[TypedQuery, ...]
    diagnostics: tuple[Diagnostic, ...]

    def to_dict(self) -> dict[str, object]:
        """The analysis as plain values, as `sqlwright analyze --format json` prints it."""
        return {
            "dialect": self.dialect.name,
            "queries": [_query(query, self.dialect) for query in self.queries],
            "diagnostics": [finding.to_dict() for finding in self.diagnostics],
        }


def analyze(schema: str, queries: str, dialect: str) -> Analysis:
    """The types of every parameter and column of the queries in a text; `sqlwright.analyze` says more."""
    found = checked_dialect(dialect)
    return analyze_sources([Source("<schema>", schema)], [Source("<queries>", queries)], found)


def analyze_sources(schema: Sequence[Source], queries: Sequence[Source], dialect: Dialect) -> Analysis:
    """The analysis of texts that were read from files."""
    built = build_schema(schema, dialect)
    analyzed = analyze_queries(queries, built.catalog, dialect)
    return Analysis(dialect, analyzed.queries, tuple(in_order((*built.diagnostics, *analyzed.diagnostics))))


def checked_dialect(name: str) -> Dialect:
    """The dialect of a name; raises ValueError with the nearest one when there is none."""
    if name not in NAMES:
        help = did_you_mean(name, NAMES, f"the dialects are {', '.join(NAMES)}")
        raise ValueError(f"there is no dialect {name!r}: {help}")
    return dialect_named(name)


def _query(query: TypedQuery, dialect: Dialect) -> dict[str, object]:
    named = query.query
    return {
        "name": named.name,
        "command": named.command.value,
        "line": named.name_span.line,
        "sql": written_statement(query, dialect).sql,
        "params": [_parameter(parameter) for parameter in query.parameters],
        "columns": [_column(column) for column in query.columns],
    }


def _parameter(parameter: TypedParameter) -> dict[str, object]:
    return {
        "name": parameter.name,
        "type": str(parameter.type),
        "db_type": parameter.db_type,
        "nullable": parameter.nullable,
        "list": parameter.sequence,
        "python": annotation(parameter.type),
    }


def _column(column: TypedColumn) -> dict[str, object]:
    return {
        "name": column.name,
        "type": str(column.type),
        "db_type": column.db_type,
        "nullable": column.nullable,
        "python": annotation(column.type),
    }
