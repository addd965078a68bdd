"""Queries: their clauses, and what may stand in FROM."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.syntax import (
    Alias,
    Collate,
    ColumnName,
    Cte,
    Delete,
    DerivedTable,
    Embed,
    Exists,
    Expression,
    FieldStar,
    Insert,
    Join,
    Limit,
    Merge,
    Node,
    Null,
    Number,
    Ordering,
    Query,
    Row,
    Select,
    SelectItem,
    SetOperation,
    Star,
    String,
    Subquery,
    TableExpression,
    TableFunction,
    TableName,
    TableQuery,
    Update,
    Values,
    walk,
)
from ....model.types import Kind, Type
from ...translation import Output, Starred, Translating, Want
from ..ddl.values import quoted_text
from .conversions import alike, by_code_point, check_groupable, condition, is_by_code_point, wanted
from .kinds import INTEGERS, NUMBERS, described
from .literals import number
from .tightness import fit
from .values import is_random


def write_select(node: Select, t: Translating) -> str:
    _check_select(node, t)
    replaced: dict[Node, str] = {item: write_item(item, node, t) for item in node.items}
    if node.where is not None:
        replaced[node.where] = condition(node.where, t)
    if node.having is not None:
        replaced[node.having] = condition(node.having, t)
    replaced |= {item: _group(item, node, t) for item in node.group_by}
    replaced |= {item: write_ordering(item, node, t) for item in node.order_by}
    return t.same(node, replaced).rstrip()


def _check_select(node: Select, t: Translating) -> None:
    for column in t.ungrouped(node):
        t.refuse(
            "a column that is neither grouped by nor in an aggregate", column, "add it to GROUP BY, or write max()"
        )
    if node.distinct:
        for output in t.outputs(node):
            check_groupable(output.type, output.item, t, "SELECT DISTINCT")
    if any(isinstance(item, Row) for item in node.group_by):
        t.refuse("a row in GROUP BY", node.group_by[0])


def _group(node: Expression, query: Select, t: Translating) -> str:
    output = _at_position(node, query, t)
    check_groupable(output.type if output is not None else t.type(node), node, t, "GROUP BY")
    if isinstance(node, Collate):
        t.refuse("GROUP BY with a collation", node, "group by lower(…)")
    if output is not None:
        return t.written(node)
    if number(node) is not None or isinstance(node, String | Null):
        t.refuse("GROUP BY of a constant", node)
    return t.text(t.meant(node))


def _at_position(node: Expression, query: Query, t: Translating) -> Output | None:
    """The result column that a number means."""
    outputs = t.outputs(query)
    if isinstance(node, Number) and node.text.isdigit() and 1 <= int(node.text) <= len(outputs):
        return outputs[int(node.text) - 1]
    return None


# Result columns


def write_item(node: SelectItem, query: Query, t: Translating) -> str:
    expression = node.expression
    if isinstance(expression, Star | Embed | FieldStar):
        return write_star(expression, t)
    want = t.wanted(expression)
    if want is not None:
        text = wanted(expression, want, t)
    else:
        text = t.text(expression)
        if isinstance(expression, Null):
            text = "null"
        elif t.type(expression).kind is Kind.OTHER:
            t.refuse(described(t.type(expression)), expression, "cast it to integer, real or text")
        if isinstance(query, Select) and query.distinct:
            text = by_code_point(expression, text, t)
    return t.same(node, {expression: text})


def write_star(node: Expression, t: Translating) -> str:
    """A star as the columns that it stands for."""
    columns = t.starred(node)
    if columns is None:
        t.refuse(f"`{t.written(node)}` here", node, "name the columns")
    for column in columns:
        if column.type.kind is Kind.OTHER:
            t.refuse(f"column `{column.name}`, whose type is not known,", node)
    return ", ".join(starred_name(column, t) for column in columns)


def starred_name(column: Starred, t: Translating) -> str:
    name = t.name(column.name)
    return f"{t.name(column.qualifier)}.{name}" if column.qualifier is not None else name


def write_exists(node: Exists, t: Translating) -> str:
    """What is selected does not matter to EXISTS."""
    query = node.query
    if (
        not isinstance(query, Select)
        or query.distinct
        or not all(isinstance(item.expression, Star) for item in query.items)
    ):
        return t.same(node)
    _check_select(query, t)
    replaced: dict[Node, str] = {item: t.written(item) for item in query.items}
    if query.where is not None:
        replaced[query.where] = condition(query.where, t)
    return t.same(node, {query: t.same(query, replaced)})


# Order


def write_ordering(node: Ordering, query: Query | None, t: Translating) -> str:
    """One item of ORDER BY: text by code point, NULLs where the written dialect puts them."""
    output = _at_position(node.expression, query, t) if query is not None else None
    found = t.same(node, {node.expression: _ordered(node.expression, output, query, t)})
    if node.nulls_first is None:
        descending = bool(node.descending)
        first = t.sorts_nulls_first(descending)
        if first is not descending and _may_be_null(node.expression, output, query, t):
            found += f" nulls {'first' if first else 'last'}"
    return found


def _ordered(node: Expression, output: Output | None, query: Query | None, t: Translating) -> str:
    if is_random(node, t):
        return "random()"
    meant = output.expression if output is not None else t.meant(node)
    type = output.type if output is not None else t.type(node)
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.OTHER):
        t.refuse(f"the order of {described(type)}", node)
    if output is None and (number(node) is not None or isinstance(node, String)):
        t.refuse("ORDER BY of a constant", node)
    if isinstance(query, SetOperation):
        return _ordered_compound(node, output, type, query, t)
    named = output is not None or meant is not node
    written = (
        t.written(node)
        if output is not None
        else t.text(node) if not named else t.column_name(node) if isinstance(node, ColumnName) else t.text(node)
    )
    if isinstance(query, Select) and query.distinct and not named:
        _check_selected(node, query, t)
    if type.kind is not Kind.STR or meant is None or is_by_code_point(meant, t):
        return written
    if isinstance(query, Select) and query.distinct and named:
        return written
    return by_code_point(meant, t.text(meant), t)


def _check_selected(node: Expression, query: Select, t: Translating) -> None:
    """SELECT DISTINCT is ordered by what it selects."""
    columns = [t.text(output.expression) for output in t.outputs(query) if output.expression is not None]
    columns += [one.name for item in query.items for one in t.starred(item.expression) or ()]
    if t.text(node) not in columns:
        t.refuse("SELECT DISTINCT in the order of something else", node, "select it too")


def _ordered_compound(node: Expression, output: Output | None, type: Type, query: SetOperation, t: Translating) -> str:
    """A compound is ordered by its columns, named or numbered."""
    outputs = t.outputs(query)
    if isinstance(node, Number) and output is not None:
        at = int(node.text) - 1
    else:
        name = node.parts[-1].text.lower() if isinstance(node, ColumnName) and len(node.parts) == 1 else None
        found = [place for place, one in enumerate(outputs) if one.name.lower() == name]
        if not found:
            t.refuse("a compound in the order of something other than a column of it", node, "name the column")
        at = found[0]
    if type.kind is Kind.STR and not any(_has_code_point(part, at, t) for part in _sides(query)):
        t.refuse("a compound in the order of computed text", node, "order by it in a query around this one")
    return str(at + 1)


def _sides(query: Query) -> list[Query]:
    if isinstance(query, SetOperation):
        return [*_sides(query.left), *_sides(query.right)]
    return [query]


def _has_code_point(query: Query, at: int, t: Translating) -> bool:
    output = t.outputs(query)[at]
    return output.expression is None or is_by_code_point(output.expression, t)


def _may_be_null(node: Expression, output: Output | None, query: Query | None, t: Translating) -> bool:
    if isinstance(query, SetOperation):
        return True
    if output is not None:
        return output.expression is None or t.nullable(output.expression)
    return t.nullable(t.meant(node))


# WITH, FROM


def write_cte(node: Cte, t: Translating) -> str:
    if isinstance(node.query, Insert | Update | Delete | Merge):
        t.refuse("a statement that changes rows in WITH", node.query)
    if _is_recursive(node) and isinstance(node.query, SetOperation):
        _type_first(node.query.left, t)
    names = "" if node.columns else _names(node.query, [one.name for one in t.outputs(node.query)], t)
    return t.same(node, None, [(node.name.end, node.name.end, names)] if names else [])


def _is_recursive(node: Cte) -> bool:
    """Whether a WITH query reads itself."""
    name = node.name.text.lower()
    return any(isinstance(one, TableName) and one.parts[-1].text.lower() == name for one in walk(node.query))


def _type_first(query: Query, t: Translating) -> None:
    """Have the first rows of a recursive query come in the types that the others have, of whatever length."""
    for side in _sides(query):
        for output in t.outputs(side):
            if output.expression is not None and not isinstance(output.expression, Null):
                t.want(output.expression, Want(output.type, canonical=True))


def _names(query: Query, names: Sequence[str], t: Translating) -> str:
    """The list of a query's columns, where one would have another name here."""
    first = _sides(query)[0]
    items = first.items if isinstance(first, Select) else ()
    plain = all(item.alias is not None or isinstance(item.expression, ColumnName | Star) for item in items)
    return "" if plain and items else f" ({', '.join(t.name(name) for name in names)})"


