"""Which relations of a query can be missing from a row, because an outer join found nothing for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ...model.catalog import Table
from ...model.syntax import Binary, Boolean, ColumnName, DerivedTable, Expression, Join, Logical, Query, TableExpression
from ...model.values import value
from ..scopes import ColumnRef, MergedRef, Relation, Resolution, RowRef, TableColumn
from .keys import Keys
from .predicates import Facts, Predicates

Side = tuple[Join, str]
"""A side ("left" or "right") of an outer join, which may find nothing."""


@value
class Conditional:
    """Facts that hold in rows where all of some sides have found something."""

    sides: frozenset[Side]
    facts: Facts


@dataclass(slots=True, eq=False)
class JoinState:
    """The FROM of one query: which sides each relation hangs on, and what is known once its predicates have spoken."""

    hangs_on: dict[Relation, frozenset[Side]] = field(default_factory=dict[Relation, frozenset[Side]])
    conditionals: list[Conditional] = field(default_factory=list[Conditional])
    sure: list[tuple[Side, frozenset[Side]]] = field(default_factory=list[tuple[Side, frozenset[Side]]])
    """A side that always finds something, where all of other sides do (a foreign key)."""
    found: set[Side] = field(default_factory=set[Side])
    """The sides that have found something in every row that is left."""
    facts: set[str] = field(default_factory=set[str])

    def missing(self, relation: Relation, within: Join | None = None) -> Join | None:
        """A join, other than `within`, that may have found nothing for a relation; None when it is in every row."""
        sides = self.hangs_on.get(relation, frozenset())
        return next((join for join, side in sides if (join, side) not in self.found and join is not within), None)

    def only_missing_for(self, relation: Relation) -> frozenset[Side]:
        """The one side that a relation hangs on and that may have found nothing; none where there are several."""
        sides = self.hangs_on.get(relation, frozenset()) - self.found
        return sides if len(sides) == 1 else frozenset()

    def implied(self, facts: Facts, keys: Keys) -> Facts:
        """All that would hold in every row if some facts did; that of a relation which is there, its row stands for."""
        state = replace(self, found=set(self.found), facts=set(self.facts))
        state.conclude(facts, keys.relations.get)
        there = {keys.of_binding(RowRef(relation)) for relation in self.hangs_on if state.missing(relation) is None}
        return facts | state.facts | there

    def conclude(self, facts: Iterable[str], relation_of: Callable[[str], Relation | None]) -> None:
        """Take facts that hold in every row, and draw from them what follows, until nothing more does."""
        self.facts.update(facts)
        while True:
            before = len(self.facts), len(self.found)
            for key in self.facts:
                relation = relation_of(key)
                if relation is not None:
                    self.found |= self.hangs_on.get(relation, frozenset())
            for conditional in self.conditionals:
                if conditional.sides <= self.found:
                    self.facts |= conditional.facts
            for side, needed in self.sure:
                if needed <= self.found:
                    self.found.add(side)
            if (len(self.facts), len(self.found)) == before:
                return


class Joins:
    """Reads the join tree of a FROM clause."""

    def __init__(
        self,
        resolution: Resolution,
        predicates: Predicates,
        never_null: Callable[[Relation, str], bool],
        trusts_keys: bool,
        always_gives_row: Callable[[Query], bool],
    ) -> None:
        self.resolution = resolution
        self.predicates = predicates
        self.never_null = never_null
        self.trusts_keys = trusts_keys
        self.always_gives_row = always_gives_row

    def read(self, table: TableExpression, state: JoinState, sides: frozenset[Side] = frozenset()) -> None:
        """Add a table expression that hangs on some sides."""
        if not isinstance(table, Join):
            relation = self.resolution.relations.get(table)
            if relation is not None:
                state.hangs_on[relation] = sides
                if isinstance(table, DerivedTable) and table.lateral:
                    state.conditionals.append(Conditional(sides, self.predicates.of_rows(table.query)))
            return
        left, right = sides, sides
        if table.kind in ("left", "full"):
            right = right | {(table, "right")}
        if table.kind in ("right", "full"):
            left = left | {(table, "left")}
        self.read(table.left, state, left)
        self.read(table.right, state, right)
        state.conditionals.append(Conditional(left | right, self._condition(table)))
        if table.kind in ("left", "right") and self._finds_a_row(table):
            state.sure.append(((table, "right" if table.kind == "left" else "left"), frozenset()))
        if self.trusts_keys and table.kind in ("left", "right"):
            self._foreign_key(table, state, sides)

    def _condition(self, join: Join) -> Facts:
        """What the condition of a join says of the rows in which both sides have found something."""
        facts = set(self.predicates.where(join.on))
        for pair in self.resolution.usings.get(join, ()):
            for binding in pair:
                if not self.predicates.is_given(binding):
                    facts.add(self.predicates.keys.of_binding(binding))
                if isinstance(binding, MergedRef):
                    facts |= self.predicates.merged(binding)
        return frozenset(facts)

    def _finds_a_row(self, join: Join) -> bool:
        """`a left join (select count(*) …) b on true` always finds the one row that the query gives."""
        optional = join.right if join.kind == "left" else join.left
        is_true = isinstance(join.on, Boolean) and join.on.value
        return is_true and isinstance(optional, DerivedTable) and self.always_gives_row(optional.query)

    def _foreign_key(self, join: Join, state: JoinState, sides: frozenset[Side]) -> None:
        """`a left join b on b.id = a.b_id` always finds a row when a.b_id is NOT NULL and refers to b.id."""
        optional = join.right if join.kind == "left" else join.left
        target = self.resolution.relations.get(optional)
        if target is None or target.table is None or target.table.row_security:
            return
        pairs = self._equalities(join)
        if not pairs:
            return
        owners = {one.relation for one, _ in pairs}
        if len(owners) != 1 or any(other.relation is not target for _, other in pairs):
            return
        owner = owners.pop()
        if owner.table is None or not _refers(owner.table, target.table, pairs):
            return
        if all(self.never_null(owner, one.column.name) for one, _ in pairs):
            side = "right" if join.kind == "left" else "left"
            state.sure.append(((join, side), state.hangs_on.get(owner, frozenset()) - sides))

    def _equalities(self, join: Join) -> list[tuple[ColumnRef, ColumnRef]]:
        """The pairs of columns that a join compares, the optional side's second; empty when it asks anything else."""
        pairs: list[tuple[ColumnRef, ColumnRef]] = []
        optional = join.right if join.kind == "left" else join.left
        target = self.resolution.relations.get(optional)
        if join.on is None:
            compared = self.resolution.usings.get(join, ())
            ordered = [(a, b) if join.kind == "left" else (b, a) for a, b in compared]
            for one, other in ordered:
                if not (isinstance(one, ColumnRef) and isinstance(other, ColumnRef)):
                    return []
                pairs.append((one, other))
            return pairs
        conjuncts = join.on.operands if isinstance(join.on, Logical) and join.on.op == "and" else (join.on,)
        for conjunct in conjuncts:
            if not isinstance(conjunct, Binary) or conjunct.op != "=":
                return []
            first, second = self._column(conjunct.left), self._column(conjunct.right)
            if first is None or second is None:
                return []
            pairs.append((first, second) if second.relation is target else (second, first))
        return pairs

    def _column(self, expression: Expression) -> ColumnRef | None:
        binding = self.resolution.bindings.get(expression) if isinstance(expression, ColumnName) else None
        return binding if isinstance(binding, ColumnRef) and isinstance(binding.column.source, TableColumn) else None


def _refers(owner: Table, target: Table, pairs: list[tuple[ColumnRef, ColumnRef]]) -> bool:
    """Whether a foreign key of one table refers to the other by exactly these columns."""
    compared = {(_name(one), _name(other)) for one, other in pairs}
    return any(
        key.table == target.key
        and key.deferrable in (None, "not deferrable")
        and set(zip(key.columns, key.references, strict=False)) == compared
        for key in owner.foreign_keys
    )


def _name(reference: ColumnRef) -> str:
    source = reference.column.source
    return source.column.name if isinstance(source, TableColumn) else ""
