"""Expressions: precedence climbing over the binding powers of the grammar."""

from __future__ import annotations

from typing import Final

from ..model.syntax import (
    AtZone,
    Between,
    Binary,
    Cast,
    Collate,
    Distinct,
    Expression,
    Field,
    FieldStar,
    InList,
    InQuery,
    Is,
    Like,
    Logical,
    Quantified,
    Query,
    Subquery,
    Subscript,
    TableName,
    TableQuery,
)
from ..model.tokens import Kind
from .cursor import Cursor
from .operands import operand
from .typenames import type_name

_PATTERN_WORDS: Final = frozenset({"like", "ilike", "similar", "glob", "regexp", "rlike", "match"})
_NEGATABLE: Final = _PATTERN_WORDS | {"in", "between"}
_COMPARISONS: Final = frozenset({"=", "==", "<>", "!=", "<", "<=", ">", ">="})
_LOGICAL: Final = {"and": "and", "&&": "and", "or": "or", "||": "or", "xor": "xor"}
_SPELLINGS: Final = {"==": "=", "!=": "<>"}


def expression(c: Cursor, minimum: int = 0) -> Expression:
    """An expression whose operators all bind at least as tightly as `minimum`."""
    start = c.current.start
    left = operand(c)
    while True:
        op, power = _operator_here(c)
        if power is None or power < minimum:
            return left
        left = _continue(c, left, start, op, power)


def _operator_here(c: Cursor) -> tuple[str, int | None]:
    """The operator that stands here and its power, or a power of None when none does."""
    token = c.current
    powers = c.grammar.binary
    match token.kind:
        case Kind.OPERATOR if token.text == ":":
            return "", None
        case Kind.OPERATOR if token.text == ":=":
            return ":=", 5
        case Kind.OPERATOR:
            return token.text, powers.get(token.text, c.grammar.other_operator)
        case Kind.WORD if token.folded == "not":
            following = c.peek().folded
            if following in _NEGATABLE:
                return following, powers.get(following)
            return "not null", powers.get("not null") if following == "null" else None
        case Kind.WORD if token.folded == "operator" and c.peek().text != "(":
            return "", None
        case Kind.WORD:
            return token.folded, powers.get(token.folded)
        case Kind.PUNCTUATION if token.text in "[.":
            return token.text, powers.get(token.text)
        case _:
            return "", None


def _continue(c: Cursor, left: Expression, start: int, op: str, power: int) -> Expression:
    """The expression that `left` and the operator standing here begin."""
    if op in ("and", "or", "xor") or (op in ("&&", "||") and c.grammar.double_pipe_is_or):
        return _logical(c, left, start, _LOGICAL[op], power)
    if op in _NEGATABLE:
        return _negatable(c, left, start, power)
    match op:
        case "is":
            return _is(c, left, start, power)
        case "isnull" | "notnull" | "not null":
            c.at += len(op.split())
            return Is(start, c.previous_end, left, "null", op != "isnull")
        case "::":
            c.advance()
            target = type_name(c)
            return Cast(start, c.previous_end, left, target, "::")
        case "[":
            return _subscript(c, left, start)
        case ".":
            return _field(c, left, start)
        case "at":
            return _at_zone(c, left, start, power)
        case "collate":
            c.advance()
            names = (c.label("a collation"),) if c.current.kind is Kind.STRING else c.qualified_name("a collation")
            return Collate(start, c.previous_end, left, names)
        case "member" | "sounds":
            c.advance()
            second = c.expect_word("of" if op == "member" else "like").folded
            right = c.expression(power + 1)
            return Binary(start, c.previous_end, f"{op} {second}", left, right)
        case _:
            return _binary(c, left, start, power)


def _binary(c: Cursor, left: Expression, start: int, power: int) -> Expression:
    op = _operator_clause(c) if c.at_word("operator") else c.advance().folded
    op = _SPELLINGS.get(op, op)
    if c.at_word("any", "all", "some") and c.peek().text == "(":
        return _quantified(c, left, start, op)
    right = c.expression(power + 1)
    if op == "<=>" and not c.grammar.lexis.custom_operators:
        return Distinct(start, c.previous_end, left, right, True)
    if op in _COMPARISONS and not c.grammar.comparisons_chain and c.current.text in _COMPARISONS:
        c.fail(
            f"`{c.current.text}` cannot follow another comparison",
            help=f"put `{c.source.text[start : c.previous_end]}` in parentheses, or join the two with AND",
        )
    return Binary(start, c.previous_end, op, left, right)


def _operator_clause(c: Cursor) -> str:
    """PostgreSQL's `operator(schema.+)`."""
    c.advance()
    c.expect_mark("(")
    while c.peek().text == ".":
        c.name("a schema")
        c.expect_mark(".")
    if c.current.kind is not Kind.OPERATOR:
        c.fail_expected("an operator")
    op = c.advance().text
    c.expect_mark(")")
    return op


