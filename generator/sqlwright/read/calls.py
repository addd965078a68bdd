"""Function calls, those with a syntax of their own among them, and windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ..model.syntax import (
    Call,
    Cast,
    Expression,
    Frame,
    FrameBound,
    Identifier,
    KeyValue,
    NamedArgument,
    Number,
    Ordering,
    String,
    Subquery,
    TypeName,
    Variadic,
    Window,
)
from ..model.tokens import Kind
from .cursor import Cursor
from .typenames import type_name


def call_of(c: Cursor, start: int, name: tuple[Identifier, ...]) -> Call:
    """The call whose name has been read and whose parenthesis stands here."""
    c.expect_mark("(")
    distinct, star, separator = False, False, None
    args: tuple[Expression, ...] = ()
    order_by: tuple[Ordering, ...] = ()
    if c.at_mark("*") and c.peek().text == ")":
        c.advance()
        star = True
    elif not c.at_mark(")"):
        distinct = c.accept_word("distinct") is not None
        if not distinct and c.peek().text != ")":
            c.accept_word("all")
        args = c.comma_list(lambda: _argument(c))
        order_by = orderings(c)
        if c.accept_word("separator"):
            separator = c.expression()
        if c.accept_word("limit"):
            c.comma_list(c.expression)
    nulls = _null_treatment(c)
    returning, options = _json_clauses(c)
    c.expect_mark(")")
    called = Call(start, c.previous_end, name, args, "()", star, distinct, order_by, separator)
    return _with_suffixes(c, replace(called, nulls=nulls, returning=returning, options=options))


def _argument(c: Cursor) -> Expression:
    start = c.current.start
    if c.accept_word("variadic"):
        value = c.expression()
        return Variadic(start, c.previous_end, value)
    if c.current.kind in (Kind.WORD, Kind.QUOTED) and c.peek().text in ("=>", ":="):
        name = c.identifier()
        c.advance()
        value = c.expression()
        return NamedArgument(start, c.previous_end, name, value)
    if c.at_word("select", "with") and c.starts_query():
        query = c.query()
        return Subquery(start, c.previous_end, query)
    value = c.expression()
    if c.accept_word("format"):
        c.expect_word("json")
    if c.current.text == ":" or c.at_word("value"):
        c.advance()
        right = c.expression()
        return KeyValue(start, c.previous_end, value, right)
    return value


_JSON_WORDS: Final = frozenset(
    "null absent error empty array object with without unconditional conditional wrapper unique keys on default "
    "returning keep omit quotes scalar string passing".split()
)


def _json_clauses(c: Cursor) -> tuple[TypeName | None, tuple[str, ...]]:
    """The clauses of SQL/JSON functions, such as RETURNING jsonb, NULL ON NULL, DEFAULT 1 ON EMPTY."""
    returning: TypeName | None = None
    options: list[str] = []
    while c.at_word(*_JSON_WORDS):
        word = c.advance().folded
        if word == "returning":
            returning = type_name(c)
            if c.accept_word("format"):
                c.expect_word("json")
        elif word == "default":
            c.expression()
            options.append(word)
        elif word == "passing":
            c.comma_list(lambda: (c.expression(), c.expect_word("as"), c.label()))
        else:
            options.append(word)
    return returning, tuple(options)


def _null_treatment(c: Cursor) -> str | None:
    for words in ("respect nulls", "ignore nulls"):
        if c.accept_words(words):
            return words.split()[0]
    return None


def _with_suffixes(c: Cursor, found: Call) -> Call:
    """WITHIN GROUP, FILTER and OVER behind the parentheses."""
    within: tuple[Ordering, ...] = ()
    filter_: Expression | None = None
    over: Window | None = None
    nulls = found.nulls
    if c.accept_words("within group"):
        c.expect_mark("(")
        within = orderings(c)
        c.expect_mark(")")
    if c.at_word("filter") and c.peek().text == "(":
        c.at += 2
        c.expect_word("where")
        filter_ = c.expression()
        c.expect_mark(")")
    c.accept_words("from first")
    nulls = _null_treatment(c) or nulls
    if c.at_word("over") and (c.peek().text == "(" or c.peek().kind in (Kind.WORD, Kind.QUOTED)):
        c.advance()
        over = window(c)
    return replace(found, end=c.previous_end, within=within, filter=filter_, over=over, nulls=nulls)


def orderings(c: Cursor) -> tuple[Ordering, ...]:
    """ORDER BY and its items, if it stands here."""
    if not c.accept_words("order by"):
        return ()
    return c.comma_list(lambda: _ordering(c))


def _ordering(c: Cursor) -> Ordering:
    start = c.current.start
    value = c.expression()
    descending: bool | None = None
    using: str | None = None
    if word := c.accept_word("asc", "desc"):
        descending = word.folded == "desc"
    elif c.accept_word("using"):
        using = c.advance().text
    nulls_first: bool | None = None
    if c.accept_word("nulls"):
        nulls_first = c.expect_word("first", "last").folded == "first"
    return Ordering(start, c.previous_end, value, descending, nulls_first, using)


def window(c: Cursor) -> Window:
    """What stands behind OVER, or behind `name AS` in a WINDOW clause."""
    start = c.current.start
    if not c.at_mark("("):
        base = c.name("a window")
        return Window(start, c.previous_end, base, (), (), None)
    c.advance()
    base_name = None
    if c.is_name() and not c.at_word("partition", "rows", "range", "groups", "order"):
        base_name = c.identifier()
    partition = c.comma_list(c.expression) if c.accept_words("partition by") else ()
    order = orderings(c)
    frame = _frame(c) if c.at_word("rows", "range", "groups") else None
    c.expect_mark(")")
    return Window(start, c.previous_end, base_name, partition, order, frame)


def _frame(c: Cursor) -> Frame:
    start = c.current.start
    unit = c.advance().folded
    high: FrameBound | None = None
    if c.accept_word("between"):
        low = _bound(c)
        c.expect_word("and")
        high = _bound(c)
    else:
        low = _bound(c)
    exclude: str | None = None
    if c.accept_word("exclude"):
        for words in ("current row", "group", "ties", "no others"):
            if c.accept_words(words):
                exclude = words
                break
        else:
            c.fail_expected("CURRENT ROW, GROUP, TIES or NO OTHERS")
    return Frame(start, c.previous_end, unit, low, high, exclude)


def _bound(c: Cursor) -> FrameBound:
    start = c.current.start
    for words in ("unbounded preceding", "unbounded following", "current row"):
        if c.accept_words(words):
            return FrameBound(start, c.previous_end, words)
    offset = c.expression()
    direction = c.expect_word("preceding", "following").folded
    return FrameBound(start, c.previous_end, direction, offset)


# Calls with a syntax of their own


def special_call(c: Cursor) -> Expression | None:
    """A call whose arguments are not a plain list, or None, with nothing read, when this is not one."""
    if c.peek().text != "(":
        if c.at_words("collation for"):
            return _collation_for(c)
        if c.grammar.sequences and c.at_words("next value for"):
            return _next_value(c)
        return None
    reader = _SPECIAL.get(c.current.folded)
    if reader is None:
        return None
    return c.attempt(lambda: reader(c))


def _open(c: Cursor) -> tuple[int, Identifier]:
    word = c.advance()
    c.expect_mark("(")
    return word.start, Identifier(word.start, word.end, word.text)


def _close(
    c: Cursor, start: int, name: Identifier, args: tuple[Expression, ...], form: str, options: tuple[str, ...] = ()
) -> Call:
    c.expect_mark(")")
    return _with_suffixes(c, Call(start, c.previous_end, (name,), args, form, options=options))


def _extract(c: Cursor) -> Expression | None:
    start, name = _open(c)
    part = c.advance()
    if part.kind not in (Kind.WORD, Kind.STRING, Kind.QUOTED) or not c.accept_word("from"):
        return None
    field = String(part.start, part.end, part.text.strip("'\""))
    value = c.expression()
    return _close(c, start, name, (field, value), "extract")


def _position(c: Cursor) -> Expression | None:
    start, name = _open(c)
    needle = c.expression(c.grammar.binary["in"] + 1)
    if not c.accept_word("in"):
        return None
    haystack = c.expression()
    return _close(c, start, name, (haystack, needle), "position")


def _substring(c: Cursor) -> Expression | None:
    start, name = _open(c)
    value = c.expression(c.grammar.binary["in"] + 1)
    if c.accept_word("similar"):
        pattern = c.expression()
        c.expect_word("escape")
        return _close(c, start, name, (value, pattern, c.expression()), "substring")
    if not c.at_word("from", "for"):
        return None
    origin: Expression | None = None
    length: Expression | None = None
    while word := c.accept_word("from", "for"):
        if word.folded == "from":
            origin = c.expression()
        else:
            length = c.expression()
    if origin is None:
        place = name.end
        origin = Number(place, place, "1")
    args = (value, origin) if length is None else (value, origin, length)
    return _close(c, start, name, args, "substring")


def _overlay(c: Cursor) -> Expression | None:
    start, name = _open(c)
    args = [c.expression()]
    if not c.at_word("placing"):
        return None
    while c.accept_word("placing", "from", "for"):
        args.append(c.expression())
    return _close(c, start, name, tuple(args), "overlay")


def _trim(c: Cursor) -> Expression | None:
    start, name = _open(c)
    side = c.accept_word("both", "leading", "trailing")
    if side is None and c.at_word("from"):
        return None
    what = None if c.at_word("from") else c.expression()
    if not c.accept_word("from"):
        if side is None or what is None:
            return None
        args = (what, *(c.comma_list(c.expression) if c.accept_mark(",") else ()))
        return _close(c, start, name, args, "trim", (side.folded,))
    value = c.comma_list(c.expression)
    args = value if what is None else (*value, what)
    return _close(c, start, name, args, "trim", (side.folded if side else "both",))


def _convert(c: Cursor) -> Expression | None:
    start, name = _open(c)
    value = c.expression()
    if c.accept_word("using"):
        charset = c.advance()
        return _close(c, start, name, (value, String(charset.start, charset.end, charset.text)), "convert using")
    if not c.grammar.interval_units or not c.accept_mark(","):
        return None
    target = cast_type(c)
    c.expect_mark(")")
    return Cast(start, c.previous_end, value, target, "convert")


def cast_type(c: Cursor) -> TypeName:
    """The type that a value is cast to."""
    place = c.current
    target = type_name(c)
    known = c.grammar.cast_types
    if known and target.name.split(" ")[0] not in known:
        c.fail(f"CAST does not take {target.name.upper()}", f"use one of {', '.join(sorted(known)).upper()}", place)
    return target


def _normalize(c: Cursor) -> Expression | None:
    start, name = _open(c)
    value = c.expression()
    if not c.accept_mark(","):
        return None
    form = c.expect_word("nfc", "nfd", "nfkc", "nfkd")
    return _close(c, start, name, (value, String(form.start, form.end, form.text)), "normalize")


def _collation_for(c: Cursor) -> Expression | None:
    word = c.advance()
    c.advance()
    c.expect_mark("(")
    value = c.expression()
    name = Identifier(word.start, word.end, "pg_collation_for")
    return _close(c, word.start, name, (value,), "collation for")


def _next_value(c: Cursor) -> Expression:
    """`next value for s`; what the sequence is called does not matter here."""
    start = c.current.start
    c.at += 3
    c.qualified_name("a sequence")
    name = Identifier(start, c.previous_end, "nextval")
    return Call(start, c.previous_end, (name,), (), "sequence")


def _of_sequence(c: Cursor) -> Expression | None:
    """`nextval(s)`, `lastval(s)` and `setval(s, 5)`, whose first argument is a name."""
    if not c.grammar.sequences:
        return None
    start, name = _open(c)
    c.qualified_name("a sequence")
    args = c.comma_list(c.expression) if c.accept_mark(",") else ()
    return _close(c, start, name, args, "sequence")


def _char(c: Cursor) -> Expression | None:
    """MySQL's `char(65, 66 using utf8mb4)`."""
    start, name = _open(c)
    codes = c.comma_list(c.expression)
    if not c.accept_word("using"):
        return None
    charset = c.advance()
    return _close(c, start, name, codes, "char using", (charset.text,))


