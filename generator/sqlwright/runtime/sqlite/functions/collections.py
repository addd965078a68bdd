"""Aggregates that put values in a row, in the order of keys."""

from __future__ import annotations

from functools import cmp_to_key

from .kinds import Value

Entry = tuple[Value, tuple[Value, ...]]
"""A value, and the keys by which it is sorted."""


class Collection:
    """Values in an order. The first argument says which: `distinct:asc nulls last,desc nulls first`."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._directions: list[tuple[bool, bool]] = []
        self._distinct = False

    def add(self, how: Value, value: Value, keys: tuple[Value, ...]) -> None:
        if not self._directions:
            first, _, rest = str(how).rpartition(":")
            self._distinct = first == "distinct"
            self._directions = [(part.startswith("desc"), part.endswith("first")) for part in rest.split(",")]
        self.entries.append((value, keys))

    def remove(self, value: Value, keys: tuple[Value, ...]) -> None:
        self.entries.remove((value, keys))

    def in_order(self) -> list[Value]:
        """The values; those of a distinct collection each once."""
        values = [value for value, _ in sorted(self.entries, key=cmp_to_key(self._compare))]
        return list(dict.fromkeys(values)) if self._distinct else values

    def _compare(self, left: Entry, right: Entry) -> int:
        for one, other, (descending, nulls_first) in zip(left[1], right[1], self._directions, strict=True):
            if one is None or other is None:
                if one is not other:
                    return -1 if (one is None) == nulls_first else 1
                continue
            found = _compared(one, other)
            if found:
                return -found if descending else found
        return 0


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
