"""What a server says of a schema that scripts have made there, against the catalog that the queries were read with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from ..diagnostics import Diagnostic, Span, error, warning
from ..dialects.base import Dialect
from ..model.catalog import Catalog, Index, Key, RelationKind, Table
from ..model.values import value
from .facts import Facts, writer

MOVED: Final = "migrations-differ"
APPLY: Final = "scripts that are applied are history: add a migration that makes the difference"
ORDER: Final = "column-order"
_ORDER_HELP: Final = (
    "an INSERT without a list of columns writes to other ones than the analysis takes it to: define the columns in the "
    "order that the database has them in"
)
_Made: TypeAlias = Mapping[Key, frozenset[tuple[str | None, ...]]]


@value
class Sides:
    """Two catalogs to compare, and what findings call each."""

    wanted: Catalog
    wanted_by: str
    found: Catalog
    found_by: str
    exactly: bool


def differences(sides: Sides, dialect: Dialect, code: str, help: str, spans: Mapping[str, Span]) -> list[Diagnostic]:
    """A finding for each thing that the two say differently. `spans` are the places of `table` and `table.column`."""
    found = [
        error(code, message, spans.get(f"{table}.{column}") or spans.get(table), help)
        for table, column, message in _messages(sides, dialect)
    ]
    order = [warning(ORDER, message, spans.get(table), _ORDER_HELP) for table, message in _orders(sides)]
    return found + order


def places(catalog: Catalog) -> dict[str, Span]:
    """Where tables, columns and enums are defined."""
    found: dict[str, Span] = {}
    for key, enum in catalog.enums.items():
        if enum.span is not None:
            found[_name(key, catalog)] = enum.span
    for key, table in catalog.tables.items():
        name = _name(key, catalog)
        if table.span is not None:
            found[name] = table.span
        found |= {f"{name}.{column.name}": column.span for column in table.columns}
    return found


def _name(key: Key, catalog: Catalog) -> str:
    return key[1] if key[0] == catalog.default_schema else ".".join(key)


def _messages(sides: Sides, dialect: Dialect) -> Iterator[tuple[str, str, str]]:
    """The table, the column (or nothing) and the words of each difference."""
    made = _made(sides, dialect)
    wanted, found = (_things(catalog, sides, dialect, made) for catalog in (sides.wanted, sides.found))
    for key in [*wanted, *(key for key in found if key not in wanted)]:
        kind, name = key
        if key not in found:
            yield name, "", f"{kind} `{name}` is in {sides.wanted_by}, and not in {sides.found_by}"
        elif key not in wanted:
            yield name, "", f"{kind} `{name}` is in {sides.found_by}, and not in {sides.wanted_by}"
        else:
            yield from _within(name, wanted[key], found[key], sides)


def _within(name: str, wanted: Facts, found: Facts, sides: Sides) -> Iterator[tuple[str, str, str]]:
    for thing in [*wanted, *(thing for thing in found if thing not in wanted)]:
        column = thing.removeprefix("column ") if thing.startswith("column ") else ""
        if thing not in found:
            yield name, column, f"{thing} of `{name}` is in {sides.wanted_by}, and not in {sides.found_by}"
        elif thing not in wanted:
            yield name, column, f"{thing} of `{name}` is in {sides.found_by}, and not in {sides.wanted_by}"
        elif wanted[thing] != found[thing]:
            ours, theirs = wanted[thing] or "plain", found[thing] or "plain"
            message = f"{thing} of `{name}` is {ours} in {sides.wanted_by}, and {theirs} in {sides.found_by}"
            yield name, column, message


def _orders(sides: Sides) -> Iterator[tuple[str, str]]:
    """Tables with the same columns in another order. Only what names no columns is different then."""
    for key, table in sides.wanted.tables.items():
        other = sides.found.tables.get(key)
        if other is None or table.kind is not RelationKind.TABLE:
            continue
        ours, theirs = ([column.name for column in one.columns] for one in (table, other))
        if ours != theirs and sorted(ours) == sorted(theirs):
            message = (
                f"the columns of `{table.name}` are {', '.join(ours)} in {sides.wanted_by}, and {', '.join(theirs)} "
                f"in {sides.found_by}"
            )
            yield _name(key, sides.wanted), message


def _things(catalog: Catalog, sides: Sides, dialect: Dialect, made: _Made) -> dict[tuple[str, str], Facts]:
    write = writer(catalog, dialect, exactly=sides.exactly)
    found: dict[tuple[str, str], Facts] = {}
    for key, table in catalog.tables.items():
        found[table.kind.value, _name(key, catalog)] = write.of_table(_without(table, made.get(key, frozenset())))
    inline = {column.span for table in catalog.tables.values() for column in table.columns}
    for key, enum in catalog.enums.items():
        if enum.span not in inline:
            found["enum", _name(key, catalog)] = {"labels": write.of_enum(enum)}
    for key, composite in catalog.composites.items():
        found["type", _name(key, catalog)] = {"fields": write.of_composite(composite)}
    if sides.exactly:
        for key, domain in catalog.domains.items():
            found["domain", _name(key, catalog)] = {"definition": write.of_domain(domain)}
    return found


def _made(sides: Sides, dialect: Dialect) -> _Made:
    """The columns of the indexes that a database makes for foreign keys by itself, by table, for both sides alike."""
    found: dict[Key, frozenset[tuple[str | None, ...]]] = {}
    if dialect.features.foreign_keys_indexed:
        for catalog in (sides.wanted, sides.found):
            for key, table in catalog.tables.items():
                found[key] = found.get(key, frozenset()) | {foreign.columns for foreign in table.foreign_keys}
    return found


def _without(table: Table, made: frozenset[tuple[str | None, ...]]) -> Table:
    """The table without plain indexes of certain columns."""

    def is_made(index: Index) -> bool:
        return not index.unique and index.where is None and tuple(part.column for part in index.parts) in made

    return replace(table, indexes=tuple(index for index in table.indexes if not is_made(index)))
