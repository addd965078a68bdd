"""The statements that take a schema away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from ....model.catalog import (
    Catalog,
    CompositeType,
    Domain,
    EnumType,
    Function,
    Key,
    RangeType,
    RelationKind,
    Sql,
    Table,
)
from ....model.syntax import Call, walk
from ....model.types import SqlType
from ...dependencies import grouped
from ..types import PostgresTypes
from .names import qualified
from .touch import touch_function

Object: TypeAlias = Table | Function | EnumType | Domain | CompositeType | RangeType

_VIEWS: Final = (RelationKind.VIEW, RelationKind.MATERIALIZED_VIEW)


def drops(catalog: Catalog) -> Iterator[str]:
    """Everything that a schema holds, each thing before what it needs. Extensions stay."""
    relations = list(catalog.tables.values())
    for view in reversed([relation for relation in relations if relation.kind in _VIEWS]):
        yield f"drop {view.kind.value} {qualified(view.key)}"
    for group in reversed(_Objects(catalog).grouped()):
        yield from _drop_group(group, catalog)
    yield from (f"drop sequence if exists {qualified(key)}" for key in catalog.sequences)
    yield from (f"drop schema {qualified(('', name))}" for name in catalog.schemas if name != catalog.default_schema)


def _drop_group(group: list[Object], catalog: Catalog) -> Iterator[str]:
    """Tables whose foreign keys form a circle go in one statement, and a partition with what it is a part of."""
    tables = [thing for thing in group if isinstance(thing, Table) and thing.partition_of is None]
    if tables:
        kind = "foreign table" if tables[0].kind is RelationKind.FOREIGN_TABLE else "table"
        yield f"drop {kind} {', '.join(qualified(table.key) for table in tables)}"
    for table in tables:
        if any(column.touched for column in table.columns):
            yield f"drop function {qualified(touch_function(table, catalog))}()"
    for thing in reversed(group):
        match thing:
            case Function():
                yield _drop_function(thing, catalog)
            case Domain(schema=schema, name=name):
                yield f"drop domain {qualified((schema, name))}"
            case EnumType(schema=schema, name=name) | CompositeType(schema=schema, name=name):
                yield f"drop type {qualified((schema, name))}"
            case RangeType(schema=schema, name=name):
                yield f"drop type {qualified((schema, name))}"
            case Table():
                pass


def _drop_function(function: Function, catalog: Catalog) -> str:
    types = PostgresTypes(catalog)
    given = [argument.type for argument in function.arguments if argument.mode in ("in", "inout", "variadic")]
    arguments = ", ".join(types.display(type) for type in given)
    if function.kind == "aggregate" and not arguments:
        arguments = "*"
    return f"drop {function.kind} {qualified((function.schema, function.name))}({arguments})"


class _Objects:
    """The tables, functions and types of a catalog, and what each of them needs of the others."""

    def __init__(self, catalog: Catalog) -> None:
        self._tables = {key: table for key, table in catalog.tables.items() if table.kind not in _VIEWS}
        self._functions = catalog.functions
        self._types: dict[Key, EnumType | Domain | CompositeType | RangeType] = {
            **catalog.enums,
            **catalog.domains,
            **catalog.composites,
            **catalog.ranges,
        }
        functions = [function for overloads in catalog.functions.values() for function in overloads]
        self._all: list[Object] = [*self._types.values(), *functions, *self._tables.values()]

    def grouped(self) -> list[list[Object]]:
        return grouped(self._all, self._needs)

    def _needs(self, thing: Object) -> Iterator[Object]:
        match thing:
            case Table():
                yield from self._of_table(thing)
            case Function(arguments=arguments, columns=columns, returns=returns):
                yield from self._of_types([argument.type for argument in arguments])
                yield from self._of_types([column.type for column in columns])
                yield from self._of_types([returns] if returns is not None else [])
            case Domain(base=base, checks=checks, default=default):
                yield from self._of_types([base])
                yield from self._called([check.condition for check in checks])
                yield from self._called([default])
            case CompositeType(fields=fields):
                yield from self._of_types([field.type for field in fields])
            case RangeType(subtype=subtype):
                yield from self._of_types([subtype] if subtype is not None else [])
            case EnumType():
                pass

    def _of_table(self, table: Table) -> Iterator[Object]:
        keys = [*table.parents, *((table.partition_of,) if table.partition_of else ())]
        keys += [foreign.table for foreign in table.foreign_keys]
        yield from (self._tables[key] for key in keys if key in self._tables)
        yield from self._of_types([column.type for column in table.columns])
        yield from self._called([check.condition for check in table.checks])
        for column in table.columns:
            yield from self._called([column.default, column.generated])
        for index in table.indexes:
            yield from self._called([index.where, *(part.expression for part in index.parts)])

    def _of_types(self, types: list[SqlType]) -> Iterator[Object]:
        for type in types:
            found = self._types.get(type.key) or self._tables.get(type.key)
            if found is not None and type.schema is not None:
                yield found

    def _called(self, expressions: list[Sql | None]) -> Iterator[Object]:
        """The functions of the user's that expressions call, whatever their schema and arguments."""
        called = {
            node.function
            for sql in expressions
            if sql is not None
            for node in walk(sql.expression)
            if isinstance(node, Call)
        }
        for (_, name), overloads in self._functions.items():
            if name in called:
                yield from overloads
