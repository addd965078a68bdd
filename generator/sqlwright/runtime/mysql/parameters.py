"""Parameters that the drivers cannot write as they are: sequences, buffers, and numbers that are none."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, cast

from ..errors import ValueRefused

_MARK: Final = re.compile("%[s%]")
_ODD: Final = frozenset((float, Decimal, bytearray, memoryview))
"""Kinds of values among which are some that the drivers would write as they are."""
_NO_LIMIT: Final = 2**64 - 1
_NO_VALUE: Final = "select null from dual where 1 = 0"
"""What stands in `in (…)` for a sequence without values: nothing is in it, and everything is not."""


def row_count(limit: int) -> int:
    """A limit as MySQL takes it, where one below zero is none."""
    return limit if limit >= 0 else _NO_LIMIT


def spread(sql: str, params: Sequence[object]) -> tuple[str, Sequence[object]]:
    """A statement with a placeholder for each value of those parameters that are lists, which stand in `in (%s)`.

    Raises ValueRefused for NaN and infinities, which MySQL does not have.
    """
    kinds = set(map(type, params))
    if list in kinds:
        sql, params = _spread(sql, params)
        kinds = set(map(type, params))
    if kinds.isdisjoint(_ODD):
        return sql, params
    return sql, [_plain(value) if type(value) in _ODD else value for value in params]


def _spread(sql: str, params: Sequence[object]) -> tuple[str, list[object]]:
    waiting = iter(params)
    values: list[object] = []

    def marks(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value = next(waiting)
        if not isinstance(value, list):
            values.append(value)
            return "%s"
        several = cast("list[object]", value)
        values.extend(several)
        return ", ".join(["%s"] * len(several)) or _NO_VALUE

    return _MARK.sub(marks, sql), values


def _plain(value: object) -> object:
    """A value of one of the odd kinds as the drivers take it."""
    match value:
        case bytearray() | memoryview():
            return bytes(value)
        case float() if not math.isfinite(value):
            raise ValueRefused(f"{value} is no number that can be kept")
        case Decimal() if not value.is_finite():
            raise ValueRefused(f"{value} is no number that can be kept")
        case _:
            return value
