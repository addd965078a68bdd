"""Types of queries, their parts taken in the order in which PostgreSQL takes them."""

from __future__ import annotations

from collections.abc import Sequence

from ...diagnostics import Source
from ...dialects.base import TypeFailure
from ...model.query import Placeholder
from ...model.syntax import (
    Call,
    Delete,
    DerivedTable,
    Expression,
    GroupingSets,
    Insert,
    Join,
    Limit,
    Merge,
    Number,
    Ordering,
    Query,
    Row,
    Select,
    SetOperation,
    TableExpression,
    TableFunction,
    TableQuery,
    TypeName,
    Update,
    Utility,
    Values,
    With,
)
from ...model.types import SqlType
from ..environment import Environment
from ..facts import ParameterFacts, TypeFacts
from ..merging import is_merged
from ..recursion import is_recursive
from ..resolve.from_items import flat_columns
from ..scopes import Resolution
from .calls import type_window
from .changes import type_delete, type_insert, type_merge, type_update
from .expressions import type_expression, unify
from .typer import OPAQUE, Typer, is_opaque


def infer_types(
    resolution: Resolution, placeholders: Sequence[Placeholder], source: Source, environment: Environment
) -> TypeFacts:
    """The types of a resolved query. What the database would refuse is added to the resolution's findings."""
    facts = TypeFacts()
    for placeholder in placeholders:
        parameter = facts.parameters.setdefault(placeholder.key, ParameterFacts(placeholder.key))
        parameter.placeholders.append(placeholder)
        parameter.sequence = parameter.sequence or placeholder.slice
    typer = Typer(resolution, placeholders, source, environment, facts, type_expression, type_query)
    typer.query(resolution.query)
    finish(typer, resolution.query)
    return facts


def finish(t: Typer, query: Query) -> None:
    """Result columns that nothing has decided become text, as the database makes them."""
    t.settle_outputs(query, [t.types.text()] * len(t.facts.outputs.get(query, [])))


def finish_inner(t: Typer, query: Query) -> None:
    """The same of a query in FROM or WITH, where what is NULL may have a type of its own, or stay without one: it does
    where the query is put in the place of its name."""
    merged = is_merged(query, t.environment.dialect.nulls, subqueries=True) if isinstance(query, Select) else False
    for position, found in enumerate(list(t.facts.outputs.get(query, []))):
        if found is None:
            null = t.side(query, position) == t.types.null() and t.types.null() is not None
            unread = None if merged else t.types.unread_null()
            t.settle_output(query, position, unread if null else t.types.text())


def type_query(t: Typer, query: Query) -> None:
    """Type a query and what it holds."""
    if query.with_ is not None:
        _with(t, query.with_)
    match query:
        case Select():
            _select(t, query)
        case SetOperation():
            _set_operation(t, query)
        case Values():
            _values(t, query)
        case TableQuery():
            t.facts.outputs[query] = t.outputs(t.resolution.outputs[query])
            _limit(t, query.limit)
        case Insert():
            type_insert(t, query)
        case Update():
            type_from(t, query.table)
            if query.from_ is not None:
                type_from(t, query.from_)
            type_update(t, query)
            _limit(t, query.limit)
        case Delete():
            if query.using is not None:
                type_from(t, query.using)
            type_delete(t, query)
            _limit(t, query.limit)
        case Merge():
            type_from(t, query.using)
            type_merge(t, query)
        case Utility():
            _utility(t, query)
        case _:
            t.facts.outputs[query] = []


def _with(t: Typer, with_: With) -> None:
    for cte in with_.ctes:
        if cte.cycle is not None and cte.cycle.values:
            unify(t, list(cte.cycle.values), "CYCLE", cte.cycle.values[0])
        t.query(cte.query)
        finish_inner(t, cte.query)


def _select(t: Typer, query: Select) -> None:
    if query.from_ is not None:
        type_from(t, query.from_)
    outputs = t.resolution.outputs[query]
    t.facts.outputs[query] = t.outputs(outputs)
    t.condition(query.where)
    t.condition(query.having)
    _orderings(t, query.order_by)
    for item in query.group_by:
        _grouping(t, item)
    for expression in query.distinct_on:
        t.optional(expression)
    if query.distinct and t.environment.dialect.features.types_are_checked:
        t.settle_outputs(query, [t.types.text()] * len(outputs))  # rows are compared before anything else is known
    for _, window in query.windows:
        type_window(t, window)
    _limit(t, query.limit)


def _grouping(t: Typer, item: Expression) -> None:
    if isinstance(item, GroupingSets | Row):
        for inner in item.items:
            _grouping(t, inner)
    else:
        t.optional(item)


def _orderings(t: Typer, items: tuple[Ordering, ...]) -> None:
    for item in items:
        t.optional(item.expression)


def _limit(t: Typer, limit: Limit | None) -> None:
    if limit is None:
        return
    for value, name in ((limit.count, "limit"), (limit.offset, "offset")):
        t.wants(value, t.types.limit())
        parameter = t.parameter_in(value) if value is not None else None
        if parameter is not None:
            parameter.hint = parameter.hint or name


