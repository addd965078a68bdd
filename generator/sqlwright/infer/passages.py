"""The names that a value has on its way out of a table: through queries in FROM, WITH queries and views."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.catalog import Column, Table
from ..model.syntax import ColumnName, Expression, Query, SetOperation, Subquery
from ..model.values import value
from .environment import Environment
from .resolve import resolve
from .scopes import Binding, ColumnRef, MergedRef, OutputRef, QueryColumn, Relation, Resolution, TableColumn


@value
class Passage:
    """A relation that a value is read from: the name that the relation has in that query, and the value's name in it.

    `origin` names the table or the view, and the column there; None for a query.
    """

    relation: str
    column: str
    origin: tuple[str, str] | None


def passages(query: Query, position: int, resolution: Resolution, environment: Environment) -> list[Passage]:
    """All relations that an output of a query comes through, unchanged; with UNION, those of each part."""
    return list(_Way(environment).of_query(query, position, resolution))


class _Way:
    """Follows one value; what a recursive query reads of itself is followed once."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._met: set[tuple[Query, int]] = set()

    def of_query(self, query: Query, position: int, resolution: Resolution) -> Iterator[Passage]:
        if (query, position) in self._met:
            return
        self._met.add((query, position))
        if isinstance(query, SetOperation):
            yield from self.of_query(query.left, position, resolution)
            yield from self.of_query(query.right, position, resolution)
            return
        outputs = resolution.outputs.get(query, ())
        if position < len(outputs):
            yield from self._of_value(outputs[position].value, resolution)

    def _of_value(self, found: Expression | Binding | None, resolution: Resolution) -> Iterator[Passage]:
        match found:
            case ColumnName():
                yield from self._of_value(resolution.bindings.get(found), resolution)
            case Subquery(query=query):
                yield from self.of_query(query, 0, resolution)
            case OutputRef(output=output):
                yield from self._of_value(output.value, resolution)
            case MergedRef(left=left, right=right):
                yield from self._of_value(left, resolution)
                yield from self._of_value(right, resolution)
            case ColumnRef(relation=relation):
                yield from self._of_column(relation, found, resolution)
            case _:
                return

    def _of_column(self, relation: Relation, ref: ColumnRef, resolution: Resolution) -> Iterator[Passage]:
        name, table = ref.column.name, relation.table
        match ref.column.source:
            case TableColumn(column=column) if table is not None:
                yield Passage(relation.name, name, (table.name, column.name))
                yield from self._of_view(table, column)
            case QueryColumn(query=query, position=position):
                yield Passage(relation.name, name, None)
                yield from self.of_query(query, position, resolution)
            case _:
                yield Passage(relation.name, name, None)

    def _of_view(self, table: Table, column: Column) -> Iterator[Passage]:
        if table.query is None or table.source is None or table.recursive or column not in table.columns:
            return
        inner = self._environment.view_resolution(table, resolve)
        yield from self.of_query(table.query, table.columns.index(column), inner)
