"""The values of string literals, each database's escapes undone."""

from __future__ import annotations

import re
from typing import Final

from ..model.syntax import String
from ..model.tokens import Kind, Token
from .cursor import Cursor, decode_unicode_escapes

_MYSQL_ESCAPES: Final = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_POSTGRES_ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_BACKSLASH: Final = re.compile(
    r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL
)


def string(c: Cursor) -> String:
    """One string literal, with those that the database joins to it."""
    token = c.advance()
    value, mark = string_value(token.text, c.grammar.lexis.backslash_escapes)
    end = token.end
    while c.current.kind is Kind.STRING and c.current.text[0] in "'\"" and _joined(c, end):
        end = c.current.end
        more, _ = string_value(c.advance().text, c.grammar.lexis.backslash_escapes or mark == "e")
        value += more
    if c.accept_word("uescape"):
        escape = c.advance()
        value = decode_unicode_escapes(_undouble(token.text[2:]), escape.text[1:-1] or "\\")
        end = escape.end
    return String(token.start, end, value, mark)


def _joined(c: Cursor, end: int) -> bool:
    between = c.source.text[end : c.current.start]
    return c.grammar.adjacent_strings or (c.grammar.lexis.escape_strings and "\n" in between)


def string_value(text: str, backslash_escapes: bool) -> tuple[str, str]:
    """The value of a string literal as written, and its mark ("", "e", "u&", "$", "n", "b", "x")."""
    if text[0] == "$":
        tag = text[: text.index("$", 1) + 1]
        return text[len(tag) : -len(tag)], "$"
    mark = "u&" if text[:2] in ("u&", "U&") else text[0].lower() if text[0] not in "'\"" else ""
    body = text[len(mark) :]
    if mark == "u&":
        return decode_unicode_escapes(_undouble(body)), mark
    if mark == "e" or (backslash_escapes and mark in ("", "n")):
        return _unescape(_undouble(body), _POSTGRES_ESCAPES if mark == "e" else _MYSQL_ESCAPES, mark == "e"), mark
    return _undouble(body), mark


def token_value(c: Cursor, token: Token) -> str:
    """The value of a string token."""
    return string_value(token.text, c.grammar.lexis.backslash_escapes)[0]


def _undouble(body: str) -> str:
    quote = body[0]
    return body[1:-1].replace(quote * 2, quote) if len(body) > 1 and body[-1] == quote else body[1:]


def _unescape(body: str, named: dict[str, str], numeric: bool) -> str:
    def value(match: re.Match[str]) -> str:
        octal, hexadecimal, short, long, other = match.groups()
        if other is not None:
            return named.get(other, other)
        if not numeric:
            return match.group()[1:].replace("0", "\0", 1) if octal and octal[0] == "0" else match.group()[1:]
        code = int(octal, 8) if octal else int(hexadecimal or short or long, 16)
        return chr(code) if code < 0x110000 else match.group()

    return _BACKSLASH.sub(value, body)
