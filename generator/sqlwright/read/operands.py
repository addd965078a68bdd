"""Operands: literals, names, parentheses, CASE, CAST, and the calls of `calls.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn

from ..model.syntax import (
    Array,
    ArrayQuery,
    Boolean,
    Call,
    Case,
    Cast,
    ColumnName,
    Default,
    Embed,
    Exists,
    Expression,
    Identifier,
    IntervalOf,
    Null,
    Number,
    Parameter,
    Row,
    Star,
    Subquery,
    TypeName,
    Unary,
    Variable,
    When,
)
from ..model.tokens import Kind, Token
from .calls import call_of, cast_type, special_call
from .cursor import Cursor
from .literals import string
from .typenames import type_name

_IN_DECIMALS: Final = frozenset("0123456789.eE+-")
"""The characters of numbers that are decimal and have no `_` in them."""


def operand(c: Cursor) -> Expression:
    """One operand, with the prefix operators before it."""
    token = c.current
    match token.kind:
        case Kind.NUMBER:
            c.advance()
            if c.grammar.lexis.numbers_end_clear:
                _check_number(c, token)
            return Number(token.start, token.end, token.text)
        case Kind.STRING:
            return string(c)
        case Kind.PARAMETER:
            c.advance()
            c.parameters.append(token)
            return Parameter(token.start, token.end, len(c.parameters) - 1)
        case Kind.VARIABLE:
            c.advance()
            return Variable(token.start, token.end, token.text)
        case Kind.QUOTED:
            return _named(c)
        case Kind.OPERATOR:
            return _prefixed(c, token)
        case Kind.PUNCTUATION if token.text == "(":
            return _parenthesised(c)
        case Kind.WORD:
            return _word(c, token)
        case _:
            _no_operand(c)


def _check_number(c: Cursor, token: Token) -> None:
    """Refuse a number that is not decimal, or that runs into a word."""
    if c.current.kind is Kind.WORD and c.current.start == token.end:
        help = f"write a blank between them: {token.text} {c.current.text}"
        c.fail(f"`{token.text}{c.current.text}` is no number", help, token)
    if not frozenset(token.text) <= _IN_DECIMALS:
        c.fail(f"`{token.text}` cannot be read by every version", "write it in decimal, without `_`", token)


def _no_operand(c: Cursor) -> NoReturn:
    before = c.tokens[c.at - 1] if c.at else None
    help = "remove the comma before it" if before is not None and before.text == "," else None
    token = c.current
    if help is None and token.kind is Kind.WORD and token.folded in c.grammar.reserved:
        help = f"if `{token.text}` is a name here, quote it: {c.quote(token.text)}"
    c.fail_expected("an expression", help=help)


def _prefixed(c: Cursor, token: Token) -> Expression:
    if token.text == "*":
        c.advance()
        return Star(token.start, token.end)
    power = c.grammar.prefix.get(token.text)
    if power is None and not (c.grammar.lexis.custom_operators and token.text not in ("=", "<", ">", "/", "%", "^")):
        _no_operand(c)
    c.advance()
    value = c.expression(c.grammar.other_operator + 1 if power is None else power)
    return Unary(token.start, c.previous_end, token.text, value)


def _word(c: Cursor, token: Token) -> Expression:
    reader = _READERS.get(token.folded)
    found = reader(c) if reader is not None else None
    if found is None:
        found = special_call(c) or _typed_literal(c, token)
    if found is not None:
        return found
    word, grammar = token.folded, c.grammar
    if word in grammar.prefix:
        c.advance()
        value = c.expression(grammar.prefix[word])
        if word == "binary":
            return Cast(token.start, c.previous_end, value, TypeName(token.start, token.end, "binary"), "binary")
        return Unary(token.start, c.previous_end, word, value)
    called = c.peek().text == "(" and c.peek().kind is Kind.PUNCTUATION
    if word in grammar.bare_calls and not called:
        c.advance()
        return Call(token.start, token.end, (Identifier(token.start, token.end, token.text),), form="bare")
    if word in grammar.reserved and not (called and word in grammar.callable_reserved | grammar.bare_calls):
        _no_operand(c)
    return _named(c)


def _named(c: Cursor) -> Expression:
    """A column, a qualified star, or a call."""
    start = c.current.start
    parts = [c.identifier()]
    while c.at_mark("."):
        if c.peek().text == "*":
            c.at += 2
            return Star(start, c.previous_end, tuple(parts))
        if c.peek().kind not in (Kind.WORD, Kind.QUOTED):
            c.advance()
            c.fail_expected("a name behind the dot")
        c.advance()
        parts.append(c.identifier())
    if not c.at_mark("("):
        return ColumnName(start, c.previous_end, tuple(parts))
    if len(parts) == 2 and parts[0].text == "sqlc" and parts[1].text == "embed":
        c.advance()
        table = c.label("a table")
        c.expect_mark(")")
        return Embed(start, c.previous_end, table)
    return call_of(c, start, tuple(parts))


def _typed_literal(c: Cursor, token: Token) -> Expression | None:
    """`date '2020-01-01'`, `timestamp with time zone '…'`, `interval '1' day`, `_utf8mb4'…'`."""
    grammar = c.grammar
    before_string = c.peek().kind is Kind.STRING
    if grammar.charset_introducers and before_string and token.folded.startswith("_"):
        c.advance()
        return string(c)
    if before_string and token.folded in grammar.literal_types:
        c.advance()
        value = string(c)
        return Cast(token.start, c.previous_end, value, TypeName(token.start, token.end, token.folded), "literal")
    if not grammar.any_typed_literal or token.folded in grammar.reserved:
        return None
    if not before_string and token.folded not in _LONG_TYPE_STARTS and c.peek().text != ".":
        return None
    return c.attempt(lambda: _literal_of_type(c, token.start))


_LONG_TYPE_STARTS: Final = frozenset(
    "bit char character dec decimal double float interval national nchar numeric time timestamp varchar".split()
)


def _literal_of_type(c: Cursor, start: int) -> Expression | None:
    target = type_name(c)
    if c.current.kind is not Kind.STRING:
        return None
    value = string(c)
    if target.name == "interval" and c.at_word("year", "month", "day", "hour", "minute", "second"):
        c.advance()
        if c.accept_word("to"):
            c.advance()
        if c.at_mark("("):
            c.skip_balanced()
    return Cast(start, c.previous_end, value, target, "literal")


def _parenthesised(c: Cursor) -> Expression:
    opening = c.advance()
    if c.starts_query():
        query = c.attempt(lambda: _closed_subquery(c, opening.start)) if c.at_mark("(") else None
        if query is not None:
            return query
        if not c.at_mark("("):
            return _closed_subquery(c, opening.start)
    items = c.comma_list(c.expression)
    c.expect_mark(")")
    if len(items) == 1:
        return items[0]
    return Row(opening.start, c.previous_end, items, False)


def _closed_subquery(c: Cursor, start: int) -> Subquery:
    query = c.query()
    c.expect_mark(")")
    return Subquery(start, c.previous_end, query)


# Words with a syntax of their own; a reader gives None, with nothing read, when the word is just a name here


def _constant(c: Cursor) -> Expression:
    token = c.advance()
    match token.folded:
        case "null":
            return Null(token.start, token.end)
        case "default":
            return Default(token.start, token.end)
        case word:
            return Boolean(token.start, token.end, word == "true")


def _true_or_false(c: Cursor) -> Expression | None:
    return None if c.peek().text in (".", "(") else _constant(c)


def _case(c: Cursor) -> Expression:
    start = c.advance().start
    value = None if c.at_word("when") else c.expression()
    whens: list[When] = []
    while c.at_word("when"):
        place = c.advance().start
        condition = c.expression()
        c.expect_word("then")
        result = c.expression()
        whens.append(When(place, c.previous_end, condition, result))
    if not whens:
        c.fail_expected("`WHEN`")
    otherwise = c.expression() if c.accept_word("else") else None
    c.expect_word("end")
    return Case(start, c.previous_end, value, tuple(whens), otherwise)


def _cast(c: Cursor) -> Expression | None:
    if c.peek().text != "(":
        return None
    start = c.advance().start
    c.advance()
    value = c.expression()
    c.expect_word("as")
    target = cast_type(c)
    if c.at_word("format", "array"):
        while not c.at_mark(")") and not c.finished:
            c.skip_balanced()
    c.expect_mark(")")
    return Cast(start, c.previous_end, value, target, "cast")


def _exists(c: Cursor) -> Expression | None:
    if c.peek().text != "(":
        return None
    start = c.advance().start
    c.advance()
    query = c.query()
    c.expect_mark(")")
    return Exists(start, c.previous_end, query)


def _array(c: Cursor) -> Expression | None:
    start = c.current.start
    if c.peek().text == "[":
        c.advance()
        return _array_items(c, start)
    if c.peek().text == "(" and c.grammar.any_typed_literal:
        c.at += 2
        query = c.query()
        c.expect_mark(")")
        return ArrayQuery(start, c.previous_end, query)
    return None


def _array_items(c: Cursor, start: int) -> Expression:
    c.expect_mark("[")
    items: tuple[Expression, ...] = ()
    if not c.at_mark("]"):
        items = c.comma_list(lambda: _array_items(c, c.current.start) if c.at_mark("[") else c.expression())
    c.expect_mark("]")
    return Array(start, c.previous_end, items)


def _row(c: Cursor) -> Expression | None:
    if c.peek().text != "(":
        return None
    start = c.advance().start
    c.advance()
    items = () if c.at_mark(")") else c.comma_list(c.expression)
    c.expect_mark(")")
    return Row(start, c.previous_end, items, True)


def _interval(c: Cursor) -> Expression | None:
    """MySQL's `interval n unit`; the comparing function of the same name is an ordinary call."""
    if not c.grammar.interval_units:
        return None
    return c.attempt(lambda: _interval_of(c))


def _interval_of(c: Cursor) -> Expression | None:
    start = c.advance().start
    amount = c.expression(c.grammar.binary["+"])
    if not c.at_word(*c.grammar.interval_units):
        return None
    unit = c.advance().folded
    return IntervalOf(start, c.previous_end, amount, unit)


_READERS: Final[dict[str, Callable[[Cursor], Expression | None]]] = {
    "null": _constant,
    "true": _true_or_false,
    "false": _true_or_false,
    "default": _constant,
    "case": _case,
    "cast": _cast,
    "exists": _exists,
    "array": _array,
    "row": _row,
    "interval": _interval,
}
