"""A schema on its way to another database: implements `dialects.ddl.Carried`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..diagnostics import Diagnostic, Span, error, warning
from ..dialects.base import Dialect
from ..dialects.ddl import Limits
from ..infer.environment import Environment
from ..infer.lone import expression_facts
from ..model.catalog import Catalog, Check, Column, RelationKind, Sql, Table
from ..model.types import OTHER, Kind, Type
from .defaults import Defaults
from .domains import domains_of, on_column
from .flatten import Flat
from .tablenames import carried_key
from .translated import (
    TranslatedText,
    translated_condition,
    translated_expression,
    translated_query,
    translated_value,
)

_HELP = "write it in a way that both databases have"


class CarriedSchema:
    """The target's dialect asks it for types and texts, and tells it what it cannot have."""

    def __init__(self, flat: Flat, catalog: Catalog, written: Dialect, target: Dialect) -> None:
        self.catalog = flat.catalog
        self.findings: list[Diagnostic] = list(flat.diagnostics)
        self._originals = flat.originals
        self._environment = Environment(catalog, written)
        self._target = target
        self._defaults = Defaults(self._environment, target)
        self._report_collations()

    # Types

    def type(self, column: Column) -> Type:
        if self.limits(column).peculiar:
            return OTHER
        found = self._environment.types.neutral(column.type)
        return replace(found, enum=self._carried(found.enum)) if found.enum is not None else found

    def declared(self, column: Column) -> str:
        return self._environment.types.display(column.type)

    def limits(self, column: Column) -> Limits:
        return self._environment.dialect.ddl.limits(column.type)

    def expression_type(self, sql: Sql, table: Table) -> Type:
        try:
            facts, _ = expression_facts(sql, self._originals[table], self._environment)
        except RecursionError:  # reported where the expression is written
            return OTHER
        found = facts.types.types.get(sql.expression)
        return self._environment.types.neutral(found) if found is not None else OTHER

    def labels(self, type: Type) -> tuple[str, ...]:
        for key, enum in self._environment.catalog.enums.items():
            if type.enum == self._carried(key):
                return enum.labels
        return ()

    def folds_case(self, column: Column) -> bool:
        return self.type(column).kind is Kind.STR and self._environment.dialect.ddl.folds_case(column) is True

    def _report_collations(self) -> None:
        """Where the server decides how texts compare, a target goes by code points instead."""
        for table in self.catalog.tables.values():
            texts = [column for column in table.columns if self.type(column).kind is Kind.STR]
            folds = self._environment.dialect.ddl.folds_case
            if table.kind is RelationKind.TABLE and any(folds(column) is None for column in texts):
                written = self._environment.dialect.title
                self.leave_out(
                    f"the texts of `{table.name}` have no collation: {written} compares them as its server is set up, "
                    f"{self._target.title} by code point",
                    table.span,
                    "declare a collation of the table, binary where upper and lower case shall differ",
                )

    def _carried(self, key: tuple[str, str]) -> tuple[str, str]:
        return carried_key(key, self._environment.catalog, self._target)

    # Expressions

    def expression(self, sql: Sql, table: Table) -> str | None:
        translated = translated_expression if _is_key_part(sql, table) else translated_condition
        return self._text(translated(sql, self._originals[table], self._environment, self._target))

    def generated(self, column: Column, table: Table) -> str | None:
        if column.generated is None:
            return None
        original = self._originals[table]
        return self._text(translated_value(column.generated, column, original, self._environment, self._target))

    def domain_checks(self, column: Column, table: Table) -> Sequence[tuple[Check, str]]:
        checks = [
            on_column(check, column)
            for domain in domains_of(column, self._environment.catalog)
            for check in domain.checks
            if check.enforced
        ]
        texts = [(check, self.expression(check.condition, table)) for check in checks]
        return [(check, text) for check, text in texts if text is not None]

    def default(self, column: Column, table: Table) -> str | None:
        return self._text(self._defaults.text(column, self._originals[table]))

    def touches(self, table: Table) -> Sequence[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for column in table.columns:
            now = self._defaults.now(column, self._originals[table]).text if column.touched else None
            if now is not None:
                found.append((column.name, now))
            elif column.touched:
                self.refuse(*untouchable(column, table))
        return found

    def query(self, view: Table) -> str | None:
        original = self._originals[view]
        if original.query is None or original.source is None:
            return None
        text = self._text(translated_query(original.query, original.source, self._environment, self._target))
        return self._recursive(view, text) if original.recursive and text is not None else text

    def _recursive(self, view: Table, query: str) -> str:
        quoted = self._target.names.quoted
        columns = ", ".join(quoted(column.name) for column in view.columns)
        return f"with recursive {quoted(view.name)} ({columns}) as (\n{query}\n)\nselect * from {quoted(view.name)}"

    def _text(self, translated: TranslatedText) -> str | None:
        self.findings += translated.diagnostics
        return translated.text

    # Findings

    def refuse(self, message: str, span: Span | None, help: str | None = None) -> None:
        self.findings.append(error("not-translatable", message, span, help or _HELP))

    def leave_out(self, message: str, span: Span | None, help: str | None = None) -> None:
        self.findings.append(warning("not-carried", message, span, help))


def _is_key_part(sql: Sql, table: Table) -> bool:
    """Whether an expression is a part of an index; any other over the columns of a table decides something."""
    return any(part.expression is sql for index in table.indexes for part in index.parts)


def untouchable(column: Column, table: Table) -> tuple[str, Span, str]:
    """What is said of a column that is to be set to the time, and whose type keeps none."""
    return (
        f"column `{column.name}` of `{table.name}` is set on every update, and its type keeps no time",
        column.span,
        "give it a default that makes the time, such as now()",
    )
