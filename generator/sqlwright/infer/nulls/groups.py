"""What HAVING says of the rows of a group."""

from __future__ import annotations

from collections.abc import Iterator, Set

from ...model.syntax import Binary, Call, Expression, Number
from ..keys import conjuncts

_TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


def counted(having: Expression | None, aggregates: Set[Call]) -> Iterator[Call]:
    """The counts, among a query's aggregates, that HAVING says to be more than none: `count(x) > 0`."""
    for condition in conjuncts(having):
        match condition:
            case Binary(op=op, left=Call() as call, right=Number(text=text)):
                found = _is_some(op, text)
            case Binary(op=op, left=Number(text=text), right=Call() as call):
                found = _is_some(_TURNED.get(op, op), text)
            case _:
                continue
        if found and call in aggregates and call.function.lower() == "count" and len(call.name) == 1:
            yield call


def _is_some(op: str, text: str) -> bool:
    """Whether a count that compares so with a number is one at least."""
    if not text.isdigit():
        return False
    number = int(text)
    return op == ">" or (op in (">=", "=", "==") and number > 0) or (op in ("<>", "!=") and number == 0)
