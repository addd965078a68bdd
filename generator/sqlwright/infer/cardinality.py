"""How many rows a query can give, by keys, limits and aggregates; and why one that promises a row can give more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Diagnostic, warning
from ..model.catalog import RelationKind, Table
from ..model.query import Command, NamedQuery
from ..model.syntax import (
    ColumnName,
    Delete,
    Expression,
    GroupingSets,
    Insert,
    Limit,
    Number,
    Query,
    Row,
    Select,
    SetOperation,
    TableName,
    Update,
    Values,
    children,
)
from ..model.typed import Cardinality
from ..model.values import value
from .environment import Environment
from .facts import TypeFacts
from .fixed import OUTER, Fixed, FixedReader, Key, UniqueIndex, conjuncts
from .scopes import ColumnRef, OutputColumn, Relation, RelationColumn, Resolution

_FEW = (Cardinality.NONE, Cardinality.ONE, Cardinality.AT_MOST_ONE)
_ONE_ROW: tuple[Key, ...] = ((),)
_PROMISES_ONE = (Command.ONE, Command.OPT)

Grouped = tuple[Relation, RelationColumn] | None
"""A relation's column; None for what is none."""


def always_gives_row(query: Query, has_aggregate: Callable[[Select], bool]) -> bool:
    """Whether a query gives one row at least, whatever the data."""
    match query:
        case Values(limit=limit):
            return limit is None
        case Select(limit=limit) if limit is not None and (limit.offset is not None or not _positive(limit.count)):
            return False
        case Select(from_=None, where=None, having=None, group_by=()):
            return True
        case Select(group_by=(), having=None):
            return has_aggregate(query)
        case _:
            return False


def _positive(count: Expression | None) -> bool:
    return count is None or (isinstance(count, Number) and count.text.isdigit() and int(count.text) > 0)


@value
class _Loose:
    """What lets a query give more than one row: a relation, of which some columns are fixed, or something else."""

    relation: Relation | None = None
    columns: tuple[str, ...] = ()
    because: str = ""


