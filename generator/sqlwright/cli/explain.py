"""Why a column can be NULL, step by step, or that it cannot."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Span, did_you_mean, error, note, render_all
from .findings import palette

if TYPE_CHECKING:
    from ..api import Analysis
    from ..model.typed import TypedColumn, TypedQuery


def explanation(analysis: Analysis, asked: str) -> str | Diagnostic:
    """The explanation of a column, asked for as `query.column`; or why there is none."""
    name, dot, column_name = asked.partition(".")
    if not dot:
        return error("bad-explain", f"`{asked}` names no column", help="write `--explain QUERY.COLUMN`")
    queries = [query for query in analysis.queries if query.query.name == name]
    if not queries:
        known = [query.query.name for query in analysis.queries]
        return error("unknown-query", f"there is no query `{name}`", help=did_you_mean(name, known))
    told = [_column(query, column) for query in queries for column in query.columns if column.name == column_name]
    if not told:
        names = [column.name for query in queries for column in query.columns]
        otherwise = f"its columns are {', '.join(names)}" if names else "it returns no rows"
        return error(
            "unknown-column",
            f"query `{name}` has no column `{column_name}`",
            queries[0].query.name_span,
            did_you_mean(column_name, names, otherwise),
        )
    return render_all(told, palette(sys.stdout))


def _column(query: TypedQuery, column: TypedColumn) -> Diagnostic:
    asked = f"`{query.query.name}.{column.name}`"
    if not column.nullable:
        return note("never-null", f"{asked} is never NULL", column.span, _said_by_hand(query, column))
    because = None if column.reasons else _said_by_hand(query, column)
    return replace(note("nullable", f"{asked} can be NULL", column.span, because), related=_places(column))


def _places(column: TypedColumn) -> tuple[tuple[Span, str], ...]:
    """The steps of the reason; one outside the query is told with the step that leads there."""
    places: list[tuple[Span, str]] = []
    for step in column.reasons:
        if step.span is not None:
            places.append((step.span, step.message))
        else:
            span, before = places.pop() if places else (column.span, "")
            places.append((span, f"{before}: {step.message}" if before else step.message))
    return tuple(places)


def _said_by_hand(query: TypedQuery, column: TypedColumn) -> str | None:
    """What the query says of the column, which no analysis overrules."""
    if any(said.column == column.name for said in query.query.column_notes):
        return "a `-- column` line of the query says so"
    if column.span.text.endswith(('!"', '?"', "!`", "?`")):
        return "the mark in the column's alias says so"
    return None
