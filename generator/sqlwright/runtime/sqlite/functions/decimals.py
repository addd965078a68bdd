"""Exact numbers, kept as text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Final

from ...values import decimal_text
from .kinds import Functions

WIDE: Final = Context(prec=2000)
_SIGNIFICANT: Final = 16
_MOST_DECIMALS: Final = 1000
_BASE: Final = 4
"""PostgreSQL computes with digits of four decimal ones each."""


def decimal_of(value: object) -> Decimal | None:
    if value is None:
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def plain(value: Decimal) -> str:
    """Without an exponent, and without the sign of zero."""
    return f"{abs(value) if value.is_zero() else value:f}"


def _arithmetic(operate: Callable[[Decimal, Decimal], Decimal]) -> Callable[[object, object], str | None]:
    def function(left: object, right: object) -> str | None:
        first, second = decimal_of(left), decimal_of(right)
        return None if first is None or second is None else plain(operate(first, second))

    return function


def divide(left: Decimal, right: Decimal) -> Decimal:
    """A quotient with the digits that PostgreSQL gives it (select_div_scale in its numeric.c), rounded half up."""
    if right.is_zero():
        raise ZeroDivisionError("division by zero")
    (first_weight, first_digit), (second_weight, second_digit) = _leading(left), _leading(right)
    weight = first_weight - second_weight - (first_digit <= second_digit)
    scale = max(_SIGNIFICANT - weight * _BASE, _scale(left), _scale(right), 0)
    scale = min(scale, _MOST_DECIMALS)
    (above, below), (over, under) = abs(left).as_integer_ratio(), abs(right).as_integer_ratio()
    quotient, rest = divmod(above * under * 10**scale, below * over)
    quotient += rest * 2 >= below * over
    return Decimal(-quotient if (left < 0) != (right < 0) else quotient).scaleb(-scale, WIDE)


def _leading(value: Decimal) -> tuple[int, int]:
    """The weight of the first digit to the base 10000, and that digit."""
    if value.is_zero():
        return 0, 0
    weight = value.adjusted() // _BASE
    return weight, int(abs(value).scaleb(-weight * _BASE, WIDE))


def _scale(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _modulo(left: Decimal, right: Decimal) -> Decimal:
    if right.is_zero():
        raise ZeroDivisionError("division by zero")
    return WIDE.remainder(left, right)


def _compare(left: object, right: object) -> int | None:
    first, second = decimal_of(left), decimal_of(right)
    if first is None or second is None:
        return None
    return (first > second) - (first < second)


def compare_texts(left: str, right: str) -> int:
    """The collating sequence."""
    return _compare(left, right) or 0


def _canonical(value: object) -> str | None:
    found = decimal_of(value)
    return None if found is None else decimal_text(found)


def _absolute(value: object) -> str | None:
    found = decimal_of(value)
    return None if found is None else plain(found.copy_abs())


def _rounded(rounding: str) -> Callable[[object, int | None], str | None]:
    def function(value: object, scale: int | None) -> str | None:
        found = decimal_of(value)
        if found is None or scale is None:
            return None
        return plain(found.quantize(Decimal(1).scaleb(-scale), rounding=rounding, context=WIDE))

    return function


def _whole(rounding: str) -> Callable[[object], str | None]:
    round_to = _rounded(rounding)
    return lambda value: round_to(value, 0)


def _fitting(value: object, scale: int) -> str | None:
    """The spelling at a scale, or a longer one when the value has more digits than that."""
    found = decimal_of(value)
    if found is None:
        return None
    rounded = found.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=WIDE)
    return plain(rounded) if rounded == found else decimal_text(found)


def _float(value: object) -> float | None:
    found = decimal_of(value)
    return None if found is None else float(found)


FUNCTIONS: Final[Functions] = (
    ("decimal", 1, _canonical),
    ("decimal_abs", 1, _absolute),
    ("decimal_add", 2, _arithmetic(WIDE.add)),
    ("decimal_ceil", 1, _whole(ROUND_CEILING)),
    ("decimal_cmp", 2, _compare),
    ("decimal_div", 2, _arithmetic(divide)),
    ("decimal_fit", 2, _fitting),
    ("decimal_float", 1, _float),
    ("decimal_floor", 1, _whole(ROUND_FLOOR)),
    ("decimal_mod", 2, _arithmetic(_modulo)),
    ("decimal_mul", 2, _arithmetic(WIDE.multiply)),
    ("decimal_round", 2, _rounded(ROUND_HALF_UP)),
    ("decimal_sub", 2, _arithmetic(WIDE.subtract)),
    ("decimal_trunc", 2, _rounded(ROUND_DOWN)),
)
