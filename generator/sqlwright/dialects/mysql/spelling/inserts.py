"""INSERT, and ON CONFLICT, which is ON DUPLICATE KEY UPDATE."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Column
from ....model.syntax import Expression, Insert, OnConflict, Values
from ...translation import MADE_MARK, Translating
from .conflicts import on_duplicate
from .targets import assigned_value, insert_columns, own_name, reads_itself, store_outputs


def write_insert(node: Insert, t: Translating, skips: bool = True, made: Column | None = None) -> str:
    """An INSERT without its RETURNING. A row that is there already is left out where `skips` says so, else an error.

    `made` is a column whose value, in the only row, the client makes.
    """
    table = t.target_table(node)
    if table is None:
        t.refuse("this INSERT", node)
    if node.verb != "insert" or node.overriding is not None or node.on_duplicate:
        t.refuse("OVERRIDING" if node.overriding is not None else node.verb.upper(), node)
    if len(node.on_conflict) > 1:
        t.refuse("several ON CONFLICT clauses", node.on_conflict[1])
    if node.table.only or (node.table.alias is not None and node.table.alias.columns):
        t.refuse("this INSERT", node.table)
    name = own_name(node.table, t)
    t.with_qualifier(node, name)
    conflict = node.on_conflict[0] if node.on_conflict else None
    conflict = conflict if conflict is None or skips or conflict.action != "nothing" else None
    columns = insert_columns(node, table, t)
    source = _source(node, columns, conflict, made, t)
    all_columns = [*([made] if made is not None else []), *(columns if node.source is not None else [])]
    names = ", ".join(t.name(column.name) for column in all_columns)
    head = f"insert into {name} ({names}) {source}"
    return head if conflict is None else f"{head}\n{on_duplicate(conflict, node, table, columns, t)}"


def _source(
    node: Insert, columns: Sequence[Column], conflict: OnConflict | None, made: Column | None, t: Translating
) -> str:
    """VALUES, or the query."""
    with_ = f"{t.text(node.with_)} " if node.with_ is not None else ""
    updates = conflict is not None and conflict.action == "update"
    source = node.source
    first = [MADE_MARK] if made is not None else []
    if source is None:
        return f"values ({', '.join(first)})"
    if reads_itself([source], node.table, t) and isinstance(source, Values):
        t.refuse("a query on the table that is changed, in VALUES", source, "write insert … select")
    if isinstance(source, Values):
        if source.order_by or source.limit is not None or with_:
            t.refuse("VALUES with these clauses", source)
        rows = [_row(row.items, columns, first, t) for row in source.rows]
        alias = t.template("excluded.row") if updates else ""
        return f"values {', '.join(rows)}{alias}"
    store_outputs(source, columns, t)
    text = t.text(source)
    if not updates:
        return f"{with_}{text}"
    names = ", ".join(t.name(column.name) for column in columns)
    return f"{with_}select * from (with excluded({names}) as ({text}) select * from excluded) as excluded"


def _row(items: Sequence[Expression], columns: Sequence[Column], first: list[str], t: Translating) -> str:
    texts = first + [assigned_value(item, column, t) for item, column in zip(items, columns, strict=False)]
    return f"({', '.join(texts)})"
