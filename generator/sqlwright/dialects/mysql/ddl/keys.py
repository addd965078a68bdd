"""The constraints of CREATE TABLE on MySQL and MariaDB."""

from __future__ import annotations

from collections.abc import Container, Iterator

from ....model.catalog import Check, Column, ForeignKey, Table, UniqueKey
from ....model.types import Kind
from ...layout import listed
from .columns import is_stored, length_check
from .limits import MysqlLimits
from .writing import Writing, mentioned, set_by_keys, short


def constraints(table: Table, later: Container[ForeignKey], w: Writing) -> Iterator[str]:
    """All but what stands beside its column, and without the foreign keys that are added later."""
    yield from _keys(table, w)
    for foreign in table.foreign_keys:
        if foreign not in later:
            yield foreign_key(foreign, table, w)
    yield from _checks(table, w)


# Keys


def _keys(table: Table, w: Writing) -> Iterator[str]:
    key = table.primary_key
    if key is not None:
        _check_primary_key(key, table, w)
        if len(key.columns) > 1:
            yield f"primary key {w.columns(key.columns)}"
    for unique in table.uniques:
        _check_unique(unique, table, w)
        if unique.name is not None:
            w.taken.add(short(unique.name).lower())
            yield f"constraint {w.quoted(short(unique.name))} unique {w.columns(unique.columns)}"
        elif len(unique.columns) > 1:
            yield f"unique {w.columns(unique.columns)}"
    numbered = next((column for column in table.columns if column.made is not None), None)
    if numbered is not None and not _is_indexed(numbered, table):
        yield f"index {w.columns([numbered.name])}"


def _is_indexed(column: Column, table: Table) -> bool:
    """Whether a column is the first of a key, as AUTO_INCREMENT needs it."""
    firsts = [key.columns[0] for key in (table.primary_key, *table.uniques) if key is not None]
    firsts += [index.parts[0].column or "" for index in table.indexes if index.method in (None, "btree", "hash")]
    return column.name in firsts


def _check_primary_key(key: UniqueKey, table: Table, w: Writing) -> None:
    for name in key.columns:
        column = table.column(name)
        if column is None or column.generated is None:
            continue
        if not w.flavour.generated_primary_keys or not is_stored(column, table):
            message = f"generated column `{name}` is in the primary key of `{table.name}`, where it cannot be"
            w.carried.refuse(f"{message} on {w.flavour.title}", column.span, "make it unique instead")
    _check_kinds(key, table, w)


def _check_unique(unique: UniqueKey, table: Table, w: Writing) -> None:
    names = ", ".join(unique.columns)
    if unique.nulls_not_distinct:
        w.carried.refuse(
            f"NULLS NOT DISTINCT on {names} of `{table.name}` has no equivalent on {w.flavour.title}",
            table.span,
            "make a unique index on `coalesce(column, …)` instead, with a value that no row has",
        )
    if unique.include:
        message = f"INCLUDE of a key of `{table.name}` is left out: {w.flavour.title} has no such columns"
        w.carried.leave_out(message, table.span, "the key works without them")
    _check_kinds(unique, table, w)


def _check_kinds(key: UniqueKey, table: Table, w: Writing) -> None:
    for name in key.columns:
        column = table.column(name)
        if column is not None and w.carried.type(column).kind in (Kind.JSON, Kind.ARRAY):
            message = f"`{name}` of `{table.name}` is kept as JSON on {w.flavour.title}, which no key has there"
            w.carried.refuse(message, column.span, "make the key of other columns")


# Foreign keys


def foreign_key(foreign: ForeignKey, table: Table, w: Writing) -> str:
    """A foreign key. MATCH is left out: the server reads it and does not heed it."""
    _check_foreign_key(foreign, table, w)
    names, references = _in_order(foreign, w)
    parts = [f"{w.named(foreign.name, table)}foreign key {listed([w.quoted(name) for name in names])}"]
    parts.append(f"references {w.quoted(foreign.table[1])} {listed([w.quoted(name) for name in references])}")
    parts += [f"on delete {foreign.on_delete}"] if foreign.on_delete else []
    parts += [f"on update {foreign.on_update}"] if foreign.on_update else []
    return " ".join(parts)


