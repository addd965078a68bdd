"""Nullability of queries: what their predicates leave, and why each result column can be NULL."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...dialects.base import Nulls
from ...model.catalog import Column
from ...model.query import Placeholder
from ...model.syntax import (
    Boolean,
    Call,
    Cast,
    ColumnName,
    Default,
    Delete,
    Expression,
    Insert,
    Merge,
    Number,
    Query,
    Select,
    SetOperation,
    String,
    TableExpression,
    TableQuery,
    Update,
    Utility,
    Values,
    walk,
)
from ...model.values import value
from ..cardinality import always_gives_row
from ..environment import Environment
from ..facts import TypeFacts
from ..grouping_sets import grouping_items, grouping_sets
from ..recursion import is_recursive
from ..scopes import Binding, ColumnRef, OutputColumn, Relation, RelationColumn, Resolution, TableColumn
from .analyzer import Analyzer, Context, Grouping
from .constants import Constants, Truths
from .expressions import read_expression, set_functions
from .groups import counted
from .joins import Joins, JoinState
from .keys import Keys
from .places import NeverNull
from .predicates import NOTHING
from .reasons import Reason, first


@value
class Nullability:
    """For each result column of a query why it can be NULL; whether any expression, or a column in FROM, can be."""

    outputs: list[Reason | None]
    never_null: NeverNull
    column_nullable: Callable[[RelationColumn], bool]


def infer_nullability(
    resolution: Resolution,
    facts: TypeFacts,
    placeholders: Sequence[Placeholder],
    nullable_parameters: frozenset[str],
    environment: Environment,
    computed: Callable[[Column], bool],
) -> Nullability:
    """The nullability of a query's result columns, and of what else may be asked for.

    `computed` tells of a generated column that is not declared NOT NULL whether it is computed from what never is NULL.
    """
    keys = Keys(resolution, facts, placeholders)

    def analyzer(trusting: bool) -> Analyzer:
        return Analyzer(
            resolution, facts, environment, keys, nullable_parameters, read_expression, read_query, computed, trusting
        )

    knowing = analyzer(True)
    outputs = knowing.query(resolution.query)
    never_null = NeverNull(resolution.query, knowing, analyzer(False))
    return Nullability(outputs, never_null, lambda column: knowing.source(column) is not None)


def read_query(a: Analyzer, query: Query) -> list[Reason | None]:
    """Why each result column of a query can be NULL."""
    match query:
        case Select():
            return _select(a, query)
        case SetOperation():
            return _set_operation(a, query)
        case Values(rows=rows):
            width = min(len(row.items) for row in rows)
            here = _context(a, query)
            return [first(*(a.expression(row.items[position], here) for row in rows)) for position in range(width)]
        case TableQuery():
            return [a.output(output, _context(a, query)) for output in a.resolution.outputs[query]]
        case Insert():
            return _insert(a, query)
        case Update():
            return _update(a, query)
        case Delete():
            return _delete(a, query)
        case Merge():
            return _merge(a, query)
        case Utility() | Query():
            return [Reason("it is not known what this statement gives") for _ in a.resolution.outputs.get(query, ())]


def _context(a: Analyzer, query: Query) -> Context:
    return Context(a.resolution.scopes[query])


# SELECT


def _select(a: Analyzer, query: Select) -> list[Reason | None]:
    state = JoinState()
    if query.from_ is not None:
        _join_reader(a).read(query.from_, state)
    a.publish(query, state)
    state.conclude(a.predicates.where(query.where), a.keys.relations.get)
    context = _context(a, query)
    if query.where is not None and not a.is_aggregated(query) and True not in _truths(a, query):
        return [None for _ in a.resolution.outputs[query]]
    if a.is_aggregated(query):
        a.groupings[query] = _grouping(a, query)
        context = Context(context.scope, NOTHING, query)
    several_sets = _counts_set_functions(a, query) > 1
    reasons = [a.output(output, context) for output in a.resolution.outputs[query]]
    if query in a.groupings and a.groupings[query].can_be_empty and _is_buffered(a, query):
        reasons = [
            reason or _lost(a, output, query)
            for reason, output in zip(reasons, a.resolution.outputs[query], strict=True)
        ]
    if query.with_rollup:
        outputs = a.resolution.outputs[query]
        return [reason or _rolled_up(a, output, query) for reason, output in zip(reasons, outputs, strict=True)]
    if several_sets:
        return [
            reason or _filled_up(a, output.value, query)
            for reason, output in zip(reasons, a.resolution.outputs[query], strict=True)
        ]
    return reasons


def _truths(a: Analyzer, query: Select) -> Truths:
    """What WHERE comes to; `where false` leaves no row."""
    assert query.where is not None
    constants = Constants(a.is_strict, a.predicates.is_text, lambda _: False, lambda _: False)
    return constants.truths(query.where)


def _is_buffered(a: Analyzer, query: Select) -> bool:
    """Whether the one row that aggregates give for no rows may go through a temporary table that loses its values: with
    windows, and before an INSERT, which makes such a table when it reads what it writes."""
    if not a.environment.dialect.features.rows_of_nothing_lose:
        return False
    windows = any(found.query is query and found.is_window for found in a.resolution.gathered)
    whole = a.resolution.query
    return windows or (isinstance(whole, Insert) and whole.source is query)


def _lost(a: Analyzer, output: OutputColumn, query: Select) -> Reason | None:
    """A result column that is computed of columns, and of no aggregate."""
    gathered = {found.call for found in a.resolution.gathered if found.query is query}
    inside = list(walk(output.value)) if isinstance(output.value, Expression) else []
    if any(node in gathered for node in inside) or not any(isinstance(node, ColumnName) for node in inside):
        return None
    return Reason("the row that stands for no rows has lost it", output.item)


def _rolled_up(a: Analyzer, output: OutputColumn, query: Select) -> Reason | None:
    """A result column that WITH ROLLUP groups by under its own name is NULL in the rows that it adds."""
    names = [item.parts[0] for item in query.group_by if isinstance(item, ColumnName) and len(item.parts) == 1]
    key = a.environment.column_key
    if any(key(a.environment.spelled(name)) == key(output.name) for name in names):
        return Reason("a row of ROLLUP leaves it out", output.item)
    return None


def _join_reader(a: Analyzer) -> Joins:
    def never_null(relation: Relation, column: str) -> bool:
        found = relation.table.column(column) if relation.table is not None else None
        return found is not None and not found.nullable

    trusts_keys = a.environment.dialect.features.foreign_keys_enforced
    return Joins(
        a.resolution,
        a.predicates,
        never_null,
        trusts_keys,
        lambda query: always_gives_row(query, a.has_aggregate),
    )


def _counts_set_functions(a: Analyzer, query: Select) -> int:
    return sum(len(set_functions(a, item.expression)) for item in query.items)


def _filled_up(a: Analyzer, value: object, query: Select) -> Reason | None:
    """In a select list the shorter of several set-returning functions is filled up with NULL."""
    if not isinstance(value, Expression) or not set_functions(a, value):
        return None
    return Reason("the shorter of several functions is filled up with NULL", query)


def _grouping(a: Analyzer, query: Select) -> Grouping:
    sets = grouping_sets(query)
    keys: dict[str, bool] = {}
    for item in query.group_by:
        for expression in grouping_items(item):
            key = a.keys.of(_grouped_expression(a, query, expression))
            keys[key] = any(expression not in one for one in sets)
    can_be_empty = any(not one for one in sets)
    if query.with_rollup and not a.environment.dialect.features.rollup_of_nothing:
        can_be_empty = False
    grouping = Grouping(keys, can_be_empty)
    a.groupings[query] = grouping
    said = a.predicates.where(query.having)
    own = {found.call for found in a.resolution.gathered if found.query is query and not found.is_window}
    gathered = [call for call in own if a.keys.of(call) in said and a.gathers(call)]
    gathered += counted(query.having, own)
    measured = (call.args[0] for call in gathered if a.measures(call))
    filled = frozenset[str]().union(*(a.predicates.non_null(argument) for argument in measured))
    return Grouping(keys, can_be_empty and not gathered, said, filled)


def _grouped_expression(a: Analyzer, query: Select, expression: Expression) -> Expression:
    """What `group by 1` groups by."""
    if isinstance(expression, Number) and expression.text.isdigit():
        outputs = a.resolution.outputs[query]
        position = int(expression.text) - 1
        if 0 <= position < len(outputs) and isinstance(outputs[position].value, Expression):
            value = outputs[position].value
            assert isinstance(value, Expression)
            return value
    return expression


# Set operations


def _set_operation(a: Analyzer, query: SetOperation) -> list[Reason | None]:
    """A fixpoint where the query is recursive: its right part sees what is known of the whole so far."""
    left = a.query(query.left)
    if not is_recursive(query, a.resolution):
        right = a.query(query.right)
        return [_combined(query.op, one, other) for one, other in zip(left, right, strict=False)]
    known = list(left)
    while True:
        a.outputs[query] = known
        before = set(a.outputs)
        right = a.query(query.right)
        result = [one or other for one, other in zip(known, right, strict=False)]
        if [reason is None for reason in result] == [reason is None for reason in known]:
            return result
        known = result
        for other in set(a.outputs) - before:
            del a.outputs[other]


def _combined(op: str, left: Reason | None, right: Reason | None) -> Reason | None:
    match op:
        case "union":
            return left or right
        case "intersect":
            return left if right is not None else None
        case _:
            return left


# Changes


def _has_trigger(column_table: Relation, event: str) -> bool:
    """Whether a trigger may change a row before it is stored."""
    table = column_table.table
    return table is None or any(trigger.timing != "after" and event in trigger.events for trigger in table.triggers)


def _returned(a: Analyzer, query: Query, stored: dict[str, Reason | None]) -> list[Reason | None]:
    """The reasons of RETURNING: a column that was written is what was stored in it."""
    relation = a.resolution.target_tables.get(query)
    known: set[str] = set()
    if relation is not None:
        never = {name for name, reason in stored.items() if reason is None}
        written = (column for column in relation.columns if column.name in never)
        known = {a.keys.of_binding(ColumnRef(relation, column)) for column in written}
    context = Context(a.resolution.scopes[query], frozenset(known))
    return [a.output(output, context) for output in a.resolution.outputs[query]]


def _insert(a: Analyzer, query: Insert) -> list[Reason | None]:
    relation = a.resolution.target_tables[query]
    a.publish(query, JoinState({relation: frozenset()}))
    if not a.resolution.outputs[query] or relation.table is None:
        return [Reason("the table is not known") for _ in a.resolution.outputs[query]]
    stored: dict[str, Reason | None] = {}
    replaces = any(conflict.action == "update" for conflict in query.on_conflict) or bool(query.on_duplicate)
    if not _has_trigger(relation, "insert"):
        stored = _inserted(a, query, relation)
        if replaces:
            stored = _unless_updated(a, query, stored)
    reasons = _returned(a, query, stored)
    if "ignore" not in query.verb:
        return reasons
    outputs = a.resolution.outputs[query]
    return [reason or _zero(a, output.value, relation) for reason, output in zip(reasons, outputs, strict=True)]


def _zero(a: Analyzer, value: Expression | Binding, relation: Relation) -> Reason | None:
    """INSERT IGNORE turns what is no date into a zero, which is not NULL to the database and NULL to its driver."""
    zeros = a.environment.dialect.features.zeros_by_ignoring
    bindings: list[Binding | None] = [None if isinstance(value, Expression) else value]
    if isinstance(value, Expression):
        bindings = [a.resolution.bindings.get(node) for node in walk(value) if isinstance(node, ColumnName)]
    for binding in bindings:
        if isinstance(binding, ColumnRef) and binding.relation is relation:
            source = binding.column.source
            if isinstance(source, TableColumn) and source.column.type.name in zeros:
                return Reason(f"INSERT IGNORE may store a zero in `{source.column.name}`, which is read as NULL")
    return None


def _inserted(a: Analyzer, query: Insert, relation: Relation) -> dict[str, Reason | None]:
    """Why each column can be NULL in the rows that an INSERT adds."""
    assert relation.table is not None
    columns: list[Column | None] = [a.resolution.targets.get(target) for target in query.columns]
    if not query.columns:
        columns = list(relation.table.columns)
    reasons: list[Reason | None] = []
    if isinstance(query.source, Values):
        for position in range(len(columns)):
            values = [row.items[position] for row in query.source.rows if position < len(row.items)]
            here = _context(a, query.source)
            reasons.append(first(*(_stored(a, value, columns[position], here) for value in values)))
    elif query.source is not None:
        reasons = list(a.query(query.source))
    stored = {column.name: reason for column, reason in zip(columns, reasons, strict=False) if column is not None}
    for column in relation.table.columns:
        if column.name not in stored and column.default is not None:
            stored[column.name] = _default(a, column)
    return stored


def _stored(a: Analyzer, value: Expression, column: Column | None, context: Context) -> Reason | None:
    if isinstance(value, Default):
        return _default(a, column) if column is not None else Reason("the column is not known")
    return a.expression(value, context)


def _default(a: Analyzer, column: Column) -> Reason | None:
    """Why the default of a column can be NULL: a literal or a function of the time is not."""
    value = column.default.expression if column.default is not None else None
    while isinstance(value, Cast):
        value = value.operand
    match value:
        case Number() | String() | Boolean():
            return None
        case Call(form="bare"):
            return None
        case Call(args=()):
            rule = a.rules.of_call(value, ())
            return None if rule is Nulls.NEVER else Reason(f"the default of `{column.name}` can be NULL")
        case _:
            return Reason(f"the default of `{column.name}` can be NULL")


def _unless_updated(a: Analyzer, query: Insert, stored: dict[str, Reason | None]) -> dict[str, Reason | None]:
    """With ON CONFLICT DO UPDATE the row may be an older one: only what it sets anew is known."""
    assigned: dict[str, Reason | None] = {}
    for conflict in query.on_conflict:
        for item in conflict.assignments:
            column = a.resolution.targets.get(item.targets[0])
            if len(item.targets) == 1 and column is not None:
                assigned[column.name] = Reason("an older row may be returned", item)
                if not _names_a_column(a, item.value):
                    assigned[column.name] = a.expression(item.value, _context(a, query))
    return {
        name: reason if assigned.get(name, reason) is None else Reason("an older row may be returned")
        for name, reason in stored.items()
        if name in assigned
    }


def _names_a_column(a: Analyzer, value: Expression) -> bool:
    return any(isinstance(node, ColumnName) for node in walk(value))


def _update(a: Analyzer, query: Update) -> list[Reason | None]:
    state = _changed_rows(a, query, query.table, query.from_, query.where)
    relation = a.resolution.target_tables.get(query)
    if relation is None or relation.table is None:
        return [a.output(output, _context(a, query)) for output in a.resolution.outputs[query]]
    stored: dict[str, Reason | None] = {}
    touched: set[str] = set()
    for item in query.assignments:
        for target in item.targets:
            column = a.resolution.targets.get(target)
            if column is not None:
                touched.add(column.name)
                simple = len(item.targets) == 1 and not target.path
                stored[column.name] = (
                    _stored(a, item.value, column, _context(a, query))
                    if simple
                    else Reason("part of the column is written", item)
                )
    if _has_trigger(relation, "update"):
        stored = {}
        touched = {column.name for column in relation.columns}
    touched |= {column.name for column in relation.table.columns if column.generated is not None}
    _forget(a, state, relation, touched)
    return _returned(a, query, stored)


def _forget(a: Analyzer, state: JoinState, relation: Relation, names: set[str]) -> None:
    """What WHERE says of a column, and of what is computed from columns, is not true of the row that comes after."""
    replaced = {a.keys.of_binding(ColumnRef(relation, column)) for column in relation.columns if column.name in names}
    state.facts = {key for key in state.facts if key in a.keys.relations and key not in replaced}


def _changed_rows(
    a: Analyzer,
    query: Query,
    table: TableExpression,
    others: TableExpression | None,
    where: Expression | None,
) -> JoinState:
    state = JoinState()
    reader = _join_reader(a)
    reader.read(table, state)
    if others is not None:
        reader.read(others, state)
    a.publish(query, state)
    state.conclude(a.predicates.where(where), a.keys.relations.get)
    return state


def _delete(a: Analyzer, query: Delete) -> list[Reason | None]:
    if query.joined and query.using is not None:
        _changed_rows(a, query, query.using, None, query.where)
    else:
        _changed_rows(a, query, query.targets[0], query.using, query.where)
    return [a.output(output, _context(a, query)) for output in a.resolution.outputs[query]]


def _merge(a: Analyzer, query: Merge) -> list[Reason | None]:
    relation = a.resolution.target_tables[query]
    state = JoinState({relation: frozenset()})
    _join_reader(a).read(query.using, state)
    a.publish(query, state)
    return [a.output(output, _context(a, query)) for output in a.resolution.outputs[query]]
