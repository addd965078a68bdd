"""The statements that take a schema away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....model.catalog import Catalog, Function, Key, RelationKind, Table
from ....model.types import Family, SqlType
from ...dependencies import ordered, tables_in_order
from ..types import PostgresTypes
from .names import qualified
from .touch import touch_function

_VIEWS: Final = (RelationKind.VIEW, RelationKind.MATERIALIZED_VIEW)
_TYPE_FAMILIES: Final = frozenset((Family.ENUM, Family.DOMAIN, Family.COMPOSITE, Family.RANGE, Family.ROW))


def drops(catalog: Catalog) -> Iterator[str]:
    """Views, tables, functions, types, sequences and schemas, each before what it needs. Extensions stay."""
    relations = list(catalog.tables.values())
    for view in reversed([relation for relation in relations if relation.kind in _VIEWS]):
        yield f"drop {view.kind.value} {qualified(view.key)}"
    tables = [table for table in relations if table.kind not in _VIEWS]
    of_rows, others = _functions(catalog)
    yield from (_drop_function(function, catalog) for function in reversed(of_rows))
    yield from _drop_tables(tables_in_order(tables))
    for table in tables:
        if any(column.touched for column in table.columns):
            yield f"drop function {qualified(touch_function(table, catalog))}()"
    yield from (_drop_function(function, catalog) for function in reversed(others))
    yield from (f"drop {kind} {qualified(key)}" for key, kind in reversed(_types(catalog)))
    yield from (f"drop sequence if exists {qualified(key)}" for key in catalog.sequences)
    for schema in catalog.schemas:
        if schema != catalog.default_schema:
            yield f"drop schema {qualified(('', schema))}"


def _drop_tables(tables: list[Table]) -> Iterator[str]:
    """One table after the other; those whose foreign keys form a circle in one statement.

    A partition goes with the table that it is a part of, and a default that takes from a sequence before the sequence.
    """
    position = {table.key: number for number, table in enumerate(tables)}
    at = len(tables) - 1
    while at >= 0:
        first = _start_of_circle(tables, at, position)
        names = [qualified(table.key) for table in reversed(tables[first : at + 1]) if table.partition_of is None]
        if names:
            kind = "foreign table" if tables[at].kind is RelationKind.FOREIGN_TABLE else "table"
            yield f"drop {kind} {', '.join(names)}"
        at = first - 1


def _start_of_circle(tables: list[Table], at: int, position: dict[Key, int]) -> int:
    """The first of the tables before `at` that point to it or to one another's followers, or `at` itself."""
    first = at
    changed = True
    while changed:
        changed = False
        for number in range(first):
            if any(first <= position.get(foreign.table, -1) <= at for foreign in tables[number].foreign_keys):
                first, changed = number, True
                break
    return first


def _functions(catalog: Catalog) -> tuple[list[Function], list[Function]]:
    """The functions whose arguments or results are rows of tables, which must go before these, and the others."""
    functions = [function for overloads in catalog.functions.values() for function in overloads]
    rows = [function for function in functions if _mentions_rows(function)]
    return rows, [function for function in functions if function not in rows]


def _mentions_rows(function: Function) -> bool:
    types = [argument.type for argument in function.arguments]
    types += [column.type for column in function.columns]
    types += [function.returns] if function.returns is not None else []
    return any(type.family is Family.ROW and type.schema is not None for type in types)


def _drop_function(function: Function, catalog: Catalog) -> str:
    types = PostgresTypes(catalog)
    given = [argument.type for argument in function.arguments if argument.mode in ("in", "inout", "variadic")]
    arguments = ", ".join(types.display(type) for type in given)
    if function.kind == "aggregate" and not arguments:
        arguments = "*"
    return f"drop {function.kind} {qualified((function.schema, function.name))}({arguments})"


def _types(catalog: Catalog) -> list[tuple[Key, str]]:
    """The types with the kind of each, behind those that they are made of."""
    needs: dict[Key, list[SqlType]] = {key: [] for key in catalog.enums}
    needs |= {key: [domain.base] for key, domain in catalog.domains.items()}
    needs |= {key: [field.type for field in composite.fields] for key, composite in catalog.composites.items()}
    needs |= {key: [made.subtype] if made.subtype is not None else [] for key, made in catalog.ranges.items()}
    kinds = dict.fromkeys(needs, "type") | dict.fromkeys(catalog.domains, "domain")
    keys = list(needs)

    def needed(key: Key) -> list[Key]:
        return [
            other
            for type in needs[key]
            if type.family in _TYPE_FAMILIES
            for other in keys
            if other == type.key and other != key
        ]

    return [(key, kinds[key]) for key in ordered(keys, needed)]
