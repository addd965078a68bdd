"""What the recursive part of a WITH query may be, and where it may name the query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...diagnostics import Diagnostic
from ...model.syntax import (
    Cte,
    Expression,
    Join,
    Node,
    Query,
    SetOperation,
    TableName,
    children,
    walk,
)
from .checked import Checked

_LEFT_OUT: Final = {"left": ("right",), "right": ("left",), "full": ("left", "right")}


def recursive_queries(c: Checked) -> Iterator[Diagnostic]:
    for node in c.nodes:
        if isinstance(node, Cte) and isinstance(node.query, SetOperation) and _reads_itself(c, node.query):
            yield from _of_query(c, node.query)


def _reads_itself(c: Checked, query: SetOperation) -> bool:
    return any(_is_self(c, node, query) for node in walk(query))


def _is_self(c: Checked, node: Node, query: SetOperation) -> bool:
    relation = c.resolution.relations.get(node) if isinstance(node, TableName) else None
    return relation is not None and relation.query is query


def _of_query(c: Checked, query: SetOperation) -> Iterator[Diagnostic]:
    if query.op != "union":
        yield _wrong(c, query, "a recursive query is a UNION of where it begins and how it goes on", "write UNION ALL")
        return
    around: list[tuple[str, Node]] = [("ORDER BY", item) for item in query.order_by[:1]]
    around += [("LIMIT", query.limit)] if query.limit is not None else []
    for what, clause in around:
        help = f"write {what} in the query that reads this one"
        yield _wrong(c, clause, f"a recursive query cannot have {what}", help)
    places = list(_places(c, query.right, query, None))
    for number, (node, wrong) in enumerate(places):
        if wrong is not None:
            yield _wrong(c, node, f"a recursive query cannot read itself in {wrong}", "join it in FROM")
        elif number == 1:
            yield _wrong(c, node, "a recursive query can read itself only once", "read it once, and join other tables")
    if places:
        yield from _aggregates(c, query)


def _places(c: Checked, node: Node, query: SetOperation, wrong: str | None) -> Iterator[tuple[Node, str | None]]:
    """Where a query is named in its recursive part, with what forbids it there."""
    if _is_self(c, node, query):
        yield node, wrong
    for child in children(node):
        yield from _places(c, child, query, wrong or _forbidding(node, child))


def _forbidding(node: Node, child: Node) -> str | None:
    match node:
        case Join(kind=kind):
            sides = [getattr(node, side) for side in _LEFT_OUT.get(kind, ())]
            return "the side that an outer join may leave out" if child in sides else None
        case SetOperation(op="except", right=right) if child is right:
            return "EXCEPT"
        case SetOperation(op="intersect", all=True, right=right) if child is right:
            return "INTERSECT ALL"
        case Expression() if isinstance(child, Query):
            return "a subquery"
        case _:
            return None


def _aggregates(c: Checked, query: SetOperation) -> Iterator[Diagnostic]:
    """An aggregate over rows that are read from the query itself; one over what a subquery makes of them may stand."""
    for found in c.resolution.gathered:
        scope = c.resolution.scopes.get(found.query)
        if found.is_window or scope is None or not query.right.start <= found.query.start < query.right.end:
            continue
        if any(relation.node is not None and _is_self(c, relation.node, query) for relation in scope.relations):
            yield _wrong(c, found.call, "the recursive part cannot aggregate", "aggregate in the query that reads it")


def _wrong(c: Checked, node: Node, message: str, help: str) -> Diagnostic:
    return c.finding("bad-recursion", message, node, help)
