"""Which operations SQLite's expressions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import Binary, Call, Expression, Like, Number, String, Unary
from ...model.types import Kind, Type
from ..literals import neutral_literal
from ..translation import Types
from .operations import EXTREMES, FUNCTIONS

_NOW: Final = {
    "current_date": "moment.today",
    "current_timestamp": "moment.now.text",
    "date": "moment.today",
    "datetime": "moment.now.text",
}
_FULL: Final = "%Y-%m-%d %H:%M:%f000"
"""The format in which moments are kept: text of fixed width to the microsecond."""
_INTEGERS: Final = frozenset((Kind.BOOL, Kind.INT16, Kind.INT32, Kind.INT64))
_NUMBERS: Final = _INTEGERS | {Kind.FLOAT64}
_TEXTS: Final = frozenset((Kind.STR,))
_JOINED: Final = _INTEGERS | {Kind.STR, Kind.UUID, Kind.DATE}
"""Kinds whose values are the same text on every database."""
_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_BITS: Final = {"&": "bits.and", "|": "bits.or", "<<": "bits.left", ">>": "bits.right"}
_ARITHMETIC: Final = {"+": "number.add", "-": "number.subtract", "*": "number.multiply"}
_PATTERNS: Final = {"like": "text.like.folded", "glob": "text.glob"}
_OPERANDS: Final = {
    "number.": _NUMBERS,
    "sum": _NUMBERS,
    "total": _NUMBERS,
    "avg": _NUMBERS,
    "text.aggregate": _JOINED,
    "text.bytes": _TEXTS | {Kind.BYTES},
    "text.char": _INTEGERS,
    "text.hex": _TEXTS | {Kind.BYTES},
    "text.length": _JOINED | {Kind.BYTES},
    "text.": _TEXTS,
    "json.array.length": frozenset((Kind.JSON,)),
    "json.get": frozenset((Kind.JSON,)),
    "json.read": frozenset((Kind.JSON, Kind.STR)),
}
"""What the first argument of a function must be, by the beginning of its operation's name, the longest first."""


class SqliteMeaning:
    """Implements `dialects.translation.Meaning`."""

    nulls_first = (True, False)
    strict = False
    limits_may_be_negative = True
    moments_are_text = True

    def operation(self, node: Expression, types: Types) -> str | None:
        match node:
            case Binary():
                return _binary(node, types)
            case Unary(op="-", operand=operand):
                return "number.negate" if types.type(operand).kind in _NUMBERS else None
            case Unary(op="+"):
                return "value.same"
            case Unary(op="~", operand=operand):
                return "bits.not" if types.type(operand).kind in _INTEGERS else None
            case Like(op=op, operand=operand):
                return _PATTERNS.get(op) if types.type(operand).kind in _JOINED else None
            case Call(args=(), form="bare") | Call(args=() | (String(value="now"),)) if node.function.lower() in _NOW:
                return _NOW[node.function.lower()]
            case Call(args=(String(value=pattern), String(value="now"))) if pattern == _FULL and _is_format(node):
                return "moment.now.local"
            case Call():
                return _call(node, types)
            case _:
                return None

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        match node:
            case Binary(left=left, right=right):
                return (left, right)
            case Unary(operand=operand):
                return (operand,)
            case Like(operand=operand, pattern=pattern, escape=escape):
                return (operand, pattern) if escape is None else (operand, pattern, escape)
            case Call(args=args):
                return args[:1] if operation == "value.same" else args
            case _:
                return ()

    def literal(self, text: str, type: Type) -> str | None:
        return neutral_literal(text, type)


def _is_format(node: Call) -> bool:
    return node.function.lower() == "strftime"


def _binary(node: Binary, types: Types) -> str | None:
    left, right = types.type(node.left).kind, types.type(node.right).kind
    op = node.op
    if op in _COMPARISONS:
        return "compare"
    if op == "||":
        return "text.concat.operator" if left in _JOINED and right in _JOINED else None
    if op in ("->", "->>"):
        return _member(node, left, right)
    if left not in _NUMBERS or right not in _NUMBERS:
        return None
    integers = left in _INTEGERS and right in _INTEGERS
    match op:
        case "/":
            return f"number.divide.{'integer' if integers else 'float'}.null"
        case "%":
            return "number.modulo.null" if integers else None
        case _:
            return _ARITHMETIC.get(op) or (_BITS.get(op) if integers else None)


def _member(node: Binary, document: Kind, key: Kind) -> str | None:
    """A label is a name by itself; one that could be a path, or a number, is one."""
    label = node.right
    plain = isinstance(label, String) and label.value.isidentifier() and label.value.isascii()
    if document is not Kind.JSON or not (plain or isinstance(label, Number)):
        return None
    return "json.get" if node.op == "->" else "json.get.path"


def _call(node: Call, types: Types) -> str | None:
    name = node.function.lower()
    if name in EXTREMES:
        return EXTREMES[name][len(node.args) > 1]
    found = FUNCTIONS.get(name)
    if found is None:
        return None
    wanted = next((kinds for start, kinds in _OPERANDS.items() if found.startswith(start)), None)
    if wanted is None or not node.args or types.type(node.args[0]).kind in wanted:
        return _exact(found, node, types)
    return None


def _exact(operation: str, node: Call, types: Types) -> str | None:
    """An operation, unless these arguments make another one of it."""
    first = types.type(node.args[0]).kind if node.args else None
    if operation == "text.length" and first is Kind.BYTES:
        return "text.bytes"
    if operation == "number.round.away" and len(node.args) > 1 and first not in _INTEGERS:
        return None
    if operation in ("json.array.length", "json.read") and len(node.args) > 1:
        return None
    return operation
