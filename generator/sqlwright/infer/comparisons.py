"""What a query compares the columns of its tables with: the conditions that an index can serve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..model.syntax import (
    Between,
    Binary,
    ColumnName,
    Delete,
    Expression,
    InList,
    InQuery,
    Join,
    Logical,
    Quantified,
    Select,
    Update,
    walk,
)
from ..model.values import entity
from .facts import QueryFacts
from .scopes import ColumnRef, MergedRef, Relation

_ORDERS: Final = frozenset(("<", "<=", ">", ">="))


@entity
class Comparison:
    """A column of a relation that is compared. `other` is the relation of what it is compared with, if that is one."""

    relation: Relation
    column: str
    node: Expression
    is_equal: bool
    other: Relation | None


def comparisons(facts: QueryFacts) -> list[Comparison]:
    """The comparisons that all rows of a result must meet, in WHERE and ON of a query and of those within it."""
    found: list[Comparison] = []
    for node in walk(facts.resolution.query):
        match node:
            case Select(where=where) | Update(where=where) | Delete(where=where) if where is not None:
                found += _of_condition(where, facts)
            case Join(on=on) if on is not None:
                found += _of_condition(on, facts)
            case _:
                pass
    return found


def _of_condition(condition: Expression, facts: QueryFacts) -> Iterator[Comparison]:
    match condition:
        case Logical(op="and", operands=operands):
            for operand in operands:
                yield from _of_condition(operand, facts)
        case Binary(op=op, left=left, right=right) if op == "=" or op in _ORDERS:
            yield from _compared(condition, left, right, op == "=", facts)
            yield from _compared(condition, right, left, op == "=", facts)
        case Between(operand=operand, low=low, negated=False):
            yield from _compared(condition, operand, low, False, facts)
        case InList(operand=operand, items=items, negated=False) if items:
            yield from _compared(condition, operand, items[0], True, facts)
        case InQuery(operand=operand, negated=False):
            yield from _compared(condition, operand, None, True, facts)
        case Quantified(op="=", quantifier="any", left=left):
            yield from _compared(condition, left, None, True, facts)
        case _:
            pass


def _compared(
    node: Expression, side: Expression, other: Expression | None, is_equal: bool, facts: QueryFacts
) -> Iterator[Comparison]:
    """A bare column of a table beside what is not of the same table."""
    ref = _ref(side, facts)
    if ref is None or ref.relation.table is None:
        return
    others = {found.relation for found in _refs(other, facts)} if other is not None else set[Relation]()
    if ref.relation not in others:
        yield Comparison(ref.relation, ref.column.name, node, is_equal, next(iter(others), None))


def _refs(node: Expression, facts: QueryFacts) -> Iterator[ColumnRef]:
    for inner in walk(node):
        found = _ref(inner, facts) if isinstance(inner, ColumnName) else None
        if found is not None:
            yield found


def _ref(node: Expression, facts: QueryFacts) -> ColumnRef | None:
    binding = facts.resolution.bindings.get(node) if isinstance(node, ColumnName) else None
    if isinstance(binding, MergedRef):
        binding = binding.left
    return binding if isinstance(binding, ColumnRef) else None
