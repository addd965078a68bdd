"""What is written for SQLite and reads: the original and the translation give the same rows."""

from __future__ import annotations

import pytest

from .cases import PARAMETERS_OF_SQLITE
from .sides import Sides, queries


@pytest.mark.parametrize("sql", queries("sqlite/predicates"))
def test_predicates(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/numbers"))
def test_numbers(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/texts"))
def test_texts(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/moments"))
def test_moments(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/documents"))
def test_documents(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/aggregates"))
def test_aggregates(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/orders"))
def test_orders(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize("sql", queries("sqlite/shapes"))
def test_shapes(sides_of_sqlite: Sides, sql: str) -> None:
    sides_of_sqlite.same(sql)


@pytest.mark.parametrize(("sql", "arguments"), PARAMETERS_OF_SQLITE)
def test_parameters(sides_of_sqlite: Sides, sql: str, arguments: dict[str, object]) -> None:
    sides_of_sqlite.same(sql, **arguments)
