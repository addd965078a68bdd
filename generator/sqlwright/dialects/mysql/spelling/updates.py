"""UPDATE. MySQL sets columns from left to right, where PostgreSQL computes all from the row as it was."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Column, Table
from ....model.syntax import TableName, Update
from ...translation import Translating
from .targets import (
    aliased,
    assigned,
    called,
    in_order,
    joined,
    key_columns,
    listed,
    own_name,
    reads_itself,
    touched,
)

EVERYTHING = 18446744073709551615
"""A limit that has the server compute a query in FROM before it changes anything."""


def write_update(node: Update, t: Translating, among: str | None = None) -> str:
    """An UPDATE without its RETURNING; `among` is a condition for the rows that are changed."""
    table = t.target_table(node)
    target = node.table
    if table is None or not isinstance(target, TableName) or node.cursor is not None or node.verb != "update":
        t.refuse("this UPDATE", node)
    if node.order_by or node.limit is not None:
        t.refuse("UPDATE with ORDER BY or LIMIT", node)
    if node.with_ is not None and not t.template("with.change"):
        t.refuse("WITH before UPDATE", node.with_, "write its query where it is used")
    if node.from_ is not None:
        t.with_qualifier(node, called(target, t))
    found = assigned(node.assignments, node, t)
    late = touched(table, [column for column, _, _ in found], t)
    with_ = f"{t.text(node.with_)} " if node.with_ is not None else ""
    conditions = [t.text(node.where)] if node.where is not None else []
    conditions += [among] if among is not None else []
    if len(conditions) > 1:
        conditions = [f"({condition})" for condition in conditions]
    where = f"\nwhere {' and '.join(conditions)}" if conditions else ""
    ordered = in_order(found)
    parts = [*node.assignments, node.where]
    if ordered is not None and node.from_ is None and not reads_itself(parts, target, t):
        items = listed([f"{t.name(column.name)} = {text}" for column, text in [*ordered, *late]])
        return f"{with_}update {aliased(target, t)}\nset{items}{where}"
    return with_ + _by_key(node, target, table, found, late, where, t)


def _by_key(
    node: Update,
    target: TableName,
    table: Table,
    found: Sequence[tuple[Column, str, frozenset[str]]],
    late: Sequence[tuple[Column, str]],
    where: str,
    t: Translating,
) -> str:
    """All new values are computed in a query, and then put into the rows by their keys."""
    keys = key_columns(table, node, t)
    computed = [(column, text) for column, text, _ in found if text != "default"]
    late = [*late, *((column, text) for column, text, _ in found if text == "default")]
    own, outer = called(target, t), own_name(target, t)
    items = [f"{own}.{t.name(name)} as key_{number}" for number, name in enumerate(keys, 1)]
    items += [f"{text} as value_{number}" for number, (_, text) in enumerate(computed, 1)]
    from_ = joined(node.from_, t)
    query = f"select {', '.join(items)} from {aliased(target, t)}{from_}{where} limit {EVERYTHING}"
    match = " and ".join(f"{outer}.{t.name(name)} = computed.key_{number}" for number, name in enumerate(keys, 1))
    sets = [
        f"{outer}.{t.name(column.name)} = computed.value_{number}" for number, (column, _) in enumerate(computed, 1)
    ]
    sets += [f"{outer}.{t.name(column.name)} = {text}" for column, text in late]
    return f"update {outer} join ({query}) as computed on {match}\nset{listed(sets)}"
