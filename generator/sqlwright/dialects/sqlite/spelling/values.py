"""Functions on values of any type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Expression, Node
from ....model.types import Kind
from ...spelling.calls import args_of, called, renamed
from ...spelling.comparing import common
from ...spelling.kinds import described
from ...translation import Translating
from .comparisons import equal_forms, number_argument, plain_pair
from .conversions import converted

Rule = Callable[[Expression, Translating], str]
UUID: Final = (
    "(lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))), 2) "
    "|| '-' || substr('89ab', 1 + (random() & 3), 1) || substr(lower(hex(randomblob(2))), 2) || '-' "
    "|| lower(hex(randomblob(6))))"
)
"""A UUID of version 4 (RFC 9562, section 5.4)."""
_RANDOM: Final = "((random() & 9007199254740991) / 9007199254740992.0)"


def _coalesce(node: Expression, t: Translating) -> str:
    arguments = args_of(node)
    replaced: dict[Node, str] = {one: converted(one, t.type(node), t) for one in arguments}
    return renamed(node, "coalesce", t, replaced) if len(arguments) > 1 else f"({replaced[arguments[0]]})"


def _nullif(node: Expression, t: Translating) -> str:
    value, other = args_of(node)
    type = common((value, other), t)
    if type is None:
        t.refuse(f"nullif of {t.type(value)} and {t.type(other)}", node)
    if plain_pair(t.type(value), t.type(other)) and type.kind is not Kind.DECIMAL:
        return renamed(node, "nullif", t)
    text = t.text(value)
    if type.kind is Kind.DECIMAL:
        return f"case when decimal_cmp({text}, {number_argument(other, t)}) = 0 then null else {text} end"
    first, second = equal_forms((value, other), node, t)
    return f"case when {first} = {second} then null else {text} end"


def _extreme(name: str, sign: str) -> Rule:
    """greatest() and least() leave NULLs out, where SQLite's max() and min() give NULL for one."""

    def rule(node: Expression, t: Translating) -> str:
        arguments, type = args_of(node), t.type(node)
        if common(arguments, t) is None or type.kind in (Kind.ENUM, Kind.FLOAT32):
            t.refuse(f"{'greatest' if name == 'max' else 'least'} of {described(type)}", node)
        forms = [converted(one, type, t) for one in arguments]
        if len(forms) == 1:
            return f"({forms[0]})"
        nullable = [t.nullable(one) for one in arguments]
        if type.kind is not Kind.DECIMAL and not any(nullable):
            return called(name, *forms)
        if len(forms) > 2:
            t.refuse("greatest and least of more than two values that may be NULL", node)
        first, second = forms
        if type.kind is Kind.DECIMAL:
            return (
                f"case when decimal_cmp({first}, {second}) {sign} 0 then {second} "
                f"else coalesce({first}, {second}) end"
            )
        return f"coalesce({name}({first}, {second}), {first}, {second})"

    return rule


def _fixed_text(text: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        return text

    return rule


VALUES: Final[dict[str, Rule]] = {
    "null.coalesce": _coalesce,
    "null.nullif": _nullif,
    "greatest": _extreme("max", "<"),
    "least": _extreme("min", ">"),
    "random": _fixed_text(_RANDOM),
    "uuid.random": _fixed_text(UUID),
}
