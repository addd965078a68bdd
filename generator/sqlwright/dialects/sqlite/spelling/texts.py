"""Functions and operators on text. SQLite's own know only the case of ASCII letters."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from ....model.syntax import Call, Expression, Like, Null
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called, closed, operator, renamed
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, described
from ...translation import Translating
from .conversions import converted
from .numbers import has_digits

Rule = Callable[[Expression, Translating], str]
TEXT: Final = Type(Kind.STR)


def as_text(node: Expression, t: Translating) -> str:
    """A value as the text that joining it to others makes of it."""
    if isinstance(node, Null):
        return "null"
    type = t.type(node)
    if type.kind is Kind.DECIMAL and has_digits(node, t):
        return t.text(node)
    if type.kind in (Kind.STR, Kind.UUID, Kind.ENUM, Kind.DATE, Kind.BOOL) or type.kind in INTEGERS:
        return converted(node, TEXT, t)
    t.refuse(f"{described(type)} joined to text", node)


def _concatenate(node: Expression, t: Translating) -> str:
    """`||`, which binds more tightly than arithmetic on SQLite."""
    return operator(node, t, [closed(one, as_text(one, t), t) for one in args_of(node)])


def _output(node: Expression, t: Translating) -> str:
    """A value as concat() makes text of it: a truth value is one letter."""
    if t.type(node).kind is Kind.BOOL:
        return f"case {t.operand(node)} when 1 then 't' when 0 then 'f' end"
    return as_text(node, t)


def _concat(node: Expression, t: Translating) -> str:
    parts = [
        closed(one, _output(one, t), t) if not t.nullable(one) else f"coalesce({_output(one, t)}, '')"
        for one in args_of(node)
    ]
    return f"({' || '.join(parts)})" if len(parts) > 1 else f"({parts[0]} || '')"


def _concat_separated(node: Expression, t: Translating) -> str:
    return called("text_join", *(_output(one, t) for one in args_of(node)))


def _rename(name: str) -> Rule:
    """A function that does the same under another name (or the same one), on text."""

    def rule(node: Expression, t: Translating) -> str:
        arguments = args_of(node)
        if isinstance(node, Call) and node.form != "()":
            return called(name, *(converted(one, TEXT, t) for one in arguments))
        return renamed(node, name, t)

    return rule


def _bytes(node: Expression, t: Translating) -> str:
    argument = args_of(node)[0]
    if t.type(argument).kind is Kind.BYTES:
        return called("length", t.text(argument))
    return f"length(cast({converted(argument, TEXT, t)} as blob))"


def _substring(node: Expression, t: Translating) -> str:
    text, *places = args_of(node)
    values = [number(one) for one in places]
    simple = all(value is not None and value >= (1 if at == 0 else 0) for at, value in enumerate(values))
    return called("substr" if simple else "text_substring", t.text(text), *(t.text(one) for one in places))


def _left(node: Expression, t: Translating) -> str:
    text, count = args_of(node)
    value = number(count)
    if value is not None and value >= 0:
        return f"substr({t.text(text)}, 1, {value})"
    return called("text_left", t.text(text), t.text(count))


def _right(node: Expression, t: Translating) -> str:
    text, count = args_of(node)
    value = number(count)
    if value is not None and value >= Decimal(1):
        return f"substr({t.text(text)}, -{value})"
    return called("text_right", t.text(text), t.text(count))


def _like(name: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        if not isinstance(node, Like):
            t.refuse(f"`{t.written(node)}`", node)
        escape = [t.text(node.escape)] if node.escape is not None else []
        text = called(name, t.text(node.operand), converted(node.pattern, TEXT, t), *escape)
        return f"(not {text})" if node.negated else text

    return rule


TEXTS: Final[dict[str, Rule]] = {
    "text.concat.operator": _concatenate,
    "text.concat": _concat,
    "text.concat.separated": _concat_separated,
    "text.lower": _rename("text_lower"),
    "text.upper": _rename("text_upper"),
    "text.length": _rename("length"),
    "text.bytes": _bytes,
    "text.substring": _substring,
    "text.trim.both": _rename("trim"),
    "text.trim.left": _rename("ltrim"),
    "text.trim.right": _rename("rtrim"),
    "text.replace": _rename("replace"),
    "text.position": _rename("instr"),
    "text.left": _left,
    "text.right": _right,
    "text.repeat": _rename("text_repeat"),
    "text.reverse": _rename("text_reverse"),
    "text.like": _like("text_like"),
    "text.ilike": _like("text_ilike"),
}