class RowCounts:
    """The cardinality of one query, and of those that it reads from."""

    def __init__(self, resolution: Resolution, facts: TypeFacts, environment: Environment) -> None:
        self._resolution = resolution
        self._facts = facts
        self._environment = environment
        self._fixed = FixedReader(resolution, facts, environment, self._keys, self._indexes)
        self._known: dict[Query, Cardinality] = {}
        self._keys_of: dict[Query, tuple[tuple[int, ...], ...]] = {}

    def of(self, query: Query) -> Cardinality:
        """How many rows a query gives."""
        found = self._known.get(query)
        if found is None:
            self._known[query] = Cardinality.MANY  # what a query that reads itself sees of itself
            found = self._known[query] = self._of(query)
        return found

    def warnings(self, named: NamedQuery) -> list[Diagnostic]:
        """That a query which promises a row can give more."""
        if named.command not in _PROMISES_ONE or self.of(named.query) is not Cardinality.MANY:
            return []
        loose = self._loose(named.query)
        message = f"`{named.name}` can give more than one row: {_because(loose)}"
        return [warning("many-rows", message, named.name_span, self._advice(loose, named.query))]

    def _of(self, query: Query) -> Cardinality:
        match query:
            case Select():
                return self._select(query)
            case Values(rows=rows, limit=limit):
                return Cardinality.ONE if len(rows) == 1 and limit is None else self._limited(limit)
            case SetOperation():
                return self._set_operation(query)
            case Insert():
                return self._insert(query)
            case Update(limit=limit) | Delete(limit=limit):
                target = self._target(query)
                fixed, _ = self._read(query)
                few = target is not None and target in fixed.relations
                return Cardinality.AT_MOST_ONE if few else self._limited(limit)
            case _:
                return Cardinality.MANY

    def _select(self, query: Select) -> Cardinality:
        if any(self._returns_set(item.expression) for item in query.items):
            return self._limited(query.limit)
        if always_gives_row(query, self._is_aggregated):
            return Cardinality.ONE
        return Cardinality.AT_MOST_ONE if self._is_few(query) else self._limited(query.limit)

    def _is_few(self, query: Select) -> bool:
        if _has_sets(query):
            return False
        makes_group = query.having is not None and self._environment.dialect.features.having_alone != "filters"
        if not query.group_by and (makes_group or self._is_aggregated(query)):
            return True
        fixed, relations = self._read(query)
        if all(relation in fixed.relations for relation in relations):
            return True
        if query.from_ is not None:
            fixed, _ = self._fixed.read([query.from_], query.where, outer=OUTER)
        for values in (query.group_by, query.distinct_on):
            if values and all(self._fixed.is_fixed(value, fixed) for value in values):
                return True
        outputs = self._resolution.outputs.get(query, ())
        return query.distinct and all(self._fixed.is_fixed(output.value, fixed) for output in outputs)

    def _set_operation(self, query: SetOperation) -> Cardinality:
        match query.op:
            case "intersect":
                few = self.of(query.left) in _FEW or self.of(query.right) in _FEW
            case "except":
                few = self.of(query.left) in _FEW
            case _:
                few = False
        return Cardinality.AT_MOST_ONE if few else self._limited(query.limit)

    def _insert(self, query: Insert) -> Cardinality:
        source = self.of(query.source) if query.source is not None else Cardinality.ONE
        if source is Cardinality.MANY:
            return source
        certain = all(conflict.action == "update" and conflict.where is None for conflict in query.on_conflict)
        ignores = "ignore" in query.verb
        return source if certain and not ignores else Cardinality.AT_MOST_ONE

    def _limited(self, limit: Limit | None) -> Cardinality:
        count = limit.count if limit is not None and not limit.with_ties else None
        few = isinstance(count, Number) and count.text in ("0", "1")
        return Cardinality.AT_MOST_ONE if few else Cardinality.MANY

    # What a query reads from

    def _read(self, query: Query, assumed: tuple[Relation, ...] = ()) -> tuple[Fixed, list[Relation]]:
        match query:
            case Select(from_=None):
                return Fixed(), []
            case Select(from_=table, where=where) if table is not None:
                return self._fixed.read([table], where, assumed)
            case Update(table=table, from_=others, where=where):
                return self._fixed.read([table, *((others,) if others is not None else ())], where)
            case Delete(joined=True, using=table, where=where) if table is not None:
                return self._fixed.read([table], where)
            case Delete(targets=(target, *_), using=others, where=where):
                return self._fixed.read([target, *((others,) if others is not None else ())], where)
            case _:
                return Fixed(), []

    def _target(self, query: Update | Delete) -> Relation | None:
        """The one table that loses or changes rows."""
        table = query.table if isinstance(query, Update) else query.targets[0] if len(query.targets) == 1 else None
        return self._resolution.relations.get(table) if isinstance(table, TableName) else None

    def _keys(self, relation: Relation) -> Iterator[Key]:
        """The unique keys of a relation, the empty one when it has one row at most."""
        if relation.query is not None:
            yield from self._keys_of_query(relation)
        elif relation.function is not None:
            calls = relation.function.calls
            if not any(self._returns_set(call) or call not in self._facts.resolved for call in calls):
                yield from _ONE_ROW
        elif relation.table is not None:
            yield from self._keys_of_table(relation.table)

    def _keys_of_table(self, table: Table) -> Iterator[Key]:
        """The keys of a table; rows of tables that inherit from it are not among those that its keys tell apart."""
        if any(table.key in other.parents for other in self._environment.catalog.tables.values()):
            return
        if table.kind is RelationKind.VIEW:
            yield from self._environment.view_keys(table, keys_of_view)
            return
        for key in (*table.uniques, *((table.primary_key,) if table.primary_key is not None else ())):
            yield key.columns
        for index in table.indexes:
            if index.unique and index.where is None and all(part.column is not None for part in index.parts):
                yield tuple(part.column or "" for part in index.parts)

    def _indexes(self, relation: Relation) -> Iterator[UniqueIndex]:
        """The unique indexes of a table that hold expressions, or only some of the rows."""
        table = relation.table
        if table is None or any(table.key in other.parents for other in self._environment.catalog.tables.values()):
            return
        for index in table.indexes:
            expressions = tuple(part.expression.expression for part in index.parts if part.expression is not None)
            if index.unique and (expressions or index.where is not None):
                where = index.where.expression if index.where is not None else None
                names = tuple(part.column for part in index.parts if part.column is not None)
                yield UniqueIndex(names, expressions, tuple(conjuncts(where)))

    def _keys_of_query(self, relation: Relation) -> Iterator[Key]:
        """The keys of a query in FROM, in the names that its columns have there."""
        query = relation.query
        assert query is not None
        if self.of(query) in _FEW:
            yield from _ONE_ROW
        names = [column.name for column in relation.columns]
        for key in self.keys(query):
            if all(position < len(names) for position in key):
                yield tuple(names[position] for position in key)

    def keys(self, query: Query) -> tuple[tuple[int, ...], ...]:
        """The result columns, by their positions, that no two rows of a query have the same values in."""
        found = self._keys_of.get(query)
        if found is None:
            self._keys_of[query] = ()  # what a query that reads itself sees of itself
            found = self._keys_of[query] = tuple(self._keys_of_outputs(query))
        return found

    def _keys_of_outputs(self, query: Query) -> Iterator[tuple[int, ...]]:
        outputs = self._resolution.outputs.get(query, ())
        if isinstance(query, SetOperation) and query.op == "union" and not query.all:
            yield tuple(range(len(outputs)))
        if not isinstance(query, Select) or any(self._returns_set(item.expression) for item in query.items):
            return
        if query.distinct:
            yield tuple(range(len(outputs)))
        if query.group_by:
            grouped = [self._grouped(value, outputs) for value in query.group_by]
            yield from self._positions(self._without_determined(grouped), outputs, query)
        elif query.from_ is not None and not self._is_aggregated(query):
            yield from self._passed_on(query, outputs)

    def _positions(
        self, wanted: list[Grouped], outputs: tuple[OutputColumn, ...], query: Select
    ) -> Iterator[tuple[int, ...]]:
        """Where the columns that a query groups by are among its results."""
        given = [self._meant(output.value) for output in outputs]
        if not _has_sets(query) and all(one is not None and one in given for one in wanted):
            yield tuple(given.index(one) for one in wanted)

    def _without_determined(self, grouped: list[Grouped]) -> list[Grouped]:
        """What a query groups by, without the columns of a relation beside a key of it."""
        names: dict[Relation, set[str]] = {}
        for one in grouped:
            if one is not None:
                names.setdefault(one[0], set()).add(one[1].name)
        keys = {
            relation: next((set(key) for key in self._keys(relation) if set(key) <= own), own)
            for relation, own in names.items()
        }
        return [one for one in grouped if one is None or one[1].name in keys[one[0]]]

    def _grouped(self, value: Expression, outputs: tuple[OutputColumn, ...]) -> Grouped:
        if isinstance(value, Number) and value.text.isdigit() and 0 < int(value.text) <= len(outputs):
            return self._meant(outputs[int(value.text) - 1].value)
        return self._meant(value)

    def _meant(self, value: object) -> Grouped:
        """A relation's column, as something that can be compared; None for all else."""
        if isinstance(value, ColumnName):
            value = self._resolution.bindings.get(value)
        return (value.relation, value.column) if isinstance(value, ColumnRef) else None

    def _passed_on(self, query: Select, outputs: tuple[OutputColumn, ...]) -> Iterator[tuple[int, ...]]:
        """The keys of a relation each of whose rows goes with one row at most of all the others."""
        given = [self._meant(output.value) for output in outputs]
        for relation in self._read(query)[1]:
            fixed, relations = self._read(query, (relation,))
            keys = self._keys(relation) if all(other in fixed.relations for other in relations) else ()
            for key in keys:
                columns = [relation.index.get(self._environment.column_key(name), ())[:1] for name in key]
                wanted = [(relation, column[0]) for column in columns if column]
                if key and len(wanted) == len(key) and all(one in given for one in wanted):
                    yield tuple(given.index(one) for one in wanted)

    # Expressions

    def _is_aggregated(self, query: Select) -> bool:
        return any(found.query is query and not found.is_window for found in self._resolution.gathered)

    def _returns_set(self, node: Expression) -> bool:
        return any(
            resolved.returns_set
            for inner in own(node)
            if isinstance(inner, Expression) and (resolved := self._facts.resolved.get(inner)) is not None
        )

    # Reasons

    def _loose(self, query: Query) -> _Loose:
        match query:
            case SetOperation(op="union"):
                return _Loose(because="UNION puts the rows of several queries together")
            case SetOperation(left=left):
                return self._loose(left)
            case Values():
                return _Loose(because="VALUES has several rows")
            case Insert(source=source) if source is not None:
                return self._loose(source)
            case Select() | Update() | Delete():
                return self._loose_relation(query)
            case _:
                return _Loose(because="it is not known how many there are")

    def _loose_relation(self, query: Select | Update | Delete) -> _Loose:
        if isinstance(query, Select):
            if any(self._returns_set(item.expression) for item in query.items):
                return _Loose(because="a function in it gives several")
            if query.group_by:
                return _Loose(because="it gives one for each group")
        fixed, relations = self._read(query)
        target = self._target(query) if not isinstance(query, Select) else None
        loose = [relation for relation in relations if relation not in fixed.relations]
        relation = target if target is not None else loose[0] if loose else None
        if relation is None:
            return _Loose(because="it is not known how many there are")
        named = [column.name for column in relation.columns if column.name in fixed.columns[relation]]
        return _Loose(relation, tuple(named))

    def _advice(self, loose: _Loose, query: Query) -> str:
        otherwise = "write `limit 1`, or make it `:many`" if isinstance(query, Select) else "make it `:many`"
        table = loose.relation.table if loose.relation is not None else None
        if loose.relation is None or table is None:
            return otherwise
        keys = [f"({', '.join(key)})" for key in self._keys(loose.relation) if key]
        compare = (
            [f"compare all columns of a key of `{table.name}`: {' or '.join(dict.fromkeys(keys))}"] if keys else []
        )
        declare = [f"declare `unique ({', '.join(loose.columns)})`"] if loose.columns else []
        return "; ".join((*compare, *declare, otherwise))


