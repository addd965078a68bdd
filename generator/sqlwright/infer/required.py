"""What an INSERT must give a value."""

from __future__ import annotations

from ..diagnostics import Diagnostic, warning
from ..model.catalog import RelationKind, Table
from ..model.query import NamedQuery
from ..model.syntax import Insert, Query, walk
from .scopes import Resolution


def missing_columns(query: NamedQuery, resolution: Resolution) -> list[Diagnostic]:
    """A finding for each INSERT that leaves a NOT NULL column without a default alone.

    Only a trigger can give such a column a value. A warning will do, because the database takes the statement.
    """
    return [
        finding
        for node in walk(query.query)
        if isinstance(node, Insert)
        for finding in _missing_columns(query, node, resolution)
    ]


def _missing_columns(query: NamedQuery, insert: Insert, resolution: Resolution) -> list[Diagnostic]:
    table = _target(insert, resolution)
    if table is None or table.kind is not RelationKind.TABLE or (insert.source is not None and not insert.columns):
        return []
    if any(trigger.timing != "after" and "insert" in trigger.events for trigger in table.triggers):
        return []
    given = {found for target in insert.columns if (found := resolution.targets.get(target)) is not None}
    missing = [f"`{column.name}`" for column in table.columns if column.required and column not in given]
    if not missing or len(given) < len(insert.columns):
        return []
    noun = "column" if len(missing) == 1 else "columns"
    message = f"{noun} {', '.join(missing)} of `{table.name}` must have a value, and gets none"
    span = query.span(insert.table.start, insert.table.end)
    return [warning("missing-column", message, span, "add it to the list of columns, or give it a default")]


def _target(insert: Query, resolution: Resolution) -> Table | None:
    relation = resolution.target_tables.get(insert)
    return relation.table if relation is not None else None
