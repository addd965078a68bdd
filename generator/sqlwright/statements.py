"""The statement that each target gets for each query: the user's own, a variant's, or a translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from .analysis import build_schema
from .diagnostics import Diagnostic, Source, error, warning
from .dialects import NAMES
from .dialects.base import Dialect
from .drafts import draft
from .forms import carried_forms
from .infer.environment import Environment
from .infer.last_id import gives_number, infer_last_id, last_id_clause
from .infer.query import Inferred, infer
from .model.catalog import Catalog, Column, Table
from .model.query import Command, NamedQuery
from .model.statement import Statement
from .model.typed import TypedColumn, TypedQuery
from .model.types import OTHER, Kind, Type
from .model.values import value
from .render.named import TranslatedQuery
from .translate.schema import SchemaScript
from .translate.translated import translated_statement
from .translate.written import written_statement

_LATER = (
    Command.BATCH,
    Command.BATCHEXEC,
    Command.BATCHMANY,
    Command.BATCHONE,
    Command.COPY,
    Command.COPYFROM,
    Command.STREAM,
)


_WHOLE = frozenset((Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64))


@value
class Writing:
    """What a package is written in and for, and each target's schema as its own script defines it."""

    catalog: Catalog
    dialect: Dialect
    targets: tuple[Dialect, ...]
    scripts: Mapping[str, SchemaScript]
    default: Callable[[Dialect], Callable[[Column, Table], str | None]]


