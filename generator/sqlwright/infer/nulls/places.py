"""Whether an expression anywhere in a query can be NULL, and not just a result column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model.syntax import Call, Case, Expression, Node, Query, Select, children, walk
from ...model.values import value
from .analyzer import Analyzer, Context
from .predicates import NOTHING, Outcome


@value
class Place:
    """Where an expression stands: its query, whether it is computed over groups, and whether it helps to choose rows.

    What the predicates of a query say of its rows is not true yet where those predicates are computed. `conditions` are
    the predicates that have come out so, before it is computed: the FILTER of an aggregate, and those of CASE.
    """

    query: Query
    grouped: bool
    chooses: bool
    conditions: tuple[tuple[Expression, Outcome], ...] = ()

    def after(self, *conditions: tuple[Expression, Outcome]) -> Place:
        return Place(self.query, self.grouped, self.chooses, (*self.conditions, *conditions))


class NeverNull:
    """Answers for the expressions of one query, subqueries included. Unsure means that it can be NULL.

    `knowing` is the analyzer of the query, and `cautious` one that takes no predicate for granted.
    """

    def __init__(self, query: Query, knowing: Analyzer, cautious: Analyzer) -> None:
        self._query = query
        self._knowing = knowing
        self._cautious = cautious
        self._places: Mapping[Expression, Place] | None = None

    def __call__(self, expression: Expression) -> bool:
        place = self._all_places().get(expression)
        if place is None:
            return False
        analyzer = self._cautious if place.chooses else self._knowing
        scope = analyzer.resolution.scopes.get(place.query)
        if scope is None:
            return False
        grouped = place.query if place.grouped and isinstance(place.query, Select) else None
        assumed = NOTHING.union(*(analyzer.predicates.where(one, outcome) for one, outcome in place.conditions))
        return analyzer.expression(expression, Context(scope, assumed, grouped)) is None

    def _all_places(self) -> Mapping[Expression, Place]:
        if self._places is None:
            self._places = dict(self._found())
            for analyzer in (self._knowing, self._cautious):
                for node in walk(self._query):
                    if isinstance(node, Query) and node in analyzer.resolution.scopes:
                        analyzer.query(node)
        return self._places

    def _found(self) -> Iterator[tuple[Expression, Place]]:
        for query in walk(self._query):
            if isinstance(query, Query):
                chosen = _choosing(query)
                grouped = isinstance(query, Select) and self._knowing.is_aggregated(query)
                for child in children(query):
                    chooses = not isinstance(query, Select) or id(child) in chosen
                    yield from self._below(child, Place(query, grouped and id(child) not in chosen, chooses))

    def _below(self, node: Node, place: Place) -> Iterator[tuple[Expression, Place]]:
        if isinstance(node, Query):
            return
        if isinstance(node, Expression):
            yield node, place
        if isinstance(node, Call) and self._knowing.rules.is_aggregate(node):
            place = Place(place.query, False, place.chooses)
            if node.filter is not None:
                yield from self._below(node.filter, place)
                place = place.after((node.filter, Outcome.TRUE))
        if isinstance(node, Case) and node.operand is None:
            for when in node.whens:
                yield from self._below(when.condition, place)
                yield from self._below(when.result, place.after((when.condition, Outcome.TRUE)))
                place = place.after((when.condition, Outcome.NOT_TRUE))
            if node.otherwise is not None:
                yield from self._below(node.otherwise, place)
            return
        for child in children(node):
            if not (isinstance(node, Call) and child is node.filter):
                yield from self._below(child, place)


def _choosing(query: Query) -> set[int]:
    """The clauses of a SELECT that decide which rows and groups there are."""
    if not isinstance(query, Select):
        return set()
    return {id(part) for part in (query.from_, query.where, query.having, *query.group_by) if part is not None}
