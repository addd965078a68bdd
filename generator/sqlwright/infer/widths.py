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
    Quantified,
    Row,
    Subquery,
    When,
    children,
    walk,
)
from .environment import Environment
from .scopes import Resolution

_COMPARING: Final = (Assignment, Between, Case, Distinct, InList, InQuery, Is, Quantified, Row, When)


_COMPARISONS: Final = frozenset(("=", "==", "<>", "!=", "<", "<=", ">", ">=", "<=>"))


def width_findings(query: NamedQuery, resolution: Resolution, environment: Environment) -> Iterator[Diagnostic]:
    if environment.dialect.features.types_are_checked:
        return  # the types say so
    for node in walk(query.query):
        if isinstance(node, _COMPARING) or (isinstance(node, Binary) and node.op in _COMPARISONS):
            continue
        for child in children(node):
            count = len(resolution.outputs.get(child.query, ())) if isinstance(child, Subquery) else 0
            if count > 1:
                message = f"a query where a value stands must give one column, and this gives {count}"
                yield error("wrong-arity", message, query.span(child.start, child.end), "select one column")
