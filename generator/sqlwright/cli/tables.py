"""An analysis as tables that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..render.pythontypes import annotation

if TYPE_CHECKING:
    from ..api import Analysis
    from ..model.typed import TypedColumn, TypedParameter, TypedQuery


def analysis_text(analysis: Analysis) -> str:
    """For each query its name and command, then its parameters and columns, one a line."""
    return "\n".join(_query(query) for query in analysis.queries)


def _query(query: TypedQuery) -> str:
    named = query.query
    variant = f" ({named.dialect})" if named.dialect is not None else ""
    place = f"{named.source.name}:{named.name_span.line}"
    lines = [f"{named.name} :{named.command.value}{variant}  {place}"]
    lines += _section("parameters", [_parameter(parameter) for parameter in query.parameters])
    lines += _section("columns", [_column(column) for column in query.columns])
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _section(title: str, rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows under a title, their cells aligned."""
    if not rows:
        return []
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return [
        f"  {title}",
        *("    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows),
    ]


def _parameter(parameter: TypedParameter) -> tuple[str, ...]:
    python = annotation(parameter.type)
    return (
        parameter.name,
        parameter.db_type or "any",
        "list" if parameter.sequence else _nulls(parameter.nullable),
        f"Sequence[{python}]" if parameter.sequence else _optional(python, parameter.nullable),
    )


def _column(column: TypedColumn) -> tuple[str, ...]:
    return (
        column.name,
        column.db_type,
        _nulls(column.nullable),
        column.override or _optional(annotation(column.type), column.nullable),
    )


def _nulls(nullable: bool) -> str:
    return "nullable" if nullable else "not null"


def _optional(python: str, nullable: bool) -> str:
    return f"{python} | None" if nullable else python
