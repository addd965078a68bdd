"""Whether two expressions of a query are one and the same, as far as their text and the names in it tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, cast

from ..model.query import NamedQuery
from ..model.syntax import Binary, Cast, ColumnName, Expression, Identifier, Join, Node, Parameter
from ..model.types import SqlType
from .environment import Environment
from .facts import TypeFacts
from .scopes import Binding, ColumnRef, MergedRef, OutputRef, QueryColumn, RelationColumn, Resolution, TableColumn

Value = Expression | Binding

_ONE_OPERATOR: Final = {"!=": "<>"}


class SameParameter:
    """Whether two placeholders belong to one parameter."""

    def __init__(self, query: NamedQuery) -> None:
        self._placeholders = query.placeholders

    def __call__(self, left: int, right: int) -> bool:
        return self._placeholders[left].key == self._placeholders[right].key


class Sameness:
    """Compares the expressions of one query."""

    def __init__(
        self,
        resolution: Resolution,
        facts: TypeFacts,
        environment: Environment,
        same_parameter: Callable[[int, int], bool],
    ) -> None:
        self.resolution = resolution
        self.facts = facts
        self.environment = environment
        self.same_parameter = same_parameter

    def binding(self, value: Value) -> Value | None:
        """The column that a name means, or the value itself."""
        return self.resolution.bindings.get(value) if isinstance(value, ColumnName) else value

    def same(self, one: Value, other: Value) -> bool:
        """Whether two values are one and the same in every row, as far as their text and names tell."""
        left, right = self.binding(self._bare(one)), self.binding(self._bare(other))
        if isinstance(left, Expression) and isinstance(right, Expression):
            return self._same_part(left, right)
        mine, yours = {_identity(ref) for ref in self.meant(left)}, {_identity(ref) for ref in self.meant(right)}
        return (bool(mine) and mine == yours) or (
            self.environment.dialect.features.equals_determine and bool(mine & yours)
        )

    def meant(self, value: Value | None) -> Iterator[ColumnRef]:
        """The columns that a name means; of two that USING has merged, where names alone tell, the one that is kept."""
        match value:
            case MergedRef(left=left, right=right, join=join) if self._is_one_side(join):
                kept = right if join.kind == "right" or self._is_wider(right, left, join) else left
                yield from self.meant(kept)
            case OutputRef(output=output):
                yield from self.meant(output.value)
            case _:
                yield from columns_of(value)

    def _is_one_side(self, join: Join) -> bool:
        """Whether a merged column is that of one side alone."""
        if self.environment.dialect.features.equals_determine:
            return join.kind in ("left", "right")
        return join.kind != "full"

    def _is_wider(self, right: Binding, left: Binding, join: Join) -> bool:
        """Whether an inner join keeps the right column of two, which then alone has the type that both become."""
        mine, yours = self._type(right), self._type(left)
        if join.kind not in ("inner", "cross") or mine is None or yours is None or mine == yours:
            return False
        return self.environment.types.common([yours, mine], "JOIN") == mine

    def _type(self, binding: Binding) -> SqlType | None:
        match binding:
            case ColumnRef(column=RelationColumn(source=TableColumn(column=column))):
                return column.type
            case ColumnRef(column=RelationColumn(source=QueryColumn(query=query, position=position))):
                types = self.facts.outputs.get(query, [])
                return types[position] if position < len(types) else None
            case _:
                return None

    def _same_part(self, one: object, other: object) -> bool:
        match one, other:
            case (ColumnName(), ColumnName()):
                return self.same(one, other)
            case (Parameter(index=left), Parameter(index=right)):
                return self.same_parameter(left, right)
            case (Identifier(text=left_text, quoted=left_quoted), Identifier(text=right_text, quoted=right_quoted)):
                folded = not (left_quoted or right_quoted) and left_text.lower() == right_text.lower()
                return left_text == right_text or folded
            case (Cast(operand=operand), _) if self._changes_nothing(one):
                return self._same_part(operand, other)
            case (_, Cast(operand=operand)) if self._changes_nothing(other):
                return self._same_part(one, operand)
            case (Cast(), Cast()):
                types = self.facts.types
                return types.get(one) == types.get(other) and self._same_part(one.operand, other.operand)
            case (Binary(op=op), Binary(op=other_op)):
                sides = self._same_part(one.left, other.left) and self._same_part(one.right, other.right)
                return sides and _ONE_OPERATOR.get(op, op) == _ONE_OPERATOR.get(other_op, other_op)
            case (Node(), Node()) if type(one) is type(other):
                names: tuple[str, ...] = one.__match_args__
                return all(self._same_part(getattr(one, name), getattr(other, name)) for name in names[2:])
            case (tuple(), tuple()):
                mine, yours = cast("tuple[object, ...]", one), cast("tuple[object, ...]", other)
                pairs = zip(mine, yours, strict=False)
                return len(mine) == len(yours) and all(self._same_part(left, right) for left, right in pairs)
            case (int(), int()) if not isinstance(one, bool):
                return True  # an offset: the only whole numbers in expressions, whose own are text
            case _:
                return one == other

    def _bare(self, value: Value) -> Value:
        while isinstance(value, Cast) and self._changes_nothing(value):
            value = value.operand
        return value

    def _changes_nothing(self, node: Cast) -> bool:
        """A cast to the type that the value has already is dropped when the query is read."""
        checked = self.environment.dialect.features.types_are_checked
        return checked and self.facts.types.get(node) == self.facts.types.get(node.operand)


def columns_of(value: Value | None) -> Iterator[ColumnRef]:
    """The columns that a name means; two where USING has merged them."""
    match value:
        case ColumnRef():
            yield value
        case MergedRef(left=left, right=right):
            yield from columns_of(left)
            yield from columns_of(right)
        case OutputRef(output=output):
            yield from columns_of(output.value)
        case _:
            return


def _identity(ref: ColumnRef) -> tuple[int, int]:
    return id(ref.relation), id(ref.column)
