"""Calls and operators by the operation that they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Binary, Call, Expression, Like, Row, Unary
from ...translation import Translating
from .aggregates import AGGREGATES
from .comparisons import write_compare, write_not
from .documents import DOCUMENTS
from .moments import MOMENTS
from .numbers import NUMBERS
from .texts import TEXTS
from .values import VALUES

Rule = Callable[[Expression, Translating], str]

_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_HELP: Final = {
    "changes": "use :execrows",
    "last_insert_rowid": "use RETURNING, or :execlastid",
    "round": "round in the program, or cast to a decimal column",
}


def write_operation(node: Expression, t: Translating) -> str:
    """An operator or a call."""
    if isinstance(node, Unary) and node.op == "not":
        return write_not(node, t)
    if isinstance(node, Binary) and node.op in _COMPARISONS and isinstance(node.left, Row):
        return write_compare(node, t)
    operation = t.operation(node)
    rule = _RULES.get(operation) if operation is not None else None
    if rule is None or operation is None:
        help = _HELP.get(node.function.lower()) if isinstance(node, Call) else None
        t.refuse(_described(node, t), node, help)
    if isinstance(node, Call):
        _check_call(node, operation, t)
    return rule(node, t)


def _check_call(node: Call, operation: str, t: Translating) -> None:
    """No suffix may be dropped: only aggregates and window functions take them."""
    suffixes = node.over or node.filter or node.distinct or node.order_by
    if node.within or node.nulls is not None or node.separator is not None:
        t.refuse(f"`{node.function}` with these clauses", node)
    if suffixes and operation not in AGGREGATES:
        t.refuse(f"`{node.function}` with these clauses", node)


def _described(node: Expression, t: Translating) -> str:
    match node:
        case Call(args=args):
            kinds = ", ".join(str(t.type(one)) for one in args)
            return f"the function `{node.function}`" + (f" on {kinds}" if args else "")
        case Binary(op=op, left=left, right=right):
            return f"`{op}` on {t.type(left)} and {t.type(right)}"
        case Unary(op=op, operand=operand):
            return f"`{op}` on {t.type(operand)}"
        case Like(op=op, operand=operand):
            return f"{op.upper()} on {t.type(operand)}"
        case _:
            return f"`{t.written(node)}`"


_RULES: Final[dict[str, Rule]] = {
    "compare": write_compare,
    **AGGREGATES,
    **DOCUMENTS,
    **MOMENTS,
    **NUMBERS,
    **TEXTS,
    **VALUES,
}
