"""Which operations PostgreSQL's expressions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import AtZone, Binary, Call, Expression, Like, String, Unary
from ...model.types import Kind, Type
from ..literals import neutral_literal
from ..translation import Types
from .arrays import array_literal
from .operations import FUNCTIONS, TRIMS

_INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
_FLOATS: Final = frozenset((Kind.FLOAT32, Kind.FLOAT64))
_NUMBERS: Final = _INTEGERS | _FLOATS | {Kind.DECIMAL}
_MOMENTS: Final = frozenset((Kind.TIMESTAMP, Kind.TIMESTAMPTZ))
_DATES: Final = _MOMENTS | {Kind.DATE}
_ALIKE: Final = (
    _NUMBERS,
    _DATES,
    *(frozenset((kind,)) for kind in (Kind.BOOL, Kind.STR, Kind.BYTES, Kind.TIME, Kind.INTERVAL, Kind.UUID, Kind.ENUM)),
)
"""Kinds whose values are compared with each other."""
_OTHER_RULES: Final = frozenset(("citext", "bpchar", "name"))
"""Types of text that are compared by rules of their own."""
_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_BITS: Final = {"&": "bits.and", "|": "bits.or", "<<": "bits.left", ">>": "bits.right"}
_ARITHMETIC: Final = {"+": "number.add", "-": "number.subtract", "*": "number.multiply"}
_UTC: Final = frozenset(("utc", "gmt", "z", "etc/utc", "etc/gmt", "zulu", "universal", "uct"))
_OF_TEXT: Final = frozenset((Kind.STR,))
_OPERANDS: Final = {
    "text.": _OF_TEXT,
    "number.": _NUMBERS,
    "json.array.length": frozenset((Kind.JSON,)),
    "array.length": frozenset((Kind.ARRAY,)),
    "array.cardinality": frozenset((Kind.ARRAY,)),
    "sum": _NUMBERS | {Kind.INTERVAL},
    "avg": _NUMBERS,
    "every": frozenset((Kind.BOOL,)),
    "any": frozenset((Kind.BOOL,)),
}
"""What the first argument of a function must be, by the operation or the beginning of its name."""
_ANY_OPERANDS: Final = frozenset(("text.concat", "text.concat.separated"))


class PostgresMeaning:
    """Implements `dialects.translation.Meaning`."""

    nulls_first = (False, True)
    strict = True
    limits_may_be_negative = False
    moments_are_text = False

    def operation(self, node: Expression, types: Types) -> str | None:
        match node:
            case Binary():
                return _binary(node, types)
            case Unary(op="-", operand=operand):
                return (
                    "interval.negate" if types.type(operand).kind is Kind.INTERVAL else _number("negate", node, types)
                )
            case Unary(op="+"):
                return _number("plus", node, types)
            case Unary(op="~", operand=operand):
                return "bits.not" if types.type(operand).kind in _INTEGERS else None
            case Like(op="like" | "ilike" as op, operand=operand):
                return f"text.{op}" if types.type(operand).kind is Kind.STR and _plain(operand, types) else None
            case AtZone(operand=operand, zone=String(value=zone)) if zone.lower() in _UTC:
                return _at_utc(types.type(operand).kind)
            case Call():
                return _call(node, types)
            case _:
                return None

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        match node:
            case Binary(left=left, right=right):
                return (left, right)
            case Unary(operand=operand) | AtZone(operand=operand):
                return (operand,)
            case Call(args=args):
                return args
            case _:
                return ()

    def literal(self, text: str, type: Type) -> str | None:
        if type.element is not None:
            return array_literal(text, type.element)
        if type.kind is Kind.BYTES:
            digits = text.removeprefix("\\x")
            try:
                return bytes.fromhex(digits).hex() if digits != text else None
            except ValueError:
                return None
        return neutral_literal(text, type)


def _plain(node: Expression, types: Types) -> bool:
    """Whether a text is compared by its code points alone."""
    found = types.sql_type(node)
    return found is None or found.name not in _OTHER_RULES


def _number(operation: str, node: Unary, types: Types) -> str | None:
    return f"number.{operation}" if types.type(node.operand).kind in _NUMBERS else None


def _at_utc(kind: Kind) -> str | None:
    if kind is Kind.TIMESTAMPTZ:
        return "moment.to.local"
    return "moment.from.local" if kind is Kind.TIMESTAMP else None


def _binary(node: Binary, types: Types) -> str | None:
    left, right = types.type(node.left).kind, types.type(node.right).kind
    op = node.op
    numbers = left in _NUMBERS and right in _NUMBERS
    integers = left in _INTEGERS and right in _INTEGERS
    if op in _COMPARISONS:
        alike = any(left in kinds and right in kinds for kinds in _ALIKE)
        return "compare" if alike and _plain(node.left, types) and _plain(node.right, types) else None
    if op in ("+", "-"):
        return _sum(op, left, right, numbers)
    match op:
        case "*":
            if Kind.INTERVAL in (left, right):
                return "interval.multiply" if {left, right} & _NUMBERS else None
            return "number.multiply" if numbers else None
        case "/":
            if not numbers:
                return None
            floats = {left, right} & _FLOATS
            return f"number.divide.{'integer' if integers else 'float' if floats else 'decimal'}"
        case "%":
            return "number.modulo" if numbers and not {left, right} & _FLOATS else None
        case "^":
            return "number.power" if numbers and Kind.DECIMAL not in (left, right) else None
        case "||":
            return "text.concat.operator" if Kind.STR in (left, right) else None
        case "->":
            return "json.get" if left is Kind.JSON else None
        case "->>":
            return "json.get.text" if left is Kind.JSON else None
        case _:
            return _BITS.get(op) if integers else None


def _sum(op: str, left: Kind, right: Kind, numbers: bool) -> str | None:
    word = "add" if op == "+" else "subtract"
    if numbers:
        return _ARITHMETIC[op]
    if left is right is Kind.INTERVAL:
        return f"interval.{word}"
    if left in _DATES and right is Kind.INTERVAL:
        return f"moment.{word}"
    if left is Kind.INTERVAL and right in _DATES and op == "+":
        return "moment.add"
    if left in _MOMENTS and right in _MOMENTS and op == "-":
        return "moment.difference"
    if left is Kind.DATE and right in _INTEGERS:
        return f"date.{word}"
    if left in _INTEGERS and right is Kind.DATE and op == "+":
        return "date.add"
    if left is right is Kind.DATE and op == "-":
        return "date.difference"
    return None


def _call(node: Call, types: Types) -> str | None:
    if len(node.name) > 1 and node.name[-2].text.lower() != "pg_catalog":
        return None
    if node.form == "trim":
        return TRIMS[node.options[0]]
    found = FUNCTIONS.get(node.function)
    if found is None or (found == "text.position" and node.form == "()" and node.function == "position"):
        return None
    first = types.type(node.args[0]).kind if node.args else None
    if found in ("text.length", "text.bytes") and first is Kind.BYTES:
        return "text.bytes"
    if first is not None and found not in _ANY_OPERANDS:
        wanted = next((kinds for name, kinds in _OPERANDS.items() if found.startswith(name)), None)
        if wanted is not None and first not in wanted:
            return None
    if found == "text.substring" and not all(types.type(one).kind in _INTEGERS for one in node.args[1:]):
        return None
    return found
