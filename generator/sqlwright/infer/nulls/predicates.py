"""What a predicate says of NULL: which expressions cannot be NULL in the rows that it lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Final

from ...model.catalog import Table
from ...model.syntax import (
    AtZone,
    Between,
    Binary,
    Boolean,
    Call,
    Case,
    Cast,
    Collate,
    ColumnName,
    Distinct,
    Exists,
    Expression,
    InList,
    InQuery,
    Is,
    Like,
    Logical,
    Node,
    Null,
    Number,
    Parameter,
    Quantified,
    Query,
    Row,
    Select,
    String,
    Unary,
    children,
)
from ..facts import TypeFacts
from ..scopes import Binding, ColumnRef, MergedRef, QueryColumn, Relation, RelationColumn
from .constants import Constants, Truths
from .given import GivenColumns
from .keys import Keys

Facts = frozenset[str]
"""Keys of expressions that are not NULL."""
NOTHING: Facts = frozenset()


class Outcome(Enum):
    """What is known of a predicate's value. NOT_TRUE is false or NULL, NOT_FALSE true or NULL."""

    TRUE = "true"
    FALSE = "false"
    NOT_TRUE = "not true"
    NOT_FALSE = "not false"


_OPPOSITE = {
    Outcome.TRUE: Outcome.FALSE,
    Outcome.FALSE: Outcome.TRUE,
    Outcome.NOT_TRUE: Outcome.NOT_FALSE,
    Outcome.NOT_FALSE: Outcome.NOT_TRUE,
}
_DECIDED = frozenset((Outcome.TRUE, Outcome.FALSE))
_TRUTHS: Final[Mapping[Outcome, Truths]] = {
    Outcome.TRUE: frozenset((True,)),
    Outcome.FALSE: frozenset((False,)),
    Outcome.NOT_TRUE: frozenset((False, None)),
    Outcome.NOT_FALSE: frozenset((True, None)),
}
_HIDING: Final = frozenset(("coalesce", "ifnull", "nvl", "nullif"))
_TEXTS: Final = frozenset(("text", "varchar", "char", "bpchar", "citext"))
_MOST_TRIED: Final = 32
"""Predicates with more places than this are not tried."""


