"""Which views take changes: those that show the rows of one table, and the columns of it that they show unchanged.

The conditions are those of PostgreSQL's manual, CREATE VIEW, Updatable Views.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ...diagnostics import Diagnostic
from ...model.catalog import Column, RelationKind, Table
from ...model.syntax import (
    ColumnName,
    Delete,
    Insert,
    Merge,
    MergeWhen,
    Node,
    OnConflict,
    Query,
    Select,
    Star,
    TableName,
    Target,
    Update,
)
from ..environment import Environment
from ..resolve import resolve
from ..typing import infer_types
from .checked import Checked, own_calls

_OF_ROWS: Final = (RelationKind.TABLE, RelationKind.FOREIGN_TABLE, RelationKind.SYSTEM)


def changes_of_views(c: Checked) -> Iterator[Diagnostic]:
    for query, relation in c.resolution.target_tables.items():
        table = relation.table
        if table is None or relation.node is None:
            continue
        verb = type(query).__name__.lower()
        if table.kind is RelationKind.MATERIALIZED_VIEW:
            message = f"`{table.name}` is a materialized view, and takes no changes"
            yield c.finding("fixed-view", message, relation.node, "change its tables, and refresh it")
        elif table.kind is RelationKind.VIEW and not isinstance(query, Merge) and not _is_handled(table, verb):
            yield from _of_view(c, query, table, relation.node, verb)


def _is_handled(table: Table, verb: str) -> bool:
    """Whether a trigger or a rule of the user's makes the change."""
    instead = any(trigger.timing == "instead of" and verb in trigger.events for trigger in table.triggers)
    return instead or verb in table.rules


def _of_view(c: Checked, query: Query, table: Table, node: Node, verb: str) -> Iterator[Diagnostic]:
    why = obstacle(table, c.environment)
    if why is not None:
        message = f"view `{table.name}` takes no {verb.upper()}: it has {why}"
        yield c.finding("fixed-view", message, node, "change its tables, or give it an INSTEAD OF trigger")
        return
    for target, column in _written(c, query, table):
        if not shows(table, column.name, c.environment):
            message = f"column `{column.name}` of view `{table.name}` is computed, and cannot be written"
            yield c.finding("fixed-column", message, target, "leave it out")


def _written(c: Checked, query: Query, table: Table) -> Iterator[tuple[Node, Column]]:
    targets: list[Target] = []
    match query:
        case Insert(columns=columns, source=source, on_conflict=conflicts):
            targets += columns
            targets += [target for conflict in conflicts for target in _targets(conflict)]
            width = len(c.outputs_of(source)) if source is not None and not columns else 0
            yield from ((query.table, column) for column in table.columns[:width])
        case Update():
            targets += _targets(query)
        case _:
            pass
    for target in targets:
        column = c.resolution.targets.get(target)
        if column is not None:
            yield target, column


def _targets(node: Update | OnConflict | MergeWhen) -> Sequence[Target]:
    return [target for item in node.assignments for target in item.targets]


def obstacle(view: Table, environment: Environment) -> str | None:
    """What makes a view one that no change can go through; None when there is nothing, or it is not known."""
    query = view.query
    if query is None:
        return None
    if not isinstance(query, Select):
        return "no SELECT of one table" if not isinstance(query, Delete | Insert | Update) else "a change"
    parts = {
        "WITH": query.with_ is not None,
        "DISTINCT": query.distinct or bool(query.distinct_on),
        "GROUP BY": bool(query.group_by),
        "HAVING": query.having is not None,
        "LIMIT": query.limit is not None,
    }
    found = next((what for what, there in parts.items() if there), None)
    return found or _source_obstacle(query, environment) or list_obstacle(view, query, environment)


def _source_obstacle(query: Select, environment: Environment) -> str | None:
    source = query.from_
    if not isinstance(source, TableName) or source.sample:
        return "not one table in FROM"
    base = environment.table(source.parts)
    if base is None or base.kind in _OF_ROWS:
        return None
    if base.kind is RelationKind.VIEW:
        instead = any(trigger.timing == "instead of" for trigger in base.triggers) or bool(base.rules)
        return None if instead else obstacle(base, environment)
    return f"a {base.kind} in FROM"


def list_obstacle(view: Table, query: Select, environment: Environment) -> str | None:
    """What in the select list of a view makes its rows others than a table's."""
    calls = [node for item in query.items for node in own_calls(item.expression)]
    if any(call.over is not None for call in calls):
        return "window functions"
    if any(environment.dialect.nulls.is_aggregate(call) for call in calls):
        return "aggregates"
    if not calls or view.source is None:
        return None
    facts = infer_types(resolve(query, view.source, environment), (), view.source, environment)
    sets = any(call in facts.resolved and facts.resolved[call].returns_set for call in calls)
    return "functions that give rows" if sets else None


def shows(view: Table, name: str, environment: Environment) -> bool:
    """Whether a column of a view that takes changes is one of its table, or may be one."""
    query = view.query
    if not isinstance(query, Select) or any(isinstance(item.expression, Star) for item in query.items):
        return True
    position = next((at for at, column in enumerate(view.columns) if column.name == name), None)
    if position is None or position >= len(query.items):
        return True
    value = query.items[position].expression
    if not isinstance(value, ColumnName):
        return False
    source = query.from_
    base = environment.table(source.parts) if isinstance(source, TableName) else None
    if base is None or base.kind is not RelationKind.VIEW:
        return True
    return shows(base, environment.spelled(value.parts[-1]), environment)
