"""Aggregates that put values in a row, in the order of keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key

from .decimals import compare_texts
from .kinds import Value

Entry = tuple[Value, tuple[Value, ...]]
"""A value, and the keys by which it is sorted."""


@dataclass(frozen=True, slots=True)
class Direction:
    """How one of the keys is sorted."""

    descending: bool
    decimal: bool
    nulls_first: bool


class Collection:
    """Values in an order. The first argument says which: `distinct:asc nulls last,desc decimal nulls first`."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._directions: list[Direction] = []
        self._distinct = False

    def add(self, how: Value, value: Value, keys: tuple[Value, ...]) -> None:
        if not self._directions:
            first, _, rest = str(how).rpartition(":")
            self._distinct = first == "distinct"
            self._directions = [_direction(part) for part in rest.split(",")]
        self.entries.append((value, keys))

    def remove(self, value: Value, keys: tuple[Value, ...]) -> None:
        self.entries.remove((value, keys))

    def in_order(self) -> list[Value]:
        """The values; those of a distinct collection each once."""
        values = [value for value, _ in sorted(self.entries, key=cmp_to_key(self._compare))]
        return list(dict.fromkeys(values)) if self._distinct else values

    def _compare(self, left: Entry, right: Entry) -> int:
        for one, other, direction in zip(left[1], right[1], self._directions, strict=True):
            if one is None or other is None:
                if one is not other:
                    return -1 if (one is None) == direction.nulls_first else 1
                continue
            found = compare_texts(str(one), str(other)) if direction.decimal else _compared(one, other)
            if found:
                return -found if direction.descending else found
        return 0


def _direction(text: str) -> Direction:
    words = text.split()
    return Direction(words[0] == "desc", "decimal" in words, words[-1] == "first")


def _compared(left: Value, right: Value) -> int:
    """Two values of one type."""
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return (left > right) - (left < right)
    return 0


class TextCollection(Collection):
    """string_agg() in an order: how, the separator, a value, its keys. NULLs are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._separator = ""

    def step(self, how: Value, separator: Value, value: Value, *keys: Value) -> None:
        if value is not None:
            self.add(how, str(value), keys)
            self._separator = "" if separator is None else str(separator)

    def inverse(self, how: Value, separator: Value, value: Value, *keys: Value) -> None:
        if value is not None:
            self.remove(str(value), keys)

    def value(self) -> str | None:
        return self._separator.join(str(value) for value in self.in_order()) if self.entries else None

    def finalize(self) -> str | None:
        return self.value()


class JsonCollection(Collection):
    """json_agg() and array_agg() in an order: how, a value that is JSON already, its keys."""

    def step(self, how: Value, value: Value, *keys: Value) -> None:
        self.add(how, "null" if value is None else value, keys)

    def inverse(self, how: Value, value: Value, *keys: Value) -> None:
        self.remove("null" if value is None else value, keys)

    def value(self) -> str | None:
        return f"[{','.join(str(value) for value in self.in_order())}]" if self.entries else None

    def finalize(self) -> str | None:
        return self.value()