def write_table(node: TableExpression, t: Translating) -> str:
    match node:
        case TableName():
            return _table_name(node, t)
        case DerivedTable():
            return _derived(node, t)
        case Join():
            return _join(node, t)
        case TableFunction():
            t.refuse("a function in FROM", node)
        case _:
            t.refuse("this", node)


def _table_name(node: TableName, t: Translating) -> str:
    """A table; a query means `main` by every schema."""
    if node.options:
        t.refuse("INDEXED BY", node, "leave it out")
    called = t.text(node.parts[-1])
    text = t.table_name(node) or called
    if node.alias is not None:
        return f"{text} as {t.text(node.alias)}"
    return text if text.lower() == called.lower() or node.alias is not None else f"{text} as {t.name(called)}"


def _derived(node: DerivedTable, t: Translating) -> str:
    """A query in FROM, which must have a name here."""
    text = f"({t.text(node.query)})"
    name = t.text(node.alias) if node.alias is not None else f"unnamed_{node.start}"
    listed = node.alias is not None and node.alias.columns
    return f"{text} as {name}{'' if listed else _names(node.query, t.columns(node), t)}"


def write_alias(node: Alias, t: Translating) -> str:
    text = t.text(node.name)
    return f"{text} ({', '.join(t.text(one) for one in node.columns)})" if node.columns else text


