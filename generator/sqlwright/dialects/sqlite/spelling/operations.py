"""Calls and operators by the operation that they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import AtZone, Binary, Call, Expression, Like, Logical, Row, Unary
from ...translation import Translating
from .aggregates import AGGREGATES
from .comparisons import write_compare, write_rows
from .documents import DOCUMENTS
from .moments import MOMENTS
from .numbers import NUMBERS
from .texts import TEXTS
from .values import VALUES

Rule = Callable[[Expression, Translating], str]

_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))


def write_operation(node: Expression, t: Translating) -> str:
    """An operator or a call."""
    if isinstance(node, Unary) and node.op == "not":
        return t.same(node)
    if isinstance(node, Binary) and node.op in _COMPARISONS and isinstance(node.left, Row):
        return write_rows(node, t)
    operation = t.operation(node)
    rule = _RULES.get(operation) if operation is not None else None
    if rule is None or operation is None:
        t.refuse(_described(node, t), node)
    if isinstance(node, Call):
        _check_call(node, operation, t)
    return rule(node, t)


def _compare(node: Expression, t: Translating) -> str:
    return write_compare(node, t) if isinstance(node, Binary) else t.refuse(_described(node, t), node)


def _check_call(node: Call, operation: str, t: Translating) -> None:
    """No suffix may be dropped: only aggregates and window functions take them."""
    suffixes = node.over or node.filter or node.distinct or node.order_by or node.within or node.nulls
    if node.within or node.nulls is not None or node.separator is not None:
        t.refuse(f"`{node.function}` with these clauses", node)
    if suffixes and operation not in AGGREGATES:
        t.refuse(f"`{node.function}` with these clauses", node)


def _described(node: Expression, t: Translating) -> str:
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
    """AND and OR, between which and comparisons both databases agree on the order."""
    if node.op == "xor":
        t.refuse("XOR", node)
    return t.same(node)


_RULES: Final[dict[str, Rule]] = {
    "compare": _compare,
    **AGGREGATES,
    **DOCUMENTS,
    **MOMENTS,
    **NUMBERS,
    **TEXTS,
    **VALUES,
}
