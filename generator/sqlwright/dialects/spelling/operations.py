"""Calls and operators by the operation that they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from ...model.syntax import AtZone, Binary, Call, Expression, Like, Logical, Row, Unary
from ..translation import Translating

Rule = Callable[[Expression, Translating], str]

COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))


def operation_rule(
    rules: Mapping[str, Rule], aggregates: Collection[str], rows: Callable[[Binary, Translating], str]
) -> Rule:
    """The rule of an operator or a call: that of its operation. `rows` compares rows."""

    def rule(node: Expression, t: Translating) -> str:
        if isinstance(node, Unary) and node.op == "not":
            return t.same(node)
        if isinstance(node, Binary) and node.op in COMPARISONS and isinstance(node.left, Row):
            return rows(node, t)
        operation = t.operation(node)
        found = rules.get(operation) if operation is not None else None
        if found is None or operation is None:
            t.refuse(described_operation(node, t), node)
        if isinstance(node, Call):
            _check_call(node, operation in aggregates, t)
        return found(node, t)

    return rule


def _check_call(node: Call, aggregate: bool, t: Translating) -> None:
    """No suffix may be dropped: only aggregates and window functions take them."""
    suffixes = node.over or node.filter or node.distinct or node.order_by or node.within or node.nulls
    if node.within or node.nulls is not None or node.separator is not None:
        t.refuse(f"`{node.function}` with these clauses", node)
    if suffixes and not aggregate:
        t.refuse(f"`{node.function}` with these clauses", node)


def described_operation(node: Expression, t: Translating) -> str:
    match node:
        case Call():
            return f"the function `{node.function}`"
        case Binary(op=op, left=left, right=right):
            return f"`{op}` on {t.type(left)} and {t.type(right)}"
        case Unary(op=op, operand=operand):
            return f"`{op}` on {t.type(operand)}"
        case Like(op=op):
            return op.upper()
        case AtZone():
            return "AT TIME ZONE, other than to and from 'utc',"
        case _:
            return f"`{t.written(node)}`"


def write_logical(node: Logical, t: Translating) -> str:
    """AND and OR, between which and comparisons all databases agree on the order."""
    if node.op == "xor":
        t.refuse("XOR", node)
    return t.same(node)
