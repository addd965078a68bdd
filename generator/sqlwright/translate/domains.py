"""The conditions of domains, as conditions on a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeVar, cast

from ..model.catalog import Catalog, Check, Column, Domain
from ..model.syntax import ColumnName, Expression, Identifier, Node, walk
from ..model.types import Family

N = TypeVar("N", bound=Node)
_COPY: Final[Callable[..., object]] = replace


def domains_of(column: Column, catalog: Catalog) -> list[Domain]:
    """The domain that a column has, and those that it is made of, the innermost last."""
    found: list[Domain] = []
    type = column.type
    while type.family is Family.DOMAIN and not type.array and type.key in catalog.domains:
        found.append(catalog.domains[type.key])
        type = found[-1].base
    return found


def on_column(check: Check, column: Column) -> Check:
    """The condition of a domain with the column in the place of VALUE."""
    condition = check.condition.expression
    values = {
        node: replace(node, parts=(Identifier(node.start, node.end, column.name, True),))
        for node in walk(condition)
        if isinstance(node, ColumnName) and len(node.parts) == 1 and node.parts[0].text.lower() == "value"
    }
    expression = _exchanged(condition, values)
    return replace(check, condition=replace(check.condition, expression=expression))


def _exchanged(node: Expression, exchange: Mapping[ColumnName, ColumnName]) -> Expression:
    found = exchange.get(node) if isinstance(node, ColumnName) else None
    return found if found is not None else _rebuilt(node, exchange)


def _rebuilt(node: N, exchange: Mapping[ColumnName, ColumnName]) -> N:
    """A copy of a node with names in it exchanged, at any depth."""
    names: tuple[str, ...] = node.__match_args__
    changed: dict[str, object] = {}
    for name in names[2:]:
        before: object = getattr(node, name)
        after = _value(before, exchange)
        if after is not before:
            changed[name] = after
    return cast("N", _COPY(node, **changed)) if changed else node


def _value(value: object, exchange: Mapping[ColumnName, ColumnName]) -> object:
    match value:
        case ColumnName():
            return exchange.get(value, value)
        case Node():
            return _rebuilt(value, exchange)
        case tuple():
            items = cast("tuple[object, ...]", value)
            after = tuple(_value(item, exchange) for item in items)
            return after if any(new is not old for new, old in zip(after, items, strict=True)) else items
        case _:
            return value
