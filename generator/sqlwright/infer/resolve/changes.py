"""INSERT, UPDATE, DELETE and MERGE: their targets, and what may be named in their clauses."""

from __future__ import annotations

from ...diagnostics import nearest_of
from ...model.syntax import (
    Assignment,
    Delete,
    Insert,
    Merge,
    MergeWhen,
    Node,
    OnConflict,
    Query,
    Returning,
    Row,
    TableName,
    Target,
    Update,
    Values,
)
from ..scopes import Binding, ColumnRef, OutputColumn, Relation, RelationColumn, Scope, TableColumn
from .from_items import add_table, enter, named_table
from .items import resolve_items, resolve_limit, resolve_ordering
from .resolver import Resolver, counted


def target_relation(r: Resolver, query: Query, table: TableName, scope: Scope) -> Relation:
    relation = named_table(r, table, Scope(None, {}))
    r.result.relations[table] = relation
    r.result.target_tables[query] = relation
    return relation


def resolve_target(r: Resolver, target: Target, relation: Relation, scope: Scope) -> None:
    """The column that is written; `t.a` means the table's column only where the database says so."""
    for step in target.path:
        r.below(step, scope, "set")
    if relation.unknown or relation.table is None:
        r.result.targets[target] = None
        return
    part = target.parts[0]
    name = r.environment.spelled(part)
    if len(target.parts) > 1 and r.environment.table_key(name) == r.environment.table_key(relation.name):
        part = target.parts[1]
        name = r.environment.spelled(part)
    found = r.environment.own_column(relation.table, name)
    if found is None:
        help = nearest_of(name, [column.name for column in relation.columns], "columns")
        message = f"column `{name}` does not exist in `{relation.table.name}`"
        r.report("unknown-column", message, part, help)
    r.result.targets[target] = found


def resolve_assignments(r: Resolver, items: tuple[Assignment, ...], relation: Relation, scope: Scope) -> None:
    for item in items:
        for target in item.targets:
            resolve_target(r, target, relation, scope)
        r.expression(item.value, scope, "set")
        if len(item.targets) > 1 and isinstance(item.value, Row) and len(item.value.items) != len(item.targets):
            r.report(
                "wrong-arity",
                f"{counted(len(item.targets), 'column')} and {counted(len(item.value.items), 'value')}",
                item,
                "give each column a value",
            )


def resolve_returning(r: Resolver, returning: Returning | None, scope: Scope, query: Query) -> tuple[OutputColumn, ...]:
    if returning is None:
        return ()
    _check_returning(r, returning, query)
    relation = r.result.target_tables.get(query)
    if relation is not None and not r.environment.dialect.features.returning_sees_joins:
        own = Scope(scope.parent, scope.ctes)
        own.relations.append(relation)
        own.stars += [(column.name, ColumnRef(relation, column)) for column in relation.columns]
        alias = relation.name
        if not r.environment.dialect.features.returning_sees_alias and relation.table is not None:
            relation.name = relation.table.name
        try:
            return resolve_items(r, returning.items, own, query)
        finally:
            relation.name = alias
    return resolve_items(r, returning.items, scope, query)


def _check_returning(r: Resolver, returning: Returning, query: Query) -> None:
    """RETURNING of a statement that has none there; one without a width is not in the text."""
    verb = type(query).__name__.lower()
    if verb not in r.environment.dialect.features.returning and returning.start < returning.end:
        message = f"{r.environment.dialect.title} has no RETURNING for {verb.upper()}"
        r.report("no-returning", message, returning, "select the rows in a query of their own")


def resolve_insert(r: Resolver, query: Insert, scope: Scope) -> tuple[OutputColumn, ...]:
    relation = target_relation(r, query, query.table, scope)
    for target in query.columns:
        resolve_target(r, target, relation, scope)
    if query.source is not None:
        outputs = r.query(query.source, _source_scope(r, query, relation, scope))
        check_insert_arity(r, query, relation, len(outputs))
    enter(r, relation, query.table, scope)
    changes = changing_scope(r, relation, scope)
    if query.row_alias is not None:
        add_row_alias(r, query, changes)
    for conflict in query.on_conflict:
        resolve_on_conflict(r, conflict, relation, scope, changes)
    resolve_assignments(r, query.on_duplicate, relation, changes)
    return resolve_returning(r, query.returning, scope, query)


def _source_scope(r: Resolver, query: Insert, relation: Relation, scope: Scope) -> Scope:
    """What the rows of an INSERT see besides what stands in them."""
    seen = isinstance(query.source, Values) and r.environment.dialect.features.values_see_target
    return Scope(scope, scope.ctes, [relation]) if seen else scope


def add_row_alias(r: Resolver, query: Insert, scope: Scope) -> None:
    """MySQL's `values (…) as new(a, b)`."""
    assert query.row_alias is not None
    relation = r.result.target_tables[query]
    written = [r.result.targets.get(target) for target in query.columns]
    columns = [RelationColumn(column.name, TableColumn(column)) for column in written if column is not None] or list(
        relation.columns
    )
    for number, name in enumerate(query.row_alias.columns[: len(columns)]):
        columns[number] = RelationColumn(r.environment.spelled(name), columns[number].source)
    alias = r.environment.spelled(query.row_alias.name)
    scope.relations.append(r.relation(alias, None, tuple(columns)))


