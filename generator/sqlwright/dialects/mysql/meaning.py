"""Which operations MySQL's expressions are.

Texts are compared by the collations of their columns, which the schema carries over (`Ddl.folds_case`), so that a
comparison of texts is one everywhere; a pattern match, or a search in a text, is one on MariaDB alone, as is what
rounds to MySQL's own number of digits (`/` and AVG of integers and decimals).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import Binary, Call, Expression, Number, Unary
from ...model.types import Kind, Type
from ..literals import neutral_literal
from ..translation import Types
from .kin import KIN, is_kin

_INTEGERS: Final = frozenset((Kind.BOOL, Kind.INT16, Kind.INT32, Kind.INT64))
_FLOATS: Final = frozenset((Kind.FLOAT32, Kind.FLOAT64))
_NUMBERS: Final = _INTEGERS | _FLOATS | {Kind.DECIMAL}
_DATES: Final = frozenset((Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMPTZ))
_TEXTS: Final = frozenset((Kind.STR,))
_ALIKE: Final = (_NUMBERS, _DATES, _TEXTS, *(frozenset((kind,)) for kind in (Kind.BYTES, Kind.TIME, Kind.ENUM)))
"""Kinds whose values are compared with each other."""
_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_ARITHMETIC: Final = {"+": "number.add", "-": "number.subtract", "*": "number.multiply"}
_FUNCTIONS: Final = {
    "abs": "number.abs",
    "ceil": "number.ceil",
    "ceiling": "number.ceil",
    "char_length": "text.length",
    "character_length": "text.length",
    "coalesce": "null.coalesce",
    "concat_ws": "text.concat.separated",
    "count": "count",
    "cume_dist": "window.cume_dist",
    "curdate": "moment.today",
    "current_date": "moment.today",
    "current_timestamp": "moment.now.local",
    "dense_rank": "window.dense_rank",
    "first_value": "window.first_value",
    "floor": "number.floor",
    "ifnull": "null.coalesce",
    "json_array": "json.array",
    "json_arrayagg": "json.aggregate",
    "json_object": "json.object",
    "lag": "window.lag",
    "last_value": "window.last_value",
    "lcase": "text.lower",
    "lead": "window.lead",
    "length": "text.bytes",
    "localtime": "moment.now.local",
    "localtimestamp": "moment.now.local",
    "lower": "text.lower",
    "max": "max",
    "min": "min",
    "now": "moment.now.local",
    "nth_value": "window.nth_value",
    "ntile": "window.ntile",
    "nullif": "null.nullif",
    "octet_length": "text.bytes",
    "percent_rank": "window.percent_rank",
    "pow": "number.power",
    "power": "number.power",
    "rand": "random",
    "rank": "window.rank",
    "reverse": "text.reverse",
    "row_number": "window.row_number",
    "sign": "number.sign",
    "sum": "sum",
    "truncate": "number.trunc",
    "ucase": "text.upper",
    "upper": "text.upper",
    "utc_date": "moment.today",
    "utc_timestamp": "moment.now.local",
}
_TRIMS: Final = {"both": "text.trim.both", "leading": "text.trim.left", "trailing": "text.trim.right"}
_COUNTED: Final = {"left": "text.left", "right": "text.right", "repeat": "text.repeat"}
_FROM_PLACE: Final = frozenset(("mid", "substr", "substring"))
_OPERANDS: Final = {
    "number.": _NUMBERS,
    "sum": _NUMBERS,
    "min": _NUMBERS | _DATES | {Kind.TIME, Kind.BYTES},
    "max": _NUMBERS | _DATES | {Kind.TIME, Kind.BYTES},
    "text.concat.separated": _TEXTS,
    "text.": _TEXTS,
}
"""What the first argument of a function must be, by the beginning of its operation's name, the longest first."""


class MysqlMeaning:
    """Implements `dialects.translation.Meaning`."""

    nulls_first = (True, False)
    strict = False
    limits_may_be_negative = False
    moments_are_text = False

    def operation(self, node: Expression, types: Types) -> str | None:
        return _operation(node, types) or (KIN if is_kin(node, types) else None)

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        match node:
            case Binary(left=left, right=right):
                return (left, right)
            case Unary(operand=operand):
                return (operand,)
            case Call(args=args):
                return () if operation.startswith("moment.") else args
            case _:
                return ()

    def literal(self, text: str, type: Type) -> str | None:
        return neutral_literal(text, type)


def _operation(node: Expression, types: Types) -> str | None:
    match node:
        case Binary():
            return _binary(node, types)
        case Unary(op="-" | "+" as op, operand=operand) if types.type(operand).kind in _NUMBERS:
            return "number.negate" if op == "-" else "number.plus"
        case Call() if len(node.name) == 1:
            return _call(node, types)
        case _:
            return None


def _binary(node: Binary, types: Types) -> str | None:
    left, right = types.type(node.left).kind, types.type(node.right).kind
    if node.op in _COMPARISONS:
        return "compare" if any(left in kinds and right in kinds for kinds in _ALIKE) else None
    if left not in _NUMBERS or right not in _NUMBERS:
        return None
    integers = left in _INTEGERS and right in _INTEGERS
    match node.op:
        case "/":
            return "number.divide.float.null" if {left, right} & _FLOATS else None
        case "div":
            return "number.divide.integer.null" if integers else None
        case "%" | "mod":
            return "number.modulo.null" if integers else None
        case op:
            return _ARITHMETIC.get(op)


def _call(node: Call, types: Types) -> str | None:
    name = node.function.lower()
    kinds = [types.type(argument).kind for argument in node.args]
    if node.form == "trim":
        return _TRIMS[node.options[0]] if set(kinds) <= _TEXTS else None
    if name in ("trim", "ltrim", "rtrim"):
        side = {"trim": "both", "ltrim": "leading", "rtrim": "trailing"}[name]
        return _TRIMS[side] if set(kinds) <= _TEXTS else None
    if name == "concat":
        return "text.concat.operator" if len(kinds) == 2 and set(kinds) <= _TEXTS else None
    if name == "mod":
        return "number.modulo.null" if set(kinds) <= _INTEGERS else None
    if name == "round":
        exact = kinds[0] in _INTEGERS | {Kind.DECIMAL} and _are_counts(node.args[1:])
        return "number.round" if exact else None
    if name == "avg":
        return "avg" if kinds[0] in _FLOATS else None
    if name == "datediff":
        return "date.difference" if set(kinds) == {Kind.DATE} else None
    if name in _FROM_PLACE or name in _COUNTED:
        if kinds[0] not in _TEXTS or not _are_counts(node.args[1:]):
            return None
        return _COUNTED.get(name, "text.substring")
    found = _FUNCTIONS.get(name)
    if found is None or not kinds:
        return found
    if found == "random":
        return None  # a seed makes the numbers those of one server
    wanted = next((allowed for start, allowed in _OPERANDS.items() if found.startswith(start)), None)
    return found if wanted is None or kinds[0] in wanted else None


def _are_counts(args: Sequence[Expression]) -> bool:
    """Whether arguments are numbers written out and not negative, which count from the start everywhere."""
    return all(isinstance(argument, Number) and argument.text.isdigit() and argument.text != "0" for argument in args)