def _in_order(foreign: ForeignKey, w: Writing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns in the order of the key that they point to, without which the server does not find it."""
    for columns in _keys_of(foreign, w):
        if len(columns) == len(foreign.references) and sorted(columns) == sorted(foreign.references):
            by_reference = dict(zip(foreign.references, foreign.columns, strict=False))
            return tuple(by_reference[name] for name in columns), columns
    return foreign.columns, foreign.references


def _keys_of(foreign: ForeignKey, w: Writing) -> list[tuple[str, ...]]:
    target = w.carried.catalog.tables.get(foreign.table)
    if target is None:
        return []
    found = [key.columns for key in (target.primary_key, *target.uniques) if key is not None]
    return found + [
        tuple(part.column or "" for part in index.parts)
        for index in target.indexes
        if index.unique and index.where is None and all(part.prefix is None for part in index.parts)
    ]


def _check_foreign_key(foreign: ForeignKey, table: Table, w: Writing) -> None:
    target = w.carried.catalog.tables.get(foreign.table)
    if target is None:
        return
    title = w.flavour.title
    if not any(sorted(columns) == sorted(foreign.references) for columns in _keys_of(foreign, w)):
        names = ", ".join(foreign.references)
        message = f"a foreign key of `{table.name}` points to {names} of `{target.name}`, which is no key there"
        w.carried.refuse(message, foreign.span, f"make {names} its primary key, or unique")
    actions = (foreign.on_delete, foreign.on_update)
    if "set default" in actions:
        message = f"SET DEFAULT of a foreign key of `{table.name}` is not done by {title}"
        w.carried.refuse(message, foreign.span, "use SET NULL, or set the default in a statement of its own")
    if foreign.table == table.key and foreign.on_update in ("cascade", "set null"):
        message = f"`{table.name}` points to itself, and {title} does no ON UPDATE {foreign.on_update.upper()} then"
        w.carried.refuse(message, foreign.span, "leave ON UPDATE out, and never change the key")
    if foreign.table == table.key and len(foreign.columns) > 1 and not w.flavour.wide_keys_to_itself:
        w.carried.leave_out(
            f"a foreign key of `{table.name}` to itself has several columns, which {title} does not always look at",
            foreign.span,
            "point to a key of one column, or look for the row before it is pointed to",
        )
    if foreign.deferrable is not None and foreign.deferrable.startswith("deferrable"):
        w.carried.leave_out(
            f"a foreign key of `{table.name}` is not deferred on {title}, which checks every row at once",
            foreign.span,
            "write rows behind those that they point to",
        )
    for name, reference in zip(foreign.columns, foreign.references, strict=False):
        column, other = table.column(name), target.column(reference)
        if column is None or other is None:
            continue
        if "set null" in actions and not column.nullable:
            message = f"SET NULL on `{name}` of `{table.name}`, which is never NULL"
            w.carried.refuse(f"{message}: {title} takes no such key", foreign.span, "use CASCADE or RESTRICT")
        if column.generated is not None:
            message = f"`{name}` of `{table.name}` is generated, and {title} has no foreign keys on such columns"
            w.carried.refuse(message, foreign.span, "make it a column that the service writes")
        if not _alike(column, table, other, target, w):
            message = f"`{name}` of `{table.name}` and `{reference}` of `{target.name}` do not have one type"
            w.carried.refuse(message, foreign.span, f"on {title} a foreign key needs the type of what it points to")


def _alike(column: Column, table: Table, other: Column, target: Table, w: Writing) -> bool:
    kinds = w.carried.type(column).kind, w.carried.type(other).kind
    if kinds == (Kind.STR, Kind.STR):
        return _collated(column, w) == _collated(other, w)
    if kinds[0] in (Kind.BYTES, Kind.DECIMAL, Kind.ENUM, Kind.OTHER):
        return kinds[0] is kinds[1]
    return w.declared[(table.key, column.name)] == w.declared[(target.key, other.name)]


def _collated(column: Column, w: Writing) -> str | bool:
    """What two texts must have in common to be compared by a foreign key."""
    own = isinstance(w.carried.limits(column), MysqlLimits)
    return (column.collation or "").lower() if own else w.carried.folds_case(column)


# Checks


def _checks(table: Table, w: Writing) -> Iterator[str]:
    for foreign in table.foreign_keys:
        if foreign.match == "full" and len(foreign.columns) > 1:
            nulls = [f"({w.quoted(name)} is null)" for name in foreign.columns]
            yield f"check ({' and '.join(f'{nulls[0]} = {other}' for other in nulls[1:])})"
    for column in table.columns:
        length = length_check(column, w)
        if length is not None:
            yield f"check ({length})"
        if column.generated is not None and not column.nullable and not w.flavour.generated_not_null:
            yield f"check ({w.quoted(column.name)} is not null)"
        for check, text in w.carried.domain_checks(column, table):
            if _can_check(check, [column], table, w):
                yield f"{w.named(check.name, table)}check ({text})"
    for check in table.checks:
        if not check.enforced or not _can_check(check, mentioned(check.condition, table), table, w):
            continue
        condition = w.condition(check.condition, table)
        if condition is not None:
            yield f"{w.named(check.name, table)}check ({condition})"


def _can_check(check: Check, columns: list[Column], table: Table, w: Writing) -> bool:
    """A check may name no column that the server changes by itself; one that does is reported."""
    moved = set_by_keys(table)
    for column in columns:
        if column.made is not None:
            message = f"checks `{column.name}`, which the database numbers: {w.flavour.title} has no such checks"
            w.refuse_text(check.condition, message, "leave the check out: numbers are made from 1 on")
            return False
        if column.name in moved:
            message = f"checks `{column.name}`, which a foreign key changes: {w.flavour.title} has no such checks"
            w.refuse_text(check.condition, message, "leave out SET NULL and ON UPDATE of the key, or the check")
            return False
    return True
