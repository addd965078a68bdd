"""Expressions and queries of the schema, understood as those of query files are."""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics import Source
from ..model.catalog import Column, Sql, Table
from ..model.syntax import (
    Assignment,
    Identifier,
    Query,
    Select,
    SelectItem,
    TableName,
    Target,
    Update,
)
from .environment import Environment
from .facts import QueryFacts
from .nulls import infer_nullability
from .resolve import resolve
from .scopes import Relation
from .typing import infer_types


def query_facts(query: Query, source: Source, environment: Environment) -> QueryFacts:
    """The facts of a query without parameters, such as a view's."""
    resolution = resolve(query, source, environment)
    types = infer_types(resolution, (), source, environment)
    nullability = infer_nullability(resolution, types, (), frozenset(), environment, computed_never_null(environment))
    return QueryFacts(resolution, types, nullability.never_null, nullability.column_nullable)


def computed_never_null(environment: Environment) -> Callable[[Column], bool]:
    """What tells of a column whether it is generated, from an expression that is never NULL."""
    known = environment.computed_never_null

    def answer(column: Column) -> bool:
        if column not in known and column.generated is not None and column in environment.generated:
            known[column] = False  # for a column that would be computed from itself
            facts, _ = expression_facts(column.generated, environment.generated[column], environment)
            known[column] = not facts.resolution.findings and facts.never_null(column.generated.expression)
        return known.get(column, False)

    return answer


def expression_facts(sql: Sql, table: Table | None, environment: Environment) -> tuple[QueryFacts, Relation | None]:
    """The facts of an expression over the columns of a table, or over none, which is taken for what a query selects."""
    place = sql.expression.start
    name = _table_name(table, place) if table is not None else None
    query = Select(
        place,
        sql.expression.end,
        None,
        (SelectItem(place, sql.expression.end, sql.expression, None, sql.expression.end),),
        False,
        (),
        name,
        None,
        (),
        False,
        None,
        (),
        (),
        None,
        (),
    )
    facts = query_facts(query, sql.source, environment)
    return facts, facts.resolution.relations[name] if name is not None else None


def value_facts(sql: Sql, column: Column, table: Table, environment: Environment) -> tuple[QueryFacts, Relation]:
    """The facts of an expression whose value a column keeps, which is taken for what an UPDATE sets it to."""
    place = sql.expression.start
    name = _table_name(table, place)
    target = Target(place, place, (Identifier(place, place, column.name, True),))
    update = Update(
        place,
        sql.expression.end,
        None,
        "update",
        name,
        (Assignment(place, sql.expression.end, (target,), sql.expression),),
        None,
        None,
        (),
        None,
        None,
    )
    facts = query_facts(update, sql.source, environment)
    return facts, facts.resolution.relations[name]


def _table_name(table: Table, place: int) -> TableName:
    parts = (Identifier(place, place, table.schema, True), Identifier(place, place, table.name, True))
    return TableName(place, place, parts)
