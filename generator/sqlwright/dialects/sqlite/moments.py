"""Which calls of SQLite's date functions cannot fail, because what they are given is written out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ...model.syntax import Call, Expression, String

FUNCTIONS: Final = frozenset(("date", "time", "datetime", "julianday", "unixepoch", "strftime"))
_NOW: Final = frozenset(("current_timestamp", "current_date"))
_LITERAL: Final = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?", re.ASCII)
_LAST_YEAR: Final = 6000
_SHIFT: Final = re.compile(r"[+-]\d{1,3} (second|minute|hour|day|month|year)s?", re.ASCII | re.IGNORECASE)
_MODIFIERS: Final = frozenset(("start of day", "start of month", "start of year", "localtime", "utc"))
_MOST_MODIFIERS: Final = 3
"""So many shifts of 999 years do not lead out of the years that SQLite counts (-4713 to 9999)."""
_FORMAT: Final = re.compile(r"([^%]|%[dfHjJmMsSwWY%])+")
"""What every version knows; strftime gives NULL for a letter that it does not know."""


def is_sure(call: Call) -> bool:
    """Whether a call of one of `FUNCTIONS` always gives a value: `date('now', '-7 days')`."""
    args: Sequence[Expression] = call.args
    if call.function.lower() == "strftime":
        if not args or not isinstance(args[0], String) or not _FORMAT.fullmatch(args[0].value):
            return False
        args = args[1:]
    if not args:
        return True
    return _is_moment(args[0]) and len(args) <= _MOST_MODIFIERS + 1 and all(map(_is_modifier, args[1:]))


def _is_moment(node: Expression) -> bool:
    if isinstance(node, Call):
        return node.function.lower() in _NOW and not node.args
    return isinstance(node, String) and (node.value.lower() == "now" or _is_date(node.value))


def _is_date(text: str) -> bool:
    if not _LITERAL.fullmatch(text):
        return False
    try:
        return datetime.fromisoformat(text).year <= _LAST_YEAR
    except ValueError:
        return False


def _is_modifier(node: Expression) -> bool:
    return isinstance(node, String) and bool(node.value.lower() in _MODIFIERS or _SHIFT.fullmatch(node.value))