def _get_format(c: Cursor) -> Expression | None:
    """MySQL's `get_format(date, 'USA')`, whose first argument is a word."""
    start, name = _open(c)
    word = c.accept_word("date", "time", "datetime", "timestamp")
    if word is None or not c.accept_mark(","):
        return None
    place = c.expression()
    return _close(c, start, name, (String(word.start, word.end, word.folded), place), "unit")


def _match(c: Cursor) -> Expression | None:
    """MySQL's `match (a, b) against (text [in … mode])`."""
    start, name = _open(c)
    columns = c.comma_list(c.expression)
    c.expect_mark(")")
    if not c.accept_word("against"):
        return None
    c.expect_mark("(")
    text = c.expression(c.grammar.binary["in"] + 1)
    options: list[str] = []
    while c.current.kind is Kind.WORD:
        options.append(c.advance().folded)
    return _close(c, start, name, (*columns, text), "match", tuple(options))


def _with_unit(c: Cursor) -> Expression | None:
    """MySQL's `timestampadd(day, 1, x)`, whose unit is a word."""
    start, name = _open(c)
    if not c.at_word(*c.grammar.interval_units):
        return None
    unit = c.advance()
    c.expect_mark(",")
    args = c.comma_list(c.expression)
    return _close(c, start, name, (String(unit.start, unit.end, unit.folded), *args), "unit")


