"""Digits: how many a number has, and how many come out of arithmetic (manual, sections 14.24.3 and 14.6.1).

A decimal's type is `decimal(p, s)`: p digits in all, s of them behind the point.
"""

from __future__ import annotations

from typing import Final

from ...model.types import SqlType

_MOST: Final = 65
_MOST_BEHIND: Final = 30
_MORE_BY_DIVISION: Final = 4
"""The default of div_precision_increment."""
_MORE_BY_SUM: Final = 22
_INTEGERS: Final = {
    "tinyint": 3,
    "smallint": 5,
    "mediumint": 8,
    "int": 10,
    "bigint": 19,
    "bigint unsigned": 20,
    "year": 4,
    "bit": 20,
}


def decimal(precision: int, scale: int) -> SqlType:
    """The type of so many digits, as far as there can be so many."""
    return SqlType("decimal", (str(min(precision, _MOST)), str(min(scale, _MOST_BEHIND))))


def digits(type: SqlType) -> tuple[int, int]:
    """The digits of an integer or a decimal: in all, and behind the point."""
    word = type.name.partition(" ")[0]
    if word == "decimal":
        return int(type.args[0]), int(type.args[1])
    if word in ("bigint", "int") and type.args:
        return int(type.args[0]), 0
    return _INTEGERS.get(type.name, _INTEGERS.get(word, 20)), 0


def of_literal(text: str) -> SqlType:
    """The type of a number written with a point, or too large for an integer."""
    whole, _, behind = text.partition(".")
    return decimal(max(len(whole.lstrip("0")) + len(behind), 1), len(behind))


def of_integers(one: SqlType, other: SqlType) -> SqlType:
    """A decimal that holds both integers."""
    return decimal(max(digits(one)[0], digits(other)[0]), 0)


def merged(one: SqlType, other: SqlType) -> SqlType:
    """A decimal that holds both numbers."""
    (first, first_scale), (second, second_scale) = digits(one), digits(other)
    scale = max(first_scale, second_scale)
    return decimal(max(first - first_scale, second - second_scale) + scale, scale)


def added(one: SqlType, other: SqlType) -> SqlType:
    both = merged(one, other)
    precision, scale = digits(both)
    return decimal(precision + 1, scale)


def multiplied(one: SqlType, other: SqlType) -> SqlType:
    (first, first_scale), (second, second_scale) = digits(one), digits(other)
    return decimal(first + second, first_scale + second_scale)


def divided(one: SqlType, other: SqlType) -> SqlType:
    (first, first_scale), (_, second_scale) = digits(one), digits(other)
    return decimal(first + second_scale + _MORE_BY_DIVISION, first_scale + _MORE_BY_DIVISION)


def summed(type: SqlType) -> SqlType:
    precision, scale = digits(type)
    return decimal(precision + _MORE_BY_SUM, scale)


def averaged(type: SqlType) -> SqlType:
    precision, scale = digits(type)
    return decimal(precision + _MORE_BY_DIVISION, scale + _MORE_BY_DIVISION)


def rounded(type: SqlType, places: int) -> SqlType:
    """A decimal cut or rounded to so many digits behind the point, where there are more."""
    precision, scale = digits(type)
    kept = max(min(places, scale), 0)
    return decimal(precision - scale + kept + (1 if kept < scale else 0), kept)


def fits_integer(type: SqlType) -> bool:
    """Whether the whole part of a decimal is sure to be a BIGINT."""
    precision, scale = digits(type)
    return precision - scale < _INTEGERS["bigint"]
