"""Queries: their clauses, and what may stand in FROM."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ....model.statement import Bound
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
    Locking,
    Merge,
    Node,
    Number,
    Parameter,
    Query,
    Select,
    SelectItem,
    SetOperation,
    Star,
    Subquery,
    TableExpression,
    TableFunction,
    TableName,
    TableQuery,
    Update,
    Values,
    With,
    walk,
)
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, described
from ...spelling.queries import check_select, output_at, starred_name, type_name, write_table_name
from ...translation import Output, Starred, Translating, Want
from .conversions import check_groupable, groupable, wanted
from .documents import ELEMENT, NUMBER, listed
from .literals import quoted
from .ordering import label, write_key

_ORDERED: Final = frozenset(("text.aggregate", "json.aggregate", "json.aggregate.all", "array.aggregate"))
"""Aggregates whose result depends on the order of their rows."""
_NO_LIMIT: Final = 18446744073709551615


def write_select(node: Select, t: Translating, named: bool = True) -> str:
    """SELECT, its columns named as they are where it was written, unless nothing calls them by name."""
    check_select(node, t)
    _check_order_within(node, t)
    _check_order_of_distinct(node, t)
    for part in walk(node.where) if node.where is not None else ():
        if isinstance(part, ColumnName) and t.meant(part) is not part:
            t.refuse("the name of a result column in WHERE", part, "write the expression again")
    replaced: dict[Node, str] = {item: write_item(item, node, t, named) for item in node.items}
    replaced |= {item: _group(item, node, t) for item in node.group_by}
    replaced |= {item: write_key(item, node, t) for item in node.order_by}
    locks = " ".join(_locking(lock, node, t) for lock in node.locking)
    replaced |= dict.fromkeys(node.locking, "")
    return f"{t.same(node, replaced).rstrip()} {locks}".rstrip()


def _check_order_within(node: Select, t: Translating) -> None:
    """A query in FROM loses its order here, which an aggregate that puts values in a row would show."""
    source = node.from_.query if isinstance(node.from_, DerivedTable) else None
    if t.strict or not isinstance(source, Select) or not source.order_by:
        return
    for part in (part for item in node.items for part in walk(item)):
        if isinstance(part, Call) and not part.order_by and t.operation(part) in _ORDERED:
            what = f"`{part.function}` in the order of a query in FROM"
            t.refuse(what, part, "write ORDER BY inside its parentheses")


def _check_order_of_distinct(node: Select, t: Translating) -> None:
    """MySQL orders what is distinct by its columns alone, which exact reals are not."""
    if t.template("distinct.order") or not (node.distinct and node.order_by and t.is_result(node)):
        return
    for output in t.outputs(node):
        if output.type.kind is Kind.FLOAT32:
            t.refuse("SELECT DISTINCT of `real` in an order", output.item, "write GROUP BY instead of DISTINCT")


def _group(node: Expression, query: Select, t: Translating) -> str:
    output = output_at(node, query, t)
    if output is None:
        return groupable(node, t, "GROUP BY")
    check_groupable(output.type, node, t, "GROUP BY")
    return t.written(node)


def _locking(node: Locking, query: Select, t: Translating) -> str:
    strength = {"update": "update", "no key update": "update", "share": "share", "key share": "share"}.get(
        node.strength.lower()
    )
    if strength is None:
        t.refuse(f"FOR {node.strength.upper()}", node)
    found = t.template(f"lock.{strength}")
    if node.of and not isinstance(query.from_, TableName):
        if not t.template("lock.of"):
            t.refuse("FOR UPDATE OF", node)
        found += f" of {', '.join(t.text(name) for name in node.of)}"
    return f"{found} {node.wait}" if node.wait is not None else found


# Result columns


def write_item(node: SelectItem, query: Select, t: Translating, named: bool = True) -> str:
    expression = node.expression
    if isinstance(expression, Star | Embed | FieldStar):
        return write_star(expression, t, query.distinct, t.is_result(query))
    want = t.wanted(expression)
    if want is not None:
        text = wanted(expression, want, t)
    elif query.distinct:
        text = groupable(expression, t, "SELECT DISTINCT")
    else:
        text = t.text(expression)
    shown = exact(text, t.type(expression) if want is None else want.type) if t.is_result(query) else text
    written = t.same(node, {expression: shown})
    if node.alias is not None or not named:
        return written
    name = label(node, query, t)
    kept = isinstance(expression, ColumnName) and t.of_function(expression) is None and want is None and shown == text
    return written if name is None or kept else f"{written} as {t.name(name)}"


def exact(text: str, type: Type) -> str:
    """A value as the statement gives it: the server would show six digits of a FLOAT."""
    return f"cast({text} as double)" if type.kind is Kind.FLOAT32 else text


def write_star(node: Expression, t: Translating, distinct: bool = False, result: bool = False) -> str:
    """A star as the columns that it stands for."""
    columns = t.starred(node)
    if columns is None:
        t.refuse(f"`{t.written(node)}` here", node, "name the columns")
    if distinct:
        for column in columns:
            check_groupable(column.type, node, t, "SELECT DISTINCT")
    return ", ".join(_starred(column, t) if result else starred_name(column, t) for column in columns)


def _starred(column: Starred, t: Translating) -> str:
    name = starred_name(column, t)
    shown = exact(name, column.type)
    return shown if shown == name else f"{shown} as {t.name(column.name)}"


def write_exists(node: Exists, t: Translating) -> str:
    """What is selected does not matter to EXISTS."""
    query = node.query
    if not isinstance(query, Select) or not all(isinstance(item.expression, Star) for item in query.items):
        return t.same(node)
    check_select(query, t)
    first, *others = query.items
    replaced: dict[Node, str] = {first: "1", **dict.fromkeys(others, "1")}
    replaced |= {item: _group(item, query, t) for item in query.group_by}
    replaced |= {item: write_key(item, query, t) for item in query.order_by}
    replaced |= dict.fromkeys(query.locking, "")
    return t.same(node, {query: t.same(query, replaced)})


def write_subquery(node: Subquery, t: Translating) -> str:
    """A query as a value: SQLite takes the first of its rows, where others want but one."""
    query = node.query
    if not isinstance(query, Select):
        return t.same(node)
    text = write_select(query, t, named=bool(query.group_by or query.order_by))
    whole = t.strict or query.limit is not None or query.from_ is None
    return t.same(node, {query: text if whole else f"{text} limit 1"})


# WITH, FROM


def write_with(node: With, t: Translating) -> str:
    """WITH, whose members the server materializes as it sees fit."""
    ctes = ", ".join(t.text(cte) for cte in node.ctes)
    return f"with {'recursive ' if node.recursive else ''}{ctes}"


def write_cte(node: Cte, t: Translating) -> str:
    if node.search is not None or node.cycle:
        t.refuse("SEARCH and CYCLE", node)
    if isinstance(node.query, Insert | Update | Delete | Merge):
        t.refuse("a statement that changes rows in WITH", node.query)
    columns = f"({', '.join(t.text(name) for name in node.columns)})" if node.columns else ""
    before = t.between(node.query.start - 1, node.query.start)
    between = t.between(node.columns[-1].end if node.columns else node.name.end, node.query.start)
    opened = between[between.rfind("(") :] if "(" in between else before
    closing = t.between(node.query.end, node.end)
    return f"{t.text(node.name)}{columns} as {opened}{t.text(node.query)}{closing}"


def write_table(node: TableExpression, t: Translating) -> str:
    match node:
        case TableName():
            return write_table_name(node, t)
        case DerivedTable():
            return _derived(node, t)
        case Join():
            return _join(node, t)
        case TableFunction():
            return _function(node, t)
        case _:
            t.refuse("this", node)


def _join(node: Join, t: Translating) -> str:
    if node.kind == "full":
        t.refuse("FULL JOIN", node)
    if node.using_alias is not None:
        t.refuse("an alias of USING", node.using_alias)
    for left, right in t.merged_types(node):
        if not (left.kind is right.kind or {left.kind, right.kind} <= INTEGERS | {Kind.DECIMAL}):
            t.refuse(f"USING on {left} and {right}", node, "join ON (…) instead")
    if node.kind == "cross" and _is_comma(node, t):
        return f"{t.text(node.left)} cross join {t.text(node.right)}"
    return t.same(node)


def _is_comma(node: Join, t: Translating) -> bool:
    """A comma binds less tightly than JOIN on MySQL too; where no JOIN stands behind it the words do the same."""
    return "," in t.between(node.left.end, node.right.start) and not isinstance(node.right, Join)


def _derived(node: DerivedTable, t: Translating) -> str:
    if node.lateral and not t.template("lateral"):
        t.refuse("LATERAL", node)
    lateral = "lateral " if node.lateral else ""
    alias = node.alias
    if alias is None:
        return f"{lateral}({t.text(node.query)}) as unnamed_{node.start}"
    name = t.text(alias.name)
    if not alias.columns:
        return f"{lateral}({t.text(node.query)}) as {name}"
    names = ", ".join(t.name(column) for column in t.columns(node))
    return f"{lateral}(with {name}({names}) as ({t.text(node.query)}) select * from {name}) as {name}"


def _function(node: TableFunction, t: Translating) -> str:
    """unnest() of one array, which JSON_TABLE makes rows of."""
    call = node.calls[0]
    if len(node.calls) != 1 or not isinstance(call, Call) or call.function != "unnest" or len(call.args) != 1:
        name = call.function if isinstance(call, Call) else "this"
        t.refuse(f"the function `{name}` in FROM", node)
    element = t.type(call.args[0]).element
    name = t.text(node.alias.name) if node.alias is not None else "unnest"
    found = listed(t.text(call.args[0]), element, name, t, node.ordinality) if element is not None else None
    return found if found is not None else t.refuse(f"unnest of {described(t.type(call.args[0]))}", node)


def write_column_name(node: ColumnName, t: Translating) -> str:
    string = t.text_named(node)
    if string is not None:
        return quoted(string)
    if t.is_hidden(node):
        return _row_number(node, t)
    function = t.of_function(node)
    if function is None:
        if t.type(node).kind is Kind.OTHER and t.sql_type(node) is not None:
            t.refuse(f"a column of {type_name(node, t)}", node)
        if t.is_excluded(node):
            column = t.origin(node)
            return t.template("excluded").format(t.name(column.name if column is not None else node.parts[-1].text))
        return t.column_name(node)
    table, kind = function
    name = "unnest"
    if isinstance(table, TableFunction) and table.alias is not None:
        name = t.text(table.alias.name)
    return f"{name}.{ELEMENT if kind == 'value' else NUMBER}"


def _row_number(node: ColumnName, t: Translating) -> str:
    """The rowid is the column that stands for it, if there is one."""
    table = t.table_of(node)
    column = next((one for one in table.columns if one.made is not None), None) if table is not None else None
    if t.strict or column is None:
        t.refuse(f"the system column `{node.parts[-1].text}`", node, "give the table an integer primary key")
    qualifier = f"{t.text(node.parts[-2])}." if len(node.parts) > 1 else ""
    return f"{qualifier}{t.name(column.name)}"


# Limits


def write_limit(node: Limit, t: Translating) -> str:
    if node.with_ties:
        t.refuse("FETCH … WITH TIES", node)
    if t.limits_may_be_negative():
        return _lenient_limit(node, t)
    count = _bound(node.count, t) if node.count is not None else None
    if node.count is None and "fetch" in t.written(node).lower():
        count = "1"
    offset = _bound(node.offset, t) if node.offset is not None else None
    if offset is None:
        return f"limit {count}" if count is not None else ""
    return f"limit {count if count is not None else _NO_LIMIT} offset {offset}"


def _lenient_limit(node: Limit, t: Translating) -> str:
    """LIMIT, where a count below zero is none, and an offset below zero too."""
    count = _lenient_bound(node.count, "count", t) if node.count is not None else None
    offset = _lenient_bound(node.offset, "offset", t) if node.offset is not None else None
    if offset is None:
        return f"limit {count}" if count is not None else ""
    return f"limit {count if count is not None else _NO_LIMIT} offset {offset}"


def _lenient_bound(node: Expression, what: Bound, t: Translating) -> str | None:
    value = number(node)
    if value is not None and value == value.to_integral_value():
        return str(int(value)) if value >= 0 else None
    if isinstance(node, Parameter) and t.type(node).kind is Kind.INT64 and not t.nullable(node):
        return t.bound(node, what)
    t.refuse("a limit that is computed, or that may be something other than a number", node)


def _bound(node: Expression, t: Translating) -> str | None:
    """A number, written out or given; None for NULL, which is no limit on PostgreSQL."""
    match node:
        case Number():
            return t.written(node)
        case Parameter() if not t.parameter(node).nullable:
            return t.bound(node, "strict")
        case Parameter():
            t.refuse("a limit that may be NULL", node, "let it never be NULL: :limit!")
        case _ if t.written(node).lower() == "null":
            return None
        case _:
            t.refuse("a limit that is computed", node, "compute it in the program")


# Other queries


def write_set_operation(node: SetOperation, t: Translating) -> str:
    """UNION; INTERSECT and EXCEPT are in MySQL from 8.0.31 on, and in every MariaDB."""
    _agree(node, t)
    left, right = (_part(side, node, t) for side in (node.left, node.right))
    head = f"{t.text(node.with_)} " if node.with_ is not None else ""
    tail = [write_key(item, node, t) for item in node.order_by]
    order = f" order by {', '.join(tail)}" if tail else ""
    limit = f" {t.text(node.limit)}" if node.limit is not None else ""
    return f"{head}{left} {node.op}{' all' if node.all else ''} {right}{order}{limit}".rstrip()


def _part(query: Query, whole: SetOperation, t: Translating) -> str:
    """A side of a set operation: one that is more than a SELECT is made a query in FROM, which binds it the same
    everywhere."""
    match query:
        case Select(with_=None, order_by=(), limit=None) | Values(order_by=(), limit=None):
            return t.text(query)
        case SetOperation(with_=None, order_by=(), limit=None, op="union") if query is whole.left and (
            whole.op == "union"
        ):
            return t.text(query)
        case _:
            return f"select * from ({t.text(query)}) as part"


def _agree(node: SetOperation, t: Translating) -> None:
    """Let the columns of both sides come in one form."""
    left, right = t.outputs(node.left), t.outputs(node.right)
    for position, whole in enumerate(t.outputs(node)):
        if not node.all:
            check_groupable(whole.type, whole.item.expression, t, node.op.upper())
        for own, side in zip((left[position], right[position]), (node.left, node.right), strict=True):
            if not alike(own.type, whole.type):
                _convert(position, side, Want(whole.type), t)


def _convert(position: int, side: Query, want: Want, t: Translating) -> None:
    """Have a column of a side of a compound converted, or of each of the sides of a compound in it."""
    own: Output = t.outputs(side)[position]
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
    """VALUES, each row as a SELECT: the two servers spell rows differently."""
    if node.with_ is not None:
        t.refuse("VALUES behind WITH", node)
    columns = t.outputs(node)
    rows = [values_row(row.items, columns, t) for row in node.rows]
    tail = [write_key(item, node, t) for item in node.order_by]
    order = f" order by {', '.join(tail)}" if tail else ""
    limit = f" {t.text(node.limit)}" if node.limit is not None else ""
    return f"{' union all '.join(rows)}{order}{limit}"


def values_row(items: Sequence[Expression], columns: Sequence[Output], t: Translating) -> str:
    texts = [
        f"{wanted(item, t.wanted(item) or Want(column.type), t)} as {t.name(column.name)}"
        for item, column in zip(items, columns, strict=False)
    ]
    return f"select {', '.join(texts)}"


def write_table_query(node: TableQuery, t: Translating) -> str:
    """`table name`."""
    names = ", ".join(t.name(name) for name in t.columns(node.table))
    found = f"select {names} from {t.text(node.table)}"
    if node.order_by or node.limit is not None or node.with_ is not None:
        t.refuse("TABLE with these clauses", node, "write select … from")
    return found