class Predicates:
    """Reads facts off predicates. `is_strict` tells whether a call or operator gives NULL for a NULL operand, and
    `is_aggregated` whether a query gives rows for groups.

    One that is not `trusting` finds nothing: it is for expressions that are computed before the predicates are.
    """

    def __init__(
        self,
        keys: Keys,
        facts: TypeFacts,
        is_strict: Callable[[Expression], bool],
        is_aggregated: Callable[[Select], bool],
        trusting: bool = True,
        folds: bool = False,
        given: GivenColumns | None = None,
    ) -> None:
        self._folds = folds
        self._given = given
        self.keys = keys
        self.facts = facts
        self.is_strict = is_strict
        self.is_aggregated = is_aggregated
        self.trusting = trusting
        self.implied: Callable[[Facts], Facts] = lambda facts: facts
        """All that follows from facts by the joins of the queries around them."""
        self._merged: dict[MergedRef, Facts] = {}

    def where(self, predicate: Expression | None, outcome: Outcome = Outcome.TRUE) -> Facts:
        """The expressions that are not NULL where a predicate has an outcome."""
        if predicate is None or not self.trusting:
            return NOTHING
        found = self._said(predicate, outcome)
        return found | self._tried(predicate, outcome) if _hides(predicate) else found

    def is_given(self, binding: Binding) -> bool:
        """Whether what is compared of a column says nothing of the column itself."""
        return self._given is not None and self._given.is_given(binding)

    def is_text(self, node: Expression) -> bool:
        """Whether a literal is a text, and not one of the many things that PostgreSQL reads from texts."""
        type = self.facts.types.get(node)
        return type is not None and not type.array and type.name in _TEXTS

    def _said(self, predicate: Expression, outcome: Outcome) -> Facts:
        match predicate:
            case Logical(op="and" | "or" as op, operands=operands):
                return self._logical(op, operands, outcome)
            case Unary(op="not" | "!", operand=operand):
                return self.where(operand, _OPPOSITE[outcome])
            case Is():
                return self._is(predicate, outcome)
            case Distinct():
                return self._distinct(predicate, outcome)
            case Exists(query=query) if outcome in (Outcome.TRUE, Outcome.NOT_FALSE):
                return self.of_rows(query)
            case Call() if predicate.function.lower() in ("coalesce", "ifnull") and len(predicate.args) == 2:
                return self._coalesced(predicate, outcome)
            case ColumnName() if self._folds and self._is_made(self.keys.resolution.bindings.get(predicate)):
                return NOTHING
            case _:
                return self._decided(predicate, outcome) if outcome in _DECIDED else NOTHING

    def _tried(self, predicate: Expression, outcome: Outcome) -> Facts:
        """What is not NULL because the predicate could not come out so if it were: `coalesce(x, '') <> ''`."""
        wanted = _TRUTHS[outcome]
        found: Facts = NOTHING
        for node in dict.fromkeys(_inside(predicate)):
            key = self.keys.of(node)
            if key not in found:
                trial = Constants(self.is_strict, self.is_text, self._is_key(key), lambda _: False)
                if not wanted & trial.truths(predicate):
                    found |= self.non_null(node)
        return found

    def _is_key(self, key: str) -> Callable[[Expression], bool]:
        return lambda node: self.keys.of(node) == key

    def _is_made(self, binding: Binding | None) -> bool:
        """Whether a column of a query in FROM is none of the tables that the query reads itself."""
        match binding:
            case ColumnRef(relation=Relation(table=Table(query=Query()))):
                return True
            case ColumnRef(column=RelationColumn(source=QueryColumn(query=query, position=position))):
                resolution = self.keys.resolution
                outputs = resolution.outputs.get(query, ())
                value = outputs[position].value if isinstance(query, Select) and position < len(outputs) else None
                inner = resolution.bindings.get(value) if isinstance(value, ColumnName) else value
                if not isinstance(inner, ColumnRef):
                    return isinstance(query, Select)
                return inner.relation not in resolution.scopes[query].relations or self._is_made(inner)
            case _:
                return False

    def of_rows(self, query: Query) -> Facts:
        """What holds, of the names around a query, where the query gives a row: an aggregate gives one for no rows."""
        if not isinstance(query, Select) or self.is_aggregated(query):
            return NOTHING
        return self.where(query.where)

    def non_null(self, expression: Expression) -> Facts:
        """What is not NULL besides an expression that is not NULL: the operands of what is strict, and so on down."""
        given = self._given is not None and self._given.is_in(expression)
        found = set[str]() if given else {self.keys.of(expression)}
        match expression:
            case ColumnName():
                binding = self.keys.resolution.bindings.get(expression)
                if isinstance(binding, MergedRef):
                    found |= self.merged(binding)
            case Cast(operand=operand) | Collate(operand=operand):
                found |= self.non_null(operand)
            case AtZone(operand=operand, zone=zone):
                found |= self.non_null(operand)
                if zone is not None:
                    found |= self.non_null(zone)
            case Unary(operand=operand) if self.is_strict(expression) or expression.op == "not":
                found |= self.non_null(operand)
            case Binary(left=left, right=right) if self.is_strict(expression):
                found |= self.non_null(left) | self.non_null(right)
            case Like(operand=operand, pattern=pattern):
                found |= self.non_null(operand) | self.non_null(pattern)
            case Call(over=None, args=(first, _)) if expression.function.lower() == "nullif":
                found |= self.non_null(first)
            case Call() if self.is_strict(expression):
                for argument in expression.args:
                    found |= self.non_null(argument)
            case _:
                pass
        return frozenset(found)

    def merged(self, binding: MergedRef) -> Facts:
        """A merged column that is not NULL: so are both sides of an inner join, and the kept side of an outer one."""
        known = self._merged.get(binding)
        if known is not None:
            return known
        sides = {"left": (binding.left,), "right": (binding.right,), "full": ()}
        found: set[str] = set()
        for side in sides.get(binding.join.kind, (binding.left, binding.right)):
            if not self.is_given(side):
                found.add(self.keys.of_binding(side))
            if isinstance(side, MergedRef):
                found |= self.merged(side)
        self._merged[binding] = frozenset(found)
        return self._merged[binding]

    # Kinds of predicates

    def _logical(self, op: str, operands: Sequence[Expression], outcome: Outcome) -> Facts:
        """All of AND's operands are true when it is true; one of them at least is false when it is false."""
        parts = [self.where(operand, outcome) for operand in operands]
        every = (op == "and") == (outcome in (Outcome.TRUE, Outcome.NOT_FALSE))
        return _union(parts) if every else _intersection([self.implied(part) for part in parts])

    def _is(self, predicate: Is, outcome: Outcome) -> Facts:
        holds = outcome in (Outcome.TRUE, Outcome.NOT_FALSE)
        said = holds != predicate.negated
        match predicate.test:
            case "null" | "unknown":
                return NOTHING if said else self.non_null(predicate.operand)
            case "true":
                return self.where(predicate.operand, Outcome.TRUE if said else Outcome.NOT_TRUE)
            case "false":
                return self.where(predicate.operand, Outcome.FALSE if said else Outcome.NOT_FALSE)
            case _:
                return self.non_null(predicate.operand) if outcome in _DECIDED else NOTHING

    def _distinct(self, predicate: Distinct, outcome: Outcome) -> Facts:
        holds = outcome in (Outcome.TRUE, Outcome.NOT_FALSE)
        same = holds == predicate.negated
        found: set[str] = set()
        for one, other in ((predicate.left, predicate.right), (predicate.right, predicate.left)):
            if same and isinstance(other, Number | String | Boolean):
                found |= self.non_null(one)
            if not same and isinstance(other, Null):
                found |= self.non_null(one)
        return frozenset(found)

    def _coalesced(self, predicate: Call, outcome: Outcome) -> Facts:
        """`coalesce(p, false)` is true only where p is."""
        value, default = predicate.args
        if isinstance(default, Boolean):
            if not default.value and outcome in (Outcome.TRUE, Outcome.NOT_FALSE):
                return self.where(value, Outcome.TRUE)
            if default.value and outcome in (Outcome.FALSE, Outcome.NOT_TRUE):
                return self.where(value, Outcome.FALSE)
        return NOTHING

    def _decided(self, predicate: Expression, outcome: Outcome) -> Facts:
        """A predicate that is true, or false, but not NULL."""
        true = outcome is Outcome.TRUE
        match predicate:
            case Between(operand=operand, low=low, high=high, negated=negated):
                if true is not negated:
                    return self.non_null(operand) | self.non_null(low) | self.non_null(high)
                return self.non_null(operand)
            case InList():
                return self._in_list(predicate, true)
            case InQuery(operand=operand, negated=negated):
                items = operand.items if isinstance(operand, Row) else (operand,)
                return self._all(items) if true is not negated else NOTHING
            case Quantified(quantifier="any", left=left, right=right) if true:
                return self.non_null(left) | self.non_null(right)
            case Quantified() | Case():
                return NOTHING
            case Binary(op="=", left=Row(items=first), right=Row(items=second)) if true:
                return self._all(first) | self._all(second)
            case _:
                return self.non_null(predicate)

    def _in_list(self, predicate: InList, true: bool) -> Facts:
        operand = predicate.operand
        items = operand.items if isinstance(operand, Row) else (operand,)
        if true is not predicate.negated:
            return self._all(items)
        only = predicate.items[0] if len(predicate.items) == 1 else None
        sequence = isinstance(only, Parameter) and self.facts.parameters[self.keys.of_parameter(only)].sequence
        if sequence or not predicate.items:
            return NOTHING
        return self._all(items) | self._all(predicate.items)

    def _all(self, items: Sequence[Expression]) -> Facts:
        return _union(self.non_null(item) for item in items)


