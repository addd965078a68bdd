"""Aggregates and window functions: the query whose rows each gathers, and the clause of it that it stands in.

An aggregate is of the innermost query that a column inside it belongs to, and of the one around it when it holds no
column (PostgreSQL's manual, 4.2.7); a window function is of the query around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from ..dialects.base import NullRules
from ..model.syntax import Call, ColumnName, Node, Query, children, walk
from .scopes import Binding, ColumnRef, Gathering, MergedRef, Relation, Resolution

CLAUSES: Final = {
    "items": "the select list",
    "distinct_on": "DISTINCT ON",
    "from_": "FROM",
    "table": "a join",
    "where": "WHERE",
    "group_by": "GROUP BY",
    "having": "HAVING",
    "windows": "WINDOW",
    "order_by": "ORDER BY",
    "limit": "LIMIT",
    "rows": "VALUES",
    "assignments": "SET",
    "on_conflict": "ON CONFLICT",
    "on_duplicate": "ON DUPLICATE KEY UPDATE",
    "returning": "RETURNING",
    "using": "USING",
    "whens": "WHEN",
}
"""What the fields of queries are called in SQL."""
AGGREGATED: Final = frozenset(("the select list", "DISTINCT ON", "HAVING", "WINDOW", "ORDER BY"))
"""The clauses of a SELECT that its groups, or its rows in one, are there for."""


def gatherings(resolution: Resolution, rules: NullRules, anywhere: bool) -> tuple[Gathering, ...]:
    """The aggregates and window functions of a query and of those inside it, the outer ones first.

    `anywhere` says that one is of an outer query wherever it stands in it, and not only where that may aggregate.
    """
    if not any(isinstance(node, Call) and _gathers(node, rules) for node in walk(resolution.query)):
        return ()
    return tuple(_Reader(resolution, rules, anywhere).query(resolution.query, ()))


def _gathers(call: Call, rules: NullRules) -> bool:
    return call.over is not None or rules.is_aggregate(call)


@dataclass(frozen=True, slots=True)
class _Level:
    """A query around a place, the clause of it that the place is in, and the calls that hold the place there."""

    query: Query
    clause: str
    inside: Gathering | None = None
    filters: bool = False


class _Reader:
    def __init__(self, resolution: Resolution, rules: NullRules, anywhere: bool) -> None:
        self._resolution = resolution
        self._rules = rules
        self._anywhere = anywhere
        self._queries: dict[int, Query] = {
            id(relation): query for query, scope in resolution.scopes.items() for relation in scope.relations
        }

    def query(self, query: Query, around: tuple[_Level, ...]) -> Iterator[Gathering]:
        for field in query.__match_args__[2:]:
            clause = CLAUSES.get(field, "")
            for child in _held(getattr(query, field)):
                yield from self._node(child, (*around, _Level(query, clause)))

    def _node(self, node: Node, levels: tuple[_Level, ...]) -> Iterator[Gathering]:
        if isinstance(node, Query):
            yield from self.query(node, levels)
            return
        if not isinstance(node, Call) or not _gathers(node, self._rules):
            for child in children(node):
                yield from self._node(child, levels)
            return
        place = self._level(node, levels)
        level = levels[place]
        found = Gathering(node, level.query, level.clause, level.inside, level.filters, place < len(levels) - 1)
        yield found
        for child in children(node):
            filters = child is node.filter
            within = _Level(level.query, level.clause, found, filters)
            yield from self._node(child, (*levels[:place], within, *levels[place + 1 :]))

    def _level(self, call: Call, levels: tuple[_Level, ...]) -> int:
        """The place among the levels of the query that a call is of."""
        last = len(levels) - 1
        if call.over is not None:
            return last
        queries = {id(query) for query in self._queries_of(call)}
        place = next((place for place in range(last, -1, -1) if id(levels[place].query) in queries), last)
        return place if self._anywhere or levels[place].clause in AGGREGATED else last

    def _queries_of(self, call: Call) -> Iterator[Query]:
        for node in walk(call):
            if isinstance(node, ColumnName):
                for relation in _relations(self._resolution.bindings.get(node)):
                    query = self._queries.get(id(relation))
                    if query is not None:
                        yield query


def _held(value: object) -> Iterator[Node]:
    match value:
        case Node():
            yield value
        case tuple():
            for item in cast("tuple[object, ...]", value):
                yield from _held(item)
        case _:
            return


def _relations(binding: Binding | None) -> Iterator[Relation]:
    match binding:
        case ColumnRef(relation=relation):
            yield relation
        case MergedRef(left=left, right=right):
            yield from _relations(left)
            yield from _relations(right)
        case _:
            return
