"""Columns of queries in FROM that are computed of the tables around these queries alone.

MySQL 9.7 reads such a column of a LATERAL query as what it is computed of, wherever a condition names it: `a left join
lateral (select a.x as y from b) c on true where c.y > 0` gives rows in which `c` is missing, and so `c.y` NULL.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.catalog import Table
from ...model.syntax import ColumnName, Expression, Join, Query, Select, TableExpression, walk
from ..dependencies import refs_of
from ..environment import Environment
from ..merging import is_merged
from ..resolve import resolve
from ..scopes import Binding, ColumnRef, MergedRef, QueryColumn, Relation, RelationColumn, Resolution


class GivenColumns:
    """Tells of the names in one query whether they mean such columns, where an outer join may find nothing."""

    def __init__(self, resolution: Resolution, environment: Environment) -> None:
        self._resolution = resolution
        self._environment = environment
        self._known: dict[Binding, bool] = {}

    def is_in(self, expression: Expression) -> bool:
        """Whether an expression names such a column."""
        bindings = (self._resolution.bindings.get(node) for node in walk(expression) if isinstance(node, ColumnName))
        return any(binding is not None and self.is_given(binding) for binding in bindings)

    def is_given(self, binding: Binding) -> bool:
        found = self._known.get(binding)
        if found is None:
            found = self._known[binding] = self._is_given(binding, self._resolution, optional=False)
        return found

    def _is_given(self, binding: Binding, resolution: Resolution, optional: bool) -> bool:
        match binding:
            case MergedRef(left=left, right=right):
                return any(self._is_given(side, resolution, optional) for side in (left, right))
            case ColumnRef(relation=relation, column=RelationColumn(source=QueryColumn(query=query, position=place))):
                optional = optional or relation in _optional(resolution)
                return self._is_made_around(query, place, resolution, optional)
            case ColumnRef(relation=Relation(table=Table(query=Select() as query) as table) as relation, column=column):
                if table.recursive or table.source is None:
                    return False
                optional = optional or relation in _optional(resolution)
                places = [found.name for found in table.columns]
                inner = self._environment.view_resolution(table, resolve)
                known = column.name in places
                return known and self._is_made_around(query, places.index(column.name), inner, optional)
            case _:
                return False

    def _is_made_around(self, query: Query, position: int, resolution: Resolution, optional: bool) -> bool:
        """Whether a column of a query in FROM is made of columns around the query, or of such that are."""
        outputs = resolution.outputs.get(query, ())
        rules = self._environment.dialect.nulls
        if not isinstance(query, Select) or position >= len(outputs) or not is_merged(query, rules, subqueries=True):
            return False
        value = outputs[position].value
        bindings = [None if isinstance(value, Expression) else value]
        if isinstance(value, Expression):
            bindings = [resolution.bindings.get(node) for node in walk(value) if isinstance(node, ColumnName)]
        refs = [ref for binding in bindings if binding is not None for ref in refs_of(binding)]
        own = [ref for ref in refs if ref.relation in resolution.scopes[query].relations]
        if own:
            return any(self._is_given(ref, resolution, optional) for ref in own)
        return optional and bool(refs)


def _optional(resolution: Resolution) -> frozenset[Relation]:
    """The relations that outer joins may leave out of a row."""
    found: set[Relation] = set()
    for query in resolution.scopes:
        if isinstance(query, Select) and query.from_ is not None:
            found |= set(_left_out(query.from_, resolution, optional=False))
    return frozenset(found)


def _left_out(table: TableExpression, resolution: Resolution, optional: bool) -> Iterator[Relation]:
    if isinstance(table, Join):
        yield from _left_out(table.left, resolution, optional or table.kind in ("right", "full"))
        yield from _left_out(table.right, resolution, optional or table.kind in ("left", "full"))
    elif optional and table in resolution.relations:
        yield resolution.relations[table]