def changing_scope(r: Resolver, relation: Relation, scope: Scope) -> Scope:
    """What names mean in ON CONFLICT: the row that is there, and the one that was to be inserted, as `excluded`."""
    features = r.environment.dialect.features
    if not features.excluded or relation.table is None:
        return Scope(scope.parent, scope.ctes, [relation])
    excluded = Relation("excluded", None, relation.columns, relation.index, relation.table)
    if not features.excluded_is_named:
        return Scope(scope.parent, scope.ctes, [relation, excluded])
    return Scope(Scope(scope.parent, scope.ctes, [excluded]), scope.ctes, [relation])


def resolve_on_conflict(r: Resolver, conflict: OnConflict, relation: Relation, scope: Scope, changes: Scope) -> None:
    own = Scope(scope.parent, scope.ctes, [relation])
    for column in conflict.columns:
        r.expression(column, own, "on conflict")
    r.expression(conflict.where_index, own, "on conflict")
    resolve_assignments(r, conflict.assignments, relation, changes)
    unqualified = Scope(changes.parent, scope.ctes, changes.relations)
    r.expression(conflict.where, unqualified, "where")


def check_insert_arity(r: Resolver, query: Insert, relation: Relation, values: int) -> None:
    if relation.table is None or values == 0:
        return
    wanted = len(query.columns) or len(relation.columns)
    place = query.source
    if isinstance(place, Values):
        for row in place.rows:
            check_row_arity(r, query, wanted, len(row.items), row)
    elif place is not None:
        check_row_arity(r, query, wanted, values, place)


def check_row_arity(r: Resolver, query: Insert, wanted: int, given: int, node: Node) -> None:
    if given > wanted or (given < wanted and (query.columns or not r.environment.dialect.features.short_inserts)):
        r.report(
            "wrong-arity",
            f"{counted(wanted, 'column')} and {counted(given, 'value')}",
            node,
            "give each column a value" if given < wanted else "remove the values that are too many",
        )


def resolve_update(r: Resolver, query: Update, scope: Scope) -> tuple[OutputColumn, ...]:
    if isinstance(query.table, TableName):
        relation = target_relation(r, query, query.table, scope)
        enter(r, relation, query.table, scope)
    else:
        add_table(r, query.table, scope, scope)
    if query.from_ is not None:
        add_table(r, query.from_, scope, scope)
    r.expression(query.where, scope, "where")
    for item in query.assignments:
        resolve_assignments(r, (item,), written_relation(r, query, item, scope), scope)
    resolve_ordering(r, query.order_by, scope, ())
    resolve_limit(r, query, scope)
    return resolve_returning(r, query.returning, scope, query)


def written_relation(r: Resolver, query: Update, item: Assignment, scope: Scope) -> Relation:
    """The relation whose column an assignment writes: the only one, or (MySQL) the one it names or that has it."""
    own = r.result.target_tables.get(query)
    if own is not None:
        return own
    *tables, last = item.targets[0].parts
    if tables:
        named = r.lookup.relation(tables[-1], scope)
        if named is not None:
            return named
    key = r.environment.column_key(r.environment.spelled(last))
    return next((relation for relation in scope.relations if key in relation.index), scope.relations[0])


def resolve_delete(r: Resolver, query: Delete, scope: Scope) -> tuple[OutputColumn, ...]:
    if query.joined and query.using is not None:
        add_table(r, query.using, scope, scope)
        for target in query.targets:
            if r.lookup.relation(target.parts[-1], scope) is None:
                r.lookup.unknown_relation(target.parts[-1], scope)
    else:
        for target in query.targets:
            relation = target_relation(r, query, target, scope)
            enter(r, relation, target, scope)
        if query.using is not None:
            add_table(r, query.using, scope, scope)
    r.expression(query.where, scope, "where")
    resolve_ordering(r, query.order_by, scope, ())
    resolve_limit(r, query, scope)
    return resolve_returning(r, query.returning, scope, query)


def resolve_merge(r: Resolver, query: Merge, scope: Scope) -> tuple[OutputColumn, ...]:
    relation = target_relation(r, query, query.table, scope)
    enter(r, relation, query.table, scope)
    add_table(r, query.using, scope, scope)
    r.expression(query.on, scope, "on")
    for when in query.whens:
        seen = _merging_scope(when, relation, scope)
        r.expression(when.condition, seen, "where")
        resolve_assignments(r, when.assignments, relation, seen)
        for target in when.columns:
            resolve_target(r, target, relation, seen)
        for value in when.values:
            r.expression(value, seen, "values")
        _check_merged(r, when, relation)
    return resolve_returning(r, query.returning, scope, query)


def _merging_scope(when: MergeWhen, relation: Relation, scope: Scope) -> Scope:
    """What a branch sees: no row of the table where none matched, and none of the source where that is what lacks."""
    if when.matched == "matched":
        return scope
    kept = [one for one in scope.relations if (one is relation) == (when.matched == "not matched by source")]
    merged = scope.merged if relation not in kept else dict[str, Binding]()
    return Scope(scope.parent, scope.ctes, kept, merged)


def _check_merged(r: Resolver, when: MergeWhen, relation: Relation) -> None:
    """An INSERT has a value for each of its columns."""
    wanted = len(when.columns) or len(relation.columns)
    given = len(when.values)
    if relation.table is not None and given and (given > wanted or (given < wanted and when.columns)):
        help = "give each column a value" if given < wanted else "remove the values that are too many"
        r.report("wrong-arity", f"{counted(wanted, 'column')} and {counted(given, 'value')}", when, help)