def _xml(c: Cursor) -> Expression | None:
    """PostgreSQL's XML constructors, of which only the type matters: their arguments are read and kept whole."""
    start, name = _open(c)
    args: list[Expression] = []
    c.accept_word("name", "document", "content")
    while not c.at_mark(")"):
        if c.at_word("xmlattributes") and c.peek().text == "(":
            c.at += 2
            args += c.comma_list(lambda: _labelled(c))
            c.expect_mark(")")
        else:
            args.append(_labelled(c))
        while c.at_word("document", "content", "preserve", "strip", "whitespace", "version", "standalone", "yes", "no"):
            c.advance()
        if not c.accept_mark(","):
            break
    return _close(c, start, name, tuple(args), "xml")


def _labelled(c: Cursor) -> Expression:
    if c.is_name() and c.peek().text in (",", ")"):
        label = c.identifier()
        return String(label.start, label.end, label.text)
    value = c.expression()
    if c.accept_word("as"):
        c.label() if c.current.kind is not Kind.WORD or c.peek().text != "(" else type_name(c)
    return value


_SPECIAL: Final[dict[str, Callable[[Cursor], Expression | None]]] = {
    "extract": _extract,
    "position": _position,
    "locate": _position,
    "substring": _substring,
    "substr": _substring,
    "mid": _substring,
    "overlay": _overlay,
    "trim": _trim,
    "convert": _convert,
    "normalize": _normalize,
    "char": _char,
    "get_format": _get_format,
    "lastval": _of_sequence,
    "nextval": _of_sequence,
    "setval": _of_sequence,
    "match": _match,
    "timestampadd": _with_unit,
    "timestampdiff": _with_unit,
    "xmlelement": _xml,
    "xmlforest": _xml,
    "xmlparse": _xml,
    "xmlpi": _xml,
    "xmlroot": _xml,
    "xmlserialize": _xml,
}