def _join(node: Join, t: Translating) -> str:
    for left, right in t.merged_types(node):
        if left.kind is not right.kind and not {left.kind, right.kind} <= NUMBERS:
            t.refuse(f"USING on {left} and {right}", node, "join ON (…) instead")
    if node.kind in ("inner", "cross") and node.on is None and not node.using and not node.natural:
        return _crossed(node, t)
    replaced: dict[Node, str] = {node.left: _joined(node.left, t)}
    if node.on is not None:
        replaced[node.on] = condition(node.on, t)
    return t.same(node, replaced)


def _joined(node: TableExpression, t: Translating) -> str:
    """The left side of a join: a comma there binds as tightly as a join where it was written."""
    if isinstance(node, Join) and _has_comma(node, t):
        return f"{_joined(node.left, t)} cross join {t.text(node.right)}"
    return t.text(node)


def _has_comma(node: Join, t: Translating) -> bool:
    return node.on is None and "," in t.between(node.left.end, node.right.start)


def _crossed(node: Join, t: Translating) -> str:
    if _has_comma(node, t):
        return t.same(node)
    right = t.text(node.right)
    return f"{_joined(node.left, t)} cross join {f'({right})' if isinstance(node.right, Join) else right}"


def write_column_name(node: ColumnName, t: Translating) -> str:
    string = t.text_named(node)
    if string is not None:
        return quoted_text(string)
    if t.is_hidden(node):
        return _row_number(node, t)
    meant = t.meant(node)
    if meant is not node:
        return fit(t.text(meant), 99)
    if t.type(node).kind is Kind.OTHER and t.sql_type(node) is not None:
        t.refuse(f"a column of {described(t.type(node))}", node)
    return t.column_name(node)


def _row_number(node: ColumnName, t: Translating) -> str:
    """The rowid is the column that stands for it, if there is one."""
    table = t.table_of(node)
    column = next((one for one in table.columns if one.made is not None), None) if table is not None else None
    if column is None:
        t.refuse(f"the system column `{node.parts[-1].text}`", node, "give the table an integer primary key")
    qualifier = f"{t.text(node.parts[-2])}." if len(node.parts) > 1 else ""
    return f"{qualifier}{t.name(column.name)}"


