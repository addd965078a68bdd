"""Functions on values of any type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Expression, Node, Null, String
from ....model.types import Kind
from ...spelling.calls import args_of, called, renamed
from ...spelling.constants import number
from ...spelling.kinds import described
from ...translation import Translating
from .comparisons import equal_forms
from .conversions import condition, converted
from .loose import compared_in
from .volatile import check_repeatable

Rule = Callable[[Expression, Translating], str]


def _coalesce(node: Expression, t: Translating) -> str:
    arguments = args_of(node)
    replaced: dict[Node, str] = {one: converted(one, t.type(node), t) for one in arguments}
    return renamed(node, "coalesce", t, replaced) if len(arguments) > 1 else f"({replaced[arguments[0]]})"


def _nullif(node: Expression, t: Translating) -> str:
    value, other = args_of(node)
    if isinstance(other, Null):
        return t.operand(value)
    if compared_in((value, other), t) is None:
        t.refuse(f"nullif of {t.type(value)} and {t.type(other)}", node)
    forms = equal_forms((value, other), node, t)
    return renamed(node, "nullif", t, dict(zip((value, other), forms, strict=True)))


def _extreme(name: str) -> Rule:
    """greatest() and least() leave NULLs out, where MySQL gives NULL for one."""

    def rule(node: Expression, t: Translating) -> str:
        arguments, type = args_of(node), t.type(node)
        if compared_in(arguments, t) is None or type.kind in (Kind.ENUM, Kind.FLOAT32, Kind.UUID):
            t.refuse(f"{name} of {described(type)}", node)
        forms = [converted(one, type, t) for one in arguments]
        if len(forms) == 1:
            return f"({forms[0]})"
        if not any(t.nullable(one) for one in arguments):
            return called(name, *forms)
        for one in arguments:
            check_repeatable(one, t)
        others = [called("coalesce", *forms[at:], *forms[:at]) for at in range(len(forms))]
        return called(name, *others)

    return rule


def _strict_extreme(name: str) -> Rule:
    """The greatest or the least, which is NULL when one is."""

    def rule(node: Expression, t: Translating) -> str:
        arguments, type = args_of(node), t.type(node)
        if compared_in(arguments, t) is None or type.kind in (Kind.OTHER, Kind.JSON, Kind.UUID):
            t.refuse(f"{name} of {described(type)}", node)
        if any(t.type(one).kind is not type.kind and not _is_literal(one) for one in arguments):
            t.refuse(f"{name} of values of different types", node)
        return called(name, *(converted(one, type, t) for one in arguments))

    return rule


def _is_literal(node: Expression) -> bool:
    return isinstance(node, Null | String) or number(node) is not None


def _if(node: Expression, t: Translating) -> str:
    test, chosen, *others = args_of(node)
    type = t.type(node)
    if len(others) > 1 or (type.kind is Kind.OTHER and not isinstance(chosen, Null)):
        t.refuse(f"`{t.written(node)}`", node)
    otherwise = "".join(f" else {converted(one, type, t)}" for one in others if not isinstance(one, Null))
    return f"case when {condition(test, t)} then {converted(chosen, type, t)}{otherwise} end"


def _same(node: Expression, t: Translating) -> str:
    return t.operand(t.arguments(node, "value.same")[0])


def _random_integer(node: Expression, t: Translating) -> str:
    """Each half of an integer of 64 bits by itself: a random float has fewer."""
    return "(cast(floor(rand() * 4294967296) as signed) - 2147483648) * 4294967296 + floor(rand() * 4294967296)"


def _template(name: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        return t.template(name)

    return rule


def _random(node: Expression, t: Translating) -> str:
    return "rand()"


VALUES: Final[dict[str, Rule]] = {
    "null.coalesce": _coalesce,
    "null.nullif": _nullif,
    "greatest": _extreme("greatest"),
    "least": _extreme("least"),
    "greatest.strict": _strict_extreme("greatest"),
    "least.strict": _strict_extreme("least"),
    "case.if": _if,
    "value.same": _same,
    "random": _random,
    "random.integer": _random_integer,
    "uuid.random": _template("uuid.random"),
}
