"""How many digits behind the point a decimal has: PostgreSQL's values carry theirs, MySQL's types do."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Binary, Call, Case, Cast, Expression, Null, Parameter
from ....model.types import Kind
from ...spelling.calls import args_of
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS
from ...translation import Translating

_WIDEST: Final = frozenset(
    (
        "greatest",
        "least",
        "max",
        "min",
        "null.coalesce",
        "number.abs",
        "number.add",
        "number.modulo",
        "number.negate",
        "number.plus",
        "number.subtract",
        "sum",
    )
)
"""Operations whose result has as many digits as the operand that has most."""


def scale_of(node: Expression, t: Translating) -> int | None:
    """The digits behind the point of every value of an expression on both databases; None when they are not known."""
    if t.type(node).kind in INTEGERS:
        return 0
    if t.type(node).kind is not Kind.DECIMAL:
        return None
    value = number(node)
    if value is not None:
        exponent = value.as_tuple().exponent
        return max(-exponent, 0) if isinstance(exponent, int) else None
    column = t.origin(node)
    if column is not None:
        return t.neutral(column.type).scale
    match node:
        case Cast():
            return t.type(node).scale
        case Parameter():
            return None
        case Case(whens=whens, otherwise=otherwise):
            branches = [when.result for when in whens] + ([otherwise] if otherwise is not None else [])
            scales = {scale_of(one, t) for one in branches if not isinstance(one, Null)}
            return scales.pop() if len(scales) == 1 else None
        case Binary() | Call():
            return _of_operation(t.operation(node), [scale_of(one, t) for one in args_of(node)])
        case _:
            return None


def _of_operation(operation: str | None, scales: list[int | None]) -> int | None:
    known = [scale for scale in scales if scale is not None]
    if len(known) < len(scales) or not known:
        return None
    if operation == "number.multiply":
        return sum(known)
    if operation == "null.nullif":
        return known[0]
    if operation in ("greatest", "least", "null.coalesce"):
        return known[0] if len(set(known)) == 1 else None
    return max(known) if operation in _WIDEST else None
