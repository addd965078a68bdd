"""What the queries of all targets have in common: clauses that none of them has, names, and tables."""

from __future__ import annotations

from ...model.syntax import Alias, Expression, GroupingSets, Number, Query, Row, Select, SelectItem, TableName
from ..translation import Output, Starred, Translating


def check_select(node: Select, t: Translating) -> None:
    if t.written(node).startswith("("):
        t.refuse("a whole query in parentheses", node, "remove the parentheses")
    if node.distinct_on:
        t.refuse("DISTINCT ON", node.distinct_on[0])
    if node.group_distinct:
        t.refuse("GROUP BY DISTINCT", node.group_by[0])
    if node.having is not None and not node.group_by:
        t.refuse("HAVING without GROUP BY", node.having)
    if not node.items:
        t.refuse("a query without columns", node)
    for item in node.group_by:
        if isinstance(item, GroupingSets):
            t.refuse("GROUPING SETS, ROLLUP and CUBE", item)
        if isinstance(item, Row):
            t.refuse("a row in GROUP BY", item)


def output_at(node: Expression, query: Query, t: Translating) -> Output | None:
    """The result column that a number means."""
    outputs = t.outputs(query)
    if isinstance(node, Number) and node.text.isdigit() and 1 <= int(node.text) <= len(outputs):
        return outputs[int(node.text) - 1]
    return None


def column_label(node: SelectItem, query: Query, t: Translating) -> str | None:
    """The name that the written dialect gives a column without one of its own."""
    found = next((output.name for output in t.outputs(query) if output.item is node), None)
    return None if found == "?column?" else found


def starred_name(column: Starred, t: Translating) -> str:
    name = t.name(column.name)
    return f"{t.name(column.qualifier)}.{name}" if column.qualifier is not None else name


def type_name(node: Expression, t: Translating) -> str:
    found = t.sql_type(node)
    return f"type `{found.name}`" if found is not None and found.name != "?" else "a type that is not known here"


def is_citext(node: Expression, t: Translating) -> bool:
    found = t.sql_type(node)
    return found is not None and found.name == "citext"


def write_table_name(node: TableName, t: Translating) -> str:
    if node.only or node.sample or node.options:
        t.refuse("ONLY" if node.only else "TABLESAMPLE", node)
    if node.alias is not None and node.alias.columns:
        t.refuse("an alias that renames the columns of a table", node.alias, "rename them in a query: (select …) as t")
    *schemas, name = node.parts
    start = schemas[0].start if schemas else name.start
    called, found = t.text(name), t.table_name(node)
    if found is None and schemas:
        t.refuse(f"the schema `{schemas[-1].text}`", node)
    text = found or called
    if text.lower() != called.lower() and node.alias is None:
        text = f"{text} as {called}"
    return t.same(node, None, [(start, name.end, text)])


def write_alias(node: Alias, t: Translating) -> str:
    if node.types:
        t.refuse("an alias that tells the types of columns", node)
    return t.same(node)
