"""The conditions of domains, as conditions on a column."""

from __future__ import annotations

from dataclasses import replace

from ..model.catalog import Catalog, Check, Column, Domain
from ..model.exchange import exchanged
from ..model.syntax import ColumnName, Identifier, walk
from ..model.types import Family


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
    return replace(check, condition=replace(check.condition, expression=exchanged(condition, values)))
