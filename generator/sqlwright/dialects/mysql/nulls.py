"""When MySQL's functions and operators give NULL.

The tables of functions say what holds for all of a function's arguments; here stands what depends on their types
(a date cannot be a text that is none) or values (a divisor that is a number other than zero). Dates are taken to be
dates: the strict modes that connections set let no zero date in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ...model.syntax import Binary, Call, Cast, Expression, IntervalOf, Number, String, Unary
from ...model.types import SqlType
from ..base import Nulls, Resolved
from ..signatures import FunctionInfo
from .conversions import MOMENTS
from .functions import FUNCTIONS

_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_STRICT: Final = _COMPARISONS | frozenset(("+", "-", "*", "&", "|", "^", "<<", ">>", ":=", "sounds like", "member of"))
_PATTERNS: Final = frozenset(("like", "not like", "regexp", "rlike"))
_DIVISIONS: Final = frozenset(("/", "%", "div", "mod"))
_DATED: Final = MOMENTS - {"time"}
_LONG: Final = frozenset(("mediumtext", "longtext", "mediumblob", "longblob", "json"))
_OF_DATES: Final = frozenset("""
    date day dayname dayofmonth dayofweek dayofyear last_day month monthname quarter to_days to_seconds
    week weekday weekofyear year yearweek
    """.split())
"""Functions of a date that give NULL only for a text that is none."""
_OF_MOMENTS: Final = frozenset(
    ("extract", "hour", "microsecond", "minute", "second", "time", "time_to_sec", "timestamp")
)
_GROWING: Final = frozenset(("concat", "concat_ws", "insert", "replace", "to_base64", "hex"))
"""What gives NULL when the text would be longer than max_allowed_packet."""
_PRESENT: Final = frozenset(
    ("now", "current_timestamp", "current_date", "curdate", "utc_date", "utc_timestamp", "sysdate")
)
_SHIFTING: Final = frozenset(("adddate", "date_add", "date_sub", "subdate"))
_DIGESTS: Final = frozenset(("0", "224", "256", "384", "512"))
_FIRST: Final = frozenset(("json_array_append", "json_array_insert", "json_insert", "json_replace", "json_set"))
_LOOSE: Final = frozenset(("last_insert_id", "rand", "json_merge_patch", "timestamp", "unix_timestamp"))
"""Functions for which a NULL among the arguments need not make NULL."""


class MysqlNulls:
    """Implements `dialects.base.NullRules`."""

    functions: Mapping[str, FunctionInfo] = FUNCTIONS

    def of_call(self, call: Call, args: Sequence[SqlType | None]) -> Nulls:
        name = call.function.lower()
        info = self.functions.get(name)
        if info is None or len(call.name) > 1:
            return Nulls.MAYBE
        return _by_arguments(name, call, args) or info.nulls

    def is_strict(self, node: Expression, resolved: Resolved | None) -> bool:
        match node:
            case Call():
                info = self.functions.get(node.function.lower())
                strict = info is not None and (info.nulls is Nulls.STRICT or _is_partial(node))
                return strict and node.over is None and len(node.name) == 1 and node.function.lower() not in _LOOSE
            case Binary(op=op):
                return op in _STRICT or op in _DIVISIONS
            case Unary(op=op):
                return op in ("+", "-", "~")
            case _:
                return False

    def of_operator(self, node: Binary) -> Nulls:
        op, right = node.op, node.right
        if isinstance(node.left, IntervalOf) or isinstance(right, IntervalOf):
            return Nulls.STRICT if _is_near(node) else Nulls.MAYBE  # beyond the year 9999
        if op in _STRICT or op in _PATTERNS:
            return Nulls.STRICT
        if op in _DIVISIONS and _is_not_zero(right):
            return Nulls.STRICT
        return Nulls.MAYBE

    def of_cast(self, cast: Cast, source: SqlType | None, target: SqlType) -> Nulls:
        """A text that is no date becomes NULL, but a literal of a type must be one; any text can be made a number."""
        if (
            cast.form == "literal"
            or target.name not in MOMENTS | {"year"}
            or (source is not None and source.name in _DATED)
        ):
            return Nulls.STRICT
        return Nulls.STRICT if source is not None and source.name == target.name else Nulls.MAYBE

    def is_aggregate(self, call: Call) -> bool:
        info = self.functions.get(call.function.lower())
        return info is not None and info.kind == "aggregate" and call.over is None and len(call.name) == 1


def _is_partial(call: Call) -> bool:
    """A function that gives NULL for NULL, and for other values too."""
    name = call.function.lower()
    return name in _OF_DATES or name in _OF_MOMENTS


def _by_arguments(name: str, call: Call, args: Sequence[SqlType | None]) -> Nulls | None:
    """What the types and values of a call's arguments say of it; None when they say nothing."""
    if name in _OF_DATES:
        return Nulls.STRICT if not args or _named(args[0], MOMENTS) else Nulls.MAYBE
    if name in _OF_MOMENTS:
        several = len(args) > 1 and name != "extract"
        return Nulls.STRICT if not several and args and _named(args[-1], MOMENTS) else Nulls.MAYBE
    if name in _GROWING and any(_named(arg, _LONG) for arg in args):
        return Nulls.MAYBE
    match name:
        case "adddate" | "date_add" | "date_sub" | "subdate" if _is_near(call):
            return Nulls.STRICT
        case "nth_value" if isinstance(call.args[-1], Number) and call.args[-1].text == "1":
            return Nulls.FRAME
        case "sqrt" if args and isinstance(call.args[0], Number):
            return Nulls.STRICT
        case "mod" if _is_not_zero(call.args[-1] if call.args else None):
            return Nulls.STRICT
        case "datediff" | "timestampdiff" if all(_named(arg, MOMENTS) for arg in args[-2:]):
            return Nulls.STRICT
        case "timediff" if _same_names(args) and _named(args[0], MOMENTS - {"date"}):
            return Nulls.STRICT
        case "date_format" | "time_format" if args and _named(args[0], MOMENTS) and _is_text(call.args[1:2]):
            return Nulls.STRICT
        case "sha2" if len(call.args) == 2 and isinstance(call.args[1], Number) and call.args[1].text in _DIGESTS:
            return Nulls.STRICT
        case "lpad" | "rpad" if len(call.args) > 1 and isinstance(call.args[1], Number) and _is_text(call.args[2:3]):
            return Nulls.STRICT
        case "json_length" | "json_contains" if len(args) == (1 if name == "json_length" else 2):
            return Nulls.STRICT
        case "json_merge" | "json_merge_patch" | "json_merge_preserve":
            return Nulls.STRICT
        case _ if name in _FIRST and all(isinstance(path, String) for path in call.args[1::2]):
            return Nulls.FIRST_ARGUMENT
        case _:
            return None


