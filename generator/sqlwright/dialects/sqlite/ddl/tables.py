"""CREATE TABLE on SQLite.

Every type is kept in one of SQLite's own, and what the type would refuse elsewhere is refused by a CHECK. Tables are
not STRICT, which SQLite knows from 3.37 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....model.catalog import Column, ForeignKey, Table, UniqueKey
from ....model.types import Kind, Type
from ...ddl import TYPE_CHECK, Carried, Limits
from ...layout import Line, listed, table_text
from ..names import SqliteNames
from .values import quoted_text, without_queries

_NAMES: Final = SqliteNames()
_INTEGERS: Final = frozenset((Kind.INT16, Kind.INT32, Kind.INT64))
_BITS: Final = {Kind.INT16: 15, Kind.INT32: 31}
_DECLARED: Final = {
    Kind.BOOL: "integer",
    Kind.INT16: "integer",
    Kind.INT32: "integer",
    Kind.INT64: "integer",
    Kind.FLOAT32: "real",
    Kind.FLOAT64: "real",
    Kind.DECIMAL: "text",
    Kind.STR: "text",
    Kind.BYTES: "blob",
    Kind.DATE: "text",
    Kind.TIME: "text",
    Kind.TIMESTAMP: "text",
    Kind.TIMESTAMPTZ: "text",
    Kind.INTERVAL: "integer",
    Kind.UUID: "text",
    Kind.JSON: "text",
    Kind.ENUM: "text",
    Kind.ARRAY: "text",
}


def create_table(table: Table, carried: Carried) -> str:
    """The statement that makes a table, with all its constraints."""
    if not table.columns:
        message = f"`{table.name}` has no columns, and SQLite has no such tables"
        carried.refuse(message, table.span, "give it a column")
    lines = [Line(_column(column, table, carried), column.comment) for column in table.columns]
    lines += [Line(text) for text in _told_apart(list(_constraints(table, carried)), table)]
    return table_text(f"create table {_NAMES.quoted(table.name)}", lines, table.comment)


# Columns


def _column(column: Column, table: Table, carried: Carried) -> str:
    type = carried.type(column)
    parts = [_NAMES.quoted(column.name), _declared(column, table, type, carried)]
    key = table.primary_key
    in_key = key is not None and column.name in key.columns
    only = key if key is not None and key.columns == (column.name,) else None
    if column.made is not None:
        parts += _made(column, table, type, only, carried)
    else:
        rowid = only is not None and type.kind in _INTEGERS
        parts += ["not null"] if (in_key or not column.nullable) and not rowid else []
        parts += ["primary key"] if only is not None and only.name is None else []
    parts += ["unique"] * any(unique.columns == (column.name,) and _plain(unique) for unique in table.uniques)
    parts += _collation(column, table, carried)
    parts += _value(column, table, carried)
    named = _NAMES.quoted(f"{TYPE_CHECK}{column.name}")
    parts += [f"constraint {named} check ({condition})" for condition in _conditions(column, type, carried)]
    parts += [f"references {_reference(key)}" for key in table.foreign_keys if _is_of(key, column)]
    return " ".join(parts)


def _declared(column: Column, table: Table, type: Type, carried: Carried) -> str:
    declared = _DECLARED.get(type.kind)
    if declared is None:
        message = f"column `{column.name}` of `{table.name}` has type {carried.declared(column)}, which SQLite "
        if type.kind is Kind.UINT64 and column.made is not None:
            message += "cannot number: the greatest integer of its keys is 9223372036854775807"
            help = "declare it as a bigint without UNSIGNED, and what points to it as well"
        elif type.kind is Kind.UINT64:
            message += "cannot keep exactly"
            help = "declare it as bigint, or as decimal(20) where it holds greater numbers"
        else:
            message += "cannot keep exactly"
            help = "store it as text or JSON, or leave SQLite out of this package's targets"
        carried.refuse(message, column.span, help)
    return declared or "blob"


def _made(column: Column, table: Table, type: Type, key: UniqueKey | None, carried: Carried) -> list[str]:
    if type.kind not in _DECLARED:
        return ["not null"]
    if key is None or type.kind not in _INTEGERS:
        carried.refuse(
            f"column `{column.name}` of `{table.name}` is numbered by the database, which SQLite does only for an "
            "integer that is the whole primary key",
            column.span,
            "make it the primary key, or number the rows in the query",
        )
        return ["not null"]
    name = f"constraint {_NAMES.quoted(key.name)} " if key.name is not None else ""
    return [f"{name}primary key autoincrement"]


def _collation(column: Column, table: Table, carried: Carried) -> list[str]:
    if not carried.folds_case(column):
        return []
    carried.leave_out(
        f"column `{column.name}` of `{table.name}` takes upper and lower case for the same, on SQLite only in the "
        "letters of ASCII",
        column.span,
        "store text in lower case where it matters",
    )
    return ["collate nocase"]


def _value(column: Column, table: Table, carried: Carried) -> list[str]:
    if column.generated is not None:
        if table.primary_key is not None and column.name in table.primary_key.columns:
            message = f"generated column `{column.name}` is in the primary key of `{table.name}`, where SQLite has none"
            carried.refuse(message, column.span, "make it unique instead")
        expression = carried.generated(column, table)
        kept = "stored" if column.stored else "virtual"
        return [f"generated always as ({expression}) {kept}"] if expression is not None else []
    default = carried.default(column, table)
    return [f"default {default}"] if default is not None else []


def _conditions(column: Column, type: Type, carried: Carried) -> Iterator[str]:
    """What the column's type asks of its values, where SQLite's own asks less."""
    name = _NAMES.quoted(column.name)
    match type.kind:
        case Kind.BOOL:
            yield f"{name} in (0, 1)"
        case Kind.INT16 | Kind.INT32 if carried.limits(column).least is None:
            bits = _BITS[type.kind]
            yield f"{name} between {-(2**bits)} and {2**bits - 1}"
        case Kind.INT64 if carried.limits(column).least is None:
            # What is past 64 bits is computed as a float.
            yield f"typeof({name}) in ('integer', 'null')" if column.nullable else f"typeof({name}) = 'integer'"
        case Kind.DECIMAL if type.precision is not None:
            yield from _digits(name, type.precision, type.scale or 0)
        case Kind.STR if type.length is not None:
            yield f"length({name}) <= {type.length}"
        case Kind.JSON | Kind.ARRAY:
            # Of NULL, json_valid says NULL from 3.45 on, and no before.
            yield f"{name} is null or json_valid({name})" if column.nullable else f"json_valid({name})"
        case Kind.ENUM:
            yield f"{name} in {listed([quoted_text(label) for label in carried.labels(type)])}"
        case _:
            pass
    yield from _limited(name, type, carried.limits(column))


def _digits(name: str, precision: int, scale: int) -> Iterator[str]:
    """What keeps a decimal, which is canonical text of its scale, within its precision."""
    if precision > scale >= 0:
        yield f"length(ltrim({name}, '-')) <= {precision + (1 if scale else 0)}"
    elif precision == scale:
        yield f"ltrim({name}, '-') < '1'"


def _limited(name: str, type: Type, limits: Limits) -> Iterator[str]:
    """What the type that a column was declared with asks beyond its neutral type."""
    if limits.least is not None and type.kind is Kind.DECIMAL:
        yield f"decimal_cmp({name}, '{limits.least}') >= 0"
    elif limits.least is not None:
        yield f"{name} {_between(limits.least, limits.greatest)}"
    if limits.bytes is not None:
        yield f"length({name}) {_between(*limits.bytes)}"


def _between(least: int, greatest: int | None) -> str:
    if greatest is None:
        return f">= {least}"
    return f"= {least}" if least == greatest else f"between {least} and {greatest}"


# Constraints


def _told_apart(texts: list[str], table: Table) -> list[str]:
    """SQLite takes the name of the last column's constraint for that of an unnamed one right behind it."""
    if texts and texts[0].startswith("check "):
        texts[0] = _named(f"{table.name}_check") + texts[0]
    return texts


