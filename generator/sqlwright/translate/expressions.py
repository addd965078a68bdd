"""The expressions and queries of a schema for another database: checks, defaults, generated columns, indexes, views."""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics import Source
from ..dialects.base import Dialect
from ..infer.environment import Environment
from ..infer.facts import QueryFacts
from ..infer.lone import expression_facts, query_facts
from ..infer.scopes import Relation
from ..model.catalog import Catalog, Column, Sql, Table
from ..model.syntax import Query
from ..model.types import Type
from .engine import Translator, Understood, Untranslatable


@dataclass(frozen=True, slots=True)
class Translated:
    """An expression as the target writes it, and its type."""

    text: str
    type: Type


class Expressions:
    """Translates what stands in a schema. Raises Untranslatable for what has no exact equivalent."""

    def __init__(self, catalog: Catalog, written: Dialect, target: Dialect) -> None:
        self._environment = Environment(catalog, written)
        self._target = target

    def expression(self, sql: Sql, table: Table | None) -> Translated:
        """An expression over the columns of a table, or over none."""
        translator = self.translator(sql, table)
        text = translator.text(sql.expression)
        raise_refused(translator)
        return Translated(text, translator.type(sql.expression))

    def query(self, query: Query, source: Source) -> str:
        """The query of a view."""
        translator = self._translator(query_facts(query, source, self._environment), source, None)
        text = translator.text(query)
        raise_refused(translator)
        return text

    def translator(self, sql: Sql, table: Table | None) -> Translator:
        """The translator of a lone expression."""
        facts, relation = expression_facts(sql, table, self._environment)
        return self._translator(facts, sql.source, relation)

    def _translator(self, facts: QueryFacts, source: Source, relation: Relation | None) -> Translator:
        if facts.resolution.findings:
            raise Untranslatable(facts.resolution.findings[0])
        bare = frozenset((relation,)) if relation is not None else frozenset[Relation]()
        return Translator(Understood(source, facts, self._environment), self._target, _no_default, bare)


def raise_refused(translator: Translator) -> None:
    """Raise the first thing that a translator has refused."""
    if translator.findings:
        raise Untranslatable(translator.findings[0])


def _no_default(column: Column, table: Table) -> str | None:
    return None