def _named(type: SqlType | None, names: frozenset[str]) -> bool:
    return type is not None and type.name in names


def _same_names(args: Sequence[SqlType | None]) -> bool:
    return len({arg.name if arg is not None else "" for arg in args}) == 1


def _is_near(node: Expression, steps: int = 2) -> bool:
    """The present, or a date written out, and what some short intervals of constant length lead to from there."""
    match node:
        case Call(args=()):
            return node.function.lower() in _PRESENT
        case Cast(operand=String(value=text), form="literal"):
            return text[:4].isdigit() and 2000 <= int(text[:4]) < 7000
        case Call(args=(start, IntervalOf() as interval)) if node.function.lower() in _SHIFTING:
            return steps > 0 and _is_short(interval) and _is_near(start, steps - 1)
        case Binary(op="+" | "-", left=start, right=IntervalOf() as interval):
            return steps > 0 and _is_short(interval) and _is_near(start, steps - 1)
        case Binary(op="+", left=IntervalOf() as interval, right=start):
            return steps > 0 and _is_short(interval) and _is_near(start, steps - 1)
        case _:
            return False


def _is_short(interval: IntervalOf) -> bool:
    """Twice 999 years back from the present are still in the calendar."""
    amount = interval.amount
    plain = isinstance(amount, Number) and amount.text.isdigit() and len(amount.text) <= 3
    return plain and "_" not in interval.unit


def _is_text(args: Sequence[Expression]) -> bool:
    return bool(args) and isinstance(args[0], String) and bool(args[0].value)


def _is_not_zero(node: Expression | None) -> bool:
    return isinstance(node, Number) and any(digit in node.text for digit in "123456789")
