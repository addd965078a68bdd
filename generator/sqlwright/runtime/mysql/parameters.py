"""Parameters that are sequences: the drivers write one value for each placeholder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast

_MARK: Final = re.compile("%[s%]")
_NO_VALUE: Final = "select null from dual where 1 = 0"
"""What stands in `in (…)` for a sequence without values: nothing is in it, and everything is not."""


def spread(sql: str, params: Sequence[object]) -> tuple[str, Sequence[object]]:
    """A statement with a placeholder for each value of those parameters that are lists, which stand in `in (%s)`."""
    if list not in map(type, params):
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
