"""What the command of a query asks of its statement, and what an INSERT must give."""

from __future__ import annotations

from ..diagnostics import Diagnostic, error, warning
from ..model.catalog import RelationKind, Table
from ..model.query import Command, NamedQuery
from ..model.syntax import Delete, Insert, Query, Update, walk
from .environment import Environment
from .scopes import Resolution


def command_findings(query: NamedQuery, resolution: Resolution, environment: Environment) -> list[Diagnostic]:
    """Commands that the statement cannot serve, and columns that an INSERT leaves without a value."""
    findings: list[Diagnostic] = []
    if query.command is Command.EXECLASTID:
        findings += _last_id(query, resolution, environment)
    for node in walk(query.query):
        if isinstance(node, Insert):
            findings += _missing_columns(query, node, resolution)
    return findings


def _last_id(query: NamedQuery, resolution: Resolution, environment: Environment) -> list[Diagnostic]:
    """`:execlastid` gives the new key of an INSERT, whose table must have a key of one column.

    sqlc takes it for UPDATE and DELETE too, of which drivers say something: it is `generate` that refuses those.
    """
    if isinstance(query.query, Update | Delete):
        return []
    if not isinstance(query.query, Insert):
        message = f"`:execlastid` gives the key of a new row, and `{query.name}` inserts none"
        return [error("no-new-key", message, query.command_span, "use :one, :opt or :many")]
    if query.query.returning is not None:
        return []
    table = _target(query.query, resolution)
    if table is None or _has_single_key(table, environment):
        return []
    message = f"`:execlastid` gives the key of a new row, and `{table.name}` has no key of one column"
    return [error("no-new-key", message, query.command_span, "use :exec, or RETURNING with :one")]


def _has_single_key(table: Table, environment: Environment) -> bool:
    made = [column for column in table.columns if column.made is not None]
    key = table.primary_key.columns if table.primary_key is not None else ()
    return len(made) == 1 or len(key) == 1 or any(hidden.name == "rowid" for hidden in environment.hidden(table))


def _missing_columns(query: NamedQuery, insert: Insert, resolution: Resolution) -> list[Diagnostic]:
    """A NOT NULL column without a default that gets no value. Only a trigger can give it one: hence a warning."""
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
