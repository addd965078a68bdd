"""The order in which things that need one another are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ..model.catalog import Table

T = TypeVar("T")


def ordered(things: Sequence[T], needs: Callable[[T], Iterable[T]]) -> list[T]:
    """The things, each behind those that it needs; where they need one another in a circle, as they stood."""
    result: list[T] = []
    seen: set[int] = set()

    def visit(thing: T) -> None:
        if id(thing) not in seen:
            seen.add(id(thing))
            for needed in needs(thing):
                visit(needed)
            result.append(thing)

    for thing in things:
        visit(thing)
    return result


def tables_in_order(tables: Sequence[Table]) -> list[Table]:
    """Tables, each behind those that its foreign keys point to and those that it is a part of."""
    by_key = {table.key: table for table in tables}

    def needs(table: Table) -> list[Table]:
        keys = [*table.parents, *((table.partition_of,) if table.partition_of else ())]
        keys += [foreign.table for foreign in table.foreign_keys]
        return [by_key[key] for key in keys if key in by_key]

    return ordered(tables, needs)
