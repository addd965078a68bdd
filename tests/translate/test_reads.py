"""What reads: the original and the translation give the same rows."""

from __future__ import annotations

import pytest

from .sides import Sides, queries


@pytest.mark.parametrize("sql", queries("predicates"))
def test_predicates(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", queries("numbers"))
def test_numbers(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", queries("texts"))
def test_texts(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", queries("moments"))
def test_moments(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", queries("documents"))
def test_documents(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", queries("aggregates"))
def test_aggregates(sides: Sides, sql: str) -> None:
    sides.same(sql)


@pytest.mark.parametrize("sql", queries("orders"))
def test_orders(sides: Sides, sql: str) -> None:
    sides.same(sql, ordered=True)


@pytest.mark.parametrize("sql", queries("shapes"))
def test_queries(sides: Sides, sql: str) -> None:
    sides.same(sql)
