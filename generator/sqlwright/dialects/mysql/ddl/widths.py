"""How long the texts and bytes of keys may be.

A key holds no LONGTEXT, and no more than 3,072 bytes in all (manual, section 17.21, InnoDB Limits). Texts in keys are
VARCHAR(768), or what is left of the key's bytes when that is less; columns that a foreign key ties are equally long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ....model.catalog import Column, Index, Key, RelationKind, Sql, Table
from ....model.syntax import Call, Case, ColumnName, Node, String, children, walk
from ....model.types import Kind, Type
from ....model.values import value
from ...ddl import Carried
from .flavour import Flavour
from .limits import MysqlLimits

KEY_BYTES: Final = 3072
LONGEST_KEY: Final = 768
LONGEST_EXPRESSION: Final = 512
"""In characters: MySQL 9.7 takes a longer text that is computed for a TEXT, which it does not index."""
SHORTEST: Final = 32
"""With less left of a key, a text without a declared length is not put into it."""
_CHARACTER: Final = 4
_BYTES: Final = {
    Kind.BOOL: 1,
    Kind.INT16: 2,
    Kind.INT32: 4,
    Kind.INT64: 8,
    Kind.UINT64: 8,
    Kind.FLOAT32: 4,
    Kind.FLOAT64: 8,
    Kind.DECIMAL: 30,
    Kind.DATE: 3,
    Kind.TIME: 6,
    Kind.TIMESTAMP: 8,
    Kind.TIMESTAMPTZ: 8,
    Kind.INTERVAL: 8,
    Kind.UUID: 16,
    Kind.ENUM: 2,
}

_WITHOUT_LENGTH: Final = frozenset((Kind.JSON, Kind.ARRAY, Kind.BYTES, Kind.OTHER))
_OTHER_LENGTH: Final = 64
"""The characters of a number or a moment as a text, at most."""
_CHOOSING: Final = frozenset(
    "coalesce greatest ifnull least left lower ltrim nullif right rtrim substr substring trim upper".split()
)
"""Functions whose result is no longer than the longest of their arguments."""

Place = tuple[Key, str]
"""A table and one of its columns."""


@value
class Widths:
    """The columns that stand in keys, and how long they are there: characters of texts, bytes of others."""

    of: Mapping[Place, int]

    def get(self, table: Table, column: str) -> int | None:
        return self.of.get((table.key, column))

    def expression(self, sql: Sql, table: Table, carried: Carried) -> int | None:
        """The characters that a text has at most which is made of a table's columns; None when that is not known."""
        return self._length(sql.expression, table, carried)

    def _length(self, node: Node, table: Table, carried: Carried) -> int | None:
        match node:
            case String(value=value):
                return len(value)
            case ColumnName(parts=parts):
                column = named_column(table, parts[-1].text)
                if column is None or carried.type(column).kind in _WITHOUT_LENGTH:
                    return None
                return self.get(table, column.name) or carried.type(column).length or _OTHER_LENGTH
            case _:
                lengths = [self._length(child, table, carried) for child in children(node)]
                known = [length for length in lengths if length is not None]
                if len(known) < len(lengths):
                    return None
                chooses = isinstance(node, Case) or (isinstance(node, Call) and node.function.lower() in _CHOOSING)
                return max(known, default=0) if chooses else sum(known)


def widths(carried: Carried, flavour: Flavour) -> Widths:
    """The lengths of all columns that need one, each the greatest that every key allows."""
    tables = [table for table in carried.catalog.tables.values() if table.kind is RelationKind.TABLE]
    found: dict[Place, int] = {}
    for table in tables:
        for column, longest in _keyed(table, flavour):
            wanted = _wanted(column, longest, carried)
            if wanted is not None:
                place = (table.key, column.name)
                found[place] = min(found.get(place, wanted), wanted)
    tied = list(_ties(tables, carried))
    before: dict[Place, int] = {}
    while before != found:
        before = dict(found)
        for table in tables:
            for columns, beside in _limited_keys(table, carried):
                _share([(table.key, column.name) for column in columns], columns, beside, found, carried)
        for one, other in tied:
            if one in found and other in found:
                found[one] = found[other] = min(found[one], found[other])
    return Widths(found)