# Limits


def write_limit(node: Limit, t: Translating) -> str:
    """A count below zero means no limit where it was written, and an offset below zero none."""
    count = _bound(node.count, t) if node.count is not None else None
    offset = _bound(node.offset, t) if node.offset is not None else None
    value = number(node.count) if node.count is not None else None
    if value is not None and value < 0:
        count = None
    elif count is not None and value is None:
        count = f"nullif(greatest({count}, -1), -1)"
    start = number(node.offset) if node.offset is not None else None
    if offset is not None and start is None:
        offset = f"greatest({offset}, 0)"
    parts = [f"limit {count}"] if count is not None else []
    parts += [f"offset {offset}"] if offset is not None and (start is None or start > 0) else []
    return " ".join(parts)


def _bound(node: Expression, t: Translating) -> str:
    if t.nullable(node) or t.type(node).kind not in INTEGERS:
        t.refuse("a limit that may be something other than a number", node)
    return t.text(node)


# Other queries


def write_set_operation(node: SetOperation, t: Translating) -> str:
    """The parts of a compound are taken from left to right where it was written; here INTERSECT comes first."""
    _agree(node, t)
    replaced: dict[Node, str] = {item: write_ordering(item, node, t) for item in node.order_by}
    replaced |= {node.left: _part(node.left, node.op, t), node.right: _part(node.right, None, t)}
    return t.same(node, replaced).rstrip()


def _part(query: Query, op: str | None, t: Translating) -> str:
    text = t.text(query)
    closed = not isinstance(query, SetOperation) or (op is not None and (op != "intersect" or query.op == op))
    return text if closed else f"({text})"


def _agree(node: SetOperation, t: Translating) -> None:
    """Let the columns of both sides come in one type."""
    for position, whole in enumerate(t.outputs(node)):
        if not node.all:
            check_groupable(whole.type, whole.item.expression, t, node.op.upper())
        for side in _sides(node):
            own = t.outputs(side)[position]
            if own.expression is not None and (isinstance(own.expression, Null) or not alike(own.type, whole.type)):
                _want(own, whole, side, t)
            elif not alike(own.type, whole.type):
                t.refuse(f"{described(own.type)} and {whole.type} in one column", own.item, "name the columns")


def _want(own: Output, whole: Output, side: Query, t: Translating) -> None:
    if whole.type.kind is Kind.OTHER and not isinstance(own.expression, Null):
        t.refuse("values of different types in one column", own.item, "cast them to one type")
    if not isinstance(side, Select | Values) or own.expression is None:
        t.refuse("this part of a compound", own.item)
    if t.wanted(own.expression) is None and whole.type.kind is not Kind.OTHER:
        t.want(own.expression, Want(whole.type))


def write_values(node: Values, t: Translating) -> str:
    """VALUES, each column in the form of its type."""
    columns = t.outputs(node)
    replaced: dict[Node, str] = {}
    for row in node.rows:
        items: dict[Node, str] = {
            item: wanted(item, t.wanted(item) or Want(column.type), t)
            for item, column in zip(row.items, columns, strict=False)
        }
        replaced[row] = t.same(row, items)
    replaced |= {item: write_ordering(item, node, t) for item in node.order_by}
    return t.same(node, replaced)


def write_subquery(node: Subquery, t: Translating) -> str:
    """A query where a value stands: its first row, of however many."""
    query = node.query
    if isinstance(query, Select) and (query.limit is not None or _has_one_row(query, t)):
        return t.same(node)
    limited = isinstance(query, SetOperation | Values) and query.limit is not None
    return t.same(node) if limited else t.same(node, {query: f"{t.text(query)} limit 1"})


def _has_one_row(query: Select, t: Translating) -> bool:
    aggregates = ("count", "sum", "avg", "min", "max", "total", "text.aggregate", "json.aggregate.all")
    return not query.group_by and all(t.operation(item.expression) in aggregates for item in query.items)


def write_table_query(node: TableQuery, t: Translating) -> str:
    t.refuse("TABLE", node)
