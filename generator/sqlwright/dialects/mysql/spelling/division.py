"""Division of decimals, with as many digits as PostgreSQL gives.

A quotient there has at least 16 significant digits: with a and b written in base 10000, q the difference of the places
of their first digits (one less when the first digit of a is not greater than that of b), it is rounded to 16 - 4q
decimals, or to as many as a or b have (numeric.c, select_div_scale). So q is the greatest for which |a| is at least
10000^q times the next number above |b| that has one digit in that base.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ....model.syntax import Expression
from ....model.types import Kind
from ...spelling.constants import number, plain_decimal
from ...spelling.kinds import INTEGERS
from ...translation import Translating
from .digits import scale_of

_BASE: Final = 10000
_GUARD: Final = 12
"""Decimals that the server computes beyond the 30 that it keeps, so that nothing is rounded twice."""


def quotient(dividend: str, divisor: str, above: str, scale: int) -> str:
    """`dividend` divided by a divisor that is not zero; `above` is what `next_above` gives, `scale` the most decimals
    that either has."""
    ratio = f"floor(abs(cast({dividend} as decimal(65, 30))) * {10**16} / {above})"
    decimals = f"greatest({scale}, 36 - 4 * ((char_length({ratio}) + 3) div 4))"
    shifted = f"cast({dividend} as decimal(65, 30)) * {10**_GUARD} / {divisor}"
    return f"round({shifted}, {decimals} - {_GUARD}) * {Decimal(1).scaleb(-_GUARD):f}"


def next_above(node: Expression, text: str, t: Translating) -> str:
    """The least number above the size of a divisor that has one digit in base 10000."""
    value = number(node)
    if value is not None:
        return plain_decimal(next_number(abs(value)))
    places = _places(node, t)
    size = f"abs({text})"
    *smaller, last = [_step(size, power) for power in places]
    if not smaller:
        return last
    cases = " ".join(
        f"when {size} < {plain_decimal(_power(power + 1))} then {step}"
        for power, step in zip(places, smaller, strict=False)
    )
    return f"case {cases} else {last} end"


def _step(size: str, power: int) -> str:
    return f"truncate({size}, {-4 * power}) + {plain_decimal(_power(power))}"


def _places(node: Expression, t: Translating) -> list[int]:
    """The places, in base 10000, at which the first digit of a number can stand."""
    type = t.type(node)
    scale = scale_of(node, t)
    smallest = -((scale + 3) // 4) if scale is not None else -8
    widths = {Kind.INT16: 5, Kind.INT32: 10, Kind.INT64: 19}
    column = t.origin(node)
    declared = t.neutral(column.type) if column is not None else type
    width = widths.get(type.kind)
    if width is None and declared.precision is not None and declared.scale is not None:
        width = declared.precision - declared.scale
    return list(range(min(smallest, 0), ((width or 36) + 3) // 4))


def _power(power: int) -> Decimal:
    return Decimal(1).scaleb(4 * power)


def next_number(value: Decimal) -> Decimal:
    """The same of a number that is known."""
    power = 0
    while value >= _power(power + 1):
        power += 1
    while value < _power(power):
        power -= 1
    unit = _power(power)
    return (value // unit + 1) * unit


def certain_scale(node: Expression, whole: Expression, t: Translating) -> int:
    """Division gives as many digits as those of its operands ask for: they must be as PostgreSQL has them."""
    found = 0 if t.type(node).kind in INTEGERS else scale_of(node, t)
    if found is None:
        t.refuse(f"the digits of a division by or of `{t.written(node)}`", whole, "cast it to a scale: numeric(12, 4)")
    return found
