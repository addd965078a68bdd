"""What a statement writes: no column twice, and none that the database makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, error
from ..model.catalog import Column, Making
from ..model.query import NamedQuery
from ..model.syntax import Assignment, Default, Expression, Insert, OnConflict, Query, Target, Update, Values, walk
from .environment import Environment
from .scopes import Resolution


def writing_findings(query: NamedQuery, resolution: Resolution, environment: Environment) -> list[Diagnostic]:
    """A finding for each column that a statement, or one inside it, may not write."""
    findings: list[Diagnostic] = []
    once = environment.dialect.features.written_once
    closed = environment.dialect.features.made_columns_closed
    for node in walk(query.query):
        match node:
            case Insert():
                if "insert" in once:
                    findings += _twice(query, node.columns, resolution)
                if "insert" in closed:
                    findings += _inserted(query, node, resolution)
            case Update(assignments=items) | OnConflict(assignments=items):
                targets = [target for item in items for target in item.targets]
                if "update" in once:
                    findings += _twice(query, targets, resolution)
                if "update" in closed:
                    findings += _assigned(query, items, resolution)
            case _:
                pass
    return findings


def _twice(query: NamedQuery, targets: Sequence[Target], resolution: Resolution) -> Iterator[Diagnostic]:
    seen: set[Column] = set()
    for target in targets:
        column = resolution.targets.get(target)
        if column is None or target.path:
            continue
        if column in seen:
            span = query.span(target.start, target.end)
            yield error("written-twice", f"column `{column.name}` is written twice", span, "name it once")
        seen.add(column)


def _inserted(query: NamedQuery, insert: Insert, resolution: Resolution) -> Iterator[Diagnostic]:
    for position, target in enumerate(insert.columns):
        if insert.overriding is None or not _is_identity(resolution.targets.get(target)):
            yield from _made(query, target, _values(insert.source, position), resolution)


def _values(source: Query | None, position: int) -> list[Expression | None]:
    if isinstance(source, Values):
        return [row.items[position] for row in source.rows if position < len(row.items)]
    return [None]


def _assigned(query: NamedQuery, items: Sequence[Assignment], resolution: Resolution) -> Iterator[Diagnostic]:
    for item in items:
        for target in item.targets:
            yield from _made(query, target, [item.value], resolution)


def _made(
    query: NamedQuery, target: Target, values: Sequence[Expression | None], resolution: Resolution
) -> Iterator[Diagnostic]:
    column = resolution.targets.get(target)
    if column is None or all(isinstance(value, Default) for value in values):
        return
    if column.generated is not None or _is_identity(column):
        message = f"column `{column.name}` is made by the database, and cannot be written"
        yield error("made-column", message, query.span(target.start, target.end), "leave it out")


def _is_identity(column: Column | None) -> bool:
    return column is not None and column.made is Making.IDENTITY_ALWAYS
