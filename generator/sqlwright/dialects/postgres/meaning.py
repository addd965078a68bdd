"""Which operations PostgreSQL's expressions are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.syntax import AtZone, Binary, Call, Expression, Like, String, Unary
from ...model.types import Kind, Type
from ..literals import neutral_literal
from ..translation import Types

_INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
_FLOATS: Final = frozenset((Kind.FLOAT32, Kind.FLOAT64))
_NUMBERS: Final = _INTEGERS | _FLOATS | {Kind.DECIMAL}
_MOMENTS: Final = frozenset((Kind.TIMESTAMP, Kind.TIMESTAMPTZ))
_COMPARABLE: Final = _MOMENTS | {
    Kind.BOOL,
    Kind.STR,
    Kind.BYTES,
    Kind.DATE,
    Kind.TIME,
    Kind.INTERVAL,
    Kind.UUID,
    Kind.ENUM,
}
_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_BITS: Final = {"&": "bits.and", "|": "bits.or", "<<": "bits.left", ">>": "bits.right"}
_ARITHMETIC: Final = {"+": "number.add", "-": "number.subtract", "*": "number.multiply"}
_CALLS: Final = {
    "abs": "number.abs",
    "avg": "avg",
    "bool_and": "every",
    "bool_or": "any",
    "btrim": "text.trim.both",
    "ceil": "number.ceil",
    "ceiling": "number.ceil",
    "char_length": "text.length",
    "character_length": "text.length",
    "clock_timestamp": "moment.now",
    "coalesce": "null.coalesce",
    "concat": "text.concat",
    "count": "count",
    "cume_dist": "window.cume_dist",
    "current_date": "moment.today",
    "current_timestamp": "moment.now",
    "date_part": None,
    "date_trunc": "moment.trunc",
    "dense_rank": "window.dense_rank",
    "every": "every",
    "extract": "moment.part",
    "first_value": "window.first_value",
    "floor": "number.floor",
    "gen_random_uuid": "uuid.random",
    "greatest": "greatest",
    "json_array_length": "json.array.length",
    "jsonb_array_length": "json.array.length",
    "json_build_array": "json.array",
    "json_build_object": "json.object",
    "jsonb_build_array": "json.array",
    "jsonb_build_object": "json.object",
    "json_agg": "json.aggregate",
    "jsonb_agg": "json.aggregate",
    "lag": "window.lag",
    "last_value": "window.last_value",
    "lead": "window.lead",
    "least": "least",
    "left": "text.left",
    "length": "text.length",
    "localtimestamp": "moment.now.local",
    "lower": "text.lower",
    "ltrim": "text.trim.left",
    "max": "max",
    "min": "min",
    "mod": "number.modulo",
    "now": "moment.now",
    "nth_value": "window.nth_value",
    "ntile": "window.ntile",
    "nullif": "null.nullif",
    "octet_length": "text.bytes",
    "percent_rank": "window.percent_rank",
    "position": "text.position",
    "power": "number.power",
    "random": "random",
    "rank": "window.rank",
    "repeat": "text.repeat",
    "replace": "text.replace",
    "reverse": "text.reverse",
    "right": "text.right",
    "round": "number.round",
    "row_number": "window.row_number",
    "rtrim": "text.trim.right",
    "sign": "number.sign",
    "sqrt": "number.sqrt",
    "statement_timestamp": "moment.now",
    "string_agg": "text.aggregate",
    "strpos": "text.position",
    "substr": "text.substring",
    "substring": "text.substring",
    "sum": "sum",
    "transaction_timestamp": "moment.now",
    "upper": "text.upper",
    "uuid_generate_v4": "uuid.random",
}
_TRIMS: Final = {"both": "text.trim.both", "leading": "text.trim.left", "trailing": "text.trim.right"}
_OF_TEXT: Final = frozenset(("text.length", "text.substring", "text.position", "text.left", "text.right"))


class PostgresMeaning:
    """Implements `dialects.translation.Meaning`."""

    nulls_first = (False, True)

    def operation(self, node: Expression, types: Types) -> str | None:
        match node:
            case Binary():
                return _binary(node, types)
            case Unary(op="-"):
                return "number.negate"
            case Unary(op="+"):
                return "number.plus"
            case Unary(op="~"):
                return "bits.not"
            case Like(op="like"):
                return "text.like"
            case Like(op="ilike"):
                return "text.ilike"
            case AtZone(operand=operand, zone=String(value=zone)) if zone.lower() in ("utc", "gmt", "z"):
                return "moment.now.local" if self.operation(operand, types) == "moment.now" else None
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
            case Call(args=args):
                return args
            case _:
                return ()

    def literal(self, text: str, type: Type) -> str | None:
        return neutral_literal(text, type)


def _binary(node: Binary, types: Types) -> str | None:
    left, right = types.type(node.left).kind, types.type(node.right).kind
    op = node.op
    numbers = left in _NUMBERS and right in _NUMBERS
    integers = left in _INTEGERS and right in _INTEGERS
    if op in _COMPARISONS:
        return "compare" if numbers or (left == right and left in _COMPARABLE) else None
    if op in ("+", "-"):
        return _sum(op, left, right, numbers)
    match op:
        case "*":
            return "number.multiply" if numbers else None
        case "/":
            if not numbers:
                return None
            decimals = Kind.DECIMAL in (left, right)
            return f"number.divide.{'integer' if integers else 'decimal' if decimals else 'float'}"
        case "%":
            return "number.modulo" if integers else None
        case "^":
            return "number.power" if numbers and Kind.DECIMAL not in (left, right) else None
        case "||":
            return "text.concat.operator" if {left, right} <= {Kind.STR} | _INTEGERS else None
        case "->":
            return "json.get" if left is Kind.JSON else None
        case "->>":
            return "json.get.text" if left is Kind.JSON else None
        case _:
            return _BITS.get(op) if integers else None


def _sum(op: str, left: Kind, right: Kind, numbers: bool) -> str | None:
    if numbers or left == right == Kind.INTERVAL:
        return _ARITHMETIC[op]
    if left in _MOMENTS and right is Kind.INTERVAL:
        return "moment.add" if op == "+" else "moment.subtract"
    if left in _MOMENTS and left == right and op == "-":
        return "moment.difference"
    if left is Kind.DATE and right in _INTEGERS:
        return "date.add" if op == "+" else "date.subtract"
    if left is right is Kind.DATE and op == "-":
        return "date.difference"
    return None


def _call(node: Call, types: Types) -> str | None:
    if len(node.name) > 1 and node.name[-2].text.lower() != "pg_catalog":
        return None
    if node.form == "trim":
        return _TRIMS[node.options[0]]
    found = _CALLS.get(node.function)
    if found in _OF_TEXT and node.args and types.type(node.args[0]).kind is not Kind.STR:
        return "text.bytes" if found == "text.length" else None
    if found == "text.substring" and not all(types.type(one).kind in _INTEGERS for one in node.args[1:]):
        return None
    return found
