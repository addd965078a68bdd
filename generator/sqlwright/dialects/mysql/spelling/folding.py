"""Text whose ASCII letters alone have two cases. The servers' own lower() and upper() know all letters of Unicode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Collate, Expression, Like, String
from ....model.types import Kind, Type
from ...spelling.calls import args_of, closed
from ...translation import Translating
from .conversions import converted
from .literals import quoted

Rule = Callable[[Expression, Translating], str]
_TEXT: Final = Type(Kind.STR)
_BY_BYTES: Final = "cast(cast({name}(convert(cast({text} as binary) using ascii)) as binary) as char)"
"""The bytes of UTF-8 taken for ASCII, which has no other letters, and back."""
_LOWER: Final = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}
_FOLDING: Final = "nocase"
_EXACT: Final = "binary"


def folded(node: Expression, text: str) -> str:
    """A text with its ASCII letters in lower case."""
    if isinstance(node, String):
        return quoted(node.value.translate(_LOWER))
    return _BY_BYTES.format(name="lower", text=text)


def is_folding(node: Expression) -> bool:
    """Whether texts beside an expression are compared without regard to the case of ASCII letters."""
    return isinstance(node, Collate) and node.collation[-1].text.lower() == _FOLDING


def write_collate(node: Collate, t: Translating) -> str:
    """Text is compared by code point: PostgreSQL's "C", and SQLite's BINARY."""
    name = node.collation[-1].text
    if t.moments_are_text() and name.lower() in (_FOLDING, _EXACT) and t.type(node).kind is Kind.STR:
        text = t.text(node.operand)
        return folded(node.operand, text) if name.lower() == _FOLDING else t.operand(node.operand)
    if name.lower() not in ("c", "posix", "ucs_basic"):
        t.refuse(f"the collation `{name}`", node, 'text is compared by code point there: collate "C"')
    return t.operand(node.operand)


def _case(name: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        return _BY_BYTES.format(name=name, text=converted(args_of(node)[0], _TEXT, t))

    return rule


# Patterns


def _like(node: Expression, t: Translating) -> str:
    """LIKE that takes ASCII letters of either case for the same. A backslash is an escape only where it is named."""
    if not isinstance(node, Like):
        t.refuse(f"`{t.written(node)}`", node)
    text = folded(node.operand, converted(node.operand, _TEXT, t))
    word = f"{'not ' if node.negated else ''}like"
    escape = _escape(node, t)
    if isinstance(node.pattern, String):
        pattern = node.pattern.value.translate(_LOWER)
        pattern = pattern if escape else pattern.replace("\\", "\\\\")
        return f"{text} {word} {quoted(pattern)}{escape}"
    pattern = folded(node.pattern, converted(node.pattern, _TEXT, t))
    if not escape:
        pattern = f"replace({pattern}, {quoted(chr(92))}, {quoted(chr(92) * 2)})"
    return f"{text} {word} {pattern}{escape}"


def _escape(node: Like, t: Translating) -> str:
    if node.escape is None:
        return ""
    if not isinstance(node.escape, String) or len(node.escape.value) != 1 or node.escape.value.isalpha():
        t.refuse("an escape other than one sign", node.escape)
    return f" escape {quoted(node.escape.value)}"


def _glob(node: Expression, t: Translating) -> str:
    if not isinstance(node, Like) or not isinstance(node.pattern, String) or "[" in node.pattern.value:
        t.refuse("GLOB with classes of characters, or with a pattern that is not written out,", node)
    pattern = "".join({"*": "%", "?": "_"}.get(one, _plain(one)) for one in node.pattern.value)
    text = closed(node.operand, converted(node.operand, _TEXT, t), t)
    return f"{text} {'not ' if node.negated else ''}like {quoted(pattern)}"


def _plain(character: str) -> str:
    return f"\\{character}" if character in "%_\\" else character


FOLDING: Final[dict[str, Rule]] = {
    "text.lower.ascii": _case("lower"),
    "text.upper.ascii": _case("upper"),
    "text.like.folded": _like,
    "text.glob": _glob,
}
