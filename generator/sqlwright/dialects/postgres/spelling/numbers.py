"""Arithmetic of integers of 64 bits and of floats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ....model.syntax import Binary, Expression, Unary
from ....model.types import Kind, Type
from ...translation import Translating
from .calls import called
from .comparisons import placed, wide
from .conversions import converted
from .kinds import FLOAT, FLOATS, INTEGER, INTEGERS, described
from .literals import is_small, number, number_text
from .tightness import ADD, ATOM, MULTIPLY, OTHER, fit

Rule = Callable[[Expression, Translating], str]
_WHOLE: Final = 4503599627370496
"""From here on a float has no fraction (2 to the power of 52)."""


def _operands(node: Expression, t: Translating) -> list[str]:
    """The operands of an operator in its type: integers in 64 bits, so that they overflow where they did."""
    operands = (node.left, node.right) if isinstance(node, Binary) else ()
    type = _type(node, t)
    texts = [converted(one, type, t) for one in operands]
    if type.kind in INTEGERS and not any(wide(one, t) or _computed(one, t) for one in operands):
        texts[0] = f"{fit(texts[0], ATOM)}::bigint"
    return texts


def _type(node: Expression, t: Translating) -> Type:
    type = t.type(node)
    if type.kind not in INTEGERS | {Kind.FLOAT64}:
        t.refuse(f"arithmetic that gives {described(type)}", node, "cast the operands to one type")
    return FLOAT if type.kind is Kind.FLOAT64 else INTEGER


def _computed(node: Expression, t: Translating) -> bool:
    """Whether an operand is of 64 bits because it is itself computed so."""
    operation = t.operation(node) or ""
    return operation.startswith(("number.", "bits.", "sum", "count", "window."))


def _arithmetic(level: int, right: int) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        if not isinstance(node, Binary):
            t.refuse(f"`{t.written(node)}`", node)
        return placed(node, _operands(node, t), level, t, right)

    return rule


def _division(node: Expression, t: Translating) -> str:
    """Division by zero gives NULL in the written dialect, and fails here."""
    if not isinstance(node, Binary):
        t.refuse(f"`{t.written(node)}`", node)
    left, right = _operands(node, t)
    value = number(node.right)
    if value is None or value.is_zero():
        right = f"nullif({right}, 0)"
    return placed(node, (left, right), MULTIPLY, t, MULTIPLY + 1)


def _negate(node: Expression, t: Translating) -> str:
    value = number(node)
    found = number_text(value, t.type(node)) if value is not None else None
    if found is not None:
        return found
    inner = _inner(node, t)
    return f"-{fit(converted(inner, _type(node, t), t), ATOM)}"


def _inner(node: Expression, t: Translating) -> Expression:
    return node.operand if isinstance(node, Unary) else t.refuse(f"`{t.written(node)}`", node)


def _bits(node: Expression, t: Translating) -> str:
    if not isinstance(node, Binary):
        return f"~{fit(converted(_inner(node, t), INTEGER, t), ATOM)}"
    return placed(node, _operands(node, t), OTHER + 1, t)


def _shift(node: Expression, t: Translating) -> str:
    """A shift by less than the width of an integer."""
    if not isinstance(node, Binary):
        t.refuse(f"`{t.written(node)}`", node)
    count = number(node.right)
    if count is None or not 0 <= count < 64:
        t.refuse("a shift by a number that is not written out", node)
    left = converted(node.left, INTEGER, t)
    if not (wide(node.left, t) or _computed(node.left, t)) or is_small(node.left):
        left = f"{fit(left, ATOM)}::bigint"
    return placed(node, (left, str(int(count))), OTHER + 1, t)


# Functions


def _argument(node: Expression, t: Translating, count: int = 1) -> Expression:
    arguments: Sequence[Expression] = t.arguments(node, t.operation(node) or "")
    if len(arguments) != count:
        t.refuse(f"`{t.written(node)}`", node)
    return arguments[0]


def _function(name: str, integers: str | None = None) -> Rule:
    """A function of a float that gives one, and of an integer that gives one."""

    def rule(node: Expression, t: Translating) -> str:
        argument = _argument(node, t)
        type = t.type(argument)
        if type.kind in INTEGERS | {Kind.BOOL}:
            text = converted(argument, INTEGER, t)
            return called(integers, text) if integers is not None else text
        if type.kind not in FLOATS:
            t.refuse(f"`{t.written(node)}` of {described(type)}", node)
        return called(name, t.text(argument))

    return rule


def _round(node: Expression, t: Translating) -> str:
    """PostgreSQL rounds halves of floats to even."""
    argument = t.arguments(node, "number.round.away")[0]
    if t.type(argument).kind in INTEGERS | {Kind.BOOL}:
        return converted(argument, FLOAT, t)
    text = t.text(argument)
    inner = fit(text, ADD + 1)
    return f"case when abs({text}) < {_WHOLE} then trunc({inner} + sign({text}) * 0.5) else {text} end"


def _sign(node: Expression, t: Translating) -> str:
    return f"sign({converted(_argument(node, t), FLOAT, t)})::bigint"


def _root(node: Expression, t: Translating) -> str:
    text = converted(_argument(node, t), FLOAT, t)
    return f"case when {fit(text, OTHER)} >= 0 then sqrt({text}) end"


NUMBERS: Final[dict[str, Rule]] = {
    "number.add": _arithmetic(ADD, ADD + 1),
    "number.subtract": _arithmetic(ADD, ADD + 1),
    "number.multiply": _arithmetic(MULTIPLY, MULTIPLY + 1),
    "number.divide.integer": _arithmetic(MULTIPLY, MULTIPLY + 1),
    "number.divide.float": _arithmetic(MULTIPLY, MULTIPLY + 1),
    "number.divide.integer.null": _division,
    "number.divide.float.null": _division,
    "number.modulo.null": _division,
    "number.negate": _negate,
    "number.abs": _function("abs", "abs"),
    "number.floor": _function("floor"),
    "number.ceil": _function("ceil"),
    "number.trunc": _function("trunc"),
    "number.sign": _sign,
    "number.sqrt.null": _root,
    "number.round.away": _round,
    "bits.and": _bits,
    "bits.or": _bits,
    "bits.not": _bits,
    "bits.left": _shift,
    "bits.right": _shift,
}
