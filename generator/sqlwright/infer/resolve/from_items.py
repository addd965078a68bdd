"""FROM: tables, derived tables, functions and joins to relations of a scope."""

from __future__ import annotations

from collections.abc import Sequence

from ...diagnostics import did_you_mean, nearest_of
from ...model.syntax import (
    Call,
    ColumnName,
    DerivedTable,
    Expression,
    Identifier,
    Join,
    JsonColumn,
    Node,
    Query,
    TableExpression,
    TableFunction,
    TableName,
    children,
    walk,
)
from ..scopes import (
    Binding,
    ColumnRef,
    CounterColumn,
    FunctionColumn,
    MergedRef,
    QueryColumn,
    Relation,
    RelationColumn,
    Scope,
    UnknownRef,
)
from .lookup import merges_within
from .resolver import Resolver, counted
from .shapes import lacks_columns, opened


def add_table(r: Resolver, table: TableExpression, scope: Scope, lateral: Scope) -> None:
    """Add what stands in FROM to the scope. `lateral` is the scope that LATERAL items and functions see."""
    before = len(scope.relations)
    match table:
        case TableName():
            enter(r, named_table(r, table, scope), table, scope)
        case DerivedTable():
            enter(r, derived_table(r, table, scope, lateral), table, scope)
        case TableFunction():
            enter(r, call_relation(r, table, lateral), table, scope)
        case Join():
            resolve_join(r, table, scope, lateral)
        case _:
            pass
    if not isinstance(table, Join):
        check_names(r, scope, before, table)


def enter(r: Resolver, relation: Relation, node: TableExpression, scope: Scope) -> None:
    r.result.relations[node] = relation
    scope.relations.append(relation)
    scope.stars += [(column.name, ColumnRef(relation, column)) for column in relation.columns]


def check_names(r: Resolver, scope: Scope, before: int, node: TableExpression) -> None:
    if r.environment.dialect.features.names_of_several:
        return
    added = scope.relations[before]
    key = r.environment.table_key(added.name)
    for other in scope.relations[:before]:
        if _are_apart(r, other, added) and not _is_in_with(r, node):
            continue
        same_schema = other.schema == added.schema or other.schema is None or added.schema is None
        if added.name and r.environment.table_key(other.name) == key and same_schema:
            r.report(
                "duplicate-name",
                f"`{added.name}` stands for two tables of this query",
                node,
                f"give one an alias: {added.name} AS other",
            )
            return


def _are_apart(r: Resolver, one: Relation, other: Relation) -> bool:
    """Whether one of two relations is a query that may have the name of the other, which is a table."""
    if (one.table is None) == (other.table is None):
        return False
    query = one if one.table is None else other
    return ("with" if query.cte is not None else "derived") in r.environment.dialect.features.derived_names_apart


def _is_in_with(r: Resolver, node: TableExpression) -> bool:
    """Whether a query around FROM has WITH, where that makes a difference."""
    if "in with" in r.environment.dialect.features.derived_names_apart:
        return False
    around = (query for query in walk(r.result.query) if isinstance(query, Query) and query.with_ is not None)
    return any(node in walk(query) for query in around)


def named_table(r: Resolver, table: TableName, scope: Scope) -> Relation:
    name = r.environment.spelled(table.parts[-1])
    alias = r.environment.spelled(table.alias.name) if table.alias else None
    if len(table.parts) == 1:
        cte = scope.cte(r.environment.table_key(name))
        if cte is not None:
            columns = renamed_columns(r, cte.columns, table)
            return Relation(alias or name, table, columns, r.environment.index(columns), None, cte.query, cte.cte)
    found = r.environment.table(table.parts)
    if found is None:
        unknown_table(r, table, scope)
        return r.relation(alias or name, table, (), unknown=True)
    columns, index = r.environment.columns(found)
    if table.alias is not None and table.alias.columns:
        columns = renamed_columns(r, columns, table)
        index = r.environment.index(columns)
    schema = None if alias else found.schema
    return Relation(alias or found.name, table, columns, index, found, schema=schema)


def unknown_table(r: Resolver, table: TableName, scope: Scope) -> None:
    shown = ".".join(r.environment.spelled(part) for part in table.parts)
    known = [key[1] for key in r.environment.catalog.tables]
    known += [relation.name for level in scope.outward() for relation in level.ctes.values()]
    last = table.parts[-1]
    place = Identifier(table.parts[0].start, last.end, last.text)
    help = did_you_mean(r.environment.spelled(last), known, "define it in the schema")
    r.report("unknown-table", f"table `{shown}` does not exist", place, help)


