"""What a server says of a schema that scripts have made there, against the catalog that the queries were read with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagnostics import Diagnostic, Span, error
from ..dialects.base import Dialect
from ..model.catalog import Catalog, Index, Key, Table
from ..model.values import value
from .facts import Facts, writer


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
    return [
        error(code, message, spans.get(f"{table}.{column}") or spans.get(table), help)
        for table, column, message in _messages(sides, dialect)
    ]


def places(catalog: Catalog) -> dict[str, Span]:
    """Where tables and columns are defined."""
    found: dict[str, Span] = {}
    for table in catalog.tables.values():
        if table.span is not None:
            found[table.name] = table.span
        found |= {f"{table.name}.{column.name}": column.span for column in table.columns}
    return found


def _messages(sides: Sides, dialect: Dialect) -> Iterator[tuple[str, str, str]]:
    """The table, the column (or nothing) and the words of each difference."""
    wanted, found = _things(sides.wanted, sides, dialect), _things(sides.found, sides, dialect)
    for key in wanted.keys() | found.keys():
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


def _things(catalog: Catalog, sides: Sides, dialect: Dialect) -> dict[tuple[str, str], Facts]:
    write = writer(catalog, dialect, exactly=sides.exactly)

    def name(key: Key) -> str:
        return key[1] if key[0] == catalog.default_schema else ".".join(key)

    found = {
        (table.kind.value, name(key)): write.of_table(without_made(table)) for key, table in catalog.tables.items()
    }
    found |= {("enum", name(key)): {"labels": write.of_enum(one)} for key, one in catalog.enums.items()}
    found |= {("type", name(key)): {"fields": write.of_composite(one)} for key, one in catalog.composites.items()}
    if sides.exactly:
        found |= {("domain", name(key)): {"definition": write.of_domain(one)} for key, one in catalog.domains.items()}
    return found


def without_made(table: Table) -> Table:
    """The table without the indexes that some databases make for a foreign key by themselves."""
    from dataclasses import replace

    own = {key.columns for key in table.foreign_keys}

    def is_made(index: Index) -> bool:
        columns = tuple(part.column for part in index.parts)
        return not index.unique and index.where is None and columns in own

    return replace(table, indexes=tuple(index for index in table.indexes if not is_made(index)))
