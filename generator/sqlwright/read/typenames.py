"""Types as they are written: words, arguments, arrays, and what may stand behind them."""

from __future__ import annotations

from typing import Final

from ..model.syntax import TypeName
from ..model.tokens import Kind
from .cursor import Cursor
from .literals import token_value

_SECOND_WORDS: Final = {
    "double": ("precision",),
    "character": ("varying",),
    "char": ("varying",),
    "nchar": ("varying",),
    "bit": ("varying",),
    "long": ("varchar", "varbinary"),
}
_SUFFIXES: Final = ("unsigned", "signed", "zerofill", "binary", "ascii", "unicode")
_INTERVAL_FIELDS: Final = ("year", "month", "day", "hour", "minute", "second")
_ENDS_FREE_TYPE: Final = frozenset(
    "as constraint primary not null unique check default collate references generated on autoincrement".split()
)


def type_name(c: Cursor) -> TypeName:
    """A type: `numeric(10, 2)`, `timestamp with time zone`, `text[]`, `s.mood`, `int unsigned`, …"""
    start = c.current.start
    c.accept_word("setof")
    if c.grammar.free_type_names:
        return _free_type(c, start)
    name, schema, quoted = _words(c)
    args = _arguments(c)
    zoned: bool | None = None
    if name in ("time", "timestamp"):
        if c.accept_words("with time zone"):
            zoned = True
        elif c.accept_words("without time zone"):
            zoned = False
    suffix: list[str] = []
    if name == "interval":
        suffix = _interval_fields(c)
    elif not c.grammar.lexis.custom_operators:
        suffix = _suffixes(c)
    dimensions = _dimensions(c)
    return TypeName(start, c.previous_end, name, schema, args, dimensions, tuple(suffix), zoned, quoted)


def _words(c: Cursor) -> tuple[str, str | None, bool]:
    if c.current.kind not in (Kind.WORD, Kind.QUOTED):
        c.fail_expected("a type")
    if c.current.kind is Kind.WORD and c.current.folded in c.grammar.reserved and not _is_type_word(c):
        c.fail_expected("a type")
    first = c.identifier()
    schema: str | None = None
    while c.at_mark(".") and c.peek().kind in (Kind.WORD, Kind.QUOTED):
        c.advance()
        schema = first.text if first.quoted else first.text.lower()
        first = c.identifier()
    name = first.text if first.quoted else first.text.lower()
    if first.quoted:
        return name, schema, True
    if name == "national" and c.at_word("char", "character", "varchar"):
        name = c.advance().folded
    following = _SECOND_WORDS.get(name, ())
    if c.at_word(*following):
        name = f"{name} {c.advance().folded}"
    return name, schema, False


def _is_type_word(c: Cursor) -> bool:
    """Words that MySQL reserves because they are types."""
    return not c.grammar.lexis.custom_operators and c.current.folded not in ("select", "from", "where", "table")


def _arguments(c: Cursor) -> tuple[str, ...]:
    if not c.at_mark("("):
        return ()
    c.advance()
    args: list[str] = []
    while not c.at_mark(")"):
        token = c.current
        if token.kind is Kind.STRING:
            args.append(token_value(c, token))
        elif token.kind in (Kind.NUMBER, Kind.WORD, Kind.QUOTED):
            args.append(token.text)
        elif token.text in ("-", "+") and c.peek().kind is Kind.NUMBER:
            c.advance()
            args.append(token.text + c.current.text)
        else:
            c.fail_expected("a number or a string as the type's argument")
        c.advance()
        if not c.accept_mark(","):
            break
    c.expect_mark(")")
    return tuple(args)


def _interval_fields(c: Cursor) -> list[str]:
    fields: list[str] = []
    if c.at_word(*_INTERVAL_FIELDS):
        fields.append(c.advance().folded)
        if c.at_word("to") and c.peek().folded in _INTERVAL_FIELDS:
            c.advance()
            fields += ["to", c.advance().folded]
        _arguments(c)
    return fields


def _suffixes(c: Cursor) -> list[str]:
    suffix: list[str] = []
    while True:
        if c.at_word(*_SUFFIXES):
            suffix.append(c.advance().folded)
        elif c.at_words("character set") or c.at_word("charset"):
            c.at += 2 if c.at_word("character") else 1
            suffix.append(f"charset {c.label('a character set').text}")
        else:
            return suffix


def _dimensions(c: Cursor) -> int:
    dimensions = 0
    if c.accept_word("array"):
        dimensions = 1
        if c.accept_mark("["):
            c.expect_number()
            c.expect_mark("]")
    while c.at_mark("[") and (c.peek().text == "]" or (c.peek().kind is Kind.NUMBER and c.peek(2).text == "]")):
        c.at += 2 if c.peek().text == "]" else 3
        dimensions += 1
    return dimensions


def _free_type(c: Cursor, start: int) -> TypeName:
    """SQLite's types: any words, then perhaps one or two numbers."""
    words: list[str] = []
    while c.current.kind in (Kind.WORD, Kind.QUOTED) or c.names_by_string():
        if c.current.kind is Kind.WORD and c.current.folded in _ENDS_FREE_TYPE:
            break
        part = c.identifier()
        words.append(part.text if part.quoted else part.text.lower())
    if not words:
        c.fail_expected("a type")
    args = _arguments(c)
    return TypeName(start, c.previous_end, " ".join(words), None, args)
