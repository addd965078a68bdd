"""What stands in FROM: tables, derived tables, functions, and the joins between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..model.syntax import (
    Alias,
    Call,
    DerivedTable,
    Expression,
    Identifier,
    Join,
    JsonColumn,
    Query,
    Select,
    SelectItem,
    Star,
    TableExpression,
    TableFunction,
    TableName,
    TypeName,
)
from ..model.tokens import Kind
from .calls import call_of
from .cursor import Cursor
from .typenames import type_name

_JOIN_WORDS: Final = ("join", "inner", "left", "right", "full", "cross", "natural", "straight_join")


def from_items(c: Cursor, banned: frozenset[str] = frozenset()) -> TableExpression:
    """The items of a FROM clause; a comma is a cross join. No word of `banned` is taken for an alias."""
    start = c.current.start
    left = _joined(c, banned)
    while c.accept_mark(","):
        right = _primary(c, banned) if c.grammar.comma_is_join else _joined(c, banned)
        left = _joins(c, Join(start, c.previous_end, "cross", left, right), start, banned)
    return left


def _joined(c: Cursor, banned: frozenset[str]) -> TableExpression:
    start = c.current.start
    return _joins(c, _primary(c, banned), start, banned)


def _joins(c: Cursor, left: TableExpression, start: int, banned: frozenset[str]) -> TableExpression:
    while c.at_word(*_JOIN_WORDS) and c.peek().text != ".":
        left = _join(c, left, start, banned)
    return left


def _join(c: Cursor, left: TableExpression, start: int, banned: frozenset[str]) -> TableExpression:
    natural = c.accept_word("natural") is not None
    word = c.accept_word("inner", "left", "right", "full", "cross")
    kind = word.folded if word else "inner"
    if kind in ("left", "right", "full"):
        c.accept_word("outer")
    join_word = c.expect_word("join", "straight_join") if word is None else c.expect_word("join")
    if join_word.folded == "straight_join":
        c.form("straight join", join_word.start)
    right_start = c.current.start
    right = _primary(c, banned)
    conditional = not natural and kind != "cross"
    while conditional and c.grammar.joins_need_conditions and c.at_word(*_JOIN_WORDS):
        right = _join(c, right, right_start, banned)
    on: Expression | None = None
    using: tuple[Identifier, ...] = ()
    using_alias: Identifier | None = None
    bare = kind == "cross" and (c.grammar.joins_need_conditions or c.peek().folded in ("conflict", "duplicate"))
    if not natural and not bare and c.accept_word("on"):
        on = c.expression()
    elif not natural and c.accept_word("using"):
        using = c.parenthesised(lambda: c.label("a column"))
        if c.accept_word("as"):
            using_alias = c.name("an alias")
    elif conditional and (c.grammar.joins_need_conditions or kind == "full"):
        c.fail(
            f"this {kind.upper()} JOIN has no condition",
            help="add ON (…) or USING (…) behind the table, or write CROSS JOIN",
            token=join_word,
        )
    return Join(start, c.previous_end, kind, left, right, natural, on, using, using_alias)


def _primary(c: Cursor, banned: frozenset[str]) -> TableExpression:
    start = c.current.start
    lateral = c.grammar.lateral and c.accept_word("lateral") is not None
    if c.at_mark("("):
        return _in_parentheses(c, start, lateral, banned)
    if c.at_word("only") and c.peek().kind in (Kind.WORD, Kind.QUOTED, Kind.PUNCTUATION):
        c.advance()
        enclosed = c.accept_mark("(") is not None
        parts = c.qualified_name("a table")
        if enclosed:
            c.expect_mark(")")
        return _table(c, start, parts, True, banned)
    if c.at_words("rows from"):
        c.at += 2
        calls = c.parenthesised(lambda: _function_of_rows(c))
        return _table_function(c, start, calls, lateral, banned)
    reader = _COLUMN_FUNCTIONS.get(c.current.folded)
    if reader is not None and c.peek().text == "(":
        return reader(c, start, banned)
    if c.at_word(*c.grammar.bare_calls) and not c.is_name():
        return _table_function(c, start, (c.expression(1000),), lateral, banned)
    if c.at_word(*c.grammar.callable_reserved) and c.peek().text == "(":
        return _table_function(c, start, (_function(c),), lateral, banned)
    if _calls_function(c):
        return _table_function(c, start, (_function(c),), lateral, banned)
    return _table(c, start, c.qualified_name("a table"), False, banned)


def _calls_function(c: Cursor) -> bool:
    ahead = 0
    while c.peek(ahead + 1).text == ".":
        ahead += 2
    return c.peek(ahead + 1).text == "(" and c.peek(ahead).kind in (Kind.WORD, Kind.QUOTED)


def _function(c: Cursor) -> Expression:
    start = c.current.start
    if c.at_word("cast", "coalesce", "extract", "position", "substring", "trim", "overlay"):
        return c.expression(1000)
    parts = [c.identifier()]
    while c.accept_mark("."):
        parts.append(c.label("a function"))
    return call_of(c, start, tuple(parts))


def _function_of_rows(c: Cursor) -> Expression:
    """A member of ROWS FROM, with the columns of its record if it has any."""
    called = _function(c)
    if c.accept_word("as"):
        c.parenthesised(lambda: (c.label("a column"), type_name(c)))
    return called


def _table_function(
    c: Cursor, start: int, calls: tuple[Expression, ...], lateral: bool, banned: frozenset[str]
) -> TableExpression:
    ordinality = c.accept_words("with ordinality")
    found = alias(c, banned, typed=True)
    return TableFunction(start, c.previous_end, calls, found, ordinality, lateral)


def _in_parentheses(c: Cursor, start: int, lateral: bool, banned: frozenset[str]) -> TableExpression:
    opening = c.at
    if c.starts_query() or c.peek().folded in ("insert", "update", "delete", "merge"):
        query = c.attempt(lambda: _closed_query(c))
        if query is not None:
            found = alias(c, banned)
            return DerivedTable(start, c.previous_end, query, found, lateral)
        if c.peek().text != "(":
            c.at = opening
            _closed_query(c)
    c.expect_mark("(")
    inner = from_items(c)
    c.expect_mark(")")
    found = alias(c, banned)
    if found is not None:
        named = Identifier(found.start, found.end, found.name.text, found.name.quoted)
        return _renamed(c, start, inner, found, named)
    return inner


def _renamed(c: Cursor, start: int, inner: TableExpression, found: Alias, name: Identifier) -> TableExpression:
    """`(a join b …) as x`: a derived table of all its columns."""
    star = SelectItem(inner.start, inner.end, Star(inner.start, inner.start), None, inner.start)
    query = Select(inner.start, inner.end, None, (star,), False, (), inner, None, (), False, None, (), (), None, ())
    return DerivedTable(start, c.previous_end, query, Alias(found.start, found.end, name, found.columns))


def _closed_query(c: Cursor) -> Query:
    c.expect_mark("(")
    query = c.query()
    c.expect_mark(")")
    return query


def _table(c: Cursor, start: int, parts: tuple[Identifier, ...], only: bool, banned: frozenset[str]) -> TableExpression:
    if c.at_mark("*"):
        c.advance()
    if c.at_word("partition") and c.peek().text == "(":
        c.advance()
        c.skip_balanced()
    found = alias(c, banned)
    options = _index_hints(c)
    sample: tuple[Expression, ...] = ()
    if c.accept_word("tablesample"):
        c.label("a sampling method")
        while c.accept_mark("."):
            c.label("a sampling method")
        sample = c.parenthesised(c.expression)
        if c.accept_word("repeatable"):
            c.skip_balanced()
    return TableName(start, c.previous_end, parts, found, only, sample, options)


def _index_hints(c: Cursor) -> tuple[str, ...]:
    options: list[str] = []
    if c.accept_words("indexed by"):
        options.append(f"indexed by {c.name('an index').text}")
    elif c.accept_words("not indexed"):
        options.append("not indexed")
    while c.at_word("use", "force", "ignore") and c.peek().folded in ("index", "key"):
        begin = c.current.start
        c.at += 2
        if c.accept_word("for"):
            c.accept_word("join")
            if c.accept_word("order", "group"):
                c.expect_word("by")
        c.skip_balanced()
        options.append(c.source.text[begin : c.previous_end])
    return tuple(options)


def alias(c: Cursor, banned: frozenset[str] = frozenset(), typed: bool = False) -> Alias | None:
    """A table's alias, with or without AS, and the columns it names; with `typed`, their types too."""
    start = c.current.start
    explicit = c.accept_word("as") is not None
    if explicit and typed and c.at_mark("("):
        name = Identifier(start, start, "")
    elif explicit:
        name = c.name("an alias") if not c.names_by_string(labels=True) else c.identifier()
    elif c.current.kind is Kind.WORD:
        if c.current.folded in c.grammar.not_aliases or c.current.folded in banned or c.peek().text == ".":
            return None
        name = c.identifier()
    elif c.current.kind is Kind.QUOTED:
        name = c.identifier()
    else:
        return None
    if not c.at_mark("("):
        return Alias(start, c.previous_end, name)
    columns: list[Identifier] = []
    types: list[TypeName] = []
    c.advance()
    while True:
        columns.append(c.label("a column"))
        if typed and (types or (len(columns) == 1 and not c.at_mark(",", ")"))):
            types.append(type_name(c))
        if not c.accept_mark(","):
            break
    c.expect_mark(")")
    return Alias(start, c.previous_end, name, tuple(columns), tuple(types))


