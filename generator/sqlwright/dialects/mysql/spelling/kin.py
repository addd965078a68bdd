"""What was written for the other one of MySQL and MariaDB, and stays as it is."""

from __future__ import annotations

from ....model.syntax import Call, ColumnName, Expression, Insert, IntervalOf, Node, String, children
from ...translation import Translating
from ..kin import VALUES
from .targets import assigned_value, own_name, target_of


def write_kin(node: Expression, t: Translating) -> str:
    """Strings keep their backslashes, which patterns read too."""
    if isinstance(node, Call) and node.function.lower() == VALUES and isinstance(node.args[0], ColumnName):
        return t.template("excluded").format(t.name(node.args[0].parts[-1].text))
    replaced: dict[Node, str] = {name: t.written(name) for name in node.name} if isinstance(node, Call) else {}
    for child in children(node):
        if isinstance(child, String):
            replaced[child] = t.written(child)
        elif isinstance(child, IntervalOf):
            replaced[child] = t.same(child)
    return t.same(node, replaced)


def on_duplicate_key(node: Insert, t: Translating) -> str:
    """ON DUPLICATE KEY UPDATE, whose assignments are made from left to right on both servers. How the new row is named
    differs: MySQL means to do without VALUES(), and MariaDB has no other name for it."""
    name = own_name(node.table, t)
    items: list[str] = []
    for item in node.on_duplicate:
        (target,) = item.targets
        column = target_of(target, t)
        items.append(f"{name}.{t.name(column.name)} = {assigned_value(item.value, column, t)}")
    return f"on duplicate key update {', '.join(items)}"
