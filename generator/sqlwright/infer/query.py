"""One named query and the catalog to a TypedQuery: the passes in order, and their facts put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..diagnostics import Diagnostic, Span, error, has_errors, nearest_of, too_deep
from ..model.catalog import Key, RelationKind
from ..model.query import ColumnNote, NamedQuery
from ..model.syntax import (
    Delete,
    Embed,
    Exists,
    FieldStar,
    Identifier,
    Insert,
    Merge,
    Query,
    SelectItem,
    Star,
    Update,
    Utility,
    walk,
)
from ..model.typed import ReasonStep, Replacement, TypedColumn, TypedQuery
from ..model.types import OTHER, Kind, SqlType
from ..model.values import value
from .cardinality import RowCounts
from .constructs import missing_constructs
from .documents import Documents
from .environment import Environment
from .facts import QueryFacts, TypeFacts
from .grouping import grouping_findings
from .locking import locking_findings
from .lone import computed_never_null
from .nulls import Reason, infer_nullability
from .origins import origin
from .parameters import conflicting_parameters, nullable_parameters, typed_parameters
from .required import missing_columns
from .rereading import rereading_findings
from .resolve import resolve
from .rules import rule_findings
from .scopes import (
    ColumnRef,
    OutputColumn,
    Relation,
    Resolution,
    StarExpansion,
)
from .typing import infer_types
from .widths import width_findings
from .writes import writing_findings


@value
class Inferred:
    """A query with its types (None when it is wrong), and what was found on the way."""

    query: TypedQuery | None
    diagnostics: tuple[Diagnostic, ...]
    facts: QueryFacts | None = None
    """What translation needs of the query; None when it is wrong."""


def infer(query: NamedQuery, environment: Environment) -> Inferred:
    """The types of one query. Everything that the database would refuse and we can tell is among the diagnostics."""
    try:
        return _infer(query, environment)
    except RecursionError:
        return Inferred(None, (too_deep("analysed", query.name_span),))


def _infer(query: NamedQuery, environment: Environment) -> Inferred:
    resolution = resolve(query.query, query.source, environment)
    facts = infer_types(resolution, query.placeholders, query.source, environment)
    findings = resolution.findings
    findings += missing_constructs(query, environment)
    findings += grouping_findings(query, resolution, facts, environment)
    findings += writing_findings(query, resolution, environment)
    findings += locking_findings(query, resolution, facts, environment)
    findings += rereading_findings(query, resolution, environment)
    if not has_errors(findings):
        findings += rule_findings(query, resolution, facts, environment)
    findings += width_findings(query, resolution, environment)
    findings += missing_columns(query, resolution)
    findings += conflicting_parameters(facts, query, environment)
    parameters, of_placeholder = typed_parameters(query, facts, environment, findings)
    if has_errors(findings):
        return Inferred(None, tuple(findings))
    nullability = infer_nullability(
        resolution,
        facts,
        query.placeholders,
        nullable_parameters(facts),
        environment,
        computed_never_null(environment),
    )
    nulls = nullability.outputs
    known = QueryFacts(resolution, facts, nullability.never_null, nullability.column_nullable)
    documents = Documents(known, environment)
    columns = _columns(query, resolution, facts, nulls, documents, environment, findings)
    counts = RowCounts(resolution, facts, environment)
    findings += counts.warnings(query)
    typed = TypedQuery(
        query,
        parameters,
        columns,
        of_placeholder,
        _replacements(query, resolution, environment),
        counts.of(query.query),
        _changes_rows(query.query),
        _table(query, resolution, nulls, columns),
        _returning(query),
    )
    return Inferred(typed, tuple(findings), known)


def _changes_rows(query: Query) -> bool:
    """Whether a statement can change anything, in a WITH query of its own too."""
    return any(isinstance(node, Insert | Update | Delete | Merge | Utility) for node in walk(query))


def _returning(query: NamedQuery) -> Span | None:
    match query.query:
        case Insert(returning=returning) | Update(returning=returning) | Delete(returning=returning) if returning:
            return query.span(returning.start, returning.end)
        case _:
            return None


# Columns


def _columns(
    query: NamedQuery,
    resolution: Resolution,
    facts: TypeFacts,
    nulls: list[Reason | None],
    documents: Documents,
    environment: Environment,
    findings: list[Diagnostic],
) -> tuple[TypedColumn, ...]:
    outputs = resolution.outputs[resolution.query]
    types = facts.outputs.get(resolution.query, [])
    columns: list[TypedColumn] = []
    for position, output in enumerate(outputs):
        sql_type = types[position] if position < len(types) else None
        column = _column(query, output, sql_type, nulls[position], resolution, environment)
        shape = documents.of(output, resolution.query) if column.type.kind is Kind.JSON else None
        columns.append(column if shape is None else replace(column, shape=shape))
    return _with_notes(columns, query.column_notes, findings)


def _column(
    query: NamedQuery,
    output: OutputColumn,
    sql_type: SqlType | None,
    reason: Reason | None,
    resolution: Resolution,
    environment: Environment,
) -> TypedColumn:
    found = sql_type or environment.types.text()
    mark = _mark(output.item, output)
    nullable = reason is not None if mark is None else mark == "?"
    found_origin = origin(output.value, resolution) if output.path is None else None
    embedded, table, missing = _embedding(output, reason, resolution)
    return TypedColumn(
        output.name,
        environment.types.neutral(found) if sql_type is not None else OTHER,
        found,
        environment.types.display(found),
        nullable,
        query.span(output.item.start, output.item.end),
        found_origin,
        embedded,
        table,
        missing,
        None,
        _steps(query, reason) if nullable else (),
    )


def _embedding(
    output: OutputColumn, reason: Reason | None, resolution: Resolution
) -> tuple[str | None, Key | None, bool]:
    """The name under which a column is nested, the table it is of, and whether that may be missing."""
    if output.embedded is None or not isinstance(output.value, ColumnRef):
        return None, None, False
    relation = output.value.relation
    key = relation.table.key if relation.table is not None else None
    return relation.name, key, reason is not None and "missing" in reason.message


def _mark(item: SelectItem, output: OutputColumn) -> str | None:
    """The `!` or `?` at the end of a quoted alias."""
    alias = item.alias
    if alias is None or not alias.quoted or len(alias.text) < 2 or output.embedded is not None:
        return None
    return alias.text[-1] if alias.text[-1] in "!?" else None


def _steps(query: NamedQuery, reason: Reason | None) -> tuple[ReasonStep, ...]:
    steps: list[ReasonStep] = []
    for step in reason.chain() if reason is not None else ():
        span = query.span(step.node.start, step.node.end) if step.node is not None else None
        steps.append(ReasonStep(step.message, span))
    return tuple(steps)


def _with_notes(
    columns: list[TypedColumn], notes: Iterable[ColumnNote], findings: list[Diagnostic]
) -> tuple[TypedColumn, ...]:
    """The columns with what `-- column name: …` lines say of them."""
    result = list(columns)
    for note in notes:
        positions = [position for position, column in enumerate(result) if column.name == note.column]
        if not positions:
            names = [column.name for column in columns]
            findings.append(
                error(
                    "unknown-column",
                    f"the query has no column `{note.column}`",
                    note.span,
                    nearest_of(note.column, names, "columns"),
                )
            )
        for position in positions:
            column = result[position]
            match note.text.lower():
                case "not null":
                    result[position] = replace(column, nullable=False)
                case "nullable" | "null":
                    result[position] = replace(column, nullable=True)
                case _:
                    result[position] = replace(column, override=note.text)
    return tuple(result)


# The class of a row, and the text that is sent


def _table(
    query: NamedQuery, resolution: Resolution, nulls: list[Reason | None], columns: tuple[TypedColumn, ...]
) -> Key | None:
    """The table whose class a row is: the query selects one star of one table, and no join leaves the row out."""
    if query.column_notes:
        return None
    outputs = resolution.outputs[resolution.query]
    items = {id(output.item) for output in outputs}
    if len(items) != 1 or not outputs or not isinstance(outputs[0].item.expression, Star):
        return None
    relations = {output.value.relation for output in outputs if isinstance(output.value, ColumnRef)}
    if len(relations) != 1:
        return None
    relation = next(iter(relations))
    if not _is_whole_table(relation, outputs) or relation.table is None:
        return None
    same = all(
        column.nullable == declared.nullable for column, declared in zip(columns, relation.table.columns, strict=True)
    )
    return relation.table.key if same or _only_narrower(columns, relation) else None


def _only_narrower(columns: tuple[TypedColumn, ...], relation: Relation) -> bool:
    """Whether the rows have no NULL where the table has none."""
    assert relation.table is not None
    return all(
        declared.nullable or not column.nullable
        for column, declared in zip(columns, relation.table.columns, strict=True)
    )


def _is_whole_table(relation: Relation, outputs: tuple[OutputColumn, ...]) -> bool:
    table = relation.table
    if table is None or table.kind is RelationKind.SYSTEM:
        return False
    names = [output.name for output in outputs]
    return names == [column.name for column in table.columns]


def _replacements(query: NamedQuery, resolution: Resolution, environment: Environment) -> tuple[Replacement, ...]:
    """The stars as their columns, and the aliases without their marks."""
    result: list[Replacement] = []
    unneeded = {
        id(node)
        for exists in walk(query.query)
        if isinstance(exists, Exists)
        for node in walk(exists)
        if isinstance(node, Star)
    }
    for star in resolution.stars:
        implied = star.node.start == star.node.end
        text = None if implied or id(star.node) in unneeded else _star_text(star, environment)
        if text is not None:
            result.append(Replacement(star.node.start, star.node.end, text))
    for node in walk(query.query):
        if isinstance(node, SelectItem) and node.alias is not None and _marked(node.alias):
            name = environment.dialect.names.quoted(node.alias.text[:-1])
            result.append(Replacement(node.alias.start, node.alias.end, name))
    return tuple(sorted(result, key=lambda found: found.start))


def _marked(alias: Identifier) -> bool:
    return alias.quoted and len(alias.text) > 1 and alias.text[-1] in "!?"


def _star_text(star: StarExpansion, environment: Environment) -> str | None:
    """A star as a list of columns; None where it must stay, because a column cannot be named."""
    if not star.outputs or isinstance(star.node, FieldStar):
        return None
    quoted = environment.dialect.names.quoted
    qualified = len(star.relations) > 1 or isinstance(star.node, Embed) or bool(star.node.qualifier)
    names: list[str] = []
    for output in star.outputs:
        name = quoted(output.name)
        if isinstance(output.value, ColumnRef):
            relation = output.value.relation
            if len(relation.index.get(environment.column_key(output.name), ())) != 1:
                return None
            if qualified and not relation.name:
                return None
            names.append(f"{quoted(relation.name)}.{name}" if qualified else name)
        else:
            names.append(name)
    return ", ".join(names)
