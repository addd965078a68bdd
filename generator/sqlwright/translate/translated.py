"""Statements and expressions of the schema for a database other than the one they were written for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..diagnostics import Diagnostic, Source, in_order, too_deep
from ..dialects.base import Dialect
from ..infer.environment import Environment
from ..infer.facts import QueryFacts
from ..infer.lone import expression_facts, query_facts, value_facts
from ..infer.scopes import Relation
from ..model.catalog import Column, Sql, Table
from ..model.query import Command
from ..model.statement import Statement, Steps
from ..model.syntax import Expression, Logical, Node, Query, SetOperation
from ..model.typed import TypedQuery
from ..model.values import value
from .engine import Translator, Understood

Default = Callable[[Column, Table], str | None]
"""The default of a column as the target writes it; None when it has none."""


@value
class Translated:
    """A statement for the target (None when something in it has no exact equivalent there), and what was found."""

    statement: Statement | None
    diagnostics: tuple[Diagnostic, ...]


@value
class TranslatedText:
    """A piece of the schema as the target writes it (None when it has no exact equivalent), and what was found."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...]


def translated_statement(
    query: TypedQuery, facts: QueryFacts, environment: Environment, target: Dialect, default: Default
) -> Translated:
    """A query for another database than the environment's. Every construct that is refused is among the findings."""
    try:
        return _translated_statement(query, facts, environment, target, default)
    except RecursionError:
        return Translated(None, (too_deep(f"translated for {target.title}", query.query.name_span),))


def _translated_statement(
    query: TypedQuery, facts: QueryFacts, environment: Environment, target: Dialect, default: Default
) -> Translated:
    named = query.query
    understood = Understood(named.source, facts, environment, query.parameters, query.of_placeholder)
    translator = Translator(understood, target, default, results=frozenset(_results(named.query)))
    steps = translator.steps(named.query, named.command.counts_rows) if _takes_steps(named.command) else None
    text = steps.change if steps is not None else translator.text(named.query)
    if translator.findings:
        return Translated(None, tuple(in_order(translator.findings)))
    source = named.source.text
    before, behind = source[named.start : named.query.start], source[named.query.end : named.end]

    def finished(text: str) -> Statement:
        whole = f"{before}{text}{behind}".strip()
        return _statement(target.spelling.finished(whole), query, target)

    change = replace(finished(text), bounds=tuple(sorted(translator.bounds.items())))
    if steps is None:
        return Translated(change, ())
    keys, rows = (finished(one) if one is not None else None for one in (steps.keys, steps.rows))
    return Translated(replace(change, steps=Steps(change, keys, rows, steps.width, steps.or_nothing, steps.count)), ())


def _results(query: Query) -> Iterator[Query]:
    """The queries whose rows a statement gives: itself, and the sides of a compound."""
    yield query
    if isinstance(query, SetOperation):
        yield from _results(query.left)
        yield from _results(query.right)


def _takes_steps(command: Command) -> bool:
    """Whether a method gives what its statement returns, or the number of rows."""
    return command.reads_rows or command.counts_rows or command is Command.EXECLASTID


def _statement(text: str, query: TypedQuery, target: Dialect) -> Statement:
    """Numbered placeholders take each parameter once, and bare ones take one for each place."""
    sql, numbers = target.placeholders.finished(text)
    if target.placeholders.numbered is not None:
        return Statement(sql, tuple(range(len(query.parameters))))
    return Statement(sql, tuple(number - 1 for number in numbers))


def translated_condition(sql: Sql, table: Table, environment: Environment, target: Dialect) -> TranslatedText:
    """What decides over the rows of one table: a CHECK, or the predicate of an index."""

    def translated() -> TranslatedText:
        facts, relation = expression_facts(sql, table, environment)
        node = sql.expression
        alone = Logical(node.start, node.end, "and", (node,))
        return _text(sql.source, alone, facts, environment, target, relation)

    return unless_too_deep(translated, sql.source, sql.expression, target)


def translated_expression(sql: Sql, table: Table, environment: Environment, target: Dialect) -> TranslatedText:
    """An expression over the columns of one table, such as a part of a key."""

    def translated() -> TranslatedText:
        facts, relation = expression_facts(sql, table, environment)
        return _text(sql.source, sql.expression, facts, environment, target, relation)

    return unless_too_deep(translated, sql.source, sql.expression, target)


def translated_value(
    sql: Sql, column: Column, table: Table, environment: Environment, target: Dialect
) -> TranslatedText:
    """The default of a column, or the expression of a generated one, in the form in which the column keeps it."""

    def translated() -> TranslatedText:
        facts, relation = value_facts(sql, column, table, environment)
        translator = _translator(sql.source, facts, environment, target, relation)
        text = translator.stored(sql.expression, environment.types.neutral(column.type))
        return _finished(text, translator)

    return unless_too_deep(translated, sql.source, sql.expression, target)


def translated_query(query: Query, source: Source, environment: Environment, target: Dialect) -> TranslatedText:
    """The query of a view, which has no parameters."""

    def translated() -> TranslatedText:
        return _text(source, query, query_facts(query, source, environment), environment, target, None)

    return unless_too_deep(translated, source, query, target)


def unless_too_deep(
    translated: Callable[[], TranslatedText], source: Source, node: Node, target: Dialect
) -> TranslatedText:
    """What is translated, or a finding where it is nested deeper than can be followed."""
    try:
        return translated()
    except RecursionError:
        span = source.span(node.start, node.end)
        return TranslatedText(None, (too_deep(f"translated for {target.title}", span),))


def _text(
    source: Source,
    node: Expression | Query,
    facts: QueryFacts,
    environment: Environment,
    target: Dialect,
    relation: Relation | None,
) -> TranslatedText:
    translator = _translator(source, facts, environment, target, relation)
    return _finished(translator.text(node), translator)


def _translator(
    source: Source,
    facts: QueryFacts,
    environment: Environment,
    target: Dialect,
    relation: Relation | None,
) -> Translator:
    bare = frozenset((relation,)) if relation is not None else frozenset[Relation]()
    advice = "write it in a way that both databases have"
    translator = Translator(Understood(source, facts, environment), target, _no_default, bare, advice)
    translator.findings += facts.resolution.findings
    return translator


def _no_default(column: Column, table: Table) -> str | None:
    return None


def _finished(text: str, translator: Translator) -> TranslatedText:
    findings = tuple(in_order(translator.findings))
    return TranslatedText(None if findings else text, findings)
