"""Functions and operators on text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ....model.syntax import Expression, Like, Node, Null, String
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called, closed, renamed
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, described
from ...translation import Translating
from .conversions import converted
from .digits import scale_of
from .literals import quoted
from .volatile import check_repeatable

Rule = Callable[[Expression, Translating], str]
TEXT: Final = Type(Kind.STR)


def as_text(node: Expression, t: Translating) -> str:
    """A value as the text that joining it to others makes of it."""
    if isinstance(node, Null):
        return "null"
    type = t.type(node)
    if type.kind is Kind.DECIMAL and scale_of(node, t) is not None:
        return t.text(node)
    if type.kind is Kind.BOOL and not t.strict:
        return f"cast({t.text(node)} as char)"
    if type.kind in (Kind.STR, Kind.UUID, Kind.ENUM, Kind.DATE, Kind.BOOL) or type.kind in INTEGERS:
        return converted(node, TEXT, t)
    t.refuse(f"{described(type)} joined to text", node)


def _concatenate(node: Expression, t: Translating) -> str:
    """`||`, which is another operator on MySQL, and NULL when one is, as concat() is."""
    return called("concat", *(as_text(one, t) for one in _chain(node, t)))


def _chain(node: Expression, t: Translating) -> list[Expression]:
    """The operands of operators in a row."""
    if t.operation(node) != "text.concat.operator":
        return [node]
    left, right = args_of(node)
    return [*_chain(left, t), right]


def _output(node: Expression, t: Translating) -> str:
    """A value as concat() makes text of it on PostgreSQL: a truth value is one letter."""
    if t.type(node).kind is Kind.BOOL:
        return f"case {t.operand(node)} when 1 then 't' when 0 then 'f' end"
    return as_text(node, t)


def _concat(node: Expression, t: Translating) -> str:
    parts = [_output(one, t) if not t.nullable(one) else f"coalesce({_output(one, t)}, '')" for one in args_of(node)]
    return called("concat", *parts)


def _concat_separated(node: Expression, t: Translating) -> str:
    return called("concat_ws", *(_output(one, t) for one in args_of(node)))


def _rename(name: str) -> Rule:
    """A function that does the same under another name (or the same one), on text."""

    def rule(node: Expression, t: Translating) -> str:
        replaced: dict[Node, str] = {one: converted(one, TEXT, t) for one in args_of(node) if _is_text(one, t)}
        return renamed(node, name, t, replaced)

    return rule


def _is_text(node: Expression, t: Translating) -> bool:
    return t.type(node).kind in (Kind.STR, Kind.ENUM, Kind.OTHER) and not isinstance(node, Null)


def _bytes(node: Expression, t: Translating) -> str:
    argument = args_of(node)[0]
    return called("length", t.text(argument) if t.type(argument).kind is Kind.BYTES else converted(argument, TEXT, t))


def _substring(node: Expression, t: Translating) -> str:
    """A position before the first makes the piece shorter on PostgreSQL, and counts from the end on MySQL."""
    text, *places = args_of(node)
    values = [number(one) for one in places]
    if all(value is not None and value >= (1 if at == 0 else 0) for at, value in enumerate(values)):
        return called("substring", t.text(text), *(t.text(one) for one in places))
    first = t.operand(places[0])
    check_repeatable(places[0], t)
    if len(places) == 1:
        return called("substring", t.text(text), f"greatest({first}, 1)")
    length = values[1]
    if length is None or length < 0:
        t.refuse("substring of a length that is not written out", node)
    return called("substring", t.text(text), f"greatest({first}, 1)", f"greatest(least({first} - 1, 0) + {length}, 0)")


def _end(name: str) -> Rule:
    """left() and right(), which leave out so many when the number is negative."""

    def rule(node: Expression, t: Translating) -> str:
        text, count = args_of(node)
        value = number(count)
        own = t.text(text)
        if value is not None and value >= 0:
            return called(name, own, str(int(value)))
        check_repeatable(text, t)
        check_repeatable(count, t)
        without = f"greatest(char_length({own}) + {t.operand(count)}, 0)"
        if value is not None:
            return called(name, own, f"greatest(char_length({own}) - {-int(value)}, 0)")
        return called(name, own, f"case when {t.operand(count)} < 0 then {without} else {t.text(count)} end")

    return rule


def _trim(side: str, pattern: str) -> Rule:
    """The characters given are a set on PostgreSQL, and a string on MySQL."""

    def rule(node: Expression, t: Translating) -> str:
        text, *characters = args_of(node)
        own = converted(text, TEXT, t)
        if not characters:
            return f"trim({side} from {own})" if side != "both" else f"trim({own})"
        (given,) = characters
        if not isinstance(given, String):
            t.refuse("trim of characters that are not written out", given)
        if len(given.value) == 1:
            return f"trim({side} {quoted(given.value)} from {own})"
        if not given.value:
            return f"({own})"
        return called("regexp_replace", own, quoted(pattern.format(_any_of(given.value))), "''")

    return rule


def _any_of(characters: str) -> str:
    return "[" + "".join(f"\\{one}" if re.match(r"[^\w\s]", one) else one for one in characters) + "]+"


def _position(node: Expression, t: Translating) -> str:
    text, part = args_of(node)
    return called("locate", converted(part, TEXT, t), converted(text, TEXT, t))


# Patterns


def _like(node: Expression, t: Translating) -> str:
    if not isinstance(node, Like):
        t.refuse(f"`{t.written(node)}`", node)
    pattern = closed(node.pattern, converted(node.pattern, TEXT, t), t)
    replaced: dict[Node, str] = {node.operand: closed(node.operand, t.text(node.operand), t), node.pattern: pattern}
    if node.escape is None or _check_escape(node.escape, t):
        return t.same(node, replaced)
    return f"{replaced[node.operand]} {'not ' if node.negated else ''}like {_unescaped(pattern)}"


def _ilike(node: Expression, t: Translating) -> str:
    """Both in lower case, as PostgreSQL compares them."""
    if not isinstance(node, Like):
        t.refuse(f"`{t.written(node)}`", node)
    pattern = f"lower({converted(node.pattern, TEXT, t)})"
    found = f"lower({t.text(node.operand)}) {'not ' if node.negated else ''}like {pattern}"
    if node.escape is None:
        return found
    escape = _check_escape(node.escape, t)
    if not escape:
        return f"lower({t.text(node.operand)}) {'not ' if node.negated else ''}like {_unescaped(pattern)}"
    if escape.lower() != escape.upper():
        t.refuse("a letter as the escape of ILIKE", node.escape)
    return f"{found} escape {quoted(escape)}"


def _check_escape(node: Expression, t: Translating) -> str:
    if not isinstance(node, String) or len(node.value) > 1:
        t.refuse("an escape that is not one character written out", node)
    return node.value


def _unescaped(pattern: str) -> str:
    """A pattern in which backslashes stand for themselves; the two servers read an empty ESCAPE differently."""
    return f"replace({pattern}, {quoted(chr(92))}, {quoted(chr(92) * 2)})"


def _repeat(node: Expression, t: Translating) -> str:
    return renamed(node, "repeat", t)


TEXTS: Final[dict[str, Rule]] = {
    "text.concat.operator": _concatenate,
    "text.concat": _concat,
    "text.concat.separated": _concat_separated,
    "text.lower": _rename("lower"),
    "text.upper": _rename("upper"),
    "text.length": _rename("char_length"),
    "text.bytes": _bytes,
    "text.substring": _substring,
    "text.trim.both": _trim("both", r"^{0}|{0}\z"),
    "text.trim.left": _trim("leading", "^{0}"),
    "text.trim.right": _trim("trailing", r"{0}\z"),
    "text.replace": _rename("replace"),
    "text.position": _position,
    "text.left": _end("left"),
    "text.right": _end("right"),
    "text.repeat": _repeat,
    "text.reverse": _rename("reverse"),
    "text.like": _like,
    "text.ilike": _ilike,
}
