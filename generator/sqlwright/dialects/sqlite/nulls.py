"""When SQLite's functions and operators give NULL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import Binary, Call, Cast, Expression, Number, String, Unary
from ...model.types import SqlType
from ..base import Nulls, Resolved
from . import moments
from .functions import information

_JOINING: Final = frozenset(("group_concat", "string_agg"))
"""As window functions they give NULL for empty strings, too (3.40)."""
_STRICT: Final = frozenset(("+", "-", "*", "||", "&", "|", "<<", ">>", "=", "<>", "<", "<=", ">", ">=", "~"))
_DIVISIONS: Final = frozenset(("/", "%"))
_PATTERNS: Final = frozenset(("like", "not like", "glob", "not glob"))
_LOOSE: Final = frozenset(("json_valid",))
"""Functions that give NULL for NULL in some versions only: 0 up to SQLite 3.40."""


class SqliteNulls:
    """Implements `dialects.base.NullRules`."""

    def of_call(self, call: Call, args: Sequence[SqlType | None]) -> Nulls:
        info = information(call)
        if info is None or (call.over is not None and call.function.lower() in _JOINING):
            return Nulls.MAYBE
        return _by_arguments(call.function.lower(), call) or info.nulls

    def is_strict(self, node: Expression, resolved: Resolved | None) -> bool:
        match node:
            case Call():
                info = information(node)
                strict = info is not None and info.nulls is Nulls.STRICT and node.over is None
                return strict and node.function.lower() not in _LOOSE
            case Binary(op=op):
                return op in _STRICT or op in _DIVISIONS
            case Unary(op=op):
                return op in ("+", "-", "~")
            case _:
                return False

    def of_operator(self, node: Binary) -> Nulls:
        op, right = node.op, node.right
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


def _by_arguments(name: str, call: Call) -> Nulls | None:
    """What the number and the values of a call's arguments say of it; None when they say nothing."""
    args = call.args
    match name:
        case _ if name in moments.FUNCTIONS and moments.is_sure(call):
            return Nulls.NEVER
        case "json_array_length" | "json_type" if len(args) == 1:
            return Nulls.STRICT
        case "json_patch" if len(args) == 2:
            return Nulls.STRICT
        case "json_set" | "json_insert" | "json_replace" if all(map(_is_path, args[1::2])):
            return Nulls.FIRST_ARGUMENT
        case "json_remove" if all(map(_is_path, args[1:])):
            return Nulls.FIRST_ARGUMENT
        case "nth_value" if len(args) == 2 and isinstance(args[1], Number) and args[1].text == "1":
            return Nulls.FRAME
        case "sqrt" if args and isinstance(args[0], Number):
            return Nulls.STRICT
        case _:
            return None


def _is_path(node: Expression) -> bool:
    """A path to a member: `$` is the document itself, which may be taken away or become NULL."""
    return isinstance(node, String) and node.value.startswith(("$.", "$["))
