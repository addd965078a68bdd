"""Advice from plans: tables that are read whole for want of an index, indexes that nothing uses, foreign keys without
one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ..diagnostics import Diagnostic, Source, Span, enumerated, in_order, warning
from ..dialects.base import Dialect
from ..infer.comparisons import Comparison, comparisons
from ..infer.facts import QueryFacts
from ..live.base import Access
from ..model.catalog import Catalog, ForeignKey, Index, RelationKind, Table
from ..model.query import NamedQuery
from ..model.syntax import ColumnName, Expression, Is, Logical
from ..model.values import entity, value
from .allowances import Allowances

FULL_SCAN: Final = "full-scan"
UNUSED_INDEX: Final = "unused-index"
UNINDEXED_KEY: Final = "unindexed-foreign-key"


@entity
class Planned:
    """A query as it was written, with what inference found out of it, and how servers read its tables."""

    query: NamedQuery
    facts: QueryFacts
    accesses: Mapping[str, Sequence[Access]]
    """By the title of the server."""


@entity
class Plans:
    """The plans of a package's queries, and its schema.

    `complete` tells that every query was planned on each database that was chosen, and `whole` that these are all.
    """

    planned: Sequence[Planned]
    catalog: Catalog
    schema: Sequence[Source]
    dialect: Dialect
    complete: bool
    whole: bool


def advice(plans: Plans) -> list[Diagnostic]:
    """Findings about the plans of all queries of a package, and the indexes and keys of its schema."""
    advisor = _Advisor(plans)
    wanted = [*advisor.scans(), *(missing for table in advisor.tables for missing in advisor.unindexed(table))]
    findings = [advisor.finding(missing, wanted) for missing in wanted]
    if plans.complete:
        used = {access.index for one in plans.planned for found in one.accesses.values() for access in found}
        findings += [found for table in advisor.tables for found in advisor.unused(table, used)]
    return [*findings, *(advisor.needless() if plans.complete and plans.whole else ())]


@value
class _Missing:
    """An index that is not there: the table, its columns, and what asks for it, in what words."""

    code: str
    table: str
    columns: tuple[str, ...]
    span: Span
    message: str
    why: str = ""


class _Advisor:
    """One run over the plans, in which comments are made use of."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self._dialect = plans.dialect
        self._allowances = Allowances()
        self.tables = [table for table in plans.catalog.tables.values() if table.kind is RelationKind.TABLE]

    def scans(self) -> Iterator[_Missing]:
        """The indexes for want of which queries read tables whole."""
        for planned in self._plans.planned:
            yield from self._scans_of(planned)

    def unindexed(self, table: Table) -> Iterator[_Missing]:
        """The indexes that foreign keys of a table want."""
        if self._dialect.features.foreign_keys_indexed:
            return
        for foreign in table.foreign_keys:
            columns = set(foreign.columns)
            if any(set(key[: len(columns)]) == columns for key in _keys(table, foreign.columns, self._dialect)):
                continue
            span = foreign.span or table.span
            if span is not None and not self._allowances.beside(span, UNINDEXED_KEY):
                why = "without it a change of the row referred to reads the whole table; "
                yield _Missing(UNINDEXED_KEY, table.name, foreign.columns, span, _unled(table, foreign), why)

    def unused(self, table: Table, used: set[str | None]) -> Iterator[Diagnostic]:
        """The indexes of a table that no query uses."""
        for index in table.indexes:
            span = index.span
            if index.unique or index.name in used or span is None or self._serves_a_key(index, table):
                continue
            if not self._allowances.beside(span, UNUSED_INDEX):
                help = f"drop it, if no other program needs it{_or_allow(UNUSED_INDEX)}"
                yield warning(UNUSED_INDEX, f"no query uses the index `{index.name}`", span, help)

    def needless(self) -> list[Diagnostic]:
        """The comments that nothing has made use of."""
        queries = {one.query.source.name: one.query.source for one in self._plans.planned}
        found = [*self._allowances.needless(queries.values(), (FULL_SCAN,))]
        return in_order([*found, *self._allowances.needless(self._plans.schema, (UNUSED_INDEX, UNINDEXED_KEY))])

    def finding(self, missing: _Missing, all_missing: Sequence[_Missing]) -> Diagnostic:
        """The finding, with the index that serves all that begins with its columns."""
        served = [
            one.columns
            for one in all_missing
            if one.table == missing.table and one.columns[: len(missing.columns)] == missing.columns
        ]
        create = self._create(missing.table, max(served, key=len))
        return warning(missing.code, missing.message, missing.span, f"{missing.why}{create}{_or_allow(missing.code)}")

    def _scans_of(self, planned: Planned) -> Iterator[_Missing]:
        query = planned.query
        titles: dict[tuple[str, tuple[str, ...], Span], list[str]] = {}
        partial: dict[str, str] = {}
        for title, accesses in planned.accesses.items():
            for table, columns, span in self._scanned(planned, accesses):
                titles.setdefault((table.name, columns, span), []).append(title)
                partial[table.name] = _partial(table, columns, ", which the query does not say")
        for (table_name, columns, span), of in titles.items():
            if self._allowances.within(query.source, query.name_span.start, query.end, FULL_SCAN):
                return
            read = "reads" if len(of) == 1 else "read"
            message = f"{enumerated(of)} {read} all rows of `{table_name}` for this{partial[table_name]}"
            yield _Missing(FULL_SCAN, table_name, columns, span, message)

    def _scanned(self, planned: Planned, accesses: Iterable[Access]) -> Iterator[tuple[Table, tuple[str, ...], Span]]:
        """The tables that are read whole, with the columns that an index would serve and the place that asks for it."""
        found = comparisons(planned.facts)
        for access in accesses:
            if not access.scans:
                continue
            own = [one for one in found if access.table in (one.relation.name, _table(one).name)]
            wanted = [one for one in own if one.column in access.columns or (not access.columns and one.other is None)]
            if not wanted:
                continue
            table = _table(wanted[0])
            columns = _index_columns(wanted)
            keys = _keys(table, columns, self._dialect)
            # An index that begins with one of the columns is there: then it is not for want of one.
            if table.kind is RelationKind.TABLE and not any(key[:1] and key[0] in columns for key in keys):
                node = wanted[0].node
                yield table, columns, planned.query.span(node.start, node.end)

    def _serves_a_key(self, index: Index, table: Table) -> bool:
        """Whether a foreign key's rows are found by it when the row is deleted that they refer to."""
        columns = _columns(index)
        return any(
            columns[: len(key.columns)] == key.columns and _holds(index, key.columns, self._dialect)
            for key in table.foreign_keys
        )

    def _create(self, table: str, columns: Sequence[str]) -> str:
        quoted = self._dialect.names.quoted
        name = quoted("_".join((table, *columns, "idx")))
        return f"`create index {name} on {quoted(table)} ({', '.join(map(quoted, columns))});` serves it"


