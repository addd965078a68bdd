"""Queries of several columns where one value stands, on databases that compare rows of queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..diagnostics import Diagnostic, error
from ..model.query import NamedQuery
from ..model.syntax import (
    Assignment,
    Between,
    Binary,
    Case,
    Distinct,
    InList,
    InQuery,
    Is,
    Node,
    Quantified,
    Row,
    Subquery,
    Values,
    When,
    children,
    walk,
)
from .environment import Environment
from .scopes import Resolution

_COMPARING: Final = (Assignment, Between, Distinct, InList, InQuery, Is, Quantified, Row)


_COMPARISONS: Final = frozenset(("=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>"))


def width_findings(query: NamedQuery, resolution: Resolution, environment: Environment) -> Iterator[Diagnostic]:
    if environment.dialect.features.types_are_checked:
        return  # the types say so
    for node in walk(query.query):
        for child in _values(node):
            count = len(resolution.outputs.get(child.query, ())) if isinstance(child, Subquery) else 0
            if count > 1:
                message = f"a query where a value stands must give one column, and this gives {count}"
                yield error("wrong-arity", message, query.span(child.start, child.end), "select one column")


def _values(node: Node) -> Iterator[Node]:
    """What stands in a node where rows are not compared."""
    match node:
        case Binary(op=op, left=left, right=right) if op in _COMPARISONS:
            for one, other in ((left, right), (right, left)):
                if not isinstance(other, Row | Subquery):
                    yield one
        case Case(operand=compared, otherwise=otherwise) if compared is not None:
            yield from (otherwise,) if otherwise is not None else ()
        case Case(whens=whens):
            yield from (when.condition for when in whens)
            yield from children(node)
        case When():
            yield node.result
        case Values(rows=rows):
            yield from (item for row in rows for item in row.items)
            yield from children(node)
        case Assignment(targets=(_,), value=value):
            yield value
        case Between(operand=operand) if not isinstance(operand, Row | Subquery):
            yield from children(node)
        case InList(operand=operand) if not isinstance(operand, Row | Subquery):
            yield from children(node)
        case _ if not isinstance(node, _COMPARING):
            yield from children(node)
        case _:
            return
