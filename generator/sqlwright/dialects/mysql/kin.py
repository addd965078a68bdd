"""What MySQL and MariaDB have in common, and no other database: the same text gives the same values on both."""

from __future__ import annotations

from typing import Final

from ...model.syntax import Binary, Call, ColumnName, Expression, IntervalOf, Like, Null, Unary
from ...model.types import Kind
from ..translation import Types

KIN: Final = "kin"
"""The operation that is written as it is on the other one of the two."""
VALUES: Final = "values"
"""The function that gives the value which a column of a row that is there already was to have."""
_TEXTS: Final = frozenset((Kind.STR, Kind.ENUM))
_DATES: Final = frozenset((Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMPTZ))
_INTEGERS: Final = frozenset((Kind.BOOL, Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64))
_NUMBERS: Final = _INTEGERS | {Kind.DECIMAL}
_EXACT: Final = _TEXTS | _DATES | _NUMBERS
"""Kinds of which both make the same texts and numbers; of floats and JSON they do not."""
_FUNCTIONS: Final = {
    **dict.fromkeys("concat field elt if greatest least max min".split(), _EXACT),
    **dict.fromkeys("locate instr replace lpad rpad substring_index find_in_set".split(), _TEXTS | _INTEGERS),
    **dict.fromkeys("sha2 hex ascii strcmp".split(), _TEXTS | _INTEGERS),
    "group_concat": _TEXTS | _NUMBERS,
    **dict.fromkeys("abs avg ceil ceiling floor mod round sign sum truncate".split(), _NUMBERS),
    **dict.fromkeys("date_add date_sub adddate subdate".split(), _DATES | _INTEGERS | {Kind.OTHER}),
    **dict.fromkeys("datediff last_day year quarter month day dayofmonth weekday dayofweek dayofyear".split(), _DATES),
    **dict.fromkeys("hour minute second".split(), _DATES | {Kind.TIME}),
}
"""Functions, and the kinds that their arguments may be of."""
_OPERATORS: Final = frozenset(("/", "%", "mod", "&", "|", "^", "<<", ">>"))
_UNSIGNED: Final = frozenset(("=", "<>", "<", "<=", ">", ">=", "+", "-", "*"))
"""Operators that other databases have too, but for numbers of 64 bits without a sign."""


def is_kin(node: Expression, types: Types) -> bool:
    """Whether an expression means the same on MySQL and MariaDB, though on no other database."""
    match node:
        case Like(op="like", operand=operand, pattern=pattern):
            return {types.type(operand).kind, types.type(pattern).kind} <= _TEXTS
        case Binary(op="+" | "-", left=left, right=IntervalOf()):
            return types.type(left).kind in _DATES
        case Binary(op=op, left=left, right=right):
            return _is_kin_of(op, {types.type(left).kind, types.type(right).kind})
        case Unary(op="~", operand=operand):
            return types.type(operand).kind in _INTEGERS
        case Unary(op="-" | "+", operand=operand):
            return types.type(operand).kind is Kind.UINT64
        case Call(name=[_], function=function, args=[ColumnName()]) if function.lower() == VALUES:
            return True
        case Call(name=[_], function=function, args=args) if args:
            kinds = {types.type(one).kind for one in args if not isinstance(one, Null | IntervalOf)}
            return kinds <= _FUNCTIONS.get(function.lower(), frozenset())
        case _:
            return False


def _is_kin_of(op: str, kinds: set[Kind]) -> bool:
    if op in _OPERATORS:
        return kinds <= _NUMBERS
    if Kind.UINT64 not in kinds:
        return False
    return kinds <= _NUMBERS if op in _UNSIGNED else op == "div" and kinds <= _INTEGERS
