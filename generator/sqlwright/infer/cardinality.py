"""How many rows a query can give, by keys, limits and aggregates; and why one that promises a row can give more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..diagnostics import Diagnostic, warning
from ..model.catalog import RelationKind, Table
from ..model.query import Command, NamedQuery
from ..model.syntax import (
    Call,
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
    Window,
    children,
    walk,
)
from ..model.typed import Cardinality
from ..model.values import value
from .environment import Environment
from .facts import TypeFacts
from .fixed import OUTER, Fixed, FixedReader
from .keys import ONE_ROW, Key, UniqueIndex, conjuncts, indexes_of_table, keys_of_table
from .scopes import Binding, ColumnRef, OutputColumn, OutputRef, Relation, RelationColumn, Resolution

_FEW = (Cardinality.NONE, Cardinality.ONE, Cardinality.AT_MOST_ONE)
_PROMISES_ONE = (Command.ONE, Command.OPT)

Grouped = tuple[Relation, RelationColumn] | None
"""A relation's column; None for what is none."""


@value
class PlaceKey:
    """A unique key of a query, by the positions of its result columns; `open` as in `Key`."""

    places: tuple[int, ...]
    open: frozenset[int] = frozenset()


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
        self._keys_of: dict[Query, tuple[PlaceKey, ...]] = {}

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
        outputs = self._resolution.outputs.get(query, ())
        if query.from_ is not None:
            conditions = (*conjuncts(query.where), *self._of_groups(query))
            fixed, _ = self._fixed.read([query.from_], conditions, outer=OUTER)
        for values in (query.group_by, query.distinct_on):
            if values and all(self._fixed.is_fixed(self._at_position(value, outputs), fixed) for value in values):
                return True
        return query.distinct and all(self._fixed.is_fixed(output.value, fixed) for output in outputs)

    def _of_groups(self, query: Select) -> Iterator[Expression]:
        """The conditions of HAVING that speak of nothing but what the query groups by, and so of each row."""
        outputs = self._resolution.outputs.get(query, ())
        grouped = [self._grouped(value, outputs) for value in query.group_by]
        gathered = {found.call for found in self._resolution.gathered}
        for condition in conjuncts(query.having):
            inside = list(walk(condition))
            names = [node for node in inside if isinstance(node, ColumnName)]
            if not gathered.intersection(inside) and all(self._meant(name) in grouped for name in names):
                yield condition

    def _at_position(self, value: Expression, outputs: tuple[OutputColumn, ...]) -> Expression | Binding:
        """What `group by 1` groups by."""
        position = int(value.text) if isinstance(value, Number) and value.text.isdigit() else 0
        return outputs[position - 1].value if 0 < position <= len(outputs) else value

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
        single = limit is not None and limit.single and not limit.with_ties
        few = single or (isinstance(count, Number) and count.text in ("0", "1"))
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
                yield ONE_ROW
        elif relation.table is not None and relation.table.kind is RelationKind.VIEW:
            yield from self._environment.view_keys(relation.table, keys_of_view)
        elif relation.table is not None and not self._has_children(relation):
            yield from keys_of_table(relation.table, self._environment.hidden(relation.table))

    def _indexes(self, relation: Relation) -> Iterator[UniqueIndex]:
        if relation.table is not None and not self._has_children(relation):
            yield from indexes_of_table(relation.table)

    def _has_children(self, relation: Relation) -> bool:
        """Whether rows of other tables are read with a table's own, which its keys do not tell apart (INHERITS)."""
        table = relation.table
        only = isinstance(relation.node, TableName) and relation.node.only
        return table is not None and not only and table.key in self._environment.parents

    def _keys_of_query(self, relation: Relation) -> Iterator[Key]:
        """The keys of a query in FROM, in the names that its columns have there."""
        query = relation.query
        assert query is not None
        if self.of(query) in _FEW:
            yield ONE_ROW
        yield from named(self.keys(query), [column.name for column in relation.columns])

    def keys(self, query: Query) -> tuple[PlaceKey, ...]:
        """The result columns, by their positions, that no two rows of a query have the same values in."""
        found = self._keys_of.get(query)
        if found is None:
            self._keys_of[query] = ()  # what a query that reads itself sees of itself
            found = self._keys_of[query] = tuple(self._keys_of_outputs(query))
        return found

    def _keys_of_outputs(self, query: Query) -> Iterator[PlaceKey]:
        outputs = self._resolution.outputs.get(query, ())
        if isinstance(query, SetOperation):
            if not query.all:
                yield PlaceKey(tuple(range(len(outputs))))
            if query.op != "union":
                yield from self.keys(query.left)
            if query.op == "intersect":
                yield from self.keys(query.right)
        if not isinstance(query, Select) or any(self._returns_set(item.expression) for item in query.items):
            return
        if query.distinct:
            yield PlaceKey(tuple(range(len(outputs))))
        yield from self._positions(query.distinct_on, outputs)
        yield from self._numbered(query, outputs)
        if query.group_by and not _has_sets(query):
            yield from self._positions(query.group_by, outputs)
        elif query.from_ is not None and not self._is_aggregated(query):
            yield from self._passed_on(query, outputs)

    def _positions(
        self, values: Sequence[Expression], outputs: tuple[OutputColumn, ...], *further: int
    ) -> Iterator[PlaceKey]:
        """Where what a query groups by is among its results."""
        given = [self._meant(output.value) for output in outputs]
        places: list[int] = list(further)
        grouped: list[Grouped] = []
        for asked in values:
            place = self._place(asked, outputs)
            if place is not None and given[place] is None:
                places.append(place)
            else:
                grouped.append(self._grouped(asked, outputs))
        wanted = self._without_determined(grouped)
        if values and all(one is not None and one in given for one in wanted):
            yield PlaceKey((*places, *(given.index(one) for one in wanted)))

    def _place(self, value: Expression, outputs: tuple[OutputColumn, ...]) -> int | None:
        """The result column that a position, or the name of one, means."""
        if isinstance(value, Number) and value.text.isdigit() and 0 < int(value.text) <= len(outputs):
            return int(value.text) - 1
        binding = self._resolution.bindings.get(value) if isinstance(value, ColumnName) else None
        return outputs.index(binding.output) if isinstance(binding, OutputRef) and binding.output in outputs else None

    def _numbered(self, query: Select, outputs: tuple[OutputColumn, ...]) -> Iterator[PlaceKey]:
        """`row_number() over (partition by k)` gives each row of a `k` a number of its own."""
        for place, output in enumerate(outputs):
            call = output.value
            if isinstance(call, Call) and call.over is not None and call.function.lower() == "row_number":
                window: Window | None = call.over
                while window is not None and window.base is not None and not window.partition_by:
                    window = _named_window(query, window.base.text)
                if window is not None and window.partition_by:
                    columns = tuple(one for one in window.partition_by if not isinstance(one, Number))
                    yield from self._positions(columns, outputs, place) if columns else (PlaceKey((place,)),)
                elif window is not None:
                    yield PlaceKey((place,))

    def _without_determined(self, grouped: list[Grouped]) -> list[Grouped]:
        """What a query groups by, without the columns of a relation beside a key of it."""
        names: dict[Relation, set[str]] = {}
        for one in grouped:
            if one is not None:
                names.setdefault(one[0], set()).add(one[1].name)
        keys = {
            relation: next(
                (set(key.columns) for key in self._keys(relation) if set(key.columns) <= own and not key.open), own
            )
            for relation, own in names.items()
        }
        return [one for one in grouped if one is None or one[1].name in keys[one[0]]]

    def _grouped(self, value: Expression, outputs: tuple[OutputColumn, ...]) -> Grouped:
        place = self._place(value, outputs)
        return self._meant(outputs[place].value if place is not None else value)

    def _meant(self, value: object) -> Grouped:
        """A relation's column, as something that can be compared; None for all else."""
        if isinstance(value, ColumnName):
            value = self._resolution.bindings.get(value)
        return (value.relation, value.column) if isinstance(value, ColumnRef) else None

    def _passed_on(self, query: Select, outputs: tuple[OutputColumn, ...]) -> Iterator[PlaceKey]:
        """The keys of a relation each of whose rows goes with one row at most of all the others."""
        given = [self._meant(output.value) for output in outputs]
        for relation in self._read(query)[1]:
            fixed, relations = self._read(query, (relation,))
            keys = self._keys(relation) if all(other in fixed.relations for other in relations) else ()
            for key in keys:
                columns = [relation.index.get(self._environment.column_key(name), ())[:1] for name in key.columns]
                wanted = [(relation, column[0]) for column in columns if column]
                if wanted and len(wanted) == len(columns) and all(one in given for one in wanted):
                    places = tuple(given.index(one) for one in wanted)
                    yield PlaceKey(
                        places, frozenset(at for at, name in zip(places, key.columns, strict=True) if name in key.open)
                    )

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
        if self._has_children(loose.relation) and any(keys_of_table(table, ())):
            return (
                f"its keys do not tell the rows of tables that inherit from `{table.name}` apart: write "
                f"`only {table.name}` to leave those out; {otherwise}"
            )
        shown = {column.name for column in loose.relation.columns}
        keys = [
            f"({', '.join(key.columns)})"
            for key in self._keys(loose.relation)
            if key.columns and shown.issuperset(key.columns)
        ]
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
    keys = named(counts.keys(table.query), [column.name for column in table.columns])
    return (*keys, *((ONE_ROW,) if counts.of(table.query) in _FEW else ()))


def named(keys: Iterable[PlaceKey], names: Sequence[str]) -> Iterator[Key]:
    """The keys of a query by the names that its columns have outside."""
    for key in keys:
        if all(place < len(names) for place in key.places):
            yield Key(tuple(names[place] for place in key.places), frozenset(names[place] for place in key.open))


def own(node: object) -> Iterator[object]:
    """A node and what it holds, without the queries in it."""
    yield node
    if isinstance(node, Expression):
        for child in children(node):
            if not isinstance(child, Query):
                yield from own(child)


def _named_window(query: Select, name: str) -> Window | None:
    return next((window for found, window in query.windows if found.text.lower() == name.lower()), None)


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
