"""FOR UPDATE where the rows of a result are not rows of tables, so that there is nothing to lock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..diagnostics import Diagnostic, error, nearest_of
from ..model.catalog import RelationKind, Table
from ..model.query import NamedQuery
from ..model.syntax import (
    ColumnName,
    Cte,
    DerivedTable,
    Identifier,
    Join,
    Locking,
    Node,
    Query,
    Select,
    SetOperation,
    TableExpression,
    TableName,
    walk,
)
from .environment import Environment
from .facts import TypeFacts
from .rules.checked import own_calls
from .rules.views import list_obstacle
from .scopes import ColumnRef, Relation, Resolution

_LEFT_OUT: Final = {"left": ("right",), "right": ("left",), "full": ("left", "right")}


def locking_findings(
    query: NamedQuery, resolution: Resolution, facts: TypeFacts, environment: Environment
) -> Iterator[Diagnostic]:
    """What a query locks and cannot."""
    if environment.dialect.features.locks_groups:
        return
    reader = _Locks(query, resolution, facts, environment)
    for node in walk(query.query):
        if isinstance(node, Select | SetOperation):
            yield from reader.of_query(node)


class _Locks:
    """The locks of one statement."""

    def __init__(self, query: NamedQuery, resolution: Resolution, facts: TypeFacts, environment: Environment) -> None:
        self._query = query
        self._resolution = resolution
        self._facts = facts
        self._environment = environment
        self._unread = frozenset(_unread(query.query, resolution))

    def of_query(self, node: Select | SetOperation) -> Iterator[Diagnostic]:
        if isinstance(node, SetOperation):
            for side in (node.left, node.right):
                if isinstance(side, Select | SetOperation) and side.locking:
                    yield self._refused(side.locking[0], node.op.upper(), side.locking[0])
        if not node.locking:
            return
        what = self._in_the_way(node)
        if what is not None:
            yield self._refused(node.locking[0], what, node.locking[0])
        elif isinstance(node, Select):
            for lock in node.locking:
                yield from self._of_lock(node, lock)

    def _of_lock(self, node: Select, lock: Locking) -> Iterator[Diagnostic]:
        relations = self._resolution.scopes[node].relations
        if not lock.of:
            for relation in relations:
                yield from self._of_relation(lock, relation, lock, named=False)
        for name in lock.of:
            key = self._environment.table_key(self._environment.spelled(name))
            found = next((one for one in relations if self._environment.table_key(one.name) == key), None)
            if self._query.source.text[: name.start].endswith("."):
                help = f"write {name.text} alone"
                yield self._error("bad-lock", f"{lock.strength.upper()} names tables without a schema", name, help)
            elif found is None and not self._is_joined(node, key):
                yield self._unknown(name, relations)
            elif found is None:
                continue
            else:
                yield from self._of_relation(lock, found, name, named=True)
        if node not in self._unread:
            yield from self._left_out(node, lock)

    def _of_relation(self, lock: Locking, relation: Relation, place: Node, named: bool) -> Iterator[Diagnostic]:
        """What is wrong with locking one relation; without names, those that hold no rows of tables are passed over."""
        what: str | None = None
        if relation.cte is not None:
            what = "a WITH query" if named else None
        elif relation.function is not None:
            what = "a function" if named else None
        elif relation.table is not None and relation.table.kind is RelationKind.MATERIALIZED_VIEW:
            what = "a materialized view"
        elif relation.table is not None and relation.table.kind is RelationKind.VIEW:
            what = self._of_view(relation.table)
        elif relation.query is not None:
            what = self._below(relation.query)
        if what is not None:
            yield self._refused(lock, what, place)

    def _is_joined(self, node: Select, key: str) -> bool:
        """Whether a table is one of a join in parentheses that has a name of its own."""
        joined = (table for table in walk(node.from_) if isinstance(table, TableName)) if node.from_ else ()
        relations = [self._resolution.relations[table] for table in joined if table in self._resolution.relations]
        return any(self._environment.table_key(relation.name) == key for relation in relations)

    def _unknown(self, name: Identifier, relations: list[Relation]) -> Diagnostic:
        help = nearest_of(name.text, [relation.name for relation in relations], "tables of this query")
        return self._error("unknown-table", f"`{name.text}` is not a table of this query", name, help)

    def _left_out(self, node: Select, lock: Locking) -> Iterator[Diagnostic]:
        """Rows that an outer join may leave out cannot be locked, unless a condition makes the join an inner one.

        The server says so when it plans the query. One within another may never be planned: nothing may read it.
        """
        if node is not self._query.query or not isinstance(node.from_, Join):
            return
        wanted = {self._environment.table_key(self._environment.spelled(name)) for name in lock.of}
        for side in _LEFT_OUT.get(node.from_.kind, ()):
            relations = list(self._relations(getattr(node.from_, side)))
            if node.where is not None and self._names(node.where, relations):
                continue
            for relation in relations:
                locked = not wanted or self._environment.table_key(relation.name) in wanted
                if relation.table is not None and locked:
                    yield self._refused(lock, f"`{relation.name}`, which the outer join may leave out", lock)
                    return

    def _names(self, condition: Node, relations: list[Relation]) -> bool:
        """Whether a condition says anything of relations."""
        for node in walk(condition):
            match self._resolution.bindings.get(node) if isinstance(node, ColumnName) else None:
                case None:
                    pass
                case ColumnRef(relation=relation) if relation not in relations:
                    pass
                case _:
                    return True
        return False

    def _relations(self, table: TableExpression) -> Iterator[Relation]:
        if isinstance(table, Join):
            yield from self._relations(table.left)
            yield from self._relations(table.right)
        elif table in self._resolution.relations:
            yield self._resolution.relations[table]

    def _of_view(self, view: Table) -> str | None:
        """What is in the way in the query of a view; its UNION is not, though it is locked in no part."""
        query = view.query
        if not isinstance(query, Select):
            return None
        return self._in_the_way(query) or list_obstacle(view, query, self._environment)

    def _below(self, query: Query | None) -> str | None:
        """What is in the way in a query that FROM holds, or in those that its own FROM holds."""
        if not isinstance(query, Select | SetOperation):
            return None
        what = self._in_the_way(query)
        if what is None and isinstance(query, Select) and query.from_ is not None:
            return next((what for inner in _derived(query.from_) if (what := self._below(inner))), None)
        return what

    def _in_the_way(self, node: Select | SetOperation) -> str | None:
        if isinstance(node, SetOperation):
            return node.op.upper()
        gathered = [found.is_window for found in self._resolution.gathered if found.query is node]
        found = {
            "DISTINCT": node.distinct or bool(node.distinct_on),
            "GROUP BY": bool(node.group_by),
            "HAVING": node.having is not None,
            "aggregates": False in gathered,
            "window functions": True in gathered,
            "functions that give rows": any(self._gives_set(item.expression) for item in node.items),
        }
        return next((what for what, there in found.items() if there), None)

    def _gives_set(self, node: Node) -> bool:
        resolved = self._facts.resolved
        return any(resolved[call].returns_set for call in own_calls(node) if call in resolved)

    def _refused(self, lock: Locking, what: str, place: Node) -> Diagnostic:
        message = f"{lock.strength.upper()} is not allowed with {what}"
        return self._error("locked-groups", message, place, "lock the rows in a query of their own")

    def _error(self, code: str, message: str, node: Node, help: str | None) -> Diagnostic:
        return error(code, message, self._query.span(node.start, node.end), help)


def _derived(table: TableExpression) -> Iterator[Query]:
    match table:
        case DerivedTable(query=query):
            yield query
        case Join(left=left, right=right):
            yield from _derived(left)
            yield from _derived(right)
        case _:
            return


def _unread(query: Query, resolution: Resolution) -> Iterator[Node]:
    """What stands in WITH queries that nothing reads, for which no plan is made that could go wrong."""
    read = {relation.cte for relation in resolution.relations.values()}
    for node in walk(query):
        if isinstance(node, Cte) and node not in read:
            yield from walk(node.query)