def _keyed(table: Table, flavour: Flavour) -> Iterator[tuple[Column, int]]:
    """The columns of keys and indexes, and how long each of them may be there at most."""
    names = [name for key in (table.primary_key, *table.uniques) if key is not None for name in key.columns]
    names += [name for foreign in table.foreign_keys for name in foreign.columns]
    names += [part.column for index in _ordinary(table) for part in index.parts if part.column is not None]
    for name in names:
        column = table.column(name)
        if column is not None:
            yield column, LONGEST_KEY
    for index in _ordinary(table):
        for part in index.parts:
            for node in walk(part.expression.expression) if part.expression is not None else ():
                column = named_column(table, node.parts[-1].text) if isinstance(node, ColumnName) else None
                if column is not None:
                    yield column, LONGEST_EXPRESSION if flavour.expression_keys else LONGEST_KEY


def _ordinary(table: Table) -> list[Index]:
    return [index for index in table.indexes if index.method in (None, "btree", "hash")]


def _wanted(column: Column, longest: int, carried: Carried) -> int | None:
    """The length that a column gets if nothing else is in its keys; None for a type that has no length there."""
    limits = carried.limits(column)
    if isinstance(limits, MysqlLimits):
        return None
    match carried.type(column):
        case Type(kind=Kind.STR, length=length):
            return min(length if length is not None else longest, longest)
        case Type(kind=Kind.BYTES):
            return KEY_BYTES
        case _:
            return None


def _ties(tables: list[Table], carried: Carried) -> Iterator[tuple[Place, Place]]:
    for table in tables:
        for foreign in table.foreign_keys:
            for name, other in zip(foreign.columns, foreign.references, strict=False):
                if foreign.table in carried.catalog.tables:
                    yield (table.key, name), (foreign.table, other)


def _limited_keys(table: Table, carried: Carried) -> Iterator[tuple[list[Column], int]]:
    """The columns of the keys that hold values whole, and the bytes that these have beside them: an index that is not
    unique may hold their beginnings."""
    keys: list[tuple[str, ...]] = [key.columns for key in (table.primary_key, *table.uniques) if key is not None]
    keys += [foreign.columns for foreign in table.foreign_keys]
    for names in keys:
        yield [column for column in table.columns if column.name in names], 0
    for index in _ordinary(table):
        if index.unique:
            yield _of_index(index, table, carried)


def _of_index(index: Index, table: Table, carried: Carried) -> tuple[list[Column], int]:
    """A text that is computed is as long as the texts that it is made of."""
    names = {part.column for part in index.parts if part.column is not None}
    beside = 1 if index.where is not None else 0
    for part in index.parts:
        if part.expression is None:
            continue
        if carried.expression_type(part.expression, table).kind is not Kind.STR:
            beside += _BYTES[Kind.DECIMAL]
            continue
        for node in walk(part.expression.expression):
            column = named_column(table, node.parts[-1].text) if isinstance(node, ColumnName) else None
            if column is not None and carried.type(column).kind is Kind.STR:
                names.add(column.name)
    return [column for column in table.columns if column.name in names], beside


def _share(places: list[Place], columns: list[Column], beside: int, found: dict[Place, int], carried: Carried) -> None:
    """Divide the bytes of a key among its texts: what one of them does not want goes to the others."""
    factor = {
        place: _CHARACTER if carried.type(column).kind is Kind.STR else 1
        for place, column in zip(places, columns, strict=True)
    }
    left = (
        KEY_BYTES
        - beside
        - sum(key_bytes(column, carried) for place, column in zip(places, columns, strict=True) if place not in found)
    )
    open_places = sorted((place for place in places if place in found), key=lambda one: found[one] * factor[one])
    for number, place in enumerate(open_places):
        share = max(left, 0) // (len(open_places) - number)
        found[place] = max(min(found[place], share // factor[place]), 1)
        left -= found[place] * factor[place]


def key_bytes(column: Column, carried: Carried) -> int:
    """The bytes that a value of fixed length takes of a key, or a text that was declared for one of the two."""
    type = carried.type(column)
    if type.kind is Kind.STR:
        return min((type.length or LONGEST_KEY) * _CHARACTER, KEY_BYTES)
    return _BYTES.get(type.kind, 8)


def named_column(table: Table, name: str) -> Column | None:
    lower = name.lower()
    return next((column for column in table.columns if column.name.lower() == lower), None)
