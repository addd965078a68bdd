"""FOR UPDATE where the rows of a result are not rows of tables, so that there is nothing to lock."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, error
from ..model.query import NamedQuery
from ..model.syntax import Select, SetOperation, walk
from .environment import Environment
from .scopes import Resolution


def locking_findings(query: NamedQuery, resolution: Resolution, environment: Environment) -> Iterator[Diagnostic]:
    if environment.dialect.features.locks_groups:
        return
    for node in walk(query.query):
        if not isinstance(node, Select | SetOperation) or not node.locking:
            continue
        what = _in_the_way(node, resolution)
        if what is not None:
            lock = node.locking[0]
            message = f"{lock.strength.upper()} is not allowed with {what}"
            help = "lock the rows in a query of their own"
            yield error("locked-groups", message, query.span(lock.start, lock.end), help)


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
