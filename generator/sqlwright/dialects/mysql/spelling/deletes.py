"""DELETE."""

from __future__ import annotations

from ....model.syntax import Delete
from ...translation import Translating
from .targets import aliased, called, joined, key_columns, key_text, own_name, reads_itself
from .updates import EVERYTHING


def write_delete(node: Delete, t: Translating) -> str:
    """A DELETE without its RETURNING."""
    check_delete(node, t)
    table = t.target_table(node)
    target = node.targets[0]
    name = own_name(target, t)
    if node.with_ is not None and not t.template("with.change"):
        t.refuse("WITH before DELETE", node.with_, "write its query where it is used")
    with_ = f"{t.text(node.with_)} " if node.with_ is not None else ""
    if table is not None and (node.using is not None or reads_itself([node.where], target, t)):
        keys = key_columns(table, node, t)
        t.with_qualifier(node, called(target, t))
        query = f"select {', '.join(f'{called(target, t)}.{t.name(key)}' for key in keys)} {chosen(node, t)}"
        chosen_keys = f"select * from ({query} limit {EVERYTHING}) as chosen"
        return f"{with_}delete from {name}\nwhere {key_text(keys, name, t)} in ({chosen_keys})"
    t.with_qualifier(node, name)
    where = f"\nwhere {t.text(node.where)}" if node.where is not None else ""
    return f"{with_}delete from {name}{where}"


def check_delete(node: Delete, t: Translating) -> None:
    if len(node.targets) != 1 or node.joined or node.cursor is not None or node.verb != "delete":
        t.refuse("this DELETE", node)
    if node.order_by or node.limit is not None:
        t.refuse("DELETE with ORDER BY or LIMIT", node)


def chosen(node: Delete, t: Translating) -> str:
    """FROM and WHERE of a query for the rows that are deleted."""
    using = joined(node.using, t)
    where = f" where {t.text(node.where)}" if node.where is not None else ""
    return f"from {aliased(node.targets[0], t)}{using}{where}"
