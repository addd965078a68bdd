"""What MySQL's operators give (manual, sections 14.4 and 14.6)."""

from __future__ import annotations

from typing import Final

from ...model.types import SqlType
from ...model.values import value
from ..base import Resolved
from . import decimals
from .conversions import BIGINT, DATETIME, DOUBLE, MOMENTS, NULL, TEXT, UNSIGNED, Conversions
from .typenames import BINARIES, BOOLEAN

JSON: Final = SqlType("json")
DATE: Final = SqlType("date")
TIME: Final = SqlType("time")

_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_PATTERNS: Final = frozenset(("like", "not like", "regexp", "rlike", "sounds like"))
_BITS: Final = frozenset(("&", "|", "^", "<<", ">>"))
_ARITHMETIC: Final = frozenset(("+", "-", "*", "/", "%", "mod", "div"))
_CLOCK_UNITS: Final = ("microsecond", "second", "minute", "hour")


@value
class Operators:
    """The operators of one database."""

    conversions: Conversions
    bits_of_bytes: bool = True
    """Bit operators take strings of bytes, and give such."""
    times_stay: bool = False
    """A time of day and a number of days are a time of day."""
    moments_round: bool = False
    """A moment that is rounded stays one, and a date becomes an integer; the absolute value of either is a decimal."""

    def unary(self, op: str, operand: SqlType | None) -> Resolved:
        """`-a`, `+a` or `~a`."""
        found = _given(operand) or (UNSIGNED if op == "~" else BIGINT)
        if operand == NULL:
            return Resolved((found,), UNSIGNED if op == "~" else DOUBLE if op == "-" else NULL)
        if op == "~":
            return Resolved((found,), found if self.bits_of_bytes and found.name in BINARIES else UNSIGNED)
        if op == "+":
            return Resolved((found,), found)
        number = self.conversions.number(found)
        if found.name in MOMENTS:
            number = decimals.decimal(*decimals.digits(number)) if self.conversions.labels_are_numbers else DOUBLE
        return Resolved((found,), BIGINT if number.name.startswith("bigint") else number)

    def binary(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved:
        """An infix operator."""
        found = self._known(op, _given(left), _given(right))
        if op in _ARITHMETIC and NULL in (left, right):
            other = right if left == NULL else left
            if other is not None and other.name == "interval":
                return Resolved(found.operands, TEXT)
            return Resolved(found.operands, self.arithmetic(op, left or found.operands[0], right or found.operands[1]))
        return found

    def _known(self, op: str, left: SqlType | None, right: SqlType | None) -> Resolved:
        if op in _COMPARISONS:
            return Resolved((left or right or TEXT, right or left or TEXT), BOOLEAN)
        if op in _PATTERNS:
            return Resolved((left or TEXT, right or TEXT), BOOLEAN)
        if op == "member of":
            return Resolved((left or TEXT, right or JSON), BOOLEAN)
        if op in ("->", "->>"):
            return Resolved((left or JSON, right or TEXT), JSON if op == "->" else SqlType("longtext"))
        if op == ":=":
            return Resolved((left or TEXT, right or TEXT), right or TEXT)
        if op in _BITS:
            return Resolved((left or BIGINT, right or BIGINT), UNSIGNED)
        if right is not None and right.name == "interval":
            return Resolved((left or DATETIME, right), self.shifted(left or DATETIME, right))
        if left is not None and left.name == "interval":
            return Resolved((left, right or DATETIME), self.shifted(right or DATETIME, left))
        first, second = left or right or BIGINT, right or left or BIGINT
        return Resolved((first, second), self.arithmetic(op, first, second))

    def arithmetic(self, op: str, left: SqlType, right: SqlType) -> SqlType:
        """The type of a sum, a product, a quotient or a rest."""
        one, other = self.conversions.number(left), self.conversions.number(right)
        unsigned = UNSIGNED.name in (one.name, other.name)
        if op == "div":
            return UNSIGNED if unsigned else BIGINT
        if DOUBLE in (one, other):
            return DOUBLE
        if op == "/":
            return decimals.divided(one, other)
        if "decimal" not in (one.name, other.name):
            first_decides = op in ("%", "mod")
            return UNSIGNED if (one.name == UNSIGNED.name if first_decides else unsigned) else BIGINT
        if op == "*":
            return decimals.multiplied(one, other)
        return decimals.merged(one, other) if op in ("%", "mod") else decimals.added(one, other)

    def summed(self, type: SqlType) -> SqlType:
        """What SUM gives."""
        number = self.conversions.number(type)
        return DOUBLE if number == DOUBLE else decimals.summed(number)

    def averaged(self, type: SqlType) -> SqlType:
        """What AVG gives."""
        number = self.conversions.number(type)
        return DOUBLE if number == DOUBLE else decimals.averaged(number)

    def absolute(self, type: SqlType) -> SqlType:
        """What ABS gives."""
        if self.moments_round and type.name in MOMENTS:
            return decimals.decimal(*decimals.digits(self.conversions.number(type)))
        return type if type.name.startswith("decimal") else self._of_number(type)

    def rounded(self, type: SqlType, places: int | None) -> SqlType:
        """What ROUND and TRUNCATE give; None for places that are not known."""
        if self.moments_round and type.name in MOMENTS:
            return _of_rounded(type)
        number = self._of_number(type)
        if number.name != "decimal" or places is None:
            return number
        return decimals.rounded(number, places)

    def whole(self, type: SqlType) -> SqlType:
        """What CEILING and FLOOR give."""
        if self.moments_round and type.name in MOMENTS:
            return _of_rounded(type)
        number = self._of_number(type)
        if number.name != "decimal":
            return number
        return BIGINT if decimals.fits_integer(number) else decimals.rounded(number, 0)

    def shifted(self, moment: SqlType, interval: SqlType) -> SqlType:
        """A moment and an interval: a date stays one only where no hours are added; a text stays text."""
        clock = [any(unit in part for unit in _CLOCK_UNITS) for part in interval.args]
        if moment.name == "date":
            return DATETIME if any(clock) else DATE
        if moment.name == "time":
            days = [part.startswith("day_") or not short for part, short in zip(interval.args, clock, strict=True)]
            return DATETIME if any(days) and not self.times_stay else moment
        return SqlType("datetime", moment.args) if moment.name in MOMENTS else TEXT

    def _of_number(self, type: SqlType) -> SqlType:
        """The number that a function gives of one; of a moment a double."""
        number = self.conversions.number(type)
        if type.name in MOMENTS:
            return DOUBLE
        return SqlType(number.name) if number.name.startswith("bigint") else number


def _of_rounded(moment: SqlType) -> SqlType:
    names = {"date": "int unsigned", "timestamp": "datetime"}
    return SqlType(names.get(moment.name, moment.name))


def _given(type: SqlType | None) -> SqlType | None:
    """A type that is one; NULL leaves it to what stands beside it."""
    return None if type == NULL else type