def _constraints(table: Table, carried: Carried) -> Iterator[str]:
    key = table.primary_key
    if key is not None and not _beside_column(key, table):
        yield _named(key.name) + f"primary key {_columns(key.columns)}"
    for unique in table.uniques:
        _report(unique, table, carried)
        if not _plain(unique):
            yield _named(unique.name) + f"unique {_columns(unique.columns)}"
    for foreign in table.foreign_keys:
        if not _inline(foreign):
            yield _named(foreign.name) + f"foreign key {_columns(foreign.columns)} references {_reference(foreign)}"
        if foreign.match == "full" and len(foreign.columns) > 1:
            nulls = [f"({_NAMES.quoted(name)} is null)" for name in foreign.columns]
            yield f"check ({' and '.join(f'{nulls[0]} = {other}' for other in nulls[1:])})"
    for column in table.columns:
        for check, condition in carried.domain_checks(column, table):
            yield _named(check.name) + f"check ({condition})"
    for check in table.checks:
        text = without_queries(check.condition, table, carried) if check.enforced else None
        if text is not None:
            yield _named(check.name) + f"check ({text})"


def _beside_column(key: UniqueKey, table: Table) -> bool:
    """Whether a primary key stands beside its column: AUTOINCREMENT cannot stand elsewhere."""
    column = table.column(key.columns[0])
    made = column is not None and column.made is not None
    return len(key.columns) == 1 and (key.name is None or made)


def _report(unique: UniqueKey, table: Table, carried: Carried) -> None:
    if unique.nulls_not_distinct:
        carried.refuse(
            f"NULLS NOT DISTINCT on {', '.join(unique.columns)} of `{table.name}` has no equivalent on SQLite",
            table.span,
            "make a unique index on `coalesce(column, …)` instead, with a value that no row has",
        )
    if unique.include:
        carried.leave_out(
            f"INCLUDE of a key of `{table.name}` is left out: SQLite has no such columns",
            table.span,
            "the key works without them",
        )


def _plain(unique: UniqueKey) -> bool:
    """Whether a unique key can stand beside its column."""
    return unique.name is None and len(unique.columns) == 1


def _inline(foreign: ForeignKey) -> bool:
    return foreign.name is None and len(foreign.columns) == 1


def _is_of(foreign: ForeignKey, column: Column) -> bool:
    return _inline(foreign) and foreign.columns == (column.name,)


def _reference(foreign: ForeignKey) -> str:
    """What a foreign key points to. MATCH is left out: SQLite reads it and does not heed it."""
    parts = [_NAMES.quoted(foreign.table[1])]
    parts += [_columns(foreign.references)] if foreign.references else []
    parts += [f"on delete {foreign.on_delete}"] if foreign.on_delete else []
    parts += [f"on update {foreign.on_update}"] if foreign.on_update else []
    if foreign.deferrable is not None and "initially deferred" in foreign.deferrable:
        parts.append("deferrable initially deferred")
    return " ".join(parts)


def _columns(names: tuple[str, ...]) -> str:
    return listed([_NAMES.quoted(name) for name in names])


def _named(name: str | None) -> str:
    return f"constraint {_NAMES.quoted(name)} " if name is not None else ""