def renamed_columns(
    r: Resolver, columns: tuple[RelationColumn, ...], table: TableName | DerivedTable | TableFunction
) -> tuple[RelationColumn, ...]:
    """The columns under the names that an alias gives them."""
    names = table.alias.columns if table.alias is not None else ()
    if len(names) > len(columns):
        r.report(
            "wrong-arity",
            f"{counted(len(columns), 'column')} here, and {len(names)} are named",
            names[len(columns)],
            "remove the names that are too many",
        )
    whole = r.environment.dialect.features.column_names_whole and isinstance(table, DerivedTable)
    if whole and 0 < len(names) < len(columns):
        message = f"{counted(len(columns), 'column')} here, and {len(names)} are named"
        r.report("wrong-arity", message, names[len(names) - 1], "name all of them, or none")
    return tuple(
        RelationColumn(r.environment.spelled(names[number]), column.source) if number < len(names) else column
        for number, column in enumerate(columns)
    )


def derived_table(r: Resolver, table: DerivedTable, scope: Scope, lateral: Scope) -> Relation:
    outer = lateral if table.lateral else Scope(scope.parent, scope.ctes)
    outputs = r.query(table.query, outer)
    name = r.environment.spelled(table.alias.name) if table.alias else ""
    if not name and table.alias is None and r.environment.dialect.features.derived_tables_need_names:
        r.report("missing-alias", "a query in FROM needs a name", table, "add one behind it: (…) AS t")
    columns = tuple(
        RelationColumn(output.name, QueryColumn(table.query, number)) for number, output in enumerate(outputs)
    )
    columns = renamed_columns(r, columns, table)
    check_columns(r, [column.name for column in columns], table.alias or table)
    unknown = not outputs and bool(r.result.findings)
    return r.relation(name, table, columns, query=table.query, unknown=unknown)


def check_columns(r: Resolver, names: Sequence[str], place: Node) -> None:
    """The columns of a query that has a name differ, where the database says so."""
    if not r.environment.dialect.features.derived_columns_differ:
        return
    seen: set[str] = set()
    for name in names:
        key = r.environment.column_key(name)
        if key in seen:
            r.report("duplicate-column", f"this query has two columns `{name}`", place, "give one another name with AS")
            return
        seen.add(key)


def call_relation(r: Resolver, table: TableFunction, lateral: Scope) -> Relation:
    columns: list[RelationColumn] = []
    for number, call in enumerate(table.calls):
        r.expression(call, lateral, "from")
        columns += function_columns(r, table, call, number)
    if table.ordinality:
        columns.append(RelationColumn("ordinality", CounterColumn("ordinality")))
    typed = table.alias is not None and bool(table.alias.types)
    named = tuple(columns) if typed else renamed_columns(r, tuple(columns), table)
    first = table.calls[0]
    name = first.function if isinstance(first, Call) else ""
    if table.alias is not None and table.alias.name.text:
        name = r.environment.spelled(table.alias.name)
    return r.relation(name, table, named, function=table)


def function_columns(r: Resolver, table: TableFunction, call: Expression, number: int) -> list[RelationColumn]:
    alias = table.alias
    if table.columns:
        names = [
            r.environment.spelled(column.name) for column in flat_columns(table.columns) if column.name is not None
        ]
        return [RelationColumn(name, FunctionColumn(table, number, position)) for position, name in enumerate(names)]
    if alias is not None and alias.types:
        return [
            RelationColumn(r.environment.spelled(name), FunctionColumn(table, number, position))
            for position, name in enumerate(alias.columns)
        ]
    if not isinstance(call, Call):
        return [RelationColumn("", FunctionColumn(table, number, None))]
    found = opened(r, call)
    if found is None and lacks_columns(r, call):
        help = f"name them: {call.function}(…) AS t (id integer, name text)"
        r.report("missing-columns", f"{call.function} gives rows of no known columns", call, help)
    if found is not None:
        return [
            RelationColumn(column.name, FunctionColumn(table, number, position))
            for position, column in enumerate(found)
        ]
    name = call.function
    single = len(table.calls) == 1 and len(call.args) == 1 if call.function == "unnest" else len(table.calls) == 1
    if alias is not None and alias.name.text and single and not alias.columns:
        name = r.environment.spelled(alias.name)
    if call.function == "unnest" and len(call.args) > 1:
        return [RelationColumn(name, FunctionColumn(table, number, position)) for position in range(len(call.args))]
    return [RelationColumn(name, FunctionColumn(table, number, None))]


