"""Functions on values of any type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Call, Expression, Node, Null, String
from ....model.types import Kind
from ...translation import Translating
from .calls import called, renamed
from .comparisons import forms, result
from .conversions import condition
from .kinds import described
from .literals import number

Rule = Callable[[Expression, Translating], str]
_RANDOM: Final = "floor((random() - 0.5) * 18446744073709551616)::bigint"


def _coalesce(node: Expression, t: Translating) -> str:
    arguments, type = t.arguments(node, "null.coalesce"), t.type(node)
    if len(arguments) < 2:
        t.refuse(f"`{t.written(node)}`", node)
    replaced: dict[Node, str] = {one: result(one, type, t) for one in arguments}
    return renamed(node, "coalesce", t, replaced)


def _nullif(node: Expression, t: Translating) -> str:
    value, other = t.arguments(node, "null.nullif")
    found = forms((value, other), node, t)
    if found.type.kind is t.type(value).kind:
        return called("nullif", *found.texts)
    return f"case when {found.texts[0]} = {found.texts[1]} then null else {t.text(value)} end"


def _if(node: Expression, t: Translating) -> str:
    test, chosen, *others = t.arguments(node, "case.if")
    type = t.type(node)
    otherwise = "".join(f" else {result(one, type, t)}" for one in others[:1] if not isinstance(one, Null))
    return f"case when {condition(test, t)} then {result(chosen, type, t)}{otherwise} end"


def _same(node: Expression, t: Translating) -> str:
    return t.operand(t.arguments(node, "value.same")[0])


def _extreme(name: str) -> Rule:
    """The greatest or the least, which is NULL when one is: PostgreSQL leaves NULLs out."""

    def rule(node: Expression, t: Translating) -> str:
        arguments, type = t.arguments(node, t.operation(node) or ""), t.type(node)
        if type.kind in (Kind.OTHER, Kind.JSON):
            t.refuse(f"{name} of {described(type)}", node)
        if any(t.type(one).kind is not type.kind and not _is_literal(one) for one in arguments):
            t.refuse(f"{name} of values of different types", node)
        texts = list(forms(arguments, node, t, ordered=True).texts)
        found = called(name, *texts)
        nullable = [text for one, text in zip(arguments, texts, strict=True) if t.nullable(one)]
        if not nullable:
            return found
        given = " and ".join(f"{text} is not null" for text in nullable)
        return f"case when {given} then {found} end"

    return rule


def _is_literal(node: Expression) -> bool:
    return isinstance(node, Null | String) or number(node) is not None


def _random(node: Expression, t: Translating) -> str:
    return _RANDOM


def is_random(node: Expression, t: Translating) -> bool:
    return isinstance(node, Call) and t.operation(node) == "random.integer"


VALUES: Final[dict[str, Rule]] = {
    "null.coalesce": _coalesce,
    "null.nullif": _nullif,
    "case.if": _if,
    "value.same": _same,
    "greatest.strict": _extreme("greatest"),
    "least.strict": _extreme("least"),
    "random.integer": _random,
}
