"""What a statement writes: no column twice, and none that the database makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, error, warning
from ..model.catalog import Column, Making, RelationKind
from ..model.query import NamedQuery
from ..model.syntax import (
    Assignment,
    ColumnName,
    Default,
    Expression,
    Insert,
    MergeWhen,
    OnConflict,
    Query,
    Target,
    Update,
    Values,
    walk,
)
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
                findings += _without_key(query, node, resolution, environment)
            case MergeWhen(columns=columns, assignments=()):
                if "insert" in once:
                    findings += _twice(query, columns, resolution)
            case Update(assignments=items) | OnConflict(assignments=items) | MergeWhen(assignments=items):
                targets = [target for item in items for target in item.targets]
                if "update" in once:
                    findings += _twice(query, targets, resolution)
                if "update" in closed:
                    findings += _assigned(query, items, resolution)
            case _:
                pass
    return findings


def _without_key(
    query: NamedQuery, insert: Insert, resolution: Resolution, environment: Environment
) -> Iterator[Diagnostic]:
    """ON CONFLICT names the columns of a unique key, all of them and no others; PostgreSQL finds that when it plans."""
    relation = resolution.target_tables.get(insert)
    table = relation.table if relation is not None else None
    if table is None or table.kind is not RelationKind.TABLE:
        return
    folded = environment.column_key
    all_keys = (*table.uniques, *((table.primary_key,) if table.primary_key else ()))
    keys = [key.columns for key in all_keys if not key.deferred]
    keys += [
        tuple(part.column or "" for part in index.parts)
        for index in table.indexes
        if index.unique and index.where is None
    ]
    # SQLite keeps the rowid itself in an index of several columns, where its name is not found.
    rowid = {column.name for column in table.columns if column.made is Making.ROWID}
    keys = [key for key in keys if len(key) == 1 or not rowid & set(key)]
    known = {frozenset(map(folded, key)) for key in keys}
    for conflict in insert.on_conflict:
        names = [column for column in conflict.columns if isinstance(column, ColumnName)]
        written = frozenset(folded(environment.spelled(name.parts[-1])) for name in names)
        plain = bool(names) and len(names) == len(conflict.columns) and conflict.where_index is None
        if plain and written not in known:
            span = query.span(names[0].start, names[-1].end)
            help = "name all columns of one: " + " or ".join(f"({', '.join(key)})" for key in keys)
            message = f"these are not the columns of a unique key of `{table.name}`"
            finding = error if environment.dialect.features.conflict_keys_checked else warning
            yield finding("no-conflict-key", message, span, help if keys else "declare one")


def _twice(query: NamedQuery, targets: Sequence[Target], resolution: Resolution) -> Iterator[Diagnostic]:
    """Several parts of a column may be written, but none beside the whole."""
    seen: dict[Column, bool] = {}
    for target in targets:
        column = resolution.targets.get(target)
        if column is None:
            continue
        if column in seen and not (target.path and seen[column]):
            span = query.span(target.start, target.end)
            yield error("written-twice", f"column `{column.name}` is written twice", span, "name it once")
        seen[column] = seen.get(column, True) and bool(target.path)


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