def keys_of_view(table: Table, environment: Environment) -> tuple[Key, ...]:
    """The unique keys of a view, by the names of its columns."""
    from .resolve import resolve
    from .typing import infer_types

    if table.query is None or table.source is None or table.recursive:
        return ()
    resolution = resolve(table.query, table.source, environment)
    counts = RowCounts(resolution, infer_types(resolution, (), table.source, environment), environment)
    names = [column.name for column in table.columns]
    keys = [tuple(names[place] for place in key) for key in counts.keys(table.query) if max(key) < len(names)]
    return (*keys, *(_ONE_ROW if counts.of(table.query) in _FEW else ()))


def own(node: object) -> Iterator[object]:
    """A node and what it holds, without the queries in it."""
    yield node
    if isinstance(node, Expression):
        for child in children(node):
            if not isinstance(child, Query):
                yield from own(child)


def _has_sets(query: Select) -> bool:
    return query.with_rollup or any(
        isinstance(item, GroupingSets) or (isinstance(item, Row) and not item.items) for item in query.group_by
    )


def _because(loose: _Loose) -> str:
    relation = loose.relation
    if relation is None:
        return loose.because
    if relation.table is None:
        return f"`{relation.name}` can have several"
    if not loose.columns:
        return f"no column of `{relation.name}` is compared with one value"
    compared = ", ".join(loose.columns)
    return f"no unique key of `{relation.name}` is among the columns that are compared with one value ({compared})"
