"""A schema on its way to another database: implements `dialects.ddl.Carried`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from ..diagnostics import Diagnostic, Span, error, warning
from ..dialects.base import Dialect
from ..dialects.ddl import Carried
from ..model.catalog import Catalog, Check, Column, Sql, Table
from ..model.types import Kind, Type
from .defaults import Defaults
from .domains import domains_of, on_column
from .engine import Untranslatable
from .expressions import Expressions
from .flatten import Flat
from .tablenames import carried_key

T = TypeVar("T")
_HELP = "write it in a way that both databases have"


class CarriedSchema:
    """The target's dialect asks it for types and texts, and tells it what it cannot have."""

    def __init__(self, flat: Flat, catalog: Catalog, written: Dialect, target: Dialect) -> None:
        self.catalog = flat.catalog
        self.findings: list[Diagnostic] = list(flat.diagnostics)
        self._originals = flat.originals
        self._written_catalog = catalog
        self._written = written
        self._target = target
        self._types = written.types(catalog)
        self._expressions = Expressions(catalog, written, target)
        self._defaults = Defaults(catalog, written, target)

    # Types

    def type(self, column: Column) -> Type:
        found = self._types.neutral(column.type)
        if found.enum is None:
            return found
        return replace(found, enum=carried_key(found.enum, self._written_catalog, self._target))

    def labels(self, type: Type) -> tuple[str, ...]:
        for key, enum in self._written_catalog.enums.items():
            if type.enum == carried_key(key, self._written_catalog, self._target):
                return enum.labels
        return ()

    def folds_case(self, column: Column) -> bool:
        return self._written.ddl.folds_case(column)

    # Expressions

    def expression(self, sql: Sql, table: Table) -> str | None:
        found = self._attempt(lambda: self._expressions.expression(sql, self._originals[table]))
        return found.text if found is not None else None

    def condition(self, sql: Sql, table: Table) -> str | None:
        return self._assigned(sql, table, Type(Kind.BOOL), "this condition")

    def generated(self, column: Column, table: Table) -> str | None:
        if column.generated is None:
            return None
        return self._assigned(column.generated, table, self._types.neutral(column.type), f"`{column.name}`")

    def domain_checks(self, column: Column, table: Table) -> Sequence[tuple[Check, str]]:
        checks = [
            on_column(check, column)
            for domain in domains_of(column, self._written_catalog)
            for check in domain.checks
            if check.enforced
        ]
        texts = [(check, self.condition(check.condition, table)) for check in checks]
        return [(check, text) for check, text in texts if text is not None]

    def default(self, column: Column, table: Table) -> str | None:
        return self._attempt(lambda: self._defaults.text(column))

    def touches(self, table: Table) -> Sequence[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for column in table.columns:
            now = self._now(column) if column.touched else None
            if now is not None:
                found.append((column.name, now))
            elif column.touched:
                self.refuse(*untouchable(column, table))
        return found

    def _now(self, column: Column) -> str | None:
        return self._attempt(lambda: self._defaults.now(column))

    def query(self, view: Table) -> str | None:
        original = self._originals[view]
        query, source = original.query, original.source
        if query is None or source is None:
            return None
        return self._attempt(lambda: self._expressions.query(query, source))

    def _assigned(self, sql: Sql, table: Table, wanted: Type, what: str) -> str | None:
        found = self._attempt(lambda: self._expressions.expression(sql, self._originals[table]))
        if found is None:
            return None
        text = self._target.ddl.assigned(found.text, found.type, wanted)
        if text is None:
            span = sql.source.span(sql.expression.start, sql.expression.end)
            message = f"{what} is {found.type} where {self._target.title} needs {wanted}"
            self.refuse(message, span, "convert it with CAST")
        return text

    # Findings

    def refuse(self, message: str, span: Span | None, help: str | None = None) -> None:
        self.findings.append(error("not-translatable", message, span, help or _HELP))

    def leave_out(self, message: str, span: Span | None, help: str | None = None) -> None:
        self.findings.append(warning("not-carried", message, span, help))

    def _attempt(self, translate: Callable[[], T]) -> T | None:
        try:
            return translate()
        except Untranslatable as problem:
            self.findings.append(problem.finding)
            return None


def untouchable(column: Column, table: Table) -> tuple[str, Span, str]:
    """What is said of a column that is to be set to the time, and whose type keeps none."""
    return (
        f"column `{column.name}` of `{table.name}` is set on every update, and its type keeps no time",
        column.span,
        "give it a default that makes the time, such as now()",
    )


def check_protocol(schema: CarriedSchema) -> Carried:
    return schema
