"""The defaults of columns for another database."""

from __future__ import annotations

from collections.abc import Callable

from ..diagnostics import error
from ..dialects.base import Dialect
from ..model.catalog import Catalog, Column, Sql, Table
from ..model.syntax import Cast, Expression
from ..model.types import Type
from .constants import is_constant, is_null, neutral_constant
from .domains import domains_of
from .engine import Translator, Untranslatable
from .expressions import Expressions, raise_refused


class Defaults:
    """Writes defaults for a target. Raises Untranslatable for one that has no exact equivalent there."""

    def __init__(self, catalog: Catalog, written: Dialect, target: Dialect) -> None:
        self._catalog = catalog
        self._written = written
        self._target = target
        self._types = written.types(catalog)
        self._expressions = Expressions(catalog, written, target)

    def written(self, column: Column) -> Sql | None:
        """The default that a column has, or that its domain has; one that numbers rows is none."""
        if column.made is not None:
            return None
        if column.default is not None:
            return column.default
        return next((domain.default for domain in domains_of(column, self._catalog) if domain.default), None)

    def text(self, column: Column) -> str | None:
        """A column's default, in parentheses unless it is a literal; None when it has none."""
        sql = self.written(column)
        if sql is None or is_null(sql.expression):
            return None
        type = self._types.neutral(column.type)
        constant = neutral_constant(sql.expression, type, self._written, self._types)
        if constant is not None:
            literal = self._target.ddl.literal(constant, type)
            if literal is not None:
                return literal
        translator = self._expressions.translator(sql, None)
        return self._made(sql.expression, type, translator) or self._computed(sql, column, type, translator)

    def now(self, column: Column) -> str | None:
        """The time of a change, as the target's column keeps it: as its default has it, if that is computed."""
        sql = self.written(column)
        if sql is not None and not is_constant(sql.expression):
            return self.text(column)
        type = self._types.neutral(column.type)
        return self._target.ddl.made("moment.now", type) or self._target.ddl.made("moment.now.text", type)

    def _made(self, node: Expression, type: Type, translator: Translator) -> str | None:
        """A default that is one of the operations without operands, in the form of the column."""
        operation = translator.operation(node)
        if operation is None and isinstance(node, Cast) and translator.type(node).kind is type.kind:
            operation = translator.operation(node.operand)
            operation = operation if operation is not None and operation.startswith("moment.now") else None
        return self._target.ddl.made(operation, type) if operation is not None else None

    def _computed(self, sql: Sql, column: Column, type: Type, translator: Translator) -> str:
        given = translator.type(sql.expression)
        text = self._target.ddl.assigned(translator.text(sql.expression), given, type)
        raise_refused(translator)
        if text is None:
            message = f"the default of `{column.name}` is {given}, and {self._target.title} would not keep it as {type}"
            span = sql.source.span(sql.expression.start, sql.expression.end)
            raise Untranslatable(error("not-translatable", message, span, "write a literal of the column's type"))
        return f"({text})"


def column_default(catalog: Catalog, written: Dialect, target: Dialect) -> Callable[[Column, Table], str | None]:
    """A column's default as the target writes it where a value stands; None when it has none that can be written."""
    defaults = Defaults(catalog, written, target)

    def default(column: Column, table: Table) -> str | None:
        try:
            return defaults.text(column)
        except Untranslatable:
            return None

    return default
