"""The expressions and queries of a schema for another database: checks, defaults, generated columns, indexes, views."""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics import Source
from ..dialects.base import Dialect
from ..infer.environment import Environment
from ..infer.resolve import resolve
from ..infer.typing import infer_types
from ..model.catalog import Catalog, Sql, Table
from ..model.syntax import Expression, Identifier, Query, Select, SelectItem, TableName
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
        return Translated(translator.text(sql.expression), translator.type(sql.expression))

    def query(self, query: Query, source: Source) -> str:
        """The query of a view."""
        return self._translator(query, source).text(query)

    def translator(self, sql: Sql, table: Table | None) -> Translator:
        """The translator of a lone expression, which is read as `select … from table`."""
        expression = sql.expression
        default_schema = self._environment.catalog.default_schema
        named = _named(table, expression.start, default_schema) if table is not None else None
        return self._translator(_select(expression, named), sql.source)

    def _translator(self, query: Query, source: Source) -> Translator:
        resolution = resolve(query, source, self._environment)
        facts = infer_types(resolution, (), source, self._environment)
        if resolution.findings:
            raise Untranslatable(resolution.findings[0])
        understood = Understood(source, resolution, facts, self._environment, (), (), (), lambda node: False)
        return Translator(understood, self._target, lambda column, table: None)


def _select(expression: Expression, table: TableName | None) -> Select:
    item = SelectItem(expression.start, expression.end, expression, None, expression.end)
    return Select(
        expression.start,
        expression.end,
        None,
        items=(item,),
        distinct=False,
        distinct_on=(),
        from_=table,
        where=None,
        group_by=(),
        group_distinct=False,
        having=None,
        windows=(),
        order_by=(),
        limit=None,
        locking=(),
    )


def _named(table: Table, at: int, default_schema: str) -> TableName:
    """A table by its exact name, at a place of no width."""
    names = [table.name] if table.schema == default_schema else [table.schema, table.name]
    return TableName(at, at, tuple(Identifier(at, at, name, True) for name in names))
