"""What predicates come to where their operands are constants, or known to be NULL.

Only constants that every database compares alike count: short numbers that binary fractions hold exactly, and texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from ...model.syntax import (
    AtZone,
    Between,
    Binary,
    Boolean,
    Call,
    Case,
    Cast,
    Collate,
    Distinct,
    Expression,
    InList,
    Is,
    Like,
    Logical,
    Null,
    Number,
    Row,
    String,
    Unary,
)
from ...model.values import value

Truths = frozenset[bool | None]
"""What a predicate may come to; None is NULL."""
ANY: Final[Truths] = frozenset((True, False, None))
DECIDED: Final[Truths] = frozenset((True, False))
TRUE: Final[Truths] = frozenset((True,))
_NULL: Final[Truths] = frozenset((None,))
_OPERATORS: Final = frozenset(("=", "==", "<>", "!=", "<", "<=", ">", ">="))
_FRACTIONS: Final = 1024
_GREATEST: Final = 8192


@value
class Known:
    """The value of a constant; None is NULL, and a text that other databases may take for another is no constant."""

    value: bool | str | Decimal | None


class Constants:
    """Reads expressions of which some are known to be NULL (`is_null`), and some never to be (`never_null`).

    `is_strict` tells whether a call or operator gives NULL for a NULL operand, and `is_text` whether a literal is one.
    """

    def __init__(
        self,
        is_strict: Callable[[Expression], bool],
        is_text: Callable[[Expression], bool],
        is_null: Callable[[Expression], bool],
        never_null: Callable[[Expression], bool],
    ) -> None:
        self._is_strict = is_strict
        self._is_text = is_text
        self._is_null = is_null
        self._never_null = never_null

    def truths(self, node: Expression) -> Truths:
        """What a predicate may come to."""
        match node:
            case Logical(op="and" | "or" as op, operands=operands):
                return _joined(op, [self.truths(operand) for operand in operands])
            case Unary(op="not" | "!", operand=operand):
                return frozenset(None if one is None else not one for one in self.truths(operand))
            case Is():
                return self._is(node)
            case Distinct(left=left, right=right, negated=negated):
                return self._distinct(left, right, negated)
            case Binary(op=op, left=left, right=right) if op in _OPERATORS:
                return self._compared(op, left, right)
            case Between(operand=operand, low=low, high=high):
                return self._strictly(node, (operand, low, high))
            case Like(operand=operand, pattern=pattern):
                return self._strictly(node, (operand, pattern))
            case InList(operand=operand, items=items) if items and not isinstance(operand, Row):
                return self._in_list(node, operand)
            case _:
                return self._of_value(node)

    def equal(self, left: Expression, right: Expression) -> bool | None:
        """Whether two constants are equal, which NULL never is; None where that is not known."""
        one, other = self.of(left), self.of(right)
        return False if Known(None) in (one, other) else _compare("=", one, other)

    def of(self, node: Expression) -> Known | None:
        """The value of a constant; None for what is none."""
        if self._is_null(node):
            return Known(None)
        match node:
            case Null():
                return Known(None)
            case Boolean(value=truth):
                return Known(truth)
            case Number(text=text):
                return _number(text)
            case String(value=text, mark=""):
                return Known(text) if self._is_text(node) else None
            case Collate(operand=operand):
                return self.of(operand)
            case Cast(operand=operand):
                return self._null_of((operand,))
            case Case():
                return self._case(node)
            case Call(over=None):
                return self._call(node)
            case Binary(left=left, right=right) if self._is_strict(node):
                return self._null_of((left, right))
            case AtZone(operand=operand):
                return self._null_of((operand,))
            case Unary(operand=operand) if self._is_strict(node):
                return self._null_of((operand,))
            case _:
                return None

    def _of_value(self, node: Expression) -> Truths:
        known = self.of(node)
        match known:
            case Known(value=None):
                return _NULL
            case Known(value=bool() as truth):
                return frozenset((truth,))
            case _:
                return DECIDED if known is not None or self._never_null(node) else ANY

    def _null_of(self, operands: Sequence[Expression]) -> Known | None:
        return Known(None) if any(self.of(operand) == Known(None) for operand in operands) else None

    def _strictly(self, node: Expression, operands: Sequence[Expression]) -> Truths:
        """BETWEEN and LIKE: `x between NULL and 1` can be false, but is never true."""
        if self.of(operands[0]) == Known(None):
            return _NULL
        if any(self.of(operand) == Known(None) for operand in operands[1:]):
            return ANY if isinstance(node, Between) else _NULL
        return DECIDED if self._never_null(node) else ANY

    def _in_list(self, node: InList, operand: Expression) -> Truths:
        if self.of(operand) == Known(None):
            return _NULL
        found = _joined("or", [self._compared("=", operand, item) for item in node.items])
        return frozenset(None if one is None else one is not node.negated for one in found)

    def _is(self, node: Is) -> Truths:
        found = self.truths(node.operand)
        match node.test:
            case "null" | "unknown" if node.test == "unknown" or not isinstance(node.operand, Row):
                said = frozenset(one is None for one in found)
            case "true" | "false" as test:
                wanted = test == "true"
                said = frozenset(one is wanted for one in found)
            case _:
                return ANY
        return frozenset(one is not node.negated for one in said)

    def _distinct(self, left: Expression, right: Expression, negated: bool) -> Truths:
        one, other = self.of(left), self.of(right)
        nothing = Known(None)
        if nothing in (one, other):
            rest = right if one == nothing else left
            known = other if one == nothing else one
            if known == nothing:
                return frozenset((negated,))
            if known is not None or self._never_null(rest):
                return frozenset((not negated,))
            return DECIDED
        equal = _compare("=", one, other)
        return DECIDED if equal is None else frozenset((equal is negated,))

    def _compared(self, op: str, left: Expression, right: Expression) -> Truths:
        if isinstance(left, Row) or isinstance(right, Row):
            return ANY
        one, other = self.of(left), self.of(right)
        if Known(None) in (one, other):
            return _NULL
        found = _compare(op, one, other)
        if found is not None:
            return frozenset((found,))
        sure = all(known is not None or self._never_null(node) for known, node in ((one, left), (other, right)))
        return DECIDED if sure else ANY

    def _case(self, node: Case) -> Known | None:
        results = [*self.results(node)]
        values = [Known(None) if result is None else self.of(result) for result in results]
        return values[0] if values and all(one == values[0] for one in values) else None

    def results(self, node: Case) -> list[Expression | None]:
        """The branches of CASE that may be taken; None for the NULL of a CASE without ELSE."""
        found: list[Expression | None] = []
        for when in node.whens:
            condition = when.condition
            truths = self.truths(condition) if node.operand is None else self._compared("=", node.operand, condition)
            if True in truths:
                found.append(when.result)
            if truths == TRUE:
                return found
        return [*found, node.otherwise]

    def _call(self, node: Call) -> Known | None:
        name = node.function.lower()
        if name in ("coalesce", "ifnull", "nvl"):
            for argument in node.args:
                known = self.of(argument)
                if known != Known(None):
                    return known
            return Known(None)
        if name == "nullif" and len(node.args) == 2:
            one = self.of(node.args[0])
            equal = self.equal(*node.args)
            if equal is False:
                return one
            return Known(None) if equal else None
        return self._null_of(node.args) if self._is_strict(node) else None


def _joined(op: str, parts: Sequence[Truths]) -> Truths:
    """AND or OR of all that the operands may come to."""
    decisive = op == "or"
    found: set[bool | None] = {not decisive}
    for part in parts:
        found = {
            decisive if decisive in (one, other) else None if None in (one, other) else not decisive
            for one in found
            for other in part
        }
    return frozenset(found)


def _number(text: str) -> Known | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exact = abs(number) < _GREATEST and (number * _FRACTIONS) % 1 == 0
    return Known(number) if exact else None


def _compare(op: str, one: Known | None, other: Known | None) -> bool | None:
    """How two constants compare; None where that depends on the database, or is NULL."""
    if one is None or other is None:
        return None
    left, right = one.value, other.value
    match left, right:
        case (bool(), bool()):
            order = None if left != right else 0
        case (Decimal(), Decimal()):
            order = (left > right) - (left < right)
        case (str(), str()) if left == right:
            order = 0
        case (str(), str()):
            return None if not _differ(left, right) or op not in ("=", "==", "<>", "!=") else op in ("<>", "!=")
        case _:
            return None
    if order is None:
        return None if op not in ("=", "==", "<>", "!=") else op in ("<>", "!=")
    return {
        "=": order == 0,
        "==": order == 0,
        "<>": order != 0,
        "!=": order != 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
    }[op]


def _differ(one: str, other: str) -> bool:
    """Whether no collation takes two texts for equal: upper and lower case, and blanks behind, may not count."""
    plain = all(char.isascii() and (char.isalnum() or char == " ") for char in one + other)
    return plain and one.rstrip().casefold() != other.rstrip().casefold()
