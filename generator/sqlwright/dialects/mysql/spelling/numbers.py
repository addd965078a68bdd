"""Arithmetic. Division by zero is an error, as it is on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Call, ColumnName, Expression, walk
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called, operator, renamed
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS
from ...translation import Translating
from .conversions import converted
from .division import certain_scale, next_above, quotient
from .failures import failure
from .literals import number_text
from .volatile import check_repeatable

Rule = Callable[[Expression, Translating], str]
_FLOAT: Final = Type(Kind.FLOAT64)


def _arithmetic(node: Expression, t: Translating) -> str:
    type = _FLOAT if _kind(node, t) is Kind.FLOAT64 else t.type(node)
    return operator(node, t, [_operand(one, type, t) for one in args_of(node)])


def _operand(node: Expression, type: Type, t: Translating) -> str:
    """An operand of an operator: integers among decimals are exact as they are."""
    return t.text(node) if type.kind is Kind.DECIMAL and t.type(node).kind in INTEGERS else converted(node, type, t)


def _kind(node: Expression, t: Translating) -> Kind:
    kind = t.type(node).kind
    if kind is Kind.FLOAT32:
        t.refuse("arithmetic of single precision", node, "cast to double precision")
    return kind


def _bits(node: Expression, t: Translating) -> str:
    """Operators on bits give unsigned numbers."""
    return f"cast({operator(node, t, [t.text(one) for one in args_of(node)])} as signed)"


def _shift(node: Expression, t: Translating) -> str:
    """`>>` keeps the sign on PostgreSQL, where MySQL shifts in zeros."""
    left, right = args_of(node)
    count = number(right)
    if count is None or not 0 <= count < 63:
        t.refuse("a shift by a number that is not written out", node)
    if t.operation(node) == "bits.right":
        check_repeatable(left, t)
        own, unit = t.operand(left), 2 ** int(count)
        return f"({own} div {unit} - (mod({own}, {unit}) < 0))"
    return _bits(node, t)


def _sign_operator(node: Expression, t: Translating) -> str:
    """`-a`, which is one number when `a` is. Of a constant below zero, such as a parameter, MySQL makes a decimal."""
    value = number(node)
    found = number_text(value, t.type(node)) if value is not None else None
    if found is not None:
        return found
    _kind(node, t)
    (operand,) = args_of(node)
    if t.type(node).kind in INTEGERS and not any(isinstance(part, ColumnName) for part in walk(operand)):
        return f"(0 - {t.operand(operand)})"
    return operator(node, t, [t.operand(one) for one in args_of(node)])


def _plus(node: Expression, t: Translating) -> str:
    return t.operand(args_of(node)[0])


# Division


def _divide_integers(node: Expression, t: Translating) -> str:
    left, right = args_of(node)
    return _divided(node, f"{t.operand(left)} div {t.operand(right)}", t)


def _modulo(node: Expression, t: Translating) -> str:
    kind, (left, right) = _kind(node, t), args_of(node)
    texts = [t.operand(one) for one in (left, right)]
    return _divided(node, f"{texts[0]} % {texts[1]}" if kind is Kind.DECIMAL else f"mod({', '.join(texts)})", t)


def _divide_floats(node: Expression, t: Translating) -> str:
    _kind(node, t)
    left, right = (_closed(converted(one, _FLOAT, t)) for one in args_of(node))
    return _divided(node, f"{left} / {right}", t)


def _divide_decimals(node: Expression, t: Translating) -> str:
    left, right = args_of(node)
    for operand in (left, right):
        check_repeatable(operand, t)
    scale = max(certain_scale(one, node, t) for one in (left, right))
    divisor = t.operand(right)
    return _divided(node, quotient(t.text(left), divisor, next_above(right, divisor, t), scale), t)


def _divided(node: Expression, text: str, t: Translating) -> str:
    """A division, which gives NULL for a divisor of zero."""
    right = args_of(node)[1]
    if is_never_zero(right):
        return f"({text})"
    check_repeatable(right, t)
    zero = f"{t.operand(right)} = 0"
    return f"(case when {zero} then {failure(zero)} else {text} end)"


def _or_null(word: str) -> Rule:
    """A division that gives NULL for a divisor of zero on both databases."""

    def rule(node: Expression, t: Translating) -> str:
        kind, (left, right) = _kind(node, t), args_of(node)
        forms = [_closed(converted(one, t.type(node), t)) for one in (left, right)]
        if kind is Kind.DECIMAL:
            t.refuse(f"`{t.written(node)}` of decimals", node)
        return f"mod({', '.join(forms)})" if word == "mod" else f"({forms[0]} {word} {forms[1]})"

    return rule


def is_never_zero(node: Expression) -> bool:
    """A number other than zero, or `nullif(…, 0)`."""
    value = number(node)
    if value is not None:
        return not value.is_zero()
    if isinstance(node, Call) and node.function == "nullif" and len(node.args) == 2:
        other = number(node.args[1])
        return other is not None and other.is_zero()
    return False


def _closed(text: str) -> str:
    return text if text.replace(".", "").isalnum() or text.endswith(")") else f"({text})"


# Functions


def _absolute(node: Expression, t: Translating) -> str:
    return renamed(node, "abs", t, {args_of(node)[0]: converted(args_of(node)[0], t.type(node), t)})


def _whole(name: str) -> Rule:
    """floor() and ceil(), which give integers of decimals where PostgreSQL gives decimals."""

    def rule(node: Expression, t: Translating) -> str:
        kind, (argument, *more) = _kind(node, t), args_of(node)
        if kind in INTEGERS and not t.strict and not more:
            return t.operand(argument)
        if more or kind in INTEGERS:
            t.refuse(f"`{t.written(node)}`", node)
        text = called(name, converted(argument, t.type(node), t))
        return f"cast({text} as decimal(65))" if kind is Kind.DECIMAL else text

    return rule


def _to_places(name: str, whole: str) -> Rule:
    """round() and trunc(), which may be told how many decimals to leave. Floats are rounded half to even by both."""

    def rule(node: Expression, t: Translating) -> str:
        kind, (argument, *more) = _kind(node, t), args_of(node)
        text = converted(argument, t.type(node), t)
        if kind is Kind.DECIMAL:
            places = number(more[0]) if more else 0
            if places is None:
                t.refuse(f"`{t.written(node)}` to a number of places that is not written out", node)
            return f"cast({called(name, text, str(places))} as decimal(65, {min(max(int(places), 0), 30)}))"
        if more or kind is not Kind.FLOAT64:
            t.refuse(f"`{t.written(node)}`", node)
        return whole.format(text)

    return rule


def _sign(node: Expression, t: Translating) -> str:
    kind, argument = _kind(node, t), args_of(node)[0]
    if kind in INTEGERS:
        return f"cast(sign({t.text(argument)}) as signed)"
    return f"cast(sign({t.text(argument)}) as {'decimal(1)' if kind is Kind.DECIMAL else 'double'})"


def _power(node: Expression, t: Translating) -> str:
    """A result that is out of range, or no number, is an error on both."""
    if _kind(node, t) is not Kind.FLOAT64:
        t.refuse(f"`{t.written(node)}` of decimals", node, "cast to double precision")
    return called("pow", *(converted(one, _FLOAT, t) for one in args_of(node)))


def _root(node: Expression, t: Translating) -> str:
    if _kind(node, t) is not Kind.FLOAT64:
        t.refuse(f"`{t.written(node)}` of decimals", node, "cast to double precision")
    argument = args_of(node)[0]
    text = converted(argument, _FLOAT, t)
    if isinstance(argument, Call) and t.operation(argument) == "number.abs":
        return f"sqrt({text})"
    check_repeatable(argument, t)
    return f"(case when {_closed(text)} < 0 then {failure(f'{_closed(text)} < 0')} else sqrt({text}) end)"


def _root_or_null(node: Expression, t: Translating) -> str:
    return called("sqrt", converted(args_of(node)[0], _FLOAT, t))


def _round_away(node: Expression, t: Translating) -> str:
    """Half away from zero, as decimals are rounded; what has no fraction stays as it is."""
    argument, *more = args_of(node)
    if more:
        t.refuse(f"`{t.written(node)}`", node)
    check_repeatable(argument, t)
    text = converted(argument, _FLOAT, t)
    rounded = f"cast(round(cast({text} as decimal(65, 30))) as double)"
    return f"(case when abs({text}) < 1e15 then {rounded} else {text} end)"


NUMBERS: Final[dict[str, Rule]] = {
    "number.add": _arithmetic,
    "number.subtract": _arithmetic,
    "number.multiply": _arithmetic,
    "number.divide.integer": _divide_integers,
    "number.divide.float": _divide_floats,
    "number.divide.decimal": _divide_decimals,
    "number.divide.integer.null": _or_null("div"),
    "number.divide.float.null": _or_null("/"),
    "number.modulo": _modulo,
    "number.modulo.null": _or_null("mod"),
    "number.negate": _sign_operator,
    "number.plus": _plus,
    "number.abs": _absolute,
    "number.floor": _whole("floor"),
    "number.ceil": _whole("ceil"),
    "number.round": _to_places("round", "round({})"),
    "number.trunc": _to_places("truncate", "truncate({}, 0)"),
    "number.sign": _sign,
    "number.power": _power,
    "number.round.away": _round_away,
    "number.sqrt": _root,
    "number.sqrt.null": _root_or_null,
    "bits.and": _bits,
    "bits.or": _bits,
    "bits.not": _bits,
    "bits.left": _shift,
    "bits.right": _shift,
}
