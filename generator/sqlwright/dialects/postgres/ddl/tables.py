"""CREATE TABLE and CREATE INDEX on PostgreSQL, for what was written for another database."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from ....model.catalog import Column, ForeignKey, Index, KeyPart, Making, Table, UniqueKey
from ....model.types import Kind, Type
from ...ddl import TYPE_CHECK, Carried
from ...layout import Line, listed, table_text
from ...prefixes import check_prefixes
from ..declared import declared
from ..names import PostgresNames
from .names import qualified

_NAMES: Final = PostgresNames()
_MOMENTS: Final = frozenset((Kind.TIME, Kind.TIMESTAMP, Kind.TIMESTAMPTZ))
_INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
_ORDINARY: Final = (None, "btree", "hash")
_LONGEST_NAME: Final = 63
"""In bytes: PostgreSQL cuts longer names."""
_NUMBERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64, Kind.DECIMAL, Kind.FLOAT32, Kind.FLOAT64))


def create_table(table: Table, later: Container[ForeignKey], carried: Carried) -> str:
    """The statement that makes a table, without the foreign keys that are added later."""
    for key in table.foreign_keys:
        _check_foreign_key(key, table, carried)
    foreign = [key for key in table.foreign_keys if key not in later]
    lines = [Line(_column(column, table, foreign, carried), column.comment) for column in table.columns]
    lines += [Line(text) for text in _constraints(table, foreign, carried)]
    return table_text(f"create table {qualified(table.key)}", lines, table.comment)


def add_foreign_key(table: Table, foreign: ForeignKey) -> str:
    """The statement that adds a foreign key to a table that exists."""
    columns = _columns(foreign.columns)
    return (
        f"alter table {qualified(table.key)} add {_named(foreign.name)}foreign key {columns} "
        f"references {_reference(foreign)}"
    )


def create_index(index: Index, table: Table, carried: Carried) -> str | None:
    """The statement that makes an index; None when it cannot be made, which is reported."""
    if index.method not in _ORDINARY:
        report = carried.refuse if index.unique else carried.leave_out
        report(
            f"index `{index.name}` is left out: PostgreSQL has no {index.method} indexes",
            index.span,
            "queries work without it; where it matters, write an index that PostgreSQL has as a migration of your own",
        )
        return None
    check_prefixes(index, table, carried, "PostgreSQL")
    parts = [_part(part, table, carried) for part in index.parts]
    where = carried.expression(index.where, table) if index.where is not None else ""
    if where is None or None in parts:
        return None
    head = "create unique index" if index.unique else "create index"
    keys = listed([part or "" for part in parts])
    text = f"{head} {_NAMES.quoted(index.name)} on {qualified(table.key)} {keys}"
    return f"{text} where {where}" if where else text


def _part(part: KeyPart, table: Table, carried: Carried) -> str | None:
    if part.column is not None:
        text: str | None = _NAMES.quoted(part.column)
    else:
        expression = carried.expression(part.expression, table) if part.expression is not None else None
        text = f"({expression})" if expression is not None else None
    return f"{text} desc" if text is not None and part.descending else text


# Columns


def _column(column: Column, table: Table, foreign: list[ForeignKey], carried: Carried) -> str:
    type = carried.type(column)
    name = _NAMES.quoted(column.name)
    parts = [name, _declared(column, table, type, carried)]
    key = table.primary_key
    only = key is not None and key.columns == (column.name,) and key.name is None
    if column.made is not None:
        _check_made(column, table, type, carried)
        always = column.made is Making.IDENTITY_ALWAYS
        parts.append(f"generated {'always' if always else 'by default'} as identity")
    elif not column.nullable and not only:
        parts.append("not null")
    parts += ["primary key"] if only else []
    parts += ["unique"] * any(unique.columns == (column.name,) and _plain(unique) for unique in table.uniques)
    parts += _value(column, table, carried)
    parts += _type_check(column, list(_conditions(column, type, carried)))
    parts += [f"references {_reference(one)}" for one in foreign if _inline(one) and one.columns == (column.name,)]
    return " ".join(parts)


def _type_check(column: Column, conditions: list[str]) -> list[str]:
    name = f"{TYPE_CHECK}{column.name}"
    constraint = _named(name) if len(name.encode()) <= _LONGEST_NAME else ""
    return [f"{constraint}check ({' and '.join(conditions)})"] if conditions else []


def _declared(column: Column, table: Table, type: Type, carried: Carried) -> str:
    """The type of a column. Text is compared and ordered by code point, as it is where the schema was written for."""
    if carried.folds_case(column):
        carried.refuse(
            f"column `{column.name}` of `{table.name}` takes upper and lower case for the same, which PostgreSQL's "
            "own collations do not",
            column.span,
            "leave the collation out, and compare `lower(…)` in queries and unique indexes",
        )
    found = declared(type)
    if found is None:
        written = f"type {carried.declared(column)}" if column.type.name else "no declared type"
        carried.refuse(
            f"column `{column.name}` of `{table.name}` has {written}, of which PostgreSQL has no equivalent",
            column.span,
            "declare a type that both databases have",
        )
    digits = carried.limits(column).digits
    if digits is not None and type.kind in _MOMENTS:
        return f"{found}({digits})"
    return f'{found or "text"} collate "C"' if type.kind is Kind.STR else found or "text"


def _check_made(column: Column, table: Table, type: Type, carried: Carried) -> None:
    if type.kind not in _INTEGERS:
        message = f"column `{column.name}` of `{table.name}` is numbered by the database, which PostgreSQL does up to "
        help = "declare it as a bigint without UNSIGNED, and what points to it as well"
        carried.refuse(f"{message}9223372036854775807 only", column.span, help)


def _conditions(column: Column, type: Type, carried: Carried) -> Iterator[str]:
    """What the type that a column was declared with asks of its values, where PostgreSQL's own asks less."""
    name = _NAMES.quoted(column.name)
    limits = carried.limits(column)
    if type.kind is Kind.UINT64:
        yield f"{name} between 0 and 18446744073709551615"
    elif limits.least is not None:
        yield f"{name} {_between(limits.least, limits.greatest)}"
    if limits.bytes is not None:
        yield f"octet_length({name}) {_between(*limits.bytes)}"


