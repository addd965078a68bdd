"""The order in which things that need one another are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from ..model.catalog import ForeignKey, Table

T = TypeVar("T")


def grouped(things: Sequence[T], needs: Callable[[T], Iterable[T]]) -> list[list[T]]:
    """The things, each behind those that it needs; those that need one another in a circle stand in one group.

    The groups are the strongly connected components, by Tarjan's algorithm. Things without ties keep their order.
    """
    index: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[T] = []
    waiting: set[int] = set()
    groups: list[list[T]] = []

    def visit(thing: T) -> None:
        number = index[id(thing)] = lowest[id(thing)] = len(index)
        stack.append(thing)
        waiting.add(id(thing))
        for needed in needs(thing):
            if id(needed) not in index:
                visit(needed)
                lowest[id(thing)] = min(lowest[id(thing)], lowest[id(needed)])
            elif id(needed) in waiting:
                lowest[id(thing)] = min(lowest[id(thing)], index[id(needed)])
        if lowest[id(thing)] == number:
            group: list[T] = []
            while id(thing) in waiting:
                group.insert(0, stack.pop())
                waiting.discard(id(group[0]))
            groups.append(group)

    for thing in things:
        if id(thing) not in index:
            visit(thing)
    return groups


def grouped_tables(tables: Sequence[Table]) -> list[list[Table]]:
    """Tables, each behind those that its foreign keys point to and those that it is a part of."""
    by_key = {table.key: table for table in tables}

    def needs(table: Table) -> list[Table]:
        keys = [*table.parents, *((table.partition_of,) if table.partition_of else ())]
        keys += [foreign.table for foreign in table.foreign_keys]
        return [by_key[key] for key in keys if key in by_key]

    return grouped(tables, needs)


def forward_keys(tables: Sequence[Table]) -> list[tuple[Table, ForeignKey]]:
    """The foreign keys that point to a table that is made later."""
    position = {table.key: number for number, table in enumerate(tables)}
    return [
        (table, foreign)
        for number, table in enumerate(tables)
        for foreign in table.foreign_keys
        if position.get(foreign.table, 0) > number
    ]
