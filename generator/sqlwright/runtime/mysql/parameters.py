"""Parameters that the drivers cannot write as they are: sequences, and numbers that are none."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final, cast

from ..errors import ValueRefused

_MARK: Final = re.compile("%[s%]")
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
    if float in kinds:
        for value in params:
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueRefused(f"{value} is no number that can be kept")
    if list not in kinds:
        return sql, params
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