class Statements:
    """Finds the statements of queries, and gathers what stands in the way."""

    def __init__(self, writing: Writing) -> None:
        self.writing = writing
        self.findings: list[Diagnostic] = []
        self._written = Environment(writing.catalog, writing.dialect)
        self._environments: dict[str, Environment] = {writing.dialect.name: self._written}
        self._variants: dict[str, TypedQuery] = {}

    def of_queries(self, queries: Sequence[NamedQuery]) -> list[TranslatedQuery]:
        """The queries in order, each once, with a statement for every target."""
        variants: dict[str, dict[str | None, NamedQuery]] = {}
        for query in queries:
            variants.setdefault(query.name, {}).setdefault(query.dialect, query)
        found = [self._of_query(name, of_name) for name, of_name in variants.items()]
        return [query for query in found if query is not None]

    def environment(self, target: Dialect) -> Environment:
        """The target's own schema, as its script defines it."""
        if target.name not in self._environments:
            source = Source(f"<schema of {target.title}>", self.writing.scripts[target.name].up)
            built = build_schema([source], target)
            self.findings += built.diagnostics
            self._environments[target.name] = Environment(built.catalog, target)
        return self._environments[target.name]

    def _of_query(self, name: str, variants: Mapping[str | None, NamedQuery]) -> TranslatedQuery | None:
        self._check_targets(variants)
        main = variants.get(None) or variants.get(self.writing.dialect.name)
        if main is None:
            first = next(iter(variants.values()))
            message = f"query `{name}` has variants, and no statement for {self.writing.dialect.title}"
            help = "write the query without `-- dialect:`; it serves all databases that have no variant"
            self.findings.append(error("missing-variant", message, first.name_span, help))
            return None
        typed = self._inferred(main, self._written)
        if typed is None:
            return None
        statements: dict[str, Statement] = {}
        self._variants = {}
        for target in self.writing.targets:
            statement = self._statement(typed, target, variants)
            if statement is not None:
                statements[target.name] = statement
        return TranslatedQuery(typed.query, statements, self._variants)

    def _check_targets(self, variants: Mapping[str | None, NamedQuery]) -> None:
        known = dict.fromkeys([*(target.name for target in self.writing.targets), self.writing.dialect.name])
        for dialect, query in variants.items():
            if dialect is not None and dialect not in known and dialect in NAMES:
                message = f"`{query.name}` has a variant for {dialect}, which is no target of the package"
                help = f"delete the variant, or add {dialect} to the package's `targets` ({', '.join(known)} now)"
                self.findings.append(warning("unused-variant", message, query.dialect_span, help))

    # One statement

    def _statement(self, main: Typed, target: Dialect, variants: Mapping[str | None, NamedQuery]) -> Statement | None:
        variant = variants.get(target.name)
        if variant is not None and variant is not main.query.query:
            return self._variant(variant, main.query, target)
        if target is self.writing.dialect:
            return self._ended(main.query, written_statement(main.query, target), target)
        if None not in variants:
            self._missing_variant(main.query.query, target)
            return None
        facts = main.inferred.facts
        assert facts is not None
        default = self.writing.default(target)
        translated = translated_statement(main.inferred.query or main.query, facts, self._written, target, default)
        findings = translated.diagnostics
        if translated.statement is not None:
            findings = tuple(carried_forms(main.query.query, translated.statement, target))
            if not findings:
                return self._ended(main.query, translated.statement, target)
        self.findings += self._with_draft(findings, main.query, target)
        return None

    def _with_draft(self, findings: Sequence[Diagnostic], query: TypedQuery, target: Dialect) -> list[Diagnostic]:
        """What stands in the way of a translation; the last of it tells how a variant might begin."""
        *before, last = findings
        found = draft(query, self.writing.dialect, self.environment(target))
        if found is not None:
            last = replace(last, help=f"{last.help}; it may begin as this draft, which nobody has proven:\n{found}")
        return [*before, last]

    def _ended(self, query: TypedQuery, statement: Statement, target: Dialect) -> Statement:
        """The statement, which gives the key that was made when its command is `:execlastid`."""
        if query.query.command is not Command.EXECLASTID:
            return statement
        if statement.steps is not None:
            return statement
        clause = last_id_clause(query, target.names.quoted(query.columns[0].name))
        if not clause or "insert" in target.features.returning:
            return replace(statement, sql=statement.sql + clause)
        if not gives_number(query, self._written):
            message = f"{target.title} does not say which key a row has that it does not number"
            help = "use :one, and return the key: returning …"
            self.findings.append(error("not-translatable", message, query.query.command_span, help))
        return replace(statement, numbers=True)

    def _missing_variant(self, query: NamedQuery, target: Dialect) -> None:
        message = f"query `{query.name}` is only for {query.dialect}, and {target.title} has no variant of it"
        help = f"write one with `-- dialect: {target.name}`, or take the mark off the one there is"
        self.findings.append(error("missing-variant", message, query.name_span, help))

    # Inference

    def _inferred(self, query: NamedQuery, environment: Environment) -> Typed | None:
        """The query with its types, and what its command asks of it."""
        self.findings += not_yet_supported(query)
        inferred = infer(query, environment)
        self.findings += inferred.diagnostics
        if inferred.query is None:
            return None
        typed = inferred.query
        if query.command is Command.EXECLASTID:
            last = infer_last_id(typed, environment)
            self.findings += last.diagnostics
            if last.query is None:
                return None
            typed = last.query
        elif query.command.reads_rows and not typed.columns:
            self.findings.append(_no_rows(query))
        return Typed(typed, inferred)

    # Variants

    def _variant(self, variant: NamedQuery, main: TypedQuery, target: Dialect) -> Statement | None:
        typed = self._inferred(variant, self.environment(target))
        if typed is None:
            return None
        order = self._parameter_order(typed.query, main)
        if order is None or not self._same_columns(typed.query, main):
            return None
        self._check_values(typed.query, main)
        self._variants[target.name] = typed.query
        statement = self._ended(typed.query, written_statement(typed.query, target), target)
        return replace(statement, params=tuple(order[position] for position in statement.params))

    def _parameter_order(self, variant: TypedQuery, main: TypedQuery) -> tuple[int, ...] | None:
        """For each of the variant's parameters, the position of the main query's that it is."""
        names = [parameter.name for parameter in main.parameters]
        found = {parameter.name: parameter for parameter in variant.parameters}
        missing = [name for name in names if name not in found]
        extra = [name for name in found if name not in names]
        if missing or extra:
            parts = [f"has no `{name}`" for name in missing] + [
                f"has `{name}`, which the query has not" for name in extra
            ]
            message = f"the variant has other parameters: it {', '.join(parts)}"
            self._differs(variant, message, "give both the same parameters")
            return None
        lists = [name for name in names if found[name].sequence != main.parameters[names.index(name)].sequence]
        if lists:
            self._differs(variant, f"`{lists[0]}` is a list in one only", "make it a list in both, or in neither")
            return None
        return tuple(names.index(parameter.name) for parameter in variant.parameters)

    def _same_columns(self, variant: TypedQuery, main: TypedQuery) -> bool:
        wanted = [column.name for column in main.columns]
        found = [column.name for column in variant.columns]
        if wanted == found or not main.query.command.reads_rows:
            return True
        message = f"the variant gives the columns {_listed(found)}, and the query {_listed(wanted)}"
        self._differs(variant, message, "give both the same columns in the same order")
        return False

    def _check_values(self, variant: TypedQuery, main: TypedQuery) -> None:
        """The variant must keep what the method promises: its command, no NULL where there is none, and its types."""
        if variant.query.command is not main.query.command:
            message = f"the variant is `:{variant.query.command}`, and the query `:{main.query.command}`"
            self._differs(variant, message, "give both the same command")
        for own, promised in zip(variant.columns, main.columns, strict=False):
            if own.nullable and not promised.nullable:
                message = f"column `{own.name}` can be NULL in the variant, and never is in the query"
                help = f'write `as "{own.name}!"` in the variant if it cannot, or `as "{own.name}?"` in the query'
                self._differs(variant, message, help)
            kept, said = self._kept_type(own), promised.type
            if kept is not None and not _alike(kept, said):
                message = f"column `{own.name}` is {kept} in the variant, and {said} in the query"
                self._differs(variant, message, "give both columns of the same type")

    def _kept_type(self, column: TypedColumn) -> Type | None:
        """The type of a variant's column in the schema as it was written, if the column is one of a table's own."""
        if column.origin is None:
            return None
        (_, table_name), name = column.origin
        tables = self.writing.catalog.tables.values()
        table = next((one for one in tables if one.key[1] == table_name), None)
        found = table.column(name) if table is not None else None
        return self._written.types.neutral(found.type) if found is not None else None

    def _differs(self, variant: TypedQuery, message: str, help: str) -> None:
        self.findings.append(error("variant-differs", message, variant.query.name_span, help))


