"""FOR UPDATE where the rows of a result are not rows of tables, so that there is nothing to lock."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, error
from ..model.query import NamedQuery
from ..model.syntax import DerivedTable, Join, Query, Select, SetOperation, TableExpression, walk
from .environment import Environment
from .scopes import Resolution


def locking_findings(query: NamedQuery, resolution: Resolution, environment: Environment) -> Iterator[Diagnostic]:
    if environment.dialect.features.locks_groups:
        return
    for node in walk(query.query):
        if not isinstance(node, Select | SetOperation) or not node.locking:
            continue
        what = next((what for locked in _locked(node) if (what := _in_the_way(locked, resolution))), None)
        if what is not None:
            lock = node.locking[0]
            message = f"{lock.strength.upper()} is not allowed with {what}"
            help = "lock the rows in a query of their own"
            yield error("locked-groups", message, query.span(lock.start, lock.end), help)


def _locked(node: Select | SetOperation) -> Iterator[Select | SetOperation]:
    """A query and those in its FROM, whose rows are locked with its own."""
    yield node
    if isinstance(node, Select) and node.from_ is not None and not any(lock.of for lock in node.locking):
        for query in _derived(node.from_):
            yield from _locked_below(query)


def _locked_below(query: Query) -> Iterator[Select | SetOperation]:
    if isinstance(query, Select | SetOperation):
        yield query
    if isinstance(query, Select) and query.from_ is not None:
        for inner in _derived(query.from_):
            yield from _locked_below(inner)


def _derived(table: TableExpression) -> Iterator[Query]:
    match table:
        case DerivedTable(query=query):
            yield query
        case Join(left=left, right=right):
            yield from _derived(left)
            yield from _derived(right)
        case _:
            return


def _in_the_way(node: Select | SetOperation, resolution: Resolution) -> str | None:
    if isinstance(node, SetOperation):
        return node.op.upper()
    gathered = [found.is_window for found in resolution.gathered if found.query is node]
    found = {
        "DISTINCT": node.distinct or bool(node.distinct_on),
        "GROUP BY": bool(node.group_by),
        "HAVING": node.having is not None,
        "aggregates": False in gathered,
        "window functions": True in gathered,
    }
    return next((what for what, there in found.items() if there), None)