def _table(comparison: Comparison) -> Table:
    table = comparison.relation.table
    assert table is not None
    return table


def _index_columns(found: Sequence[Comparison]) -> tuple[str, ...]:
    """The columns of the index that would serve: those compared for equality, and one range behind them."""
    equal = list(dict.fromkeys(one.column for one in found if one.is_equal))
    ranges = list(dict.fromkeys(one.column for one in found if not one.is_equal and one.column not in equal))
    return (*equal, *ranges[:1])


def _keys(table: Table, compared: Sequence[str], dialect: Dialect) -> Iterator[tuple[str, ...]]:
    """The columns of each key, and of each index that holds all rows in which the columns compared are not NULL."""
    if table.primary_key is not None:
        yield table.primary_key.columns
    yield from (key.columns for key in table.uniques)
    for index in table.indexes:
        if _holds(index, compared, dialect):
            yield _columns(index)


def _holds(index: Index, compared: Sequence[str], dialect: Dialect) -> bool:
    """Whether all rows in which the columns compared are not NULL are in an index."""
    return index.where is None or _is_implied(index.where.expression, compared, dialect)


def _columns(index: Index) -> tuple[str, ...]:
    return tuple(part.column or "" for part in index.parts)


def _is_implied(condition: Expression, compared: Sequence[str], dialect: Dialect) -> bool:
    """Whether a condition holds in each row in which columns are compared: it says that they are not NULL."""
    match condition:
        case Logical(op="and", operands=operands):
            return all(_is_implied(operand, compared, dialect) for operand in operands)
        case Is(operand=ColumnName(parts=parts), test="null", negated=True):
            key = dialect.names.column_key
            return key(parts[-1].text) in {key(column) for column in compared}
        case _:
            return False


# Words


def _unled(table: Table, foreign: ForeignKey) -> str:
    named = ", ".join(foreign.columns)
    message = f"no index leads with ({named}) of `{table.name}`, which refers to `{foreign.table[1]}`"
    return f"{message}{_partial(table, foreign.columns, '')}"


def _partial(table: Table, columns: Sequence[str], but: str) -> str:
    """The partial indexes that lead with one of the columns, and do not serve."""
    found = [
        f"`{index.name}` holds only rows with {' '.join(index.where.text.split())}"
        for index in table.indexes
        if index.where is not None and _columns(index)[0] in columns
    ]
    return f": {enumerated(found)}{but}" if found else ""


def _or_allow(code: str) -> str:
    return f"; or write `-- allow {code}: ` and the reason beside it"
