"""Which relations of a FROM have one row at most, because a unique key of theirs is compared with what is fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from ..model.syntax import (
    Binary,
    Boolean,
    Call,
    Collate,
    ColumnName,
    Distinct,
    Expression,
    InList,
    Is,
    Join,
    Node,
    Null,
    Number,
    Parameter,
    Row,
    String,
    TableExpression,
    Unary,
    walk,
)
from ..model.types import Kind, Type
from ..model.values import value
from .environment import Environment
from .facts import VOLATILE, TypeFacts
from .keys import Key, UniqueIndex, conjuncts
from .scopes import Binding, ColumnRef, MergedRef, OutputRef, Relation, Resolution, TextRef

_NUMBERS = frozenset((Kind.BOOL, Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64, Kind.DECIMAL))
_TEXTS = frozenset((Kind.STR, Kind.ENUM, Kind.UUID))

_CONSTANTS = (Number, String, Boolean)

Side = Expression | Binding


@value
class Equality:
    """Two sides that are equal in every row, or (`of` is then given) in every row that these relations are in.

    Both may be NULL where it `takes_null`.
    """

    left: Side
    right: Side
    of: frozenset[Relation] | None = None
    takes_null: bool = False


@dataclass(slots=True, eq=False)
class Fixed:
    """What is the same in all rows of a FROM: `relations` have one row at most, `columns` one value.

    That of the columns in `given` is not NULL, where their relation is in the row.
    """

    relations: set[Relation] = field(default_factory=set[Relation])
    columns: dict[Relation, set[str]] = field(default_factory=dict[Relation, set[str]])
    given: dict[Relation, set[str]] = field(default_factory=dict[Relation, set[str]])

    def has(self, relation: Relation, key: Key) -> bool:
        """Whether one row at most has the values that the columns of a key are fixed to."""
        return set(key.columns) <= self.columns[relation] and key.open <= self.given[relation]


_LEFT_OUT = {"left": ("right",), "right": ("left",), "full": ("left", "right")}
"""The sides of outer joins that are not in all rows."""
OUTER = tuple(_LEFT_OUT)


class FixedReader:
    """Reads the FROM and WHERE of queries. `keys_of` gives a relation's unique keys, `indexes_of` what is like them."""

    def __init__(
        self,
        resolution: Resolution,
        facts: TypeFacts,
        environment: Environment,
        keys_of: Callable[[Relation], Iterable[Key]],
        indexes_of: Callable[[Relation], Iterable[UniqueIndex]],
    ) -> None:
        self._resolution = resolution
        self._facts = facts
        self._environment = environment
        self._keys_of = keys_of
        self._indexes_of = indexes_of

    def read(
        self,
        tables: Sequence[TableExpression],
        where: Expression | Sequence[Expression] | None,
        assumed: Iterable[Relation] = (),
        outer: tuple[str, ...] = ("full",),
    ) -> tuple[Fixed, list[Relation]]:
        """What is fixed, some relations being assumed to have one row; and all the relations in their order.

        Of those that `outer` joins leave out of some rows, only WHERE fixes anything. A left join leaves a fixed
        relation out of all rows that are alike or of none, so that it need not be named to count rows.
        """
        relations = [relation for table in tables for relation in self._relations(table)]
        optional = {relation for table in tables for relation in self._optional(table, outer)}
        certain = frozenset(relations) - optional
        conditions = list(where) if isinstance(where, Sequence) else list(conjuncts(where))
        equalities = [*self._equalities(conditions, None)]
        for table in tables:
            for one in self._of_joins(table):
                of = certain if one.of is None else one.of & certain
                equalities.append(replace(one, of=of) if optional else one)
        missing = frozenset(relation for table in tables for relation in self._optional(table, OUTER))
        whole = [(join, *sides) for table in tables for join in _full_joins(table) if (sides := self._sides(join))]
        fixed = Fixed(set(assumed), *({relation: set[str]() for relation in relations} for _ in range(2)))
        needed = {relation: self._needed(relation, relations) for relation in relations}
        size = -1
        while size != self._size(fixed):
            size = self._size(fixed)
            for equality in equalities:
                self._apply(equality.left, equality.right, equality, missing, fixed)
                self._apply(equality.right, equality.left, equality, missing, fixed)
            for join, left, right in whole:
                self._apply_merged(join, left, right, equalities, fixed)
            for relation in relations:
                columns = fixed.columns[relation]
                if relation in fixed.relations or not needed[relation] <= fixed.relations:
                    continue
                keys = (key for key in self._keys_of(relation) if key.columns or columns or relation not in optional)
                if any(fixed.has(relation, key) for key in keys) or any(
                    self._is_met(index, relation, equalities, conditions, fixed) for index in self._indexes_of(relation)
                ):
                    fixed.relations.add(relation)
        return fixed, relations

    def is_fixed(self, value: Side, fixed: Fixed) -> bool:
        """Whether a value is the same in all rows."""
        match value:
            case ColumnName():
                binding = self._resolution.bindings.get(value)
                return binding is not None and self.is_fixed(binding, fixed)
            case Expression():
                return not self._varies(value) and all(
                    self.is_fixed(inner, fixed) for inner in walk(value) if isinstance(inner, ColumnName)
                )
            case ColumnRef(relation=relation, column=column):
                known = fixed.columns.get(relation)
                return known is None or relation in fixed.relations or column.name in known
            case MergedRef(left=left, right=right):
                return self.is_fixed(left, fixed) and self.is_fixed(right, fixed)
            case OutputRef(output=output):
                return self.is_fixed(output.value, fixed)
            case TextRef():
                return True
            case _:
                return False

    def _varies(self, value: Expression) -> bool:
        return any(
            isinstance(node, Call)
            and (node.function.lower() in VOLATILE or self._is_own(node) or node.over is not None)
            for node in walk(value)
        )

    def _is_own(self, node: Call) -> bool:
        resolved = self._facts.resolved.get(node)
        return resolved is None or resolved.own or resolved.returns_set

    def _size(self, fixed: Fixed) -> int:
        return len(fixed.relations) + sum(map(len, (*fixed.columns.values(), *fixed.given.values())))

    def _apply(self, one: Side, other: Side, equality: Equality, missing: frozenset[Relation], fixed: Fixed) -> None:
        """Draw from an equality what the one side is; outer joins leave `missing` relations out of some rows."""
        for column in self._columns(one):
            relation, of = column.relation, equality.of
            applies = relation in fixed.columns and (of is None or relation in of)
            if equality.takes_null and relation in missing:
                continue
            if applies and self._compares_exactly(one, other) and self._is_one_value(other, equality, missing, fixed):
                fixed.columns[relation].add(column.column.name)
                if not equality.takes_null:
                    fixed.given[relation].add(column.column.name)

    def _is_one_value(self, value: Side, equality: Equality, missing: frozenset[Relation], fixed: Fixed) -> bool:
        """Whether a side is fixed, and either NULL or nothing where a relation in it is missing."""
        if not self.is_fixed(value, fixed):
            return False
        if isinstance(value, ColumnName):
            value = self._resolution.bindings.get(value, value)
        bindings: list[Binding | None] = [None if isinstance(value, Expression) else value]
        if isinstance(value, Expression):
            bindings = [self._resolution.bindings.get(node) for node in walk(value) if isinstance(node, ColumnName)]
        if all(isinstance(one, ColumnRef) and one.relation not in missing for one in bindings):
            return True
        return not equality.takes_null and (not isinstance(value, Expression) or self._is_strict(value))

    def _is_strict(self, value: Expression) -> bool:
        """Whether an expression is NULL when a column in it is."""
        rules = self._environment.dialect.nulls
        return all(
            isinstance(node, ColumnName | Parameter | Number | String | Boolean)
            or rules.is_strict(node, self._facts.resolved.get(node))
            for node in walk(value)
            if isinstance(node, Expression)
        )

    def _apply_merged(
        self, join: Join, left: Relation, right: Relation, equalities: Sequence[Equality], fixed: Fixed
    ) -> None:
        """`a full join b using (k)` where all of `k` is fixed: the rows of both sides that have it go together."""
        asked = {
            one.left
            for equality in equalities
            if equality.of is None and not equality.takes_null
            for side, other in ((equality.left, equality.right), (equality.right, equality.left))
            if isinstance(side, ColumnName) and self._compares_exactly(side, other) and self.is_fixed(other, fixed)
            for one in [self._resolution.bindings.get(side)]
            if isinstance(one, MergedRef) and one.join is join
        }
        pairs = self._resolution.usings.get(join, ())
        if pairs and all(one in asked for one, _ in pairs):
            for one, other in pairs:
                for relation, side in ((left, one), (right, other)):
                    if isinstance(side, ColumnRef):
                        fixed.columns[relation].add(side.column.name)
                        fixed.given[relation].add(side.column.name)

    def _columns(self, side: Side) -> Iterator[ColumnRef]:
        """The columns that a side is; what USING has merged is one of two."""
        match side:
            case ColumnName():
                binding = self._resolution.bindings.get(side)
                if binding is not None:
                    yield from self._columns(binding)
            case ColumnRef():
                yield side
            case MergedRef(left=left, right=right, join=join) if join.kind in ("inner", "cross"):
                yield from self._columns(left)
                yield from self._columns(right)
            case MergedRef(left=left, right=right, join=join) if join.kind != "full":
                yield from self._columns(right if join.kind == "right" else left)
            case _:
                return

    def _compares_exactly(self, one: Side, other: Side) -> bool:
        """Whether a value of the one side can be equal to one value of the other's column only."""
        if isinstance(other, Parameter) or not isinstance(one, Expression) or not isinstance(other, Expression):
            return True
        if any(isinstance(node, Collate) for node in walk(other)):
            return False
        column, value = self._kind(one), self._kind(other)
        if value in (None, column):
            return True
        if column in _NUMBERS or column in _TEXTS:
            return value in (_NUMBERS if column in _NUMBERS else _TEXTS)
        return value is Kind.STR or value not in _NUMBERS

    def _kind(self, node: Expression) -> Kind | None:
        found = self._facts.types.get(node)
        type: Type | None = self._environment.types.neutral(found) if found is not None else None
        return type.kind if type is not None and type.kind is not Kind.OTHER else None

    # Indexes of more than columns

    def _is_met(
        self,
        index: UniqueIndex,
        relation: Relation,
        equalities: Sequence[Equality],
        conditions: Sequence[Expression],
        fixed: Fixed,
    ) -> bool:
        """Whether all that an index holds is fixed, and the query asks for rows that are in it."""
        return (
            fixed.has(relation, index.key)
            and all(self._is_compared(part, relation, equalities, fixed) for part in index.expressions)
            and all(self._is_asked(condition, relation, conditions, fixed) for condition in index.conditions)
        )

    def _is_compared(self, part: Expression, relation: Relation, equalities: Sequence[Equality], fixed: Fixed) -> bool:
        return any(
            isinstance(one, Expression) and self._is_same(part, one, relation) and self.is_fixed(other, fixed)
            for equality in equalities
            if not equality.takes_null and (equality.of is None or relation in equality.of)
            for one, other in ((equality.left, equality.right), (equality.right, equality.left))
        )

    def _is_asked(
        self, condition: Expression, relation: Relation, conditions: Sequence[Expression], fixed: Fixed
    ) -> bool:
        match condition:
            case Is(operand=ColumnName(parts=(*_, name)), test="null", negated=True) if (
                self._environment.spelled(name) in fixed.given[relation]
            ):
                return True
            case _:
                return any(self._implies(other, condition, relation) for other in conditions)

    def _implies(self, asked: Expression, condition: Expression, relation: Relation) -> bool:
        """Whether what is asked is the condition, or says in other words that a value is true, or false."""
        if self._is_same(condition, asked, relation):
            return True
        own, wanted, exact = _truth(condition)
        other, said, narrow = _truth(asked)
        # 2 is true to a database that has numbers for booleans, and is not equal to TRUE.
        alike = not exact or narrow or self._environment.dialect.features.types_are_checked
        return wanted is said and alike and self._is_same(own, other, relation)

    def _is_same(self, own: object, other: object, relation: Relation) -> bool:
        """Whether an expression of the query is one of the schema, over the relation's columns."""
        if isinstance(own, ColumnName) and isinstance(other, ColumnName):
            binding = self._resolution.bindings.get(other)
            name = self._environment.column_key(self._environment.spelled(own.parts[-1]))
            return (
                isinstance(binding, ColumnRef)
                and binding.relation is relation
                and self._environment.column_key(binding.column.name) == name
            )
        if isinstance(own, tuple) and isinstance(other, tuple):
            mine, theirs = cast("tuple[object, ...]", own), cast("tuple[object, ...]", other)
            return len(mine) == len(theirs) and all(map(lambda a, b: self._is_same(a, b, relation), mine, theirs))
        if isinstance(own, Node) and isinstance(other, Node):
            names: tuple[str, ...] = own.__match_args__[2:]
            return type(own) is type(other) and all(
                self._is_same(getattr(own, name), getattr(other, name), relation) for name in names
            )
        return own == other

    # Joins

    def _sides(self, join: Join) -> tuple[Relation, Relation] | None:
        """The two relations that a join is of, when they are no joins themselves."""
        left, right = (self._resolution.relations.get(side) for side in (join.left, join.right))
        return (left, right) if left is not None and right is not None else None

    def _needed(self, relation: Relation, relations: Sequence[Relation]) -> set[Relation]:
        """The relations beside it that a lateral one is computed from."""
        bindings = self._resolution.bindings
        nodes = walk(relation.node) if relation.node is not None and relation.table is None else ()
        named = [bindings.get(node) for node in nodes if isinstance(node, ColumnName)]
        return {one.relation for one in named if isinstance(one, ColumnRef) and one.relation in relations}

    def _relations(self, table: TableExpression) -> Iterator[Relation]:
        if isinstance(table, Join):
            yield from self._relations(table.left)
            yield from self._relations(table.right)
        elif table in self._resolution.relations:
            yield self._resolution.relations[table]

    def _optional(self, table: TableExpression, outer: tuple[str, ...]) -> Iterator[Relation]:
        """The relations that joins of some kinds leave out of some rows."""
        if not isinstance(table, Join):
            return
        for kind, sides in _LEFT_OUT.items():
            if table.kind == kind and kind in outer:
                for side in sides:
                    yield from self._relations(table.left if side == "left" else table.right)
        yield from self._optional(table.left, outer)
        yield from self._optional(table.right, outer)

    def _of_joins(self, table: TableExpression) -> Iterator[Equality]:
        """The equalities of joins. That of an outer join says nothing of the side that is kept whole."""
        if not isinstance(table, Join):
            return
        of: frozenset[Relation] | None = None
        match table.kind:
            case "left":
                of = frozenset(self._relations(table.right))
            case "right":
                of = frozenset(self._relations(table.left))
            case "full":
                of = frozenset()
            case _:
                pass
        yield from self._equalities(list(conjuncts(table.on)), of)
        for left, right in self._resolution.usings.get(table, ()):
            yield Equality(left, right, of)
        yield from self._of_joins(table.left)
        yield from self._of_joins(table.right)

    def _equalities(self, conditions: Sequence[Expression], of: frozenset[Relation] | None) -> Iterator[Equality]:
        for conjunct in conditions:
            match conjunct:
                case Binary(op="=" | "==", left=Row(items=left), right=Row(items=right)) if len(left) == len(right):
                    for one, other in zip(left, right, strict=True):
                        yield Equality(one, other, of)
                case Binary(op="=" | "==", left=one, right=other):
                    yield Equality(one, other, of)
                case InList(operand=one, items=(Number() | String() as other,), negated=False):
                    yield Equality(one, other, of)
                case Distinct(left=one, right=other, negated=True):
                    constant = isinstance(one, _CONSTANTS) or isinstance(other, _CONSTANTS)
                    yield Equality(one, other, of, not constant)
                case Is(operand=one, test="null", negated=False):
                    yield Equality(one, Null(conjunct.start, conjunct.end), of, takes_null=True)
                case _:
                    pass


def _full_joins(table: TableExpression) -> Iterator[Join]:
    if isinstance(table, Join):
        if table.kind == "full":
            yield table
        yield from _full_joins(table.left)
        yield from _full_joins(table.right)


def _truth(condition: Expression) -> tuple[Expression, bool, bool]:
    """What a condition says to be true or false, which of them, and whether it compares with that one value."""
    match condition:
        case Unary(op="not", operand=operand):
            inner, truth, exact = _truth(operand)
            return (inner, not truth, False) if not exact else (condition, True, False)
        case Is(operand=operand, test="true" | "false" as test, negated=False):
            return operand, test == "true", False
        case Binary(op="=" | "==", left=operand, right=Boolean(value=truth)):
            return operand, truth, True
        case Binary(op="=" | "==", left=Boolean(value=truth), right=operand):
            return operand, truth, True
        case _:
            return condition, True, False
