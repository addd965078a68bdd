"""What a server says of a schema that scripts have made there, against the catalog that the queries were read with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, Literal, TypeAlias

from ..diagnostics import Diagnostic, Span, error, warning
from ..dialects.base import Dialect
from ..model.catalog import Catalog, Index, Key, RelationKind, Table
from ..model.values import value
from .facts import Facts, writer

MOVED: Final = "migrations-differ"
APPLY: Final = "scripts that are applied are history: add a migration that makes the difference"
ORDER: Final = "column-order"
_COLUMN: Final = "column "
_SEVERAL: Final = ("labels", "fields")
_ORDER_HELP: Final = (
    "an INSERT without a list of columns writes to other ones than the analysis takes it to: define the columns in the "
    "order that the database has them in"
)
Lacking: TypeAlias = Literal["wanted", "found"]
_Made: TypeAlias = Mapping[Key, frozenset[tuple[str | None, ...]]]


@value
class Difference:
    """One thing that two sides say differently: a thing of a kind and a name, or a part of one (`column id`)."""

    kind: str
    name: str
    part: str
    lacking: Lacking | None
    """The side that does not have it, where the other does."""
    message: str


@value
class _Said:
    """What a catalog says of a thing, by its parts: to be compared, and (each part, and what it is) to be shown."""

    facts: Facts
    shown: Mapping[str, tuple[str, str]]


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
    found = [error(code, one.message, place_of(one, spans), help) for one in catalog_differences(sides, dialect)]
    return [*found, *order_differences(sides, spans)]


def place_of(difference: Difference, spans: Mapping[str, Span]) -> Span | None:
    """Where a catalog has what is different, of its `places`."""
    column = difference.part.removeprefix(_COLUMN) if difference.part.startswith(_COLUMN) else ""
    return spans.get(f"{difference.name}.{column}") or spans.get(difference.name)


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


def catalog_differences(sides: Sides, dialect: Dialect) -> Iterator[Difference]:
    """What two catalogs say differently."""
    made = _made(sides, dialect)
    wanted, found = (_things(catalog, sides.exactly, dialect, made) for catalog in (sides.wanted, sides.found))
    for kind, name in [*wanted, *(key for key in found if key not in wanted)]:
        key = kind, name
        if key not in found or key not in wanted:
            lacking, message = absent(f"{kind} `{name}`", key in wanted, (sides.wanted_by, sides.found_by))
            yield Difference(kind, name, "", lacking, message)
        else:
            yield from _within(key, wanted[key], found[key], sides)


def absent(thing: str, is_wanted: bool, by: tuple[str, str]) -> tuple[Lacking, str]:
    """Which of two sides has a thing not, and the words for it."""
    has, lacks = by if is_wanted else (by[1], by[0])
    return "found" if is_wanted else "wanted", f"{thing} is in {has}, and not in {lacks}"


def facts_of(catalog: Catalog, dialect: Dialect) -> Mapping[tuple[str, str], Facts]:
    """What is said of each table and type, by their kinds and names, and by their parts."""
    return {key: said.facts for key, said in _things(catalog, True, dialect, {}).items()}


def _within(key: tuple[str, str], wanted: _Said, found: _Said, sides: Sides) -> Iterator[Difference]:
    kind, name = key
    by = sides.wanted_by, sides.found_by
    for part in [*wanted.facts, *(part for part in found.facts if part not in wanted.facts)]:
        if part not in found.facts or part not in wanted.facts:
            shown, _ = (wanted if part in wanted.facts else found).shown[part]
            lacking, message = absent(f"{shown} of `{name}`", part in wanted.facts, by)
            yield Difference(kind, name, part, lacking, message)
        elif wanted.facts[part] != found.facts[part]:
            (_, ours), (_, theirs) = wanted.shown[part], found.shown[part]
            verb = "are" if part in _SEVERAL else "is"
            message = f"{part} of `{name}` {verb} {ours or 'plain'} in {by[0]}, and {theirs or 'plain'} in {by[1]}"
            yield Difference(kind, name, part, None, message)


def order_differences(sides: Sides, spans: Mapping[str, Span]) -> list[Diagnostic]:
    """Tables whose columns stand in another order."""
    return [warning(ORDER, message, spans.get(table), _ORDER_HELP) for table, message in _orders(sides)]


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


def _things(catalog: Catalog, exactly: bool, dialect: Dialect, made: _Made) -> dict[tuple[str, str], _Said]:
    write = writer(catalog, dialect, exactly=exactly)
    show = writer(catalog, dialect, exactly=exactly, shown=True)
    found: dict[tuple[str, str], _Said] = {}
    for key, table in catalog.tables.items():
        without = _without(table, made.get(key, frozenset()))
        lines = zip(write.lines_of_table(without), show.lines_of_table(without), strict=True)
        shown = {part: line for (part, _), line in lines}
        found[table.kind.value, _name(key, catalog)] = _Said(write.of_table(without), shown)
    inline = {column.span for table in catalog.tables.values() for column in table.columns}
    for key, enum in catalog.enums.items():
        if enum.span not in inline:
            found["enum", _name(key, catalog)] = _of_one("labels", write.of_enum(enum))
    for key, composite in catalog.composites.items():
        found["type", _name(key, catalog)] = _of_one("fields", write.of_composite(composite))
    if exactly:
        for key, domain in catalog.domains.items():
            shown_domain = show.of_domain(domain)
            found["domain", _name(key, catalog)] = _of_one("definition", write.of_domain(domain), shown_domain)
    return found


def _of_one(part: str, said: str, shown: str | None = None) -> _Said:
    return _Said({part: said}, {part: (part, shown or said)})


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
