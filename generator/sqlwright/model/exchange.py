"""A tree with some of its names exchanged for others."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TypeVar, cast

from .syntax import ColumnName, Expression, Node

N = TypeVar("N", bound=Node)


def exchanged(node: Expression, names: Mapping[ColumnName, ColumnName]) -> Expression:
    """An expression with names exchanged at any depth. What holds none of them stays the same node."""
    found = names.get(node) if isinstance(node, ColumnName) else None
    return found if found is not None else _rebuilt(node, names)


def _rebuilt(node: N, names: Mapping[ColumnName, ColumnName]) -> N:
    fields: tuple[str, ...] = node.__match_args__
    result = node
    for field in fields[2:]:
        before: object = getattr(node, field)
        after = _value(before, names)
        if after is not before:
            result = copy(node) if result is node else result
            object.__setattr__(result, field, after)
    return result


def _value(value: object, names: Mapping[ColumnName, ColumnName]) -> object:
    match value:
        case ColumnName():
            return names.get(value, value)
        case Node():
            return _rebuilt(value, names)
        case tuple():
            items = cast("tuple[object, ...]", value)
            after = tuple(_value(item, names) for item in items)
            return after if any(new is not old for new, old in zip(after, items, strict=True)) else items
        case _:
            return value
