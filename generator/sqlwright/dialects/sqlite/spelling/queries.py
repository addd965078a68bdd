"""Queries: their clauses, and what may stand in FROM."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.syntax import (
    Call,
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
    Ordering,
    Parameter,
    Query,
    Select,
    SelectItem,
    SetOperation,
    Star,
    TableExpression,
    TableFunction,
    TableName,
    TableQuery,
    Update,
    Values,
)
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...spelling.kinds import described
from ...spelling.queries import (
    check_select,
    column_label,
    is_citext,
    output_at,
    starred_name,
    type_name,
    write_table_name,
)
from ...translation import Output, Translating, Want
from .comparisons import plain_pair, rank
from .conversions import check_groupable, groupable, kept_at, wanted


def write_select(node: Select, t: Translating, named: bool = True) -> str:
    """SELECT. Its columns are given the names that they have where it was written when it is `named`."""
    check_select(node, t)
    replaced: dict[Node, str] = {item: write_item(item, node, t, named) for item in node.items}
    replaced |= {item: _group(item, node, t) for item in node.group_by}
    replaced |= {item: write_ordering(item, node, t) for item in node.order_by}
    replaced |= dict.fromkeys(node.locking, "")
    return t.same(node, replaced).rstrip()


def _group(node: Expression, query: Select, t: Translating) -> str:
    output = output_at(node, query, t)
    if output is None:
        return groupable(node, t, "GROUP BY")
    check_groupable(output.type, node, t, "GROUP BY")
    if output.expression is not None and output.type.kind is Kind.DECIMAL:
        return groupable(output.expression, t, "GROUP BY")
    return t.written(node)


# Result columns


def write_item(node: SelectItem, query: Select, t: Translating, named: bool) -> str:
    expression = node.expression
    if isinstance(expression, Star | Embed | FieldStar):
        return write_star(expression, t, query.distinct)
    want = t.wanted(expression)
    if want is not None:
        text = wanted(expression, want, t)
    elif query.distinct:
        text = groupable(expression, t, "SELECT DISTINCT")
    else:
        text = t.text(expression)
    written = t.same(node, {expression: text})
    if node.alias is not None or not named:
        return written
    name = column_label(node, query, t)
    kept = isinstance(expression, ColumnName) and t.of_function(expression) is None
    return written if name is None or kept else f"{written} as {t.name(name)}"


def write_star(node: Expression, t: Translating, distinct: bool = False) -> str:
    """A star as the columns that it stands for."""
    columns = t.starred(node)
    if columns is None:
        t.refuse(f"`{t.written(node)}` here", node, "name the columns")
    for column in columns:
        if distinct:
            check_groupable(column.type, node, t, "SELECT DISTINCT")
            if column.type.kind is Kind.DECIMAL and column.origin is None:
                t.refuse("SELECT DISTINCT of a computed decimal", node, "name the columns instead of `*`")
    return ", ".join(starred_name(column, t) for column in columns)


def write_exists(node: Exists, t: Translating) -> str:
    """What is selected does not matter to EXISTS."""
    query = node.query
    if not isinstance(query, Select) or not all(isinstance(item.expression, Star) for item in query.items):
        return t.same(node, {query: unnamed(query, t)})
    check_select(query, t)
    replaced: dict[Node, str] = {item: t.written(item) for item in query.items}
    replaced |= {item: _group(item, query, t) for item in query.group_by}
    replaced |= {item: write_ordering(item, query, t) for item in query.order_by}
    replaced |= dict.fromkeys(query.locking, "")
    return t.same(node, {query: t.same(query, replaced)})


def unnamed(query: Query, t: Translating) -> str:
    """A query whose columns are not called by name."""
    return write_select(query, t, named=False) if isinstance(query, Select) else t.text(query)


# Order


def write_ordering(node: Ordering, query: Query | None, t: Translating) -> str:
    """One item of ORDER BY: by the order of its type, NULLs where the written dialect puts them."""
    if node.using is not None:
        t.refuse("ORDER BY … USING", node)
    output = output_at(node.expression, query, t) if query is not None else None
    type = output.type if output is not None else t.type(node.expression)
    text = _ordered(node.expression, output, type, query, t)
    found = t.same(node, {node.expression: text})
    if node.nulls_first is None:
        descending = bool(node.descending)
        first = t.sorts_nulls_first(descending)
        if first is descending and _may_be_null(node.expression, output, query, t):
            found += f" nulls {'first' if first else 'last'}"
    return found


def _ordered(node: Expression, output: Output | None, type: Type, query: Query | None, t: Translating) -> str:
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.OTHER) or is_citext(node, t):
        t.refuse(f"the order of {described(type)}", node)
    text = t.written(node) if output is not None else t.text(node)
    if type.kind is Kind.DECIMAL:
        closed = text.isalnum() or text.endswith(")") or text.replace(".", "").isidentifier()
        return f"{text if closed else f'({text})'} collate decimal"
    if type.kind is not Kind.ENUM:
        return text
    meant = output.expression if output is not None else t.meant(node)
    if isinstance(query, SetOperation) or meant is None:
        t.refuse("the order of an enum here", node, "select its label's position in a query around this one")
    return f"({rank(meant, type, t)})"


def _may_be_null(node: Expression, output: Output | None, query: Query | None, t: Translating) -> bool:
    if isinstance(query, SetOperation):
        return True
    if output is not None:
        return output.expression is None or t.nullable(output.expression)
    return t.nullable(node)


# WITH, FROM


def write_cte(node: Cte, t: Translating) -> str:
    if node.search is not None or node.cycle:
        t.refuse("SEARCH and CYCLE", node)
    if isinstance(node.query, Insert | Update | Delete | Merge):
        t.refuse("a statement that changes rows in WITH", node.query)
    return t.same(node)


def write_join(node: Join, t: Translating) -> str:
    if node.kind == "full":
        t.refuse("FULL JOIN", node)
    if node.using_alias is not None:
        t.refuse("an alias of USING", node.using_alias)
    for left, right in t.merged_types(node):
        if not plain_pair(left, right):
            t.refuse(f"USING on {left} and {right}", node, "join ON (…) instead")
    return _turned(node, t) if node.kind == "right" else t.same(node)


def _turned(node: Join, t: Translating) -> str:
    """A RIGHT JOIN, which SQLite has from 3.39 on, as a LEFT JOIN of the sides exchanged."""
    left = t.text(node.left)
    if isinstance(node.left, Join):
        left = f"({left})"
    right = t.text(node.right)
    if isinstance(node.right, Join):
        right = f"({right})"
    found = f"{right} {'natural ' if node.natural else ''}left join {left}"
    if node.on is not None:
        return f"{found} on {t.text(node.on)}"
    if node.using:
        return f"{found} using ({', '.join(t.text(name) for name in node.using)})"
    return found


def write_table(node: TableExpression, t: Translating) -> str:
    match node:
        case TableName():
            return write_table_name(node, t)
        case DerivedTable():
            return _derived(node, t)
        case Join():
            return write_join(node, t)
        case TableFunction():
            return _function(node, t)
        case _:
            t.refuse("this", node)


def _derived(node: DerivedTable, t: Translating) -> str:
    if node.lateral:
        t.refuse("LATERAL", node)
    alias = node.alias
    if alias is None or not alias.columns:
        return t.same(node)
    names = ", ".join(t.name(name) for name in t.columns(node))
    name = t.text(alias.name)
    return f"(with {name}({names}) as ({t.text(node.query)}) select * from {name}) as {name}"


def _function(node: TableFunction, t: Translating) -> str:
    """unnest() of one array, which is json_each() of its JSON."""
    call = node.calls[0]
    if len(node.calls) != 1 or not isinstance(call, Call) or call.function != "unnest" or len(call.args) != 1:
        name = call.function if isinstance(call, Call) else "this"
        t.refuse(f"the function `{name}` in FROM", node)
    element = t.type(call.args[0]).element
    if element is None or element.kind in (Kind.OTHER, Kind.BYTES, Kind.FLOAT32, Kind.FLOAT64, Kind.JSON):
        t.refuse(f"unnest of {described(t.type(call.args[0]))}", node)
    name = t.text(node.alias.name) if node.alias is not None else "unnest"
    return f"json_each({t.text(call.args[0])}) as {name}"


def write_column_name(node: ColumnName, t: Translating) -> str:
    if t.is_hidden(node):
        t.refuse(f"the system column `{node.parts[-1].text}`", node)
    function = t.of_function(node)
    if function is None:
        if t.type(node).kind is Kind.OTHER and t.sql_type(node) is not None:
            t.refuse(f"a column of {type_name(node, t)}", node)
        return t.column_name(node)
    table, kind = function
    name = "unnest"
    if isinstance(table, TableFunction) and table.alias is not None:
        name = t.text(table.alias.name)
    return f"{name}.value" if kind == "value" else f"({name}.key + 1)"


# Limits


def write_limit(node: Limit, t: Translating) -> str:
    if node.with_ties:
        t.refuse("FETCH … WITH TIES", node)
    count = "-1" if node.count is None else _bound(node.count, "-1", t)
    if node.count is None and "fetch" in t.written(node).lower():
        count = "1"
    if node.offset is None:
        return "" if node.count is None and count == "-1" else f"limit {count}"
    return f"limit {count} offset {_bound(node.offset, '0', t)}"


def _bound(node: Expression, nothing: str, t: Translating) -> str:
    """NULL means no limit on PostgreSQL, and is an error on SQLite."""
    text = t.bound(node, "strict") if isinstance(node, Parameter) else t.text(node)
    return f"coalesce({text}, {nothing})" if t.nullable(node) else text


# Other queries


def write_set_operation(node: SetOperation, t: Translating) -> str:
    """SQLite takes the parts of a compound from left to right, and none in parentheses."""
    if node.all and node.op != "union":
        t.refuse(f"{node.op.upper()} ALL", node)
    _agree(node, t)
    left, right = _part(node.left, t, first=True), _part(node.right, t, first=False)
    between = t.between(node.left.end, node.right.start)
    if "(" in between or ")" in between:
        between = f" {node.op}{' all' if node.all else ''} "
    before = t.between(node.start, node.left.start) if node.with_ is None else ""
    head = f"{t.text(node.with_)} " if node.with_ is not None else before.replace("(", "")
    tail = [write_ordering(item, node, t) for item in node.order_by]
    order = f" order by {', '.join(tail)}" if tail else ""
    limit = f" {t.text(node.limit)}" if node.limit is not None else ""
    return f"{head}{left}{between}{right}{order}{limit}".rstrip()


def _part(query: Query, t: Translating, first: bool) -> str:
    match query:
        case Select(with_=None, order_by=(), limit=None):
            return t.text(query)
        case SetOperation(with_=None, order_by=(), limit=None) if first:
            return t.text(query)
        case Values(with_=None, order_by=(), limit=None):
            return t.text(query)
        case _:
            return f"select * from ({t.text(query)})"


def _agree(node: SetOperation, t: Translating) -> None:
    """Let the columns of both sides come in one form."""
    left, right = t.outputs(node.left), t.outputs(node.right)
    for position, whole in enumerate(t.outputs(node)):
        if not node.all:
            check_groupable(whole.type, whole.item.expression, t, node.op.upper())
        parts = (left[position], right[position])
        spread = whole.type.kind is Kind.DECIMAL and not node.all and not _at_one_scale(parts, t)
        for own, side in zip(parts, (node.left, node.right), strict=True):
            if spread or not alike(own.type, whole.type):
                _convert(position, side, Want(whole.type, canonical=spread), t)


def _at_one_scale(parts: Sequence[Output], t: Translating) -> bool:
    scales = {kept_at(own.expression, t) if own.expression is not None else None for own in parts}
    return len(scales) == 1 and None not in scales


def _convert(position: int, side: Query, want: Want, t: Translating) -> None:
    """Have a column of a side of a compound converted, or of each of the sides of a compound in it."""
    own = t.outputs(side)[position]
    if isinstance(side, SetOperation) and all(
        alike(t.outputs(inner)[position].type, own.type) for inner in (side.left, side.right)
    ):
        _convert(position, side.left, want, t)
        _convert(position, side.right, want, t)
    elif own.expression is None:
        t.refuse(f"{described(own.type)} among the columns of a star", own.item, "name the columns instead of `*`")
    elif not isinstance(side, Select):
        t.refuse(f"{described(own.type)} and {want.type} in one column", own.item, "cast them to one type")
    elif t.wanted(own.expression) is None:
        t.want(own.expression, want)


def write_values(node: Values, t: Translating) -> str:
    """VALUES as a query, each column in the form of its type."""
    columns = t.outputs(node)
    replaced: dict[Node, str] = {}
    for row in node.rows:
        items: dict[Node, str] = {
            item: wanted(item, Want(column.type), t) for item, column in zip(row.items, columns, strict=False)
        }
        replaced[row] = t.same(row, items)
    if not node.order_by and node.limit is None:
        return t.same(node, replaced)
    rows = ", ".join(replaced[row] for row in node.rows)
    tail = [write_ordering(item, node, t) for item in node.order_by]
    order = f" order by {', '.join(tail)}" if tail else ""
    limit = f" {t.text(node.limit)}" if node.limit is not None else ""
    return f"select * from (values {rows}){order}{limit}"


def write_table_query(node: TableQuery, t: Translating) -> str:
    """`table name`."""
    names = ", ".join(t.name(name) for name in t.columns(node.table))
    found = f"select {names} from {t.text(node.table)}"
    if node.order_by or node.limit is not None or node.with_ is not None:
        t.refuse("TABLE with these clauses", node, "write select … from")
    return found
