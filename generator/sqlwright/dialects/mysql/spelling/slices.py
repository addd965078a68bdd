"""Parts of texts, and their characters as numbers, as SQLite has them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from ....model.syntax import Expression
from ....model.types import Kind, Type
from ...spelling.calls import args_of, called
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS
from ...translation import Translating
from .conversions import converted
from .literals import quoted
from .volatile import check_repeatable

Rule = Callable[[Expression, Translating], str]
_TEXT: Final = Type(Kind.STR)


def _slice(node: Expression, t: Translating) -> str:
    """substr(), which counts from the end when the start is negative, and backwards when the length is."""
    source, start, *lengths = args_of(node)
    if not all(t.type(one).kind in INTEGERS for one in (start, *lengths)):
        t.refuse(f"`{t.written(node)}`", node)
    text = converted(source, _TEXT, t)
    place = number(start)
    if lengths:
        return _of_length(text, place, lengths[0], node, t)
    if place is None:
        check_repeatable(source, t)
        check_repeatable(start, t)
        at = t.operand(start)
        return f"case when {at} > 0 then substr({text}, {at}) when {at} = 0 then {text} else right({text}, -{at}) end"
    return called("substr", text, str(max(int(place), 1))) if place >= 0 else called("right", text, str(-int(place)))


def _of_length(text: str, place: Decimal | None, length: Expression, node: Expression, t: Translating) -> str:
    count = number(length)
    if place == 1 and count is None:
        return called("left", text, t.text(length))
    if place is None or place < 0 or count is None or count < 0:
        t.refuse("substr() of a place or a length that is not written out, or from the end with a length", node)
    if place == 0:
        return called("left", text, str(max(int(count) - 1, 0)))
    return called("substr", text, str(int(place)), str(int(count)))


def _hexadecimal(node: Expression, t: Translating) -> str:
    (argument,) = args_of(node)
    is_bytes = t.type(argument).kind is Kind.BYTES
    found = called("hex", t.text(argument) if is_bytes else converted(argument, _TEXT, t))
    return f"coalesce({found}, '')" if t.nullable(argument) else found


def _code(node: Expression, t: Translating) -> str:
    return f"nullif(ord(convert({converted(args_of(node)[0], _TEXT, t)} using utf32)), 0)"


def _characters(node: Expression, t: Translating) -> str:
    codes = [number(one) for one in args_of(node)]
    if not all(code is not None and 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 for code in codes):
        t.refuse("char() of a number that is not written out", node)
    return quoted("".join(chr(int(code)) for code in codes if code is not None))


SLICES: Final[dict[str, Rule]] = {
    "text.slice": _slice,
    "text.hex": _hexadecimal,
    "text.code": _code,
    "text.char": _characters,
}
