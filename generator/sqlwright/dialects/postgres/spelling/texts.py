"""Functions and operators on text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Binary, Expression, Like, String
from ....model.types import Kind
from ...translation import Translating
from ..ddl.values import quoted_text
from .calls import called, renamed
from .comparisons import placed
from .conversions import by_code_point, converted, is_by_code_point
from .kinds import INTEGER, INTEGERS, TEXT
from .literals import number
from .tightness import ATOM, OTHER, RANGE, fit

Rule = Callable[[Expression, Translating], str]


def as_text(node: Expression, t: Translating) -> str:
    """A value as a text. A literal is one by itself only to some functions."""
    return converted(node, TEXT, t)


def _concatenate(node: Expression, t: Translating) -> str:
    if not isinstance(node, Binary):
        t.refuse(f"`{t.written(node)}`", node)
    return placed(node, [as_text(one, t) for one in (node.left, node.right)], OTHER, t, OTHER + 1)


def _rename(name: str) -> Rule:
    """A function of texts that does the same under another name, or the same one."""

    def rule(node: Expression, t: Translating) -> str:
        arguments = t.arguments(node, t.operation(node) or "")
        return renamed(node, name, t, {one: as_text(one, t) for one in arguments})

    return rule


def _folded(name: str) -> Rule:
    """The case of ASCII letters alone, which is what the collation "C" knows."""

    def rule(node: Expression, t: Translating) -> str:
        (argument,) = t.arguments(node, t.operation(node) or "")
        return renamed(node, name, t, {argument: by_code_point(argument, as_text(argument, t), t)})

    return rule


def _bytes(node: Expression, t: Translating) -> str:
    (argument,) = t.arguments(node, "text.bytes")
    if t.type(argument).kind is Kind.BYTES:
        return called("octet_length", t.text(argument))
    return called("octet_length", as_text(argument, t))


def _slice(node: Expression, t: Translating) -> str:
    """substr(), which counts from the end when the start is negative, and backwards when the length is."""
    source, start, *lengths = t.arguments(node, "text.slice")
    if not all(t.type(one).kind in INTEGERS for one in (start, *lengths)):
        t.refuse(f"`{t.written(node)}`", node)
    text = as_text(source, t)
    place, length = number(start), number(lengths[0]) if lengths else None
    if place is None and not lengths:
        return _from_place(text, start, t)
    if place is None or (lengths and length is None and place != 1) or (length is not None and length < 0):
        t.refuse("substr() of a place that is not written out, with a length", node)
    if place < 0:
        if lengths:
            t.refuse("substr() from the end with a length", node)
        return called("right", text, str(-place))
    if not lengths:
        return called("substr", text, str(place))
    if length is None:
        return called("left", text, _at_least_zero(lengths[0], t))
    return called("substr", text, str(place), str(length))


def _from_place(text: str, start: Expression, t: Translating) -> str:
    place = fit(t.text(start), OTHER)
    return (
        f"case when {place} >= 0 then substr({text}, {fit(place, ATOM)}::int) "
        f"else right({text}, (-{fit(place, ATOM)})::int) end"
    )


def _at_least_zero(node: Expression, t: Translating) -> str:
    text = converted(node, INTEGER, t)
    if t.nullable(node):
        return f"((abs({text}) + {fit(text, OTHER)}) / 2)::int"
    return f"greatest({text}, 0)::int"


def _hexadecimal(node: Expression, t: Translating) -> str:
    (argument,) = t.arguments(node, "text.hex")
    text = t.text(argument)
    if t.type(argument).kind is not Kind.BYTES:
        text = f"convert_to({as_text(argument, t)}, 'UTF8')"
    found = f"upper(encode({text}, 'hex'))"
    return f"coalesce({found}, '')" if t.nullable(argument) else found


def _code(node: Expression, t: Translating) -> str:
    (argument,) = t.arguments(node, "text.code")
    return f"nullif(ascii({as_text(argument, t)}), 0)"


def _characters(node: Expression, t: Translating) -> str:
    arguments = t.arguments(node, "text.char")
    codes = [number(one) for one in arguments]
    if not all(code is not None and 0 < code < 0x110000 for code in codes):
        t.refuse("char() of a number that is not written out", node)
    return " || ".join(f"chr({code})" for code in codes)


# Patterns


def _like(node: Expression, t: Translating) -> str:
    """LIKE that takes ASCII letters of either case for the same: ILIKE, as the collation "C" knows no others."""
    if not isinstance(node, Like):
        t.refuse(f"`{t.written(node)}`", node)
    text, pattern = as_text(node.operand, t), as_text(node.pattern, t)
    if not is_by_code_point(node.operand, t):
        text = f'{fit(text, ATOM)} collate "C"'
    escape = _escape(node, t)
    return f"{fit(text, RANGE + 1)} {'not ' if node.negated else ''}ilike {fit(pattern, RANGE + 1)}{escape}"


def _escape(node: Like, t: Translating) -> str:
    """PostgreSQL takes a backslash for the escape when none is named."""
    if node.escape is None:
        plain = isinstance(node.pattern, String) and "\\" not in node.pattern.value
        return "" if plain else " escape ''"
    if not isinstance(node.escape, String) or len(node.escape.value) != 1 or node.escape.value.isalpha():
        t.refuse("an escape other than one sign", node.escape)
    return f" escape {t.text(node.escape)}"


def _glob(node: Expression, t: Translating) -> str:
    if not isinstance(node, Like) or not isinstance(node.pattern, String) or "[" in node.pattern.value:
        t.refuse("GLOB with classes of characters, or with a pattern that is not written out,", node)
    pattern = "".join({"*": "%", "?": "_"}.get(one, _plain(one)) for one in node.pattern.value)
    text = fit(as_text(node.operand, t), RANGE + 1)
    return f"{text} {'not ' if node.negated else ''}like {quoted_text(pattern)}"


def _plain(character: str) -> str:
    return f"\\{character}" if character in "%_\\" else character


TEXTS: Final[dict[str, Rule]] = {
    "text.concat.operator": _concatenate,
    "text.lower.ascii": _folded("lower"),
    "text.upper.ascii": _folded("upper"),
    "text.length": _rename("length"),
    "text.bytes": _bytes,
    "text.slice": _slice,
    "text.trim.both": _rename("btrim"),
    "text.trim.left": _rename("ltrim"),
    "text.trim.right": _rename("rtrim"),
    "text.replace": _rename("replace"),
    "text.position": _rename("strpos"),
    "text.like.folded": _like,
    "text.glob": _glob,
    "text.hex": _hexadecimal,
    "text.code": _code,
    "text.char": _characters,
}
