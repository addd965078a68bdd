"""Tables that a statement changes and reads at the same time, which MySQL refuses (manual, 15.2.15.12)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, error
from ..model.catalog import Table
from ..model.query import NamedQuery
from ..model.syntax import (
    Delete,
    DerivedTable,
    Insert,
    Join,
    Node,
    Query,
    Select,
    TableExpression,
    TableName,
    Update,
    Values,
    With,
    children,
)
from .environment import Environment
from .merging import is_merged
from .resolve import resolve
from .scopes import Resolution


def rereading_findings(query: NamedQuery, resolution: Resolution, environment: Environment) -> Iterator[Diagnostic]:
    """The places where a query inside a statement reads what the statement changes. A query in FROM may: it is made
    before."""
    node = query.query
    if _kind(node) not in environment.dialect.features.closed_to_readers:
        return
    inserts = isinstance(node, Insert)  # where the server looks for the table's own name only
    changed = {
        (base, name if inserts else "")
        for table in _changed(node, resolution)
        for base, name in _bases(table, table.name, environment)
    }
    for name in _read_inside(node):
        relation = resolution.relations.get(name)
        table = relation.table if relation is not None else None
        if relation is None or table is None:
            continue
        if any(
            (base, called if inserts else "") in changed for base, called in _bases(table, relation.name, environment)
        ):
            message = f"`{table.name}` is changed by this statement, and cannot be read inside it"
            help = f"read it in a query in FROM: (select * from {table.name}) as other"
            yield error("reads-target", message, query.span(name.start, name.end), help)


def _kind(node: Query) -> str:
    match node:
        case Insert(source=Values()):
            return "insert"
        case Update():
            return "update"
        case Delete(joined=joined):
            return "joined delete" if joined else "delete"
        case _:
            return ""


def _changed(node: Query, resolution: Resolution) -> Iterator[Table]:
    """The tables that a statement writes to."""
    own = resolution.target_tables.get(node)
    relations = [own] if own is not None else resolution.scopes[node].relations
    tables = [(relation.name, relation.table) for relation in relations if relation.table is not None]
    match node:
        case Delete(joined=True, targets=targets):
            names = {target.parts[-1].text for target in targets}
            yield from (table for name, table in tables if name in names)
        case Update(assignments=items) if own is None:
            written = {id(resolution.targets.get(target)) for item in items for target in item.targets}
            yield from (table for _, table in tables if any(id(column) in written for column in table.columns))
        case _:
            yield from (table for _, table in tables)


def _bases(table: Table, name: str, environment: Environment) -> Iterator[tuple[Table, str]]:
    """The tables that a relation stands for, with their names: of a view that is merged into the query, those that it
    reads."""
    if table.query is None:
        yield table, name
        return
    if table.recursive or table.source is None or not isinstance(table.query, Select):
        return
    if not is_merged(table.query, environment.dialect.nulls):
        return
    resolution = environment.view_resolution(table, resolve)
    for read in _named(table.query.from_):
        relation = resolution.relations.get(read)
        if relation is not None and relation.table is not None:
            yield from _bases(relation.table, relation.name, environment)


def _named(table: TableExpression | None) -> Iterator[TableName]:
    match table:
        case TableName():
            yield table
        case Join(left=left, right=right):
            yield from _named(left)
            yield from _named(right)
        case _:
            return


def _read_inside(node: Node) -> Iterator[TableName]:
    """The tables that the expressions of a statement read; its own FROM is none of them."""
    for child in children(node):
        match child:
            case Join():
                yield from _read_inside(child)
            case TableExpression() | With():
                pass
            case _:
                yield from _read(child)


def _read(node: Node) -> Iterator[TableName]:
    for child in children(node):
        match child:
            case TableName():
                yield child
            case DerivedTable() | With():
                pass  # what is made before
            case _:
                yield from _read(child)
