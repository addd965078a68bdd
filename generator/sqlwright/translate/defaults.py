"""The defaults of columns for another database."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ..dialects.base import Dialect
from ..infer.environment import Environment
from ..infer.lone import value_facts
from ..model.catalog import Catalog, Column, Sql, Table
from ..model.syntax import Cast
from ..model.types import Type
from .constants import is_constant, is_null, neutral_constant
from .domains import domains_of
from .engine import Translator, Understood
from .translated import TranslatedText, translated_value, unless_too_deep

NOTHING = TranslatedText(None, ())


class Defaults:
    """Writes the defaults of a catalog's columns for a target."""

    def __init__(self, environment: Environment, target: Dialect) -> None:
        self._environment = environment
        self._target = target

    def written(self, column: Column) -> Sql | None:
        """The default that a column has, or that its domain has; one that numbers rows is none."""
        if column.made is not None:
            return None
        if column.default is not None:
            return column.default
        domains = domains_of(column, self._environment.catalog)
        return next((domain.default for domain in domains if domain.default is not None), None)

    def text(self, column: Column, table: Table) -> TranslatedText:
        """A column's default, in parentheses unless it is a literal; no text and no findings when it has none."""
        sql = self.written(column)
        if sql is None or is_null(sql.expression):
            return NOTHING
        type = self._environment.types.neutral(column.type)
        found = self._literal(sql, type)
        if found is not None:
            return TranslatedText(found, ())
        computed = partial(self._computed, sql, type, column, table)
        return unless_too_deep(computed, sql.source, sql.expression, self._target)

    def now(self, column: Column, table: Table) -> TranslatedText:
        """The time of a change, as the target's column keeps it: as its default has it, if that is computed."""
        sql = self.written(column)
        if sql is not None and not is_constant(sql.expression):
            return self.text(column, table)
        type = self._environment.types.neutral(column.type)
        made = self._target.ddl.made("moment.now", type) or self._target.ddl.made("moment.now.text", type)
        return TranslatedText(made, ())

    def _literal(self, sql: Sql, type: Type) -> str | None:
        dialect, types = self._environment.dialect, self._environment.types
        constant = neutral_constant(sql.expression, type, dialect, types)
        return self._target.ddl.literal(constant, type) if constant is not None else None

    def _computed(self, sql: Sql, type: Type, column: Column, table: Table) -> TranslatedText:
        found = self._made(sql, type, column, table)
        if found is not None:
            return TranslatedText(found, ())
        translated = translated_value(sql, column, table, self._environment, self._target)
        text = translated.text
        return TranslatedText(f"({text})" if text is not None else None, translated.diagnostics)

    def _made(self, sql: Sql, type: Type, column: Column, table: Table) -> str | None:
        """A default that is one of the operations without operands, in the form of the column."""
        facts, _ = value_facts(sql, column, table, self._environment)
        translator = Translator(Understood(sql.source, facts, self._environment), self._target, _no_default)
        node = sql.expression
        operation = translator.operation(node)
        if operation is None and isinstance(node, Cast) and translator.type(node).kind is type.kind:
            operation = translator.operation(node.operand)
            operation = operation if operation is not None and operation.startswith("moment.now") else None
        return self._target.ddl.made(operation, type) if operation is not None else None


def column_default(catalog: Catalog, written: Dialect, target: Dialect) -> Callable[[Column, Table], str | None]:
    """A column's default as the target writes it where a value stands; None when it has none that can be written."""
    defaults = Defaults(Environment(catalog, written), target)
    return lambda column, table: defaults.text(column, table).text


def _no_default(column: Column, table: Table) -> str | None:
    return None