def _logical(c: Cursor, left: Expression, start: int, op: str, power: int) -> Expression:
    operands = [left]
    while c.current.kind in (Kind.WORD, Kind.OPERATOR) and _LOGICAL.get(c.current.folded) == op:
        c.advance()
        operands.append(c.expression(power + 1))
    return Logical(start, c.previous_end, op, tuple(operands))


def _is(c: Cursor, left: Expression, start: int, power: int) -> Expression:
    c.advance()
    negated = c.accept_word("not") is not None
    if test := c.accept_word("null", "true", "false", "unknown", "document", "normalized"):
        return Is(start, c.previous_end, left, test.folded, negated)
    if c.at_word("nfc", "nfd", "nfkc", "nfkd") and c.peek().folded == "normalized":
        c.at += 2
        return Is(start, c.previous_end, left, "normalized", negated)
    if c.accept_words("distinct from"):
        right = c.expression(power + 1)
        c.form("distinct from", start)
        return Distinct(start, c.previous_end, left, right, negated)
    if c.accept_word("json"):
        c.accept_word("value", "scalar", "array", "object")
        if c.accept_word("with", "without"):
            c.expect_word("unique")
            c.accept_word("keys")
        return Is(start, c.previous_end, left, "json", negated)
    if c.grammar.is_compares:
        right = c.expression(power + 1)
        return Distinct(start, c.previous_end, left, right, not negated)
    c.fail_expected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM behind IS")


def _negatable(c: Cursor, left: Expression, start: int, power: int) -> Expression:
    negated = c.accept_word("not") is not None
    word = c.advance().folded
    if word == "in":
        return _in(c, left, start, negated)
    if word == "between":
        symmetric = c.accept_word("symmetric") is not None
        c.accept_word("asymmetric")
        low = c.expression(power + 1)
        c.expect_word("and")
        high = c.expression(power + 1)
        return Between(start, c.previous_end, left, low, high, negated, symmetric)
    if word == "similar":
        c.expect_word("to")
        word = "similar to"
    if c.at_word("any", "all", "some") and c.peek().text == "(":
        return _quantified(c, left, start, f"not {word}" if negated else word)
    pattern = c.expression(power + 1)
    escape = c.expression(power + 1) if c.accept_word("escape") else None
    return Like(start, c.previous_end, word, left, pattern, escape, negated)


def _in(c: Cursor, left: Expression, start: int, negated: bool) -> Expression:
    if not c.at_mark("("):
        if c.grammar.in_table and c.is_name():
            place = c.current.start
            names = c.qualified_name("a table")
            table = TableQuery(place, c.previous_end, None, TableName(place, c.previous_end, names))
            return InQuery(start, c.previous_end, left, table, negated)
        c.fail_expected("`(` behind IN")
    opening = c.advance()
    if c.starts_query():
        query = c.attempt(lambda: _closed_query(c)) if c.at_mark("(") else _closed_query(c)
        if query is not None:
            return InQuery(start, c.previous_end, left, query, negated)
    items: tuple[Expression, ...] = ()
    if not (c.at_mark(")") and c.grammar.empty_in):
        items = c.comma_list(c.expression)
    c.expect_mark(")")
    return InList(start, c.previous_end, left, items, negated, opening.start)


def _closed_query(c: Cursor) -> Query:
    query = c.query()
    c.expect_mark(")")
    return query


def _quantified(c: Cursor, left: Expression, start: int, op: str) -> Expression:
    quantifier = "all" if c.advance().folded == "all" else "any"
    c.expect_mark("(")
    place = c.current.start
    right: Expression
    if c.starts_query():
        query = c.query()
        right = Subquery(place, c.previous_end, query)
    else:
        right = c.expression()
    c.expect_mark(")")
    return Quantified(start, c.previous_end, op, quantifier, left, right)


def _subscript(c: Cursor, left: Expression, start: int) -> Expression:
    c.expect_mark("[")
    index = None if c.at_mark(":") else c.expression()
    sliced = c.accept_mark(":") is not None
    upper = None if not sliced or c.at_mark("]") else c.expression()
    c.expect_mark("]")
    return Subscript(start, c.previous_end, left, index, upper, sliced)


def _field(c: Cursor, left: Expression, start: int) -> Expression:
    c.expect_mark(".")
    if c.accept_mark("*"):
        return FieldStar(start, c.previous_end, left)
    name = c.label("a field")
    return Field(start, c.previous_end, left, name)


def _at_zone(c: Cursor, left: Expression, start: int, power: int) -> Expression:
    c.advance()
    if c.accept_word("local"):
        return AtZone(start, c.previous_end, left, None)
    c.expect_words("time zone")
    zone = c.expression(power + 1)
    return AtZone(start, c.previous_end, left, zone)
