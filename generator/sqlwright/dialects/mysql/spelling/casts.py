"""Conversions that are asked for. One that MySQL would do leniently is checked first."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Cast, Expression, Null, String
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...spelling.constants import constant_interval, fixed, number
from ...spelling.kinds import FLOATS, INTEGERS, described
from ...translation import Translating
from .conversions import converted
from .digits import scale_of
from .failures import failure
from .literals import literal_text, number_text, quoted, string_as
from .volatile import check_repeatable

_INTEGER: Final = "^[[:space:]]*[+-]?[0-9]+[[:space:]]*$"
_DIGITS: Final = "^[[:space:]]*[+-]?[0-9]+"
_DECIMAL: Final = "^[[:space:]]*[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)[[:space:]]*$"
_TRUE: Final = ("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1")
_FALSE: Final = ("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0")
_WHOLE: Final = INTEGERS | {Kind.BOOL, Kind.UINT64}
_BITS: Final = {Kind.INT16: 15, Kind.INT32: 31, Kind.INT64: 63}


def write_cast(node: Cast, t: Translating) -> str:
    operand, target = node.operand, t.type(node)
    constant = constant_interval(node, t)
    if constant is not None:
        return str(fixed(constant, node, t))
    if isinstance(operand, Null):
        return _typed_null(target)
    if target.kind is Kind.OTHER:
        t.refuse(f"the type `{t.written(node.type)}`", node)
    if t.moments_are_text() and target.kind in INTEGERS:
        return _leading_integer(operand, t)
    if Kind.UINT64 in (t.type(operand).kind, target.kind) and {t.type(operand).kind, target.kind} <= _WHOLE:
        return t.same(node, {node.type: t.written(node.type)})
    if not t.strict and not _is_harmless(t.type(operand), target):
        t.refuse(f"a cast of {described(t.type(operand))} to {target}", node)
    if isinstance(operand, String) and t.type(operand).kind in (target.kind, Kind.OTHER):
        return _literal(operand, target, t)
    if isinstance(operand, Cast) and isinstance(operand.operand, String):
        written = _written_out(operand.operand, operand, target, t)
        if written is not None:
            return written
    if target.kind is Kind.DECIMAL and target.scale is not None:
        return at_scale(operand, target, node, t)
    if target.kind is Kind.STR and (target.length is not None or _is_padded(node, t)):
        return _cut(node, target, t)
    return _converted(operand, target, node, t)


def _is_harmless(source: Type, target: Type) -> bool:
    """Whether a cast does the same on every database."""
    return alike(source, target) or (source.kind in _WHOLE and target.kind in (Kind.STR, Kind.FLOAT64))


def _leading_integer(node: Expression, t: Translating) -> str:
    """A number is cut towards zero; of a text, the digits that it begins with are taken, and 0 when there are none."""
    value, source = number(node), t.type(node)
    if value is not None:
        return str(int(value))
    if source.kind in FLOATS:
        return f"cast(truncate({t.text(node)}, 0) as signed)"
    if source.kind is not Kind.STR:
        return converted(node, Type(Kind.INT64), t)
    text = t.text(node)
    digits = f"coalesce(nullif(regexp_substr({text}, {quoted(_DIGITS)}), ''), '0')"
    if not t.nullable(node):
        return f"cast({digits} as signed)"
    check_repeatable(node, t)
    return f"case when {text} is not null then cast({digits} as signed) end"


def _typed_null(target: Type) -> str:
    """NULL of a type, for those that a client could not tell from others."""
    return "cast(null as signed)" if target.kind in INTEGERS else "null"


def _literal(node: String, target: Type, t: Translating) -> str:
    if target.kind is Kind.DECIMAL and target.scale is not None:
        found = t.literal(node.value, target)
        text = literal_text(found, target, t) if found is not None else None
        if text is not None:
            return f"round({text}, {target.scale})"
    if target.kind is Kind.STR and target.length is not None:
        return quoted(node.value[: target.length])
    return string_as(node, target, t)


def _written_out(node: String, cast: Cast, target: Type, t: Translating) -> str | None:
    """A text that is written out and cast on: what it means is known here."""
    if t.type(cast).kind is not Kind.STR or target.kind is Kind.STR or target.scale is not None:
        return None
    found = t.literal(node.value, target)
    return literal_text(found, target, t) if found is not None else None


def at_scale(node: Expression, target: Type, cast: Expression, t: Translating) -> str:
    """A number rounded to a scale."""
    source = t.type(node)
    value = number(node)
    if value is not None:
        return f"round({number_text(value, Type(Kind.DECIMAL)) or t.refuse('this number', node)}, {target.scale})"
    if source.kind in INTEGERS:
        return f"cast({t.text(node)} as decimal({20 + (target.scale or 0)}, {target.scale}))"
    if source.kind is Kind.STR:
        return f"round({_strict(t.text(node), Type(Kind.DECIMAL), cast, t)}, {target.scale})"
    return f"round({converted(node, Type(Kind.DECIMAL), t)}, {target.scale})"


def _cut(node: Cast, target: Type, t: Translating) -> str:
    """A cast to varchar(n) cuts what is longer."""
    if target.length is None or _is_padded(node, t):
        t.refuse(f"a cast to {t.written(node.type)}", node, "cast to text")
    return f"left({_converted(node.operand, Type(Kind.STR), node, t)}, {target.length})"


def _is_padded(node: Cast, t: Translating) -> bool:
    found = t.sql_type(node)
    return found is not None and found.name in ("bpchar", "citext", "name")


def _converted(node: Expression, target: Type, cast: Cast, t: Translating) -> str:
    source = t.type(node)
    if source.kind is Kind.JSON and target.kind is not Kind.JSON:
        t.refuse(f"a cast of JSON to {target}", cast, "take the member as text first: ->>")
    if source.kind is Kind.DECIMAL and target.kind is Kind.STR:
        if scale_of(node, t) is None:
            t.refuse("a cast of a decimal of no certain scale to text", cast, "cast it to a scale first")
        return f"cast({t.text(node)} as char)"
    if source.kind is Kind.BOOL and target.kind in INTEGERS:
        return t.operand(node)
    if source.kind in INTEGERS and target.kind is Kind.BOOL:
        return f"({t.operand(node)} <> 0)"
    if source.kind is Kind.STR and target.kind is not Kind.STR:
        return _strict(t.operand(node), target, cast, t)
    if alike(source, target):
        return t.operand(node)
    if source.kind is Kind.FLOAT32 and target.kind is not Kind.FLOAT64:
        t.refuse(f"a cast of {described(source)} to {target}", cast)
    return converted(node, target, t)


def _strict(text: str, target: Type, cast: Expression, t: Translating) -> str:
    """A text as a value of a type; an error when it is none."""
    match target.kind:
        case Kind.INT16 | Kind.INT32 | Kind.INT64 as kind:
            whole = f"cast(trim({text}) as decimal(65)) div 1"
            if kind is not Kind.INT64:
                bound = 2 ** _BITS[kind]
                whole = f"{whole} + case when abs(cast(trim({text}) as decimal(65))) < {bound} then 0 "
                whole += f"else {failure(f'{text} is not null')} end"
            return _checked(f"{text} regexp {quoted(_INTEGER)}", whole, text)
        case Kind.DECIMAL:
            number = f"cast(trim({text}) as decimal(65, 30))"
            return _checked(f"{text} regexp {quoted(_DECIMAL)}", number, text)
        case Kind.BOOL:
            true, false = (", ".join(map(quoted, words)) for words in (_TRUE, _FALSE))
            lower = f"lower(trim({text}))"
            otherwise = f"when {text} is not null then {failure(f'{text} is not null')}"
            return f"case when {lower} in ({true}) then true when {lower} in ({false}) then false {otherwise} end"
        case Kind.UUID if t.template("uuid.from_text"):
            return t.template("uuid.from_text").format(text)
        case _:
            t.refuse(f"a cast of text to {target}", cast)


def _checked(condition: str, value: str, text: str) -> str:
    return f"case when {condition} then {value} when {text} is not null then {failure(f'{text} is not null')} end"
