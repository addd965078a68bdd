"""The columns of views, for the catalog."""

from __future__ import annotations

from ..diagnostics import Diagnostic, Source, too_deep
from ..dialects.base import Dialect
from ..model.catalog import Catalog, Column
from ..model.syntax import Query
from .environment import Environment
from .lone import computed_never_null
from .nulls import infer_nullability
from .resolve import resolve
from .typing import infer_types


def view_columns(
    query: Query, source: Source, catalog: Catalog, dialect: Dialect
) -> tuple[tuple[Column, ...], tuple[Diagnostic, ...]]:
    """The columns that a query gives, and what is wrong with it. A view with an error has no columns."""
    try:
        return _view_columns(query, source, Environment(catalog, dialect))
    except RecursionError:
        return (), (too_deep("analysed", source.span(query.start, query.end)),)


def _view_columns(
    query: Query, source: Source, environment: Environment
) -> tuple[tuple[Column, ...], tuple[Diagnostic, ...]]:
    resolution = resolve(query, source, environment)
    facts = infer_types(resolution, (), source, environment)
    if resolution.findings:
        return (), tuple(resolution.findings)
    computed = computed_never_null(environment)
    nulls = infer_nullability(resolution, facts, (), frozenset(), environment, computed).outputs
    types = facts.outputs.get(query, [])
    span = source.span(query.start, query.end)
    columns = tuple(
        Column(output.name, types[position] or environment.types.text(), nulls[position] is not None, span)
        for position, output in enumerate(resolution.outputs[query])
    )
    return columns, ()