def resolve_join(r: Resolver, join: Join, scope: Scope, lateral: Scope) -> None:
    outer_stars = scope.stars
    scope.stars = []
    start = len(scope.relations)
    add_table(r, join.left, scope, lateral)
    middle = len(scope.relations)
    left_stars, scope.stars = scope.stars, []
    add_table(r, join.right, scope, lateral)
    right_stars = scope.stars
    left = scope.relations[start:middle]
    right = scope.relations[middle:]
    if join.natural or join.using:
        stars = merge_columns(r, join, scope, left, right, left_stars, right_stars)
    else:
        stars = left_stars + right_stars
        if join.on is not None:
            own = {key: binding for key, binding in scope.merged.items() if merges_within(binding, left + right)}
            visible = Scope(scope.parent, scope.ctes, left + right, own)
            r.expression(join.on, visible, "on")
    scope.stars = outer_stars + stars


def check_conditions(r: Resolver, table: TableExpression, scope: Scope) -> None:
    """Report names of ON that tables joined behind it make ambiguous, where it sees them."""
    if not r.environment.dialect.features.conditions_see_all or not isinstance(table, Join):
        return
    if not r.source.text[: table.left.start].rstrip().endswith("("):
        check_conditions(r, table.left, scope)  # what stands in parentheses sees no more than is in them
    if table.on is not None:
        check_clear(r, table.on, scope)


def check_clear(r: Resolver, node: Node, scope: Scope) -> None:
    if isinstance(node, ColumnName) and len(node.parts) == 1:
        r.lookup.check_clear(node, scope)
    for child in children(node):
        if not isinstance(child, Query):
            check_clear(r, child, scope)


def merge_columns(
    r: Resolver,
    join: Join,
    scope: Scope,
    left: list[Relation],
    right: list[Relation],
    left_stars: list[tuple[str, Binding]],
    right_stars: list[tuple[str, Binding]],
) -> list[tuple[str, Binding]]:
    """USING and NATURAL: the merged columns first, then the others of both sides."""
    key = r.environment.column_key
    if join.natural:
        in_right = {key(name) for name, _ in right_stars}
        names = [name for name, _ in left_stars if key(name) in in_right]
    else:
        names = [r.environment.spelled(name) for name in join.using]
    merged: list[tuple[str, Binding]] = []
    pairs: list[tuple[Binding, Binding]] = []
    for number, name in enumerate(names):
        node = join.using[number] if join.using else join
        first = merged_side(r, name, left_stars, left, node)
        second = merged_side(r, name, right_stars, right, node)
        pairs.append((first, second))
        binding = MergedRef(name, first, second, join)
        merged.append((name, binding))
        scope.merged[key(name)] = binding
    r.result.usings[join] = tuple(pairs)
    taken = {key(name) for name in names}
    rest = [(name, binding) for name, binding in left_stars + right_stars if key(name) not in taken]
    return merged + rest


def merged_side(
    r: Resolver, name: str, stars: list[tuple[str, Binding]], relations: list[Relation], node: Node
) -> Binding:
    """The column of one side that USING names."""
    key = r.environment.column_key
    found = [binding for other, binding in stars if key(other) == key(name)]
    if len(found) == 1 or any(relation.unknown for relation in relations):
        return found[0] if found else UnknownRef()
    if found:
        r.report(
            "ambiguous-column",
            f"column `{name}` of USING is on this side more than once",
            node,
            "join ON (…) with qualified names instead",
        )
        return UnknownRef()
    shown = " and ".join(f"`{relation.name}`" for relation in relations) or "one side"
    help = nearest_of(name, [other for other, _ in stars], "columns")
    r.report("unknown-column", f"column `{name}` of USING does not exist in {shown}", node, help)
    return UnknownRef()


def flat_columns(columns: tuple[JsonColumn, ...]) -> list[JsonColumn]:
    """The columns of JSON_TABLE in order, those of nested paths in their places."""
    result: list[JsonColumn] = []
    for column in columns:
        result += flat_columns(column.nested) if column.nested else [column]
    return result
