"""Which columns have one value in each group, by keys and the equalities that hold (MySQL's manual, 14.19.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..model.catalog import Table
from ..model.syntax import (
    Between,
    Binary,
    Call,
    Case,
    ColumnName,
    Exists,
    Expression,
    InList,
    InQuery,
    Is,
    Join,
    Logical,
    Node,
    Null,
    Number,
    Parameter,
    Quantified,
    Query,
    Row,
    Select,
    SetOperation,
    Subquery,
    TableExpression,
    Window,
    children,
    walk,
)
from ..model.values import value
from .environment import Environment
from .merging import is_merged, kept
from .resolve import resolve
from .scopes import (
    Binding,
    ColumnRef,
    MergedRef,
    OutputRef,
    QueryColumn,
    Relation,
    RelationColumn,
    Resolution,
    TableColumn,
)

Place = tuple[int, str]
"""A column of a relation of the query, by the relation's identity and the column's name."""


@value
class Determined:
    """What the columns of GROUP BY, and constants, determine: columns, and whole rows of relations."""

    columns: frozenset[Place]
    relations: frozenset[Relation]

    def has(self, binding: Binding | None) -> bool:
        match binding:
            case ColumnRef():
                return binding.relation in self.relations or place_of(binding) in self.columns
            case MergedRef(left=left, right=right, join=join) if join.kind in ("inner", "cross"):
                return self.has(left) or self.has(right)
            case MergedRef():
                return self.has(kept(binding))
            case _:
                return False


def determined(
    select: Select, grouped: Iterable[ColumnRef], resolution: Resolution, environment: Environment
) -> Determined:
    """What has one value in each group of a query.

    A parameter is no constant: the server looks at it when it prepares the statement.
    """
    closure = _Closure(select, resolution, environment, lambda _: True)
    closure.known |= {place_of(ref) for ref in grouped}
    closure.close()
    return Determined(frozenset(closure.known), frozenset(closure.whole))


def place_of(ref: ColumnRef) -> Place:
    """The place that a column has."""
    source = ref.column.source
    return id(ref.relation), source.column.name if isinstance(source, TableColumn) else ref.column.name


@value
class _Equality:
    """A column that has one value wherever `source` has, and the columns of `needed` have."""

    target: ColumnRef
    source: Expression | Binding
    needed: tuple[ColumnRef, ...] = ()


class _Closure:
    """What is determined in one SELECT. `around` says whether a column of a query around it is."""

    def __init__(
        self,
        select: Select,
        resolution: Resolution,
        environment: Environment,
        around: Callable[[ColumnRef], bool],
    ) -> None:
        self.select = select
        self.known: set[Place] = set()
        self.whole: set[Relation] = set()
        self._resolution = resolution
        self._environment = environment
        self._around = around
        self._relations = list(resolution.scopes[select].relations)
        """Those of its FROM, and of queries in its conditions that become joins."""
        self._aggregates = {found.call: found.query for found in resolution.gathered if not found.is_window}
        self._optional = set(self._all_optional(select.from_))
        self._equalities = list(self._all_equalities())

    def close(self) -> None:
        """Add all that follows from what is known."""
        size = -1
        while size != len(self.known) + len(self.whole):
            size = len(self.known) + len(self.whole)
            for equality in self._equalities:
                if all(map(self.has, equality.needed)) and self.has_value(equality.source):
                    self.known.add(place_of(equality.target))
            for relation in self._relations:
                self._follow(relation)

    def has(self, ref: ColumnRef) -> bool:
        if ref.relation in self._relations:
            return ref.relation in self.whole or place_of(ref) in self.known
        return self._around(ref)

    def has_value(self, source: Expression | Binding) -> bool:
        """Whether a value is the same wherever what is known is."""
        match source:
            case ColumnRef():
                return self.has(source)
            case MergedRef(left=left, right=right, join=join) if join.kind in ("inner", "cross"):
                return self.has_value(left) or self.has_value(right)
            case MergedRef():
                return self.has_value(kept(source) or source.left)
            case OutputRef(output=output):
                return self.has_value(output.value)
            case Expression():
                return self._has_expression(source)
            case _:
                return False

    def _has_expression(self, expression: Expression) -> bool:
        inside = list(_outside_windows(expression))
        own = {node for node in inside if isinstance(node, Query)}
        calls = [node for node in inside if isinstance(node, Call) and node in self._aggregates]
        if any(isinstance(node, Parameter) for node in inside) or any(
            self._aggregates[call] not in own for call in calls
        ):
            return False
        scopes = self._resolution.scopes
        below = {
            id(one) for node in inside if isinstance(node, Query) and node in scopes for one in scopes[node].relations
        }
        bindings = [self._resolution.bindings.get(node) for node in inside if isinstance(node, ColumnName)]
        return all(
            self.has_value(binding)
            for binding in bindings
            if binding is not None and not all(id(ref.relation) in below for ref in refs_of(binding))
        )

    # Relations

    def _follow(self, relation: Relation) -> None:
        if relation in self.whole:
            return
        table = relation.table
        if table is not None and table.query is None:
            self._follow_table(relation, table)
        elif table is not None and table.query is not None:
            if table.recursive or table.source is None:
                return
            places = {column.name: position for position, column in enumerate(table.columns)}
            self._follow_query(
                relation, places, table.query, self._environment.view_resolution(table, resolve), lambda _: True
            )
        else:
            found = [column for column in relation.columns if isinstance(column.source, QueryColumn)]
            if found and isinstance(found[0].source, QueryColumn):
                query = found[0].source.query
                places = {c.name: c.source.position for c in found if isinstance(c.source, QueryColumn)}
                self._follow_query(relation, places, query, self._resolution, self.has)

    def _follow_table(self, relation: Relation, table: Table) -> None:
        """The keys of a table determine its row, and columns those that are computed from them."""
        names = {name for owner, name in self.known if owner == id(relation)}
        if any(set(key) <= names for key in _keys(table)):
            self.whole.add(relation)
        for column in table.columns:
            if column.generated is not None:
                parts = [node for node in walk(column.generated.expression) if isinstance(node, ColumnName)]
                if all(part.parts[-1].text in names for part in parts):
                    self.known.add((id(relation), column.name))

    def _follow_query(
        self,
        relation: Relation,
        places: dict[str, int],
        query: Query,
        resolution: Resolution,
        around: Callable[[ColumnRef], bool],
    ) -> None:
        """Columns of a query determine others there, and the columns of the query around it that they are."""
        if not isinstance(query, Select) or query not in resolution.scopes:
            return
        given = {places[name] for owner, name in self.known if owner == id(relation) and name in places}
        if not given and not is_merged(query, self._environment.dialect.nulls, subqueries=True):
            return
        inner = _Closure(query, resolution, self._environment, around)
        outputs = resolution.outputs.get(query, ())
        for position in given:
            value = outputs[position].value if position < len(outputs) else None
            binding = resolution.bindings.get(value) if isinstance(value, ColumnName) else value
            for ref in refs_of(binding) if binding is not None and not isinstance(binding, Expression) else ():
                (inner if ref.relation in inner._relations else self).known.add(place_of(ref))
        if given or relation not in self._optional:
            inner.close()
        grouped = inner._is_one_group()
        unsure = relation in self._optional and not is_merged(query, self._environment.dialect.nulls)
        unsure = unsure and all(inner._may_be_null(outputs[position].value) for position in given)
        for name, position in places.items():
            if unsure and position < len(outputs) and _is_constant(outputs[position].value):
                continue
            if grouped or (position < len(outputs) and inner.has_value(outputs[position].value)):
                self.known.add((id(relation), name))

    def _may_be_null(self, value: Expression | Binding) -> bool:
        """Whether a value is sure to be one that can be NULL, so that NULL does not tell a missing row."""
        match value:
            case ColumnRef(relation=relation, column=RelationColumn(source=TableColumn(column=column))):
                return column.nullable or relation in self._optional
            case ColumnRef(column=RelationColumn(source=QueryColumn(query=query, position=position))):
                return any(self._may_be_null(one) for one in self._outputs_of(query, position))
            case ColumnName():
                binding = self._resolution.bindings.get(value)
                return binding is not None and self._may_be_null(binding)
            case Null() | Subquery():
                return True
            case Case(whens=whens, otherwise=otherwise):
                results = (*(when.result for when in whens), otherwise)
                return any(result is None or self._may_be_null(result) for result in results)
            case Call(function=function, args=args):
                if value in self._aggregates or value.over is not None:
                    return function.lower() not in ("count", "row_number", "rank", "dense_rank")
                return any(self._may_be_null(argument) for argument in args)
            case Binary(left=left, right=right):
                return self._may_be_null(left) or self._may_be_null(right)
            case _:
                return False

    def _outputs_of(self, query: Query, position: int) -> Iterator[Expression | Binding]:
        """What a result column is, in each part of a set operation."""
        if isinstance(query, SetOperation):
            yield from self._outputs_of(query.left, position)
            yield from self._outputs_of(query.right, position)
            return
        outputs = self._resolution.outputs.get(query, ())
        yield from (output.value for output in outputs[position : position + 1])

    def _is_one_group(self) -> bool:
        """Whether all that the query groups by is known, or it has one group only."""
        aggregates = any(found.query is self.select and not found.is_window for found in self._resolution.gathered)
        if self.select.with_rollup or not (aggregates or self.select.group_by):
            return False
        return all(self.has_value(item) for item in self.select.group_by)

    def _all_optional(self, table: TableExpression | None) -> Iterator[Relation]:
        """The relations of which an outer join may have found no row."""
        if not isinstance(table, Join):
            return
        for side, kind in ((table.left, "right"), (table.right, "left")):
            yield from self._relations_of(side) if table.kind == kind else self._all_optional(side)

    # Equalities

    def _all_equalities(self) -> Iterator[_Equality]:
        for conjunct in _conjuncts(self.select.where):
            yield from self._of_condition(conjunct, None, ())
        if self.select.from_ is not None:
            yield from self._of_join(self.select.from_)

    def _of_join(self, table: TableExpression) -> Iterator[_Equality]:
        if not isinstance(table, Join):
            return
        yield from self._of_join(table.left)
        yield from self._of_join(table.right)
        optional = {"left": table.right, "right": table.left}.get(table.kind)
        weak = set(self._relations_of(optional)) if optional is not None else None
        pairs = self._resolution.usings.get(table, ())
        needed: list[ColumnRef] = []
        if weak is not None:
            nodes = walk(table.on) if table.on is not None else ()
            named = [self._resolution.bindings.get(node) for node in nodes if isinstance(node, ColumnName)]
            refs = [ref for binding in named if binding is not None for ref in refs_of(binding)]
            refs += [ref for pair in pairs for side in pair for ref in refs_of(side)]
            needed = [ref for ref in refs if ref.relation in self._relations and ref.relation not in weak]
        for conjunct in _conjuncts(table.on):
            yield from self._of_condition(conjunct, weak, tuple(needed))
        for left, right in pairs:
            yield from self._equal(left, right, weak, tuple(needed))
            yield from self._equal(right, left, weak, tuple(needed))

    def _relations_of(self, table: TableExpression) -> Iterator[Relation]:
        if isinstance(table, Join):
            yield from self._relations_of(table.left)
            yield from self._relations_of(table.right)
        elif table in self._resolution.relations:
            yield self._resolution.relations[table]

    def _of_condition(
        self, conjunct: Expression, weak: set[Relation] | None, needed: tuple[ColumnRef, ...]
    ) -> Iterator[_Equality]:
        query = _asked_for_rows(conjunct)
        if query is not None and weak is None and self._is_joined(query):
            self._relations += self._resolution.scopes[query].relations
            self._optional |= set(self._all_optional(query.from_))
            for inside in _conjuncts(query.where):
                yield from self._of_condition(inside, None, ())
            if query.from_ is not None:
                yield from self._of_join(query.from_)
        for left, right in _compared(conjunct):
            yield from self._equal(left, right, weak, needed)
            yield from self._equal(right, left, weak, needed)

    def _is_joined(self, query: Select) -> bool:
        """Whether the server makes a join of a condition that asks for rows of a query (manual, section 10.2.2.1)."""
        gathers = any(found.query is query for found in self._resolution.gathered)
        return query in self._resolution.scopes and not (gathers or query.having or query.limit or query.with_)

    def _equal(
        self,
        one: Expression | Binding,
        other: Expression | Binding,
        weak: set[Relation] | None,
        needed: tuple[ColumnRef, ...],
    ) -> Iterator[_Equality]:
        """The columns of `one` follow from `other`; in an outer join, those that it may leave out."""
        binding = self._resolution.bindings.get(one) if isinstance(one, ColumnName) else one
        if binding is None or isinstance(binding, Expression) or not self._is_plain(other):
            return
        for ref in refs_of(binding):
            if ref.relation in self._relations and (weak is None or ref.relation in weak):
                yield _Equality(ref, other, needed)

    def _is_plain(self, value: Expression | Binding) -> bool:
        """Whether a value is a column, or the same in all rows."""
        if not isinstance(value, Expression) or isinstance(value, ColumnName):
            return True
        bindings = [self._resolution.bindings.get(node) for node in walk(value) if isinstance(node, ColumnName)]
        refs = [ref for binding in bindings if binding is not None for ref in refs_of(binding)]
        return not any(ref.relation in self._relations for ref in refs)


def refs_of(binding: Binding) -> Iterator[ColumnRef]:
    """The columns that a name means; several where USING has merged them."""
    match binding:
        case ColumnRef():
            yield binding
        case MergedRef(left=left, right=right):
            yield from refs_of(left)
            yield from refs_of(right)
        case _:
            return


def _outside_windows(node: Node) -> Iterator[Node]:
    """A node and what is in it; windows are left out, into which the server does not look."""
    yield node
    for child in children(node):
        if not isinstance(child, Window):
            yield from _outside_windows(child)


def _is_constant(value: Expression | Binding) -> bool:
    return isinstance(value, Expression) and not any(isinstance(node, ColumnName) for node in _outside_windows(value))


def _keys(table: Table) -> Iterator[tuple[str, ...]]:
    """The primary key, and the unique keys whose columns are never NULL."""
    never_null = {column.name for column in table.columns if not column.nullable}
    if table.primary_key is not None:
        yield table.primary_key.columns
    yield from (key.columns for key in table.uniques if set(key.columns) <= never_null)
    for index in table.indexes:
        names = tuple(part.column for part in index.parts if part.column is not None and part.prefix is None)
        if index.unique and index.where is None and len(names) == len(index.parts) and set(names) <= never_null:
            yield names


def _compared(conjunct: Node) -> Iterator[tuple[Expression, Expression]]:
    """What an equality says to be equal: of rows, item by item."""
    match conjunct:
        case Binary(op="=", left=Row(items=ours), right=Row(items=theirs)):
            yield from zip(ours, theirs, strict=False)
        case Binary(op="=", left=one, right=other) | InList(operand=one, items=(other,), negated=False):
            yield one, other
        case InQuery(negated=False) | Quantified(op="=", quantifier="any") | Is(test="true", negated=False):
            query = _asked_for_rows(conjunct)
            if query is not None and not (query.having or query.limit or query.with_):
                operand = _operand(conjunct)
                ours = operand.items if isinstance(operand, Row) else (operand,) if operand is not None else ()
                yield from zip(ours, (item.expression for item in query.items), strict=False)
        case Between(operand=one, low=Number(text=low) as other, high=Number(text=high), negated=False) if low == high:
            yield one, other
        case _:
            return


def _asked_for_rows(conjunct: Node) -> Select | None:
    """The query whose rows a condition asks for: `x in (select …)`, `x = any (select …)`, `exists (select …)`."""
    match conjunct:
        case InQuery(query=Select() as query, negated=False) | Exists(query=Select() as query):
            return query
        case Quantified(op="=", quantifier="any", right=Subquery(query=Select() as query)):
            return query
        case Is(operand=operand, test="true", negated=False):
            return _asked_for_rows(operand)
        case _:
            return None


def _operand(conjunct: Node) -> Expression | None:
    match conjunct:
        case InQuery(operand=operand) | Quantified(left=operand):
            return operand
        case Is(operand=operand):
            return _operand(operand)
        case _:
            return None


def _conjuncts(condition: Expression | None) -> Iterator[Expression]:
    if isinstance(condition, Logical) and condition.op == "and":
        for operand in condition.operands:
            yield from _conjuncts(operand)
    elif condition is not None:
        yield condition
