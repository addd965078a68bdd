"""The parser's two entrances: one statement of a schema, and one query."""

from __future__ import annotations

from typing import Final

from ..diagnostics import Diagnostic, Source, did_you_mean, suggestion, too_deep
from ..model.ddl import Definition
from ..model.lexis import Grammar
from ..model.syntax import Call, ColumnName, Node, Query, TableName, Utility
from ..model.tokens import Kind, Token
from ..model.values import value
from .changes import CHANGES
from .cursor import QUERY_WORDS, Cursor, SyntaxProblem
from .definitions import definition
from .expressions import expression
from .selects import query

_OTHERS: Final = frozenset("""
    alter analyze attach begin checkpoint cluster comment commit copy create deallocate declare detach discard do drop
    execute fetch flush grant kill listen load notify optimize pragma prepare reindex release rename reset revoke
    rollback savepoint set show start unlisten use vacuum
    """.split())


_CLAUSES: Final = frozenset("from where group having order limit offset join left inner union set values on".split())


@value
class ParsedQuery:
    """A query, its placeholders and its forms in order; without one that could be read, `problem` says why."""

    query: Query | None
    parameters: tuple[Token, ...]
    problem: Diagnostic | None
    forms: tuple[tuple[str, Node], ...] = ()


@value
class ParsedDefinition:
    """A schema statement, or why it could not be read."""

    definition: Definition | None
    problem: Diagnostic | None


def parse_query(source: Source, tokens: list[Token], grammar: Grammar) -> ParsedQuery:
    """The query that the tokens of one statement hold."""
    c = Cursor(source, tokens, grammar, expression, query)
    try:
        found = _statement(c)
        _expect_finished(c)
    except SyntaxProblem as problem:
        return ParsedQuery(None, tuple(c.parameters), problem.finding)
    except RecursionError:
        return ParsedQuery(None, tuple(c.parameters), _too_deep(source, tokens))
    return ParsedQuery(found, tuple(c.parameters), None, tuple(c.forms))


def parse_definition(source: Source, tokens: list[Token], grammar: Grammar) -> ParsedDefinition:
    """The definition that the tokens of one statement hold."""
    c = Cursor(source, tokens, grammar, expression, query)
    try:
        found = definition(c)
        _expect_finished(c)
    except SyntaxProblem as problem:
        return ParsedDefinition(None, problem.finding)
    except RecursionError:
        return ParsedDefinition(None, _too_deep(source, tokens))
    return ParsedDefinition(found, None)


def _too_deep(source: Source, tokens: list[Token]) -> Diagnostic:
    return too_deep("read", source.span(tokens[0].start, tokens[0].end))


def _expect_finished(c: Cursor) -> None:
    if not c.finished:
        token = c.current
        before = c.tokens[c.at - 1] if c.at > 0 else token
        help = "remove it, or end the statement before it with `;`"
        if token.kind is Kind.WORD and before.kind is Kind.WORD:
            meant = _misspelled_clause(before.text)
            if meant is not None and before.folded not in _CLAUSES:
                c.fail(f"unexpected `{before.text}`", f"did you mean `{meant}`?", before)
            help = f"if `{token.text}` is a name, a comma or an operator is missing before it"
        elif token.text == ")":
            help = "remove it, or open it with `(`"
        c.fail(f"unexpected {c.found()}", help=help)


def _misspelled_clause(word: str) -> str | None:
    """The word that begins a clause, for one that is nearly it (`form`), which was read as an alias."""
    return suggestion(word, _CLAUSES) if len(word) > 3 else None


def _statement(c: Cursor) -> Query:
    """A query, or one of the other statements that a named query may be."""
    start = c.current.start
    token = c.current
    if token.kind is Kind.PUNCTUATION and token.text == "(":
        return query(c)
    if token.kind is not Kind.WORD:
        c.fail_expected("SELECT, INSERT, UPDATE, DELETE or another statement")
    word = token.folded
    if word in QUERY_WORDS or word in CHANGES or word == "value":
        return query(c)
    if word == "call":
        return _call(c, start)
    if word == "explain":
        return _explain(c, start)
    if word in ("truncate", "lock", "refresh"):
        return _of_tables(c, start, word)
    if word in _OTHERS:
        return _utility(c, start, word)
    c.fail(f"`{token.text}` begins no statement", help=_statement_help(word))


def _statement_help(word: str) -> str | None:
    known = (*QUERY_WORDS, *CHANGES, *_OTHERS, "call", "explain", "truncate")
    return did_you_mean(word, known, "a query begins with SELECT, INSERT, UPDATE, DELETE, WITH or VALUES")


def _call(c: Cursor, start: int) -> Query:
    c.advance()
    called = c.expression()
    if isinstance(called, ColumnName):
        called = Call(called.start, called.end, called.parts, form="bare")
    if not isinstance(called, Call):
        c.fail_expected("a procedure")
    return Utility(start, c.previous_end, None, "call", call=called)


def _explain(c: Cursor, start: int) -> Query:
    c.advance()
    if c.at_mark("("):
        c.skip_balanced()
    while c.accept_word("analyze", "verbose", "query", "plan", "extended", "for"):
        pass
    if c.accept_word("format"):
        c.expect_mark("=")
        c.advance()
    inner = _statement(c)
    return Utility(start, c.previous_end, None, "explain", query=inner)


def _of_tables(c: Cursor, start: int, word: str) -> Query:
    c.advance()
    if word == "refresh":
        c.expect_words("materialized view")
        c.accept_word("concurrently")
    else:
        c.accept_word("table", "tables")
    tables = c.comma_list(lambda: _table(c))
    while not c.finished:
        c.advance()
    return Utility(start, c.previous_end, None, word, tables=tables)


def _table(c: Cursor) -> TableName:
    start = c.current.start
    only = c.at_word("only") and c.peek().kind in (Kind.WORD, Kind.QUOTED)
    if only:
        c.advance()
    parts = c.qualified_name("a table")
    c.accept_mark("*")
    return TableName(start, c.previous_end, parts, None, only)


def _utility(c: Cursor, start: int, word: str) -> Query:
    """A statement that is sent as it stands; its placeholders are found, nothing else is read of it."""
    while not c.finished:
        token = c.advance()
        if token.kind is Kind.PARAMETER:
            c.parameters.append(token)
    return Utility(start, c.previous_end, None, word)
