"""Queries: WITH, SELECT, set operations and VALUES, and the entrance for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...diagnostics import Source, has_errors, nearest_of
from ...model.syntax import (
    Cte,
    Delete,
    Expression,
    Identifier,
    Insert,
    Join,
    Merge,
    Query,
    Select,
    SelectItem,
    SetOperation,
    Star,
    TableExpression,
    TableName,
    TableQuery,
    Update,
    Utility,
    Values,
    With,
    walk,
)
from ..environment import Environment
from ..gathering import gatherings
from ..recursion import is_recursive
from ..scopes import CounterColumn, OutputColumn, QueryColumn, Relation, RelationColumn, Resolution, Scope
from .changes import resolve_delete, resolve_insert, resolve_merge, resolve_update
from .from_items import add_table, check_columns, check_conditions, enter, named_table
from .having import check_having
from .items import named_or_expression, resolve_items, resolve_limit, resolve_ordering
from .resolver import Resolver, counted


def resolve(query: Query, source: Source, environment: Environment) -> Resolution:
    """The query with its names bound. Names that mean nothing, or too much, are among the findings."""
    resolution = Resolution(query)
    resolver = Resolver(environment, source, resolution, resolve_query, resolve)
    resolver.query(query, Scope(None, {}))
    anywhere = environment.dialect.features.outer_aggregates_checked
    resolution.gathered = gatherings(resolution, environment.dialect.nulls, anywhere)
    return resolution


def resolve_query(r: Resolver, query: Query, outer: Scope) -> tuple[OutputColumn, ...]:
    """Any query inside a scope."""
    scope = Scope(outer, {})
    if query.with_ is not None:
        scope.ctes = resolve_with(r, query.with_, scope)
    r.result.scopes[query] = scope
    match query:
        case Select():
            outputs = resolve_select(r, query, scope)
        case SetOperation():
            outputs = resolve_set_operation(r, query, scope)
        case Values():
            outputs = resolve_values(r, query, scope)
        case TableQuery():
            outputs = resolve_table_query(r, query, scope)
        case Insert():
            outputs = resolve_insert(r, query, scope)
        case Update():
            outputs = resolve_update(r, query, scope)
        case Delete():
            outputs = resolve_delete(r, query, scope)
        case Merge():
            outputs = resolve_merge(r, query, scope)
        case Utility():
            outputs = resolve_utility(r, query, scope)
        case _:
            outputs = ()
    r.result.outputs[query] = outputs
    return outputs


def resolve_with(r: Resolver, with_: With, scope: Scope) -> Mapping[str, Relation]:
    """The relations that WITH gives names to; each may use those before it, and all when it is recursive."""
    ctes: dict[str, Relation] = {}
    scope.ctes = ctes
    for cte in _in_dependency_order(with_, r.environment):
        name = r.environment.spelled(cte.name)
        key = r.environment.table_key(name)
        if key in ctes:
            r.report("duplicate-name", f"WITH query `{name}` is named twice", cte.name, "rename one of the two")
        if with_.recursive and isinstance(cte.query, SetOperation):
            inner = Scope(scope, {})
            if cte.query.with_ is not None:
                inner.ctes = resolve_with(r, cte.query.with_, inner)
            first = r.query(cte.query.left, inner)
            ctes[key] = cte_relation(r, cte, name, first, cte.query)
        outputs = r.query(cte.query, scope)
        following = cte.search or cte.cycle
        if following is not None and not _reads_itself(r, cte.query):
            r.report("not-recursive", f"WITH query `{name}` does not read itself", following, "leave this out")
        ctes[key] = cte_relation(r, cte, name, outputs, cte.query)
    return ctes


def _reads_itself(r: Resolver, query: Query) -> bool:
    return isinstance(query, SetOperation) and is_recursive(query, r.result)


def cte_relation(r: Resolver, cte: Cte, name: str, outputs: tuple[OutputColumn, ...], query: Query) -> Relation:
    names = [output.name for output in outputs]
    if len(cte.columns) > len(names) and outputs:
        r.report(
            "wrong-arity",
            f"WITH query `{name}` has {counted(len(names), 'column')}, and {len(cte.columns)} are named",
            cte.columns[len(names)],
            "remove the names that are too many",
        )
    if 0 < len(cte.columns) < len(names) and r.environment.dialect.features.column_names_whole:
        message = f"WITH query `{name}` has {counted(len(names), 'column')}, and {len(cte.columns)} are named"
        r.report("wrong-arity", message, cte.columns[-1], "name all of its columns, or none")
    for number, column in enumerate(cte.columns[: len(names)]):
        names[number] = r.environment.spelled(column)
    check_columns(r, names, cte.name)
    columns = [RelationColumn(column, QueryColumn(query, number)) for number, column in enumerate(names)]
    columns += _followed_columns(r, cte, columns)
    return r.relation(name, None, tuple(columns), query=query, cte=cte)


def _followed_columns(r: Resolver, cte: Cte, own: Sequence[RelationColumn]) -> Iterator[RelationColumn]:
    """The columns that SEARCH and CYCLE add to a recursive query."""
    if (search := cte.search) is not None:
        _check_followed(r, search.columns, own)
        name = r.environment.spelled(search.name)
        yield RelationColumn(name, CounterColumn("breadth" if search.breadth else "depth"))
    if (cycle := cte.cycle) is not None:
        _check_followed(r, cycle.columns, own)
        for value in cycle.values:
            r.expression(value, Scope(None, {}), "select")
        yield RelationColumn(r.environment.spelled(cycle.mark), CounterColumn("mark", cycle.values))
        yield RelationColumn(r.environment.spelled(cycle.path), CounterColumn("path"))


def _check_followed(r: Resolver, names: Sequence[Identifier], own: Sequence[RelationColumn]) -> None:
    known = [column.name for column in own]
    for name in names:
        if known and r.environment.column_key(r.environment.spelled(name)) not in map(r.environment.column_key, known):
            help = nearest_of(name.text, known, "columns")
            r.report("unknown-column", f"the recursive query has no column `{name.text}`", name, help)


def _first(table: TableExpression) -> TableExpression:
    while isinstance(table, Join):
        table = table.right if table.kind == "right" else table.left
    return table


def resolve_select(r: Resolver, query: Select, scope: Scope) -> tuple[OutputColumn, ...]:
    if query.from_ is not None:
        add_table(r, query.from_, scope, scope)
        check_conditions(r, query.from_, scope)
        scope.first = r.result.relations.get(_first(query.from_))
    if r.environment.dialect.features.output_names:
        scope.outputs = aliased_items(r, query.items)
    outputs = resolve_items(r, query.items, scope, query)
    scope.outputs = outputs
    r.expression(query.where, scope, "where")
    for item in query.group_by:
        named_or_expression(r, item, scope, outputs, "group by")
    r.expression(query.having, scope, "having")
    check_having(r, query, scope, outputs)
    for _, window in query.windows:
        r.window(window, scope, "select")
    for item in query.distinct_on:
        named_or_expression(r, item, scope, outputs, "order by")
    resolve_ordering(r, query.order_by, scope, outputs)
    resolve_limit(r, query, scope)
    return outputs


def aliased_items(r: Resolver, items: tuple[SelectItem, ...]) -> tuple[OutputColumn, ...]:
    """The items that have an alias, for databases whose expressions may use it before the list is resolved."""
    return tuple(
        OutputColumn(r.environment.spelled(item.alias), item.expression, item)
        for item in items
        if item.alias is not None
    )


def resolve_set_operation(r: Resolver, query: SetOperation, scope: Scope) -> tuple[OutputColumn, ...]:
    left = r.query(query.left, scope)
    right = r.query(query.right, scope)
    known = bool(left and right) or not has_errors(r.result.findings)
    if known and len(left) != len(right):
        r.report(
            "wrong-arity",
            f"each part of {query.op.upper()} must have the same number of columns: "
            f"{len(left)} and {len(right)} here",
            query.right if query.right.end > query.right.start else query,
            "select as many columns in both",
        )
    inner = Scope(scope.parent, scope.ctes)
    inner.outputs = left
    for item in query.order_by:
        resolve_ordering(r, (item,), inner, left)
    resolve_limit(r, query, scope)
    return tuple(OutputColumn(output.name, output.value, output.item, output.path) for output in left)


def resolve_values(r: Resolver, query: Values, scope: Scope) -> tuple[OutputColumn, ...]:
    for row in query.rows:
        for item in row.items:
            r.expression(item, scope, "values")
        if len(row.items) != len(query.rows[0].items):
            message = "VALUES rows must all have the same number of columns"
            r.report("wrong-arity", message, row, f"the first has {len(query.rows[0].items)}")
    outputs = tuple(_value_column(r, item, position) for position, item in enumerate(query.rows[0].items))
    resolve_ordering(r, query.order_by, scope, outputs)
    resolve_limit(r, query, scope)
    return outputs


def _value_column(r: Resolver, value: Expression, position: int) -> OutputColumn:
    item = SelectItem(value.start, value.end, value, None, value.end)
    name = r.environment.dialect.names.value_label(item, r.source.text[value.start : value.end], position)
    return OutputColumn(name, value, item)


def resolve_table_query(r: Resolver, query: TableQuery, scope: Scope) -> tuple[OutputColumn, ...]:
    add_table(r, query.table, scope, scope)
    place = query.table.start
    star = SelectItem(place, place, Star(place, place), None, place)
    outputs = resolve_items(r, (star,), scope, query)
    resolve_ordering(r, query.order_by, scope, outputs)
    resolve_limit(r, query, scope)
    return outputs


def resolve_utility(r: Resolver, query: Utility, scope: Scope) -> tuple[OutputColumn, ...]:
    for table in query.tables:
        enter(r, named_table(r, table, scope), table, scope)
    if query.call is not None:
        for argument in query.call.args:
            r.expression(argument, Scope(None, {}), "call")
    if query.query is not None:
        r.query(query.query, scope)
    return ()


def _in_dependency_order(with_: With, environment: Environment) -> list[Cte]:
    """The WITH queries, each behind those it uses; only a recursive WITH may use one that stands behind it."""
    if not with_.recursive:
        return list(with_.ctes)
    names = {environment.table_key(environment.spelled(cte.name)): cte for cte in with_.ctes}
    ordered: list[Cte] = []
    visiting: set[Cte] = set()

    def visit(cte: Cte) -> None:
        if cte in visiting:
            return
        visiting.add(cte)
        for node in walk(cte.query):
            if isinstance(node, TableName) and len(node.parts) == 1:
                used = names.get(environment.table_key(environment.spelled(node.parts[0])))
                if used is not None:
                    visit(used)
        ordered.append(cte)

    for cte in with_.ctes:
        visit(cte)
    return ordered
