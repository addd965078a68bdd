"""When SQLite's functions and operators give NULL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import Binary, Call, Cast, Expression, Number, String, Unary
from ...model.types import SqlType
from ..base import Nulls, Resolved
from .functions import information

_DATES: Final = frozenset(("date", "time", "datetime", "julianday", "unixepoch"))
_JOINING: Final = frozenset(("group_concat", "string_agg"))
"""As window functions they give NULL for empty strings, too (3.40)."""
_STRICT: Final = frozenset(("+", "-", "*", "||", "&", "|", "<<", ">>", "=", "<>", "<", "<=", ">", ">=", "~"))
_DIVISIONS: Final = frozenset(("/", "%"))
_PATTERNS: Final = frozenset(("like", "not like", "glob", "not glob"))


class SqliteNulls:
    """Implements `dialects.base.NullRules`."""

    def of_call(self, call: Call, args: Sequence[SqlType | None]) -> Nulls:
        if call.function.lower() in _DATES and _is_now(call):
            return Nulls.NEVER
        info = information(call)
        if info is None or (call.over is not None and call.function.lower() in _JOINING):
            return Nulls.MAYBE
        return info.nulls

    def is_strict(self, node: Expression, resolved: Resolved | None) -> bool:
        match node:
            case Call():
                info = information(node)
                return info is not None and info.nulls is Nulls.STRICT and node.over is None
            case Binary(op=op):
                return op in _STRICT or op in _DIVISIONS
            case Unary(op=op):
                return op in ("+", "-", "~")
            case _:
                return False

    def of_operator(self, op: str, right: Expression | None) -> Nulls:
        if op in _STRICT or op in _PATTERNS:
            return Nulls.STRICT
        if op in _DIVISIONS and isinstance(right, Number) and any(digit in right.text for digit in "123456789"):
            return Nulls.STRICT
        return Nulls.MAYBE

    def of_cast(self, cast: Cast, source: SqlType | None, target: SqlType) -> Nulls:
        return Nulls.STRICT

    def is_aggregate(self, call: Call) -> bool:
        info = information(call)
        return info is not None and info.kind == "aggregate" and call.over is None


def _is_now(call: Call) -> bool:
    """`date()` and `date('now')`, which cannot fail; a modifier could be one that SQLite does not know."""
    if not call.args:
        return True
    first = call.args[0]
    return len(call.args) == 1 and isinstance(first, String) and first.value.lower() == "now"
