"""CREATE INDEX on SQLite."""

from __future__ import annotations

from typing import Final

from ....model.catalog import Index, KeyPart, Table
from ...ddl import Carried
from ...layout import listed
from ...prefixes import check_prefixes
from ..names import SqliteNames
from .values import without_queries

_NAMES: Final = SqliteNames()
_ORDINARY: Final = (None, "btree", "hash")


def create_index(index: Index, table: Table, carried: Carried) -> str | None:
    """The statement that makes an index; None when it cannot be made, which is reported."""
    if index.method not in _ORDINARY:
        report = carried.refuse if index.unique else carried.leave_out
        report(
            f"index `{index.name}` is left out: SQLite has no {index.method} indexes",
            index.span,
            "queries work without it; where it matters, write an index that SQLite has as a migration of your own",
        )
        return None
    if index.nulls_not_distinct:
        carried.refuse(
            f"NULLS NOT DISTINCT of index `{index.name}` has no equivalent on SQLite",
            index.span,
            "index `coalesce(column, …)` instead, with a value that no row has",
        )
    if index.include:
        carried.leave_out(
            f"INCLUDE of index `{index.name}` is left out: SQLite has no such columns",
            index.span,
            "the index works without them",
        )
    check_prefixes(index, table, carried, "SQLite")
    parts = [_part(part, table, carried) for part in index.parts]
    where = without_queries(index.where, table, carried) if index.where is not None else ""
    if where is None or None in parts:
        return None
    head = "create unique index" if index.unique else "create index"
    text = f"{head} {_NAMES.quoted(index.name)} on {_NAMES.quoted(table.name)} {listed([part or '' for part in parts])}"
    return f"{text} where {where}" if where else text


def _part(part: KeyPart, table: Table, carried: Carried) -> str | None:
    """SQLite has no NULLS FIRST in indexes; a query that asks for it sorts by itself."""
    if part.column is not None:
        text: str | None = _NAMES.quoted(part.column)
    elif part.expression is not None:
        text = without_queries(part.expression, table, carried)
    else:
        text = None
    return f"{text} desc" if text is not None and part.descending else text