# Functions that describe their columns


def _json_table(c: Cursor, start: int, banned: frozenset[str]) -> TableExpression:
    word = c.advance()
    c.expect_mark("(")
    document = c.expression()
    if c.accept_word("format"):
        c.expect_word("json")
    c.expect_mark(",")
    path = c.expression()
    if c.accept_word("as"):
        c.label()
    if c.accept_word("passing"):
        c.comma_list(lambda: (c.expression(), c.expect_word("as"), c.label()))
    columns = _json_columns(c)
    while not c.at_mark(")") and not c.finished:
        c.skip_balanced()
    c.expect_mark(")")
    name = (Identifier(word.start, word.end, word.text),)
    call = Call(word.start, c.previous_end, name, (document, path), "json_table")
    found = alias(c, banned)
    return TableFunction(start, c.previous_end, (call,), found, False, True, columns)


def _json_columns(c: Cursor) -> tuple[JsonColumn, ...]:
    c.expect_word("columns")
    return c.parenthesised(lambda: _json_column(c))


def _json_column(c: Cursor) -> JsonColumn:
    start = c.current.start
    if c.at_word("nested") and (c.peek().folded == "path" or c.peek().kind is Kind.STRING):
        c.advance()
        c.accept_word("path")
        c.expression()
        if c.accept_word("as"):
            c.label()
        nested = _json_columns(c)
        return JsonColumn(start, c.previous_end, None, None, nested=nested)
    name = c.label("a column")
    if c.accept_words("for ordinality"):
        return JsonColumn(start, c.previous_end, name, None, ordinality=True, not_null=True)
    target = type_name(c)
    exists, not_null = False, False
    default: Expression | None = None
    while not c.at_mark(",", ")") and not c.finished:
        if c.accept_word("exists"):
            exists = True
        elif c.accept_words("not null"):
            not_null = True
        elif c.accept_word("path", "default"):
            is_default = c.tokens[c.at - 1].folded == "default"
            value = c.expression(20)
            default = value if is_default else default
        else:
            c.skip_balanced()
    return JsonColumn(start, c.previous_end, name, target, False, exists, not_null, default)


def _xml_table(c: Cursor, start: int, banned: frozenset[str]) -> TableExpression:
    word = c.advance()
    c.expect_mark("(")
    if c.accept_word("xmlnamespaces"):
        c.skip_balanced()
        c.expect_mark(",")
    path = c.expression()
    c.expect_word("passing")
    _skip_passing_mechanism(c)
    document = c.expression()
    _skip_passing_mechanism(c)
    c.expect_word("columns")
    columns = c.comma_list(lambda: _json_column(c))
    c.expect_mark(")")
    name = (Identifier(word.start, word.end, word.text),)
    call = Call(word.start, c.previous_end, name, (document, path), "xmltable")
    found = alias(c, banned)
    return TableFunction(start, c.previous_end, (call,), found, False, True, columns)


def _skip_passing_mechanism(c: Cursor) -> None:
    if c.accept_word("by"):
        c.expect_word("ref", "value")


_COLUMN_FUNCTIONS: Final[dict[str, Callable[[Cursor, int, frozenset[str]], TableExpression]]] = {
    "json_table": _json_table,
    "xmltable": _xml_table,
}
