"""INSERT, and ON CONFLICT, which is ON DUPLICATE KEY UPDATE."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Column
from ....model.syntax import Insert, Node, Row, Values
from ...translation import MADE_MARK, Translating
from .conflicts import on_duplicate
from .kin import on_duplicate_key
from .targets import assigned_value, insert_columns, own_name, reads_itself, store_outputs


def write_insert(node: Insert, t: Translating, skips: bool = True, made: Column | None = None) -> str:
    """An INSERT without its RETURNING. A row that is there already is left out where `skips` says so, else an error.

    `made` is a column whose value, in the only row, the client makes.
    """
    table = t.target_table(node)
    if table is None:
        t.refuse("this INSERT", node)
    if node.verb != "insert" or node.overriding is not None:
        t.refuse("OVERRIDING" if node.overriding is not None else node.verb.upper(), node)
    if len(node.on_conflict) > 1:
        t.refuse("several ON CONFLICT clauses", node.on_conflict[1])
    if node.table.only or (node.table.alias is not None and node.table.alias.columns):
        t.refuse("this INSERT", node.table)
    if node.on_duplicate and (node.with_ is not None or node.source is None):
        t.refuse("this ON DUPLICATE KEY UPDATE", node.on_duplicate[0])
    name = own_name(node.table, t)
    t.with_qualifier(node, name)
    conflict = node.on_conflict[0] if node.on_conflict else None
    conflict = conflict if conflict is None or skips or conflict.action != "nothing" else None
    columns = insert_columns(node, table, t)
    duplicate = on_duplicate(conflict, node, table, columns, t) if conflict is not None else ""
    duplicate = on_duplicate_key(node, t) if node.on_duplicate else duplicate
    if node.with_ is None and node.source is not None:
        return _as_written(node, name, columns, made, duplicate, t)
    source = _source(node, columns, duplicate, made, t)
    names = _names(made, columns if node.source is not None else (), t)
    return f"insert into {name} ({names}) {source}\n{duplicate}".rstrip()


def _as_written(
    node: Insert,
    name: str,
    columns: Sequence[Column],
    made: Column | None,
    duplicate: str,
    t: Translating,
) -> str:
    """The statement in the layout of its author."""
    replaced: dict[Node, str] = {node.table: name, **dict.fromkeys(node.on_conflict, duplicate)}
    replaced |= {target: t.name(column.name) for target, column in zip(node.columns, columns, strict=False)}
    spans: list[tuple[int, int, str]] = []
    if not node.columns:
        spans.append((node.table.end, node.table.end, f" ({_names(made, columns, t)})"))
    elif made is not None:
        replaced[node.columns[0]] = f"{t.name(made.name)}, {replaced[node.columns[0]]}"
    if node.source is not None:
        replaced[node.source] = _source(node, columns, duplicate, made, t)
        if node.on_duplicate:
            spans.append((node.source.end, node.on_duplicate[-1].end, f"\n{duplicate}"))
    if node.returning is not None:
        replaced[node.returning] = ""
    return t.same(node, replaced, spans).rstrip()


def _names(made: Column | None, columns: Sequence[Column], t: Translating) -> str:
    found = [*columns] if made is None else [made, *columns]
    return ", ".join(t.name(column.name) for column in found)


def _source(node: Insert, columns: Sequence[Column], duplicate: str, made: Column | None, t: Translating) -> str:
    """VALUES, or the query; what the rows conflict by may name them."""
    with_ = f"{t.text(node.with_)} " if node.with_ is not None else ""
    named = t.template("excluded").partition("{")[0] in duplicate
    source = node.source
    first = [MADE_MARK] if made is not None else []
    if source is None:
        return f"values ({', '.join(first)})"
    if reads_itself([source], node.table, t) and isinstance(source, Values):
        t.refuse("a query on the table that is changed, in VALUES", source, "write insert … select")
    if isinstance(source, Values):
        if source.order_by or source.limit is not None or with_:
            t.refuse("VALUES with these clauses", source)
        rows: dict[Node, str] = {row: _row(row, columns, first, t) for row in source.rows}
        return t.same(source, rows) + (t.template("excluded.row") if named else "")
    store_outputs(source, columns, t)
    text = t.text(source)
    if not named:
        return f"{with_}{text}"
    names = ", ".join(t.name(column.name) for column in columns)
    return f"{with_}select * from (with excluded({names}) as ({text}) select * from excluded) as excluded"


def _row(row: Row, columns: Sequence[Column], first: list[str], t: Translating) -> str:
    texts = [assigned_value(item, column, t) for item, column in zip(row.items, columns, strict=False)]
    items: dict[Node, str] = dict(zip(row.items, texts, strict=False))
    if first and row.items:
        items[row.items[0]] = f"{first[0]}, {texts[0]}"
    return t.same(row, items)
