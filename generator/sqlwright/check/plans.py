"""Advice from plans: tables that are read whole for want of an index, indexes that nothing uses, foreign keys without
one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ..diagnostics import Diagnostic, Source, Span, enumerated, warning
from ..dialects.base import Dialect
from ..infer.comparisons import Comparison, comparisons
from ..infer.facts import QueryFacts
from ..live.base import Access
from ..model.catalog import Catalog, Index, RelationKind, Table
from ..model.query import NamedQuery
from ..model.values import entity, value

FULL_SCAN: Final = "full-scan"
UNUSED_INDEX: Final = "unused-index"
UNINDEXED_KEY: Final = "unindexed-foreign-key"
_ALLOW: Final = re.compile(r"--[ \t]*allow[ \t]+(?P<code>[\w-]+)[ \t]*:[ \t]*(?P<reason>\S.*)", re.IGNORECASE)


@entity
class Planned:
    """A query as it was written, with what inference found out of it, and how servers read its tables."""

    query: NamedQuery
    facts: QueryFacts
    accesses: Mapping[str, Sequence[Access]]
    """By the title of the server."""


@value
class Missing:
    """An index that is not there: the table, its columns, and the place of what asks for it."""

    table: str
    columns: tuple[str, ...]
    span: Span


def advice(planned: Sequence[Planned], catalog: Catalog, dialect: Dialect) -> list[Diagnostic]:
    """Findings about the plans of all queries of a package, and the indexes and keys of its schema."""
    findings: list[Diagnostic] = []
    for one in planned:
        findings += _of_query(one, dialect)
    used = {access.index for one in planned for found in one.accesses.values() for access in found}
    for table in catalog.tables.values():
        if table.kind is RelationKind.TABLE:
            findings += _unused(table, used)
            if not dialect.features.foreign_keys_indexed:
                findings += _unindexed(table, dialect)
    return findings


# Tables that are read whole


def _of_query(planned: Planned, dialect: Dialect) -> Iterator[Diagnostic]:
    query = planned.query
    titles: dict[Missing, list[str]] = {}
    for title, accesses in planned.accesses.items():
        for missing in _missing(planned, accesses):
            titles.setdefault(missing, []).append(title)
    for missing, of in titles.items():
        if _is_allowed(query.source, query.name_span.start, query.end, FULL_SCAN):
            return
        message = f"{enumerated(of)} {'reads' if len(of) == 1 else 'read'} all rows of `{missing.table}` for this"
        yield warning(FULL_SCAN, message, missing.span, f"{_create(missing, dialect)}{_or_allow(FULL_SCAN)}")


def _missing(planned: Planned, accesses: Iterable[Access]) -> Iterator[Missing]:
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
        if table.kind is RelationKind.TABLE and not _is_led(table, columns):
            node = wanted[0].node
            yield Missing(table.name, columns, planned.query.span(node.start, node.end))


def _table(comparison: Comparison) -> Table:
    table = comparison.relation.table
    assert table is not None
    return table


def _index_columns(found: Sequence[Comparison]) -> tuple[str, ...]:
    """The columns of the index that would serve: those compared for equality, and one range behind them."""
    equal = list(dict.fromkeys(one.column for one in found if one.is_equal))
    ranges = list(dict.fromkeys(one.column for one in found if not one.is_equal and one.column not in equal))
    return (*equal, *ranges[:1])


def _is_led(table: Table, columns: Sequence[str]) -> bool:
    """Whether an index begins with one of the columns: then it is not for want of one that the table is read whole."""
    return any(key[:1] and key[0] in columns for key in _keys(table))


# The schema


def _unused(table: Table, used: set[str | None]) -> Iterator[Diagnostic]:
    for index in table.indexes:
        if index.unique or index.name in used or index.span is None or _serves_a_key(index, table):
            continue
        span = index.span
        if not _is_allowed_beside(span, UNUSED_INDEX):
            help = f"drop it, if no other program needs it{_or_allow(UNUSED_INDEX)}"
            yield warning(UNUSED_INDEX, f"no query uses the index `{index.name}`", span, help)


def _serves_a_key(index: Index, table: Table) -> bool:
    """Whether a foreign key's rows are found by it when the row is deleted that they refer to."""
    columns = tuple(part.column for part in index.parts)
    return any(columns[: len(key.columns)] == key.columns for key in table.foreign_keys)


def _unindexed(table: Table, dialect: Dialect) -> Iterator[Diagnostic]:
    keys = list(_keys(table))
    for foreign in table.foreign_keys:
        if any(set(key[: len(foreign.columns)]) == set(foreign.columns) for key in keys):
            continue
        span = foreign.span or table.span
        if span is None or _is_allowed_beside(span, UNINDEXED_KEY):
            continue
        named = ", ".join(foreign.columns)
        message = f"no index leads with ({named}) of `{table.name}`, which refers to `{foreign.table[1]}`"
        missing = Missing(table.name, foreign.columns, span)
        why = "without it a change of the row referred to reads the whole table"
        yield warning(UNINDEXED_KEY, message, span, f"{why}; {_create(missing, dialect)}{_or_allow(UNINDEXED_KEY)}")


def _keys(table: Table) -> Iterator[tuple[str, ...]]:
    """The columns of each key and each whole index."""
    if table.primary_key is not None:
        yield table.primary_key.columns
    yield from (key.columns for key in table.uniques)
    for index in table.indexes:
        if index.where is None:
            yield tuple(part.column or "" for part in index.parts)


# Words


def _create(missing: Missing, dialect: Dialect) -> str:
    quoted = dialect.names.quoted
    name = quoted("_".join((missing.table, *missing.columns, "idx")))
    return f"`create index {name} on {quoted(missing.table)} ({', '.join(map(quoted, missing.columns))});` serves it"


def _or_allow(code: str) -> str:
    return f"; or write `-- allow {code}: ` and the reason beside it"


def _is_allowed(source: Source, start: int, end: int, code: str) -> bool:
    """Whether a comment between two offsets, or behind on the last line, allows what a code is for."""
    line_end = source.text.find("\n", end)
    stretch = source.text[start : line_end if line_end >= 0 else len(source.text)]
    return any(match["code"].lower() == code for match in _ALLOW.finditer(stretch))


def _is_allowed_beside(span: Span, code: str) -> bool:
    """Whether a comment on the line of a place, or on lines of comments right above it, does."""
    source = span.source
    line = span.line
    while line > 1 and source.line(line - 1).lstrip().startswith("--"):
        line -= 1
    return _is_allowed(source, source.line_starts[line - 1], span.end, code)