def _set_operation(t: Typer, query: SetOperation) -> None:
    left = t.query(query.left)
    # A recursive query is named in its right part, which sees the types of the left.
    t.facts.outputs[query] = list(left)
    right = t.query(query.right)
    if len(left) != len(right):
        return
    keeps = t.environment.dialect.features.recursion_keeps_types and is_recursive(query, t.resolution)
    takes_first = t.environment.dialect.features.recursion_takes_first and is_recursive(query, t.resolution)
    result: list[SqlType | None] = []
    for position, (first, second) in enumerate(zip(left, right, strict=True)):
        if is_opaque(first) or is_opaque(second):
            result.append(first if second is None or is_opaque(second) else second)
            continue
        if takes_first and first is not None:
            result.append(first)
            continue
        common = t.types.common([t.side(query.left, position), t.side(query.right, position)], query.op.upper())
        if common == t.types.null():
            common = None
        if isinstance(common, TypeFailure):
            outputs = t.resolution.outputs[query.right]
            place = outputs[position].item if position < len(outputs) else query.right
            result.append(t.fail(common, place))
        else:
            result.append(common or t.types.undecided())
            if keeps and common is not None and first is not None and _differ(first, common):
                shown = f"{t.types.display(first)} in its first part, and {t.types.display(common)} in all"
                outputs = t.resolution.outputs[query.left]
                place = outputs[position].item if position < len(outputs) else query.left
                failure = TypeFailure(
                    "recursive-type", f"a column of this recursive query is {shown}", "cast the first"
                )
                t.fail(failure, place)
    for side in (query.left, query.right):
        t.settle_outputs(side, [type or OPAQUE for type in result])
    t.facts.outputs[query] = result
    _orderings(t, query.order_by)
    _limit(t, query.limit)


def _differ(one: SqlType, other: SqlType) -> bool:
    return (one.name, one.schema, one.array) != (other.name, other.schema, other.array)


def _values(t: Typer, query: Values) -> None:
    width = min(len(row.items) for row in query.rows)
    columns = [[row.items[position] for row in query.rows] for position in range(width)]
    if len(query.rows) == 1:
        t.facts.outputs[query] = [t.expression(items[0]) for items in columns]
    else:
        t.facts.outputs[query] = [unify(t, items, "VALUES", items[0]) for items in columns]
    _orderings(t, query.order_by)
    _limit(t, query.limit)


def _utility(t: Typer, query: Utility) -> None:
    t.facts.outputs[query] = []
    if query.call is not None:
        types = [t.expression(argument) for argument in query.call.args]
        if not any(is_opaque(type) for type in types):
            resolved = t.types.call(query.call, types)
            if not isinstance(resolved, TypeFailure):
                arguments = [getattr(argument, "value", argument) for argument in query.call.args]
                t.apply(resolved, query.call, arguments)
    if query.query is not None:
        t.query(query.query)


# FROM


def type_from(t: Typer, table: TableExpression) -> None:
    """Type what stands in FROM."""
    match table:
        case DerivedTable(query=query):
            t.query(query)
            finish_inner(t, query)
        case TableFunction():
            _function(t, table)
        case Join():
            type_from(t, table.left)
            type_from(t, table.right)
            t.condition(table.on)
            _using(t, table)
        case _:
            pass


def _function(t: Typer, table: TableFunction) -> None:
    for call in table.calls:
        if isinstance(call, Call) and call.form in ("json_table", "xmltable"):
            _described(t, call)
        elif isinstance(call, Call) and call.function == "unnest" and len(call.args) > 1:
            for argument in call.args:
                _array(t, argument)
            t.facts.types[call] = OPAQUE
        else:
            t.expression(call)
    for position, column in enumerate(flat_columns(table.columns)):
        if column.type is None:
            found: SqlType | TypeFailure = _ordinal(t, table)
        else:
            found = t.types.from_name(column.type)
        if isinstance(found, TypeFailure):
            found = t.fail(found, column)
        t.facts.function_columns[(table, position)] = found


def _described(t: Typer, call: Call) -> None:
    """Type a document and its path, from which a table is made."""
    document = t.types.from_name(TypeName(call.start, call.start, "xml")) if call.form == "xmltable" else None
    for number, argument in enumerate(call.args):
        t.wants(argument, document if isinstance(document, SqlType) and number == 0 else t.types.text())
    t.facts.types[call] = OPAQUE


def _ordinal(t: Typer, table: TableFunction) -> SqlType:
    """The type of FOR ORDINALITY."""
    call = table.calls[0]
    xml = isinstance(call, Call) and call.form == "xmltable"
    return t.types.number(Number(call.start, call.start, "1")) if xml else t.types.limit()


def _array(t: Typer, argument: Expression) -> None:
    found = t.expression(argument)
    if found is not None and not is_opaque(found) and t.types.element(found) is None:
        failure = TypeFailure("no-function", f"unnest takes arrays, not {t.types.display(found)}", "give it an array")
        t.fail(failure, argument)


def _using(t: Typer, join: Join) -> None:
    """The columns that USING compares must have an equality."""
    for left, right in t.resolution.usings.get(join, ()):
        types = (t.binding(left), t.binding(right))
        if any(is_opaque(type) for type in types):
            continue
        resolved = t.types.binary("=", *types)
        if isinstance(resolved, TypeFailure):
            t.fail(resolved, join.using[0] if join.using else join)
