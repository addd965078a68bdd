"""Arithmetic. Decimals are text, and computed by functions; division by zero is an error, as it is on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Binary, Call, Case, Cast, Expression, Parameter
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called, operator, renamed
from ...spelling.constants import number
from ...spelling.kinds import FLOATS, INTEGERS
from ...translation import Translating
from .comparisons import number_argument
from .conversions import converted
from .literals import number_text

Rule = Callable[[Expression, Translating], str]
_FLOAT: Final = Type(Kind.FLOAT64)


def _arithmetic(function: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        kind, operands = _kind(node, t), args_of(node)
        if kind is Kind.DECIMAL:
            return called(function, *(number_argument(one, t) for one in operands))
        type = _FLOAT if kind is Kind.FLOAT64 else t.type(node)
        return operator(node, t, [converted(one, type, t) for one in operands])

    return rule


def _kind(node: Expression, t: Translating) -> Kind:
    kind = t.type(node).kind
    if kind is Kind.FLOAT32:
        t.refuse("arithmetic of single precision", node, "cast to double precision")
    return kind


def _bits(node: Expression, t: Translating) -> str:
    return operator(node, t, [t.text(one) for one in args_of(node)])


def _shift(node: Expression, t: Translating) -> str:
    count = number(args_of(node)[1])
    if count is None or not 0 <= count < 16:
        t.refuse("a shift by a number that is not written out", node)
    return _bits(node, t)


def _sign_operator(node: Expression, t: Translating) -> str:
    """`-a`, which is one number when `a` is."""
    value = number(node)
    found = number_text(value, t.type(node)) if value is not None else None
    if found is not None:
        return found
    if _kind(node, t) is Kind.DECIMAL:
        return f"decimal_sub(0, {number_argument(args_of(node)[0], t)})"
    return operator(node, t, [t.text(one) for one in args_of(node)])


def _plus(node: Expression, t: Translating) -> str:
    return t.operand(args_of(node)[0])


# Division


def _divide_integers(node: Expression, t: Translating) -> str:
    return _integers(node, "integer_divide", t)


def _integers(node: Expression, function: str, t: Translating) -> str:
    left, right = args_of(node)
    if isinstance(node, Binary) and _is_never_zero(right):
        return operator(node, t, [t.text(left), t.text(right)])
    return called(function, t.text(left), t.text(right))


def _modulo(node: Expression, t: Translating) -> str:
    kind = _kind(node, t)
    if kind is Kind.DECIMAL:
        return called("decimal_mod", *(number_argument(one, t) for one in args_of(node)))
    return _integers(node, "integer_modulo", t)


def _divide_floats(node: Expression, t: Translating) -> str:
    _kind(node, t)
    left, right = args_of(node)
    forms = [converted(one, _FLOAT, t) for one in (left, right)]
    return operator(node, t, forms) if _is_never_zero(right) else called("float_divide", *forms)


def _divide_decimals(node: Expression, t: Translating) -> str:
    operands = args_of(node)
    for operand in operands:
        check_digits(operand, node, t)
    return called("decimal_div", *(number_argument(one, t) for one in operands))


def _is_never_zero(node: Expression) -> bool:
    """A number other than zero, or `nullif(…, 0)`."""
    value = number(node)
    if value is not None:
        return not value.is_zero()
    if isinstance(node, Call) and node.function == "nullif" and len(node.args) == 2:
        other = number(node.args[1])
        return other is not None and other.is_zero()
    return False


def check_digits(node: Expression, whole: Expression, t: Translating) -> None:
    """Division gives as many digits as those of its operands ask for: they must be as PostgreSQL has them."""
    if not has_digits(node, t):
        t.refuse(f"the digits of a division by or of `{t.written(node)}`", whole, "cast it to a scale: numeric(12, 4)")


def has_digits(node: Expression, t: Translating) -> bool:
    """Whether a decimal has, when it is computed on SQLite, the digits behind the point that it has on PostgreSQL."""
    if t.type(node).kind in INTEGERS or number(node) is not None:
        return True
    column = t.origin(node)
    if column is not None:
        return t.neutral(column.type).scale is not None
    match node:
        case Parameter() | Cast():
            return t.type(node).scale is not None
        case Case(whens=whens, otherwise=otherwise):
            branches = [when.result for when in whens] + ([otherwise] if otherwise is not None else [])
            return all(has_digits(one, t) for one in branches)
        case Binary() | Call():
            operation = t.operation(node)
            return operation in _KEEP_DIGITS and all(has_digits(one, t) for one in args_of(node))
        case _:
            return False


_KEEP_DIGITS: Final = frozenset(
    (
        "avg",
        "greatest",
        "least",
        "max",
        "min",
        "null.coalesce",
        "null.nullif",
        "number.abs",
        "number.add",
        "number.divide.decimal",
        "number.modulo",
        "number.multiply",
        "number.subtract",
        "sum",
    )
)

# Functions


def _function(integers: str | None, floats: str | None, decimals: str | None) -> Rule:
    """A function of one argument, by the kind of what it gives."""

    def rule(node: Expression, t: Translating) -> str:
        kind, (argument, *more) = _kind(node, t), args_of(node)
        name = integers if kind in INTEGERS else floats if kind in FLOATS else decimals
        if name is None or more:
            t.refuse(f"`{t.written(node)}`", node)
        if kind is Kind.DECIMAL:
            return called(name, number_argument(argument, t))
        return renamed(node, name, t, {argument: converted(argument, t.type(node), t)})

    return rule


def _to_places(floats: str, decimals: str) -> Rule:
    """round() and trunc(), which may be told how many decimals to leave."""

    def rule(node: Expression, t: Translating) -> str:
        kind, (argument, *more) = _kind(node, t), args_of(node)
        if kind is Kind.DECIMAL:
            places = [t.text(one) for one in more] or ["0"]
            return called(decimals, number_argument(argument, t), *places)
        if more or kind is not Kind.FLOAT64:
            t.refuse(f"`{t.written(node)}`", node)
        return called(floats, converted(argument, _FLOAT, t))

    return rule


def _sign(node: Expression, t: Translating) -> str:
    argument = args_of(node)[0]
    if _kind(node, t) is Kind.DECIMAL:
        return f"cast(decimal_cmp({number_argument(argument, t)}, 0) as text)"
    return f"cast(sign({t.text(argument)}) as real)"


def _floats(name: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        if _kind(node, t) is not Kind.FLOAT64:
            t.refuse(f"`{t.written(node)}` of decimals", node, "cast to double precision")
        return called(name, *(converted(one, _FLOAT, t) for one in args_of(node)))

    return rule


NUMBERS: Final[dict[str, Rule]] = {
    "number.add": _arithmetic("decimal_add"),
    "number.subtract": _arithmetic("decimal_sub"),
    "number.multiply": _arithmetic("decimal_mul"),
    "number.divide.integer": _divide_integers,
    "number.divide.float": _divide_floats,
    "number.divide.decimal": _divide_decimals,
    "number.modulo": _modulo,
    "number.negate": _sign_operator,
    "number.plus": _plus,
    "number.abs": _function("abs", "abs", "decimal_abs"),
    "number.floor": _function(None, "float_floor", "decimal_floor"),
    "number.ceil": _function(None, "float_ceil", "decimal_ceil"),
    "number.round": _to_places("float_round", "decimal_round"),
    "number.trunc": _to_places("float_trunc", "decimal_trunc"),
    "number.sign": _sign,
    "number.power": _floats("float_power"),
    "number.sqrt": _floats("float_sqrt"),
    "bits.and": _bits,
    "bits.or": _bits,
    "bits.not": _bits,
    "bits.left": _shift,
    "bits.right": _shift,
}
