"""Queries in FROM and views that a database puts in the place of their names, and columns that joins have merged."""

from __future__ import annotations

from collections.abc import Iterator

from ..dialects.base import NullRules
from ..model.syntax import Call, Node, Query, Select, children, walk
from .scopes import Binding, MergedRef


def is_merged(query: Select, rules: NullRules, subqueries: bool = False) -> bool:
    """Whether MySQL puts a query of a view or in FROM in the place of its name (manual, 27.6.2).

    `subqueries` says that its columns may be queries.
    """
    if query.group_by or query.having or query.distinct or query.limit or query.with_ or query.from_ is None:
        return False
    inside = [node for item in (*query.items, *query.order_by) for node in _outside_queries(item)]
    gathers = any(isinstance(node, Call) and (node.over is not None or rules.is_aggregate(node)) for node in inside)
    return not gathers and (
        subqueries or not any(isinstance(node, Query) for item in query.items for node in walk(item))
    )


def _outside_queries(node: Node) -> Iterator[Node]:
    yield node
    for child in children(node):
        if not isinstance(child, Query):
            yield from _outside_queries(child)


def kept(binding: Binding | None) -> Binding | None:
    """The column that a merged one is: that of the first table, or of the one that an outer join keeps whole."""
    while isinstance(binding, MergedRef):
        binding = binding.right if binding.join.kind == "right" else binding.left
    return binding
