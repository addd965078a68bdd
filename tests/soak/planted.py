"""Unsound rules, to see that the machine finds them: each changes the analysis for one test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from sqlwright.infer.nulls import queries
from sqlwright.infer.nulls.analyzer import Analyzer, Context
from sqlwright.infer.nulls.expressions import read_expression
from sqlwright.infer.nulls.joins import JoinState
from sqlwright.infer.nulls.queries import read_query
from sqlwright.infer.nulls.reasons import Reason, first
from sqlwright.model.syntax import Call, Case, Expression, Join, Query, SetOperation, Subquery

Reading = Callable[[Analyzer, Expression, Context], Reason | None]


def outer_joins(patch: pytest.MonkeyPatch) -> None:
    """An outer join always finds a row."""

    def missing(state: JoinState, relation: object, within: Join | None = None) -> Join | None:
        return None

    patch.setattr(JoinState, "missing", missing)


def reading(plant: Reading) -> Callable[[pytest.MonkeyPatch], None]:
    """A rule that reads an expression in another way."""

    def planted(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(queries, "read_expression", plant)

    return planted


def case(a: Analyzer, node: Expression, context: Context) -> Reason | None:
    if isinstance(node, Case) and node.otherwise is None:
        return first(*(a.expression(when.result, context) for when in node.whens))
    return read_expression(a, node, context)


def subquery(a: Analyzer, node: Expression, context: Context) -> Reason | None:
    return first(*a.query(node.query)) if isinstance(node, Subquery) else read_expression(a, node, context)


def aggregate(a: Analyzer, node: Expression, context: Context) -> Reason | None:
    if isinstance(node, Call) and a.rules.is_aggregate(node):
        return first(*(a.expression(argument, context.of_rows) for argument in node.args))
    return read_expression(a, node, context)


def nullif(a: Analyzer, node: Expression, context: Context) -> Reason | None:
    if isinstance(node, Call) and node.function.lower() == "nullif":
        return a.expression(node.args[0], context)
    return read_expression(a, node, context)


def first_arms(patch: pytest.MonkeyPatch) -> None:
    """A set operation gives what its first part does."""

    def read(a: Analyzer, query: Query) -> list[Reason | None]:
        return a.query(query.left) if isinstance(query, SetOperation) else read_query(a, query)

    patch.setattr(queries, "read_query", read)


PLANTED: Final[dict[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "an outer join finds a row": outer_joins,
    "CASE without ELSE has a branch for every row": reading(case),
    "a scalar subquery gives a row": reading(subquery),
    "an aggregate has a row": reading(aggregate),
    "a set operation is its first part": first_arms,
    "nullif gives its first argument": reading(nullif),
}
"""By what each takes to be so."""