def _between(least: int, greatest: int | None) -> str:
    if greatest is None:
        return f">= {least}"
    return f"= {least}" if least == greatest else f"between {least} and {greatest}"


def _value(column: Column, table: Table, carried: Carried) -> list[str]:
    """PostgreSQL computes a column when it is written: one that is computed when read has the same values."""
    if column.generated is not None:
        expression = carried.generated(column, table)
        return [f"generated always as ({expression}) stored"] if expression is not None else []
    default = carried.default(column, table)
    return [f"default {default}"] if default is not None else []


# Constraints


def _constraints(table: Table, foreign: list[ForeignKey], carried: Carried) -> Iterator[str]:
    key = table.primary_key
    if key is not None and (len(key.columns) > 1 or key.name is not None):
        yield _named(key.name) + f"primary key {_columns(key.columns)}"
    for unique in table.uniques:
        if not _plain(unique):
            yield _named(unique.name) + f"unique {_columns(unique.columns)}"
    for one in foreign:
        if not _inline(one):
            yield _named(one.name) + f"foreign key {_columns(one.columns)} references {_reference(one)}"
    for check in table.checks:
        text = carried.expression(check.condition, table) if check.enforced else None
        if text is not None:
            yield _named(check.name) + f"check ({text})"


def _plain(unique: UniqueKey) -> bool:
    return unique.name is None and len(unique.columns) == 1


def _inline(foreign: ForeignKey) -> bool:
    return foreign.name is None and len(foreign.columns) == 1


def _reference(foreign: ForeignKey) -> str:
    """What a foreign key points to. The MATCH of other databases is not heeded by them, and left out."""
    parts = [qualified(foreign.table)]
    parts += [_columns(foreign.references)] if foreign.references else []
    parts += [f"on delete {foreign.on_delete}"] if foreign.on_delete else []
    parts += [f"on update {foreign.on_update}"] if foreign.on_update else []
    parts += [foreign.deferrable] if foreign.deferrable else []
    return " ".join(parts)


def _check_foreign_key(foreign: ForeignKey, table: Table, carried: Carried) -> None:
    """PostgreSQL looks at what a foreign key points to when it is made; others only when a row is written, or never."""
    target = carried.catalog.tables.get(foreign.table)
    if target is None:
        return
    unique = [key.columns for key in target.uniques]
    unique += [target.primary_key.columns] if target.primary_key is not None else []
    unique += [
        tuple(part.column or "" for part in index.parts)
        for index in target.indexes
        if index.unique and index.where is None
    ]
    if not any(sorted(columns) == sorted(foreign.references) for columns in unique):
        names = ", ".join(foreign.references)
        message = f"a foreign key of `{table.name}` points to {names} of `{target.name}`, which is no key there"
        carried.refuse(message, foreign.span, f"make {names} its primary key, or unique")
    for name, reference in zip(foreign.columns, foreign.references, strict=False):
        column, other = table.column(name), target.column(reference)
        if column is not None and other is not None and not _alike(carried.type(column), carried.type(other)):
            message = f"`{name}` of `{table.name}` and `{reference}` of `{target.name}` do not have one type"
            carried.refuse(message, foreign.span, "a foreign key needs the type of what it points to")


def _alike(first: Type, second: Type) -> bool:
    return first.kind is second.kind or {first.kind, second.kind} <= _NUMBERS


def _columns(names: tuple[str, ...]) -> str:
    return listed([_NAMES.quoted(name) for name in names])


def _named(name: str | None) -> str:
    return f"constraint {_NAMES.quoted(name)} " if name is not None else ""