@value
class Typed:
    """A query as its method gives it, and as inference saw it."""

    query: TypedQuery
    inferred: Inferred


def _alike(kept: Type, said: Type) -> bool:
    """Whether values of one type may stand for the other's, however many digits or letters either has room for."""
    return kept.kind is said.kind or OTHER in (kept, said) or {kept.kind, said.kind} <= _WHOLE


def not_yet_supported(query: NamedQuery) -> list[Diagnostic]:
    """What a query file may hold, and no method can be made of in this version."""
    found: list[Diagnostic] = []
    if query.command in _LATER:
        message = f"`:{query.command.value}` is read, but this version makes no method of it"
        found.append(error("not-yet-supported", message, query.command_span, "use :many or :exec"))
    for line in query.optional_lines:
        message = "`-- when` is read, but this version makes no optional lines of it"
        found.append(error("not-yet-supported", message, line.span, "write the condition as `(:p? is null or …)`"))
    if query.sort is not None:
        span = query.span(query.sort.start, query.sort.end)
        message = "`-- sort by` is read, but this version makes no choice of orders of it"
        found.append(error("not-yet-supported", message, span, "write one query for each order"))
    return found


def _no_rows(query: NamedQuery) -> Diagnostic:
    message = f"`:{query.command.value}` gives rows, and this statement returns none"
    return error("no-rows", message, query.command_span, "add RETURNING, or use :exec or :execrows")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