def _hides(predicate: Expression) -> bool:
    """Whether what a predicate says of NULL hides behind what takes NULL away, or makes it."""
    if isinstance(predicate, Logical | Exists):
        return False
    places = 0
    found = False
    for node in _within(predicate):
        places += 1
        found = found or isinstance(node, Case) or (isinstance(node, Call) and node.function.lower() in _HIDING)
    return found and places <= _MOST_TRIED


def _inside(predicate: Expression) -> Iterator[Expression]:
    """The columns of a predicate, and what it gives to COALESCE and its like."""
    for node in _within(predicate):
        if isinstance(node, ColumnName):
            yield node
        elif isinstance(node, Call) and node.function.lower() in _HIDING:
            yield from (one for one in node.args if not isinstance(one, Number | String | Boolean | Null | Parameter))


def _within(node: Node) -> Iterator[Node]:
    """A node and what it holds, without the queries in it."""
    yield node
    for child in children(node):
        if not isinstance(child, Query):
            yield from _within(child)


def _union(parts: Iterable[Facts]) -> Facts:
    found: set[str] = set()
    for part in parts:
        found |= part
    return frozenset(found)


def _intersection(parts: Sequence[Facts]) -> Facts:
    found = set(parts[0])
    for part in parts[1:]:
        found &= part
    return frozenset(found)
