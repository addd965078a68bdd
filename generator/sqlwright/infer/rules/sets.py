"""Functions that give several rows, in places where one value stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...diagnostics import Diagnostic
from ...model.syntax import (
    Assignment,
    Between,
    Call,
    Case,
    Delete,
    InList,
    Insert,
    Join,
    Limit,
    Logical,
    Merge,
    Node,
    Query,
    Returning,
    Select,
    TableFunction,
    Unary,
    Update,
    Values,
    children,
)
from .checked import Checked

_ANYWHERE: Final = ""
_CLAUSES: Final = {"where": "WHERE", "having": "HAVING"}


def sets_in_place_of_values(c: Checked) -> Iterator[Diagnostic]:
    if not any(resolved.returns_set for resolved in c.facts.resolved.values()):
        return
    for node, place in _sets(c, c.query.query, _ANYWHERE):
        if place != _ANYWHERE:
            message = f"{node.function} gives rows, and cannot stand in {place}"
            yield c.finding("misplaced-set", message, node, "call it in FROM, or in a subquery")


def _sets(c: Checked, node: Node, place: str) -> Iterator[tuple[Call, str]]:
    """The calls that give rows, each with the place that forbids it, if one does."""
    if isinstance(node, Call) and c.gives_set(node):
        yield node, place
    for child, inner in _below(c, node, place):
        yield from _sets(c, child, inner)


def _below(c: Checked, node: Node, place: str) -> Iterator[tuple[Node, str]]:
    match node:
        case TableFunction(calls=calls):
            for call in calls:
                yield from ((child, "the arguments of a function in FROM") for child in children(call))
        case Select() | Update() | Delete():
            forbidden = {id(getattr(node, name)): title for name, title in _CLAUSES.items() if hasattr(node, name)}
            yield from ((child, forbidden.get(id(child), _ANYWHERE)) for child in children(node))
        case Insert(source=Values(rows=(row,)) as source):
            yield row, _ANYWHERE  # VALUES of one row is read like a select list there
            yield from ((child, _ANYWHERE) for child in children(node) if child is not source)
        case Call() if _gathers(c, node):
            arguments = f"the arguments of {node.function}"
            yield from ((child, place if child is node.over else arguments) for child in children(node))
        case InList(operand=operand):
            yield from ((child, place if child is operand else "IN") for child in children(node))
        case _:
            inner = _forbidding(node)
            kept = _ANYWHERE if isinstance(node, Query) else place
            yield from ((child, inner or kept) for child in children(node))


def _forbidding(node: Node) -> str | None:
    """What a node is called that takes no call which gives rows."""
    match node:
        case Values():
            return "VALUES"
        case Case():
            return "CASE"
        case Logical(op=op):
            return op.upper()
        case Unary(op="not"):
            return "NOT"
        case Between():
            return "BETWEEN"
        case Join():
            return "a join's condition"
        case Limit():
            return "LIMIT"
        case Assignment():
            return "SET"
        case Returning():
            return "RETURNING"
        case Merge():
            return "MERGE"
        case Call() if node.function == "coalesce" and len(node.name) == 1:
            return "COALESCE"
        case _:
            return None


def _gathers(c: Checked, node: Call) -> bool:
    """Whether a call is an aggregate or a window function."""
    resolved = c.facts.resolved.get(node)
    return node.over is not None or (resolved is not None and resolved.kind in ("aggregate", "window"))
