"""Keys of expressions: two expressions of one key have the same value in the same row."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.query import Placeholder
from ...model.syntax import (
    Boolean,
    Call,
    Cast,
    Collate,
    ColumnName,
    Expression,
    Number,
    Parameter,
    Star,
    String,
    Subquery,
    children,
)
from ..facts import VOLATILE, TypeFacts
from ..scopes import Binding, ColumnRef, MergedRef, OutputRef, Relation, Resolution, RowRef


class Keys:
    """Gives keys to the expressions and names of one resolved query."""

    def __init__(self, resolution: Resolution, facts: TypeFacts, placeholders: Sequence[Placeholder]) -> None:
        self.resolution = resolution
        self.facts = facts
        self.placeholders = placeholders
        self._keys: dict[Expression, str] = {}
        self._merged: dict[MergedRef, str] = {}
        self.relations: dict[str, Relation] = {}
        """The relation that a column's key belongs to."""

    def of(self, node: Expression) -> str:
        found = self._keys.get(node)
        if found is None:
            found = self._keys[node] = self._make(node)
        return found

    def of_parameter(self, node: Parameter) -> str:
        """The key that a placeholder shares with the others of its parameter."""
        return self.placeholders[node.index].key

    def of_binding(self, binding: Binding) -> str:
        match binding:
            case ColumnRef(relation=relation, column=column):
                key = f"column {id(relation)} {id(column)}"
                self.relations[key] = relation
                return key
            case MergedRef():
                found = self._merged.get(binding)
                if found is None:
                    found = self._merged[binding] = self._of_merged(binding)
                return found
            case RowRef(relation=relation):
                key = f"row {id(relation)}"
                self.relations[key] = relation
                return key
            case OutputRef(output=output):
                return self.of(output.value) if isinstance(output.value, Expression) else self.of_binding(output.value)
            case _:
                return f"binding {id(binding)}"

    def _of_merged(self, binding: MergedRef) -> str:
        match binding.join.kind:
            case "inner" | "cross" | "left":
                return self.of_binding(binding.left)
            case "right":
                return self.of_binding(binding.right)
            case _:
                return f"binding {id(binding)}"

    def _make(self, node: Expression) -> str:
        match node:
            case ColumnName():
                binding = self.resolution.bindings.get(node)
                return self.of_binding(binding) if binding is not None else f"node {id(node)}"
            case Star():
                relation = self.resolution.row_stars.get(node)
                return self.of_binding(RowRef(relation)) if relation is not None else f"node {id(node)}"
            case Parameter():
                return f"parameter {self.of_parameter(node)}"
            case Number(text=text):
                return f"number {text}"
            case String(value=value, mark=mark):
                return f"string {mark}{value!r}"
            case Boolean(value=truth):
                return f"boolean {truth}"
            case Collate(operand=operand):
                return self.of(operand)
            case Subquery():
                return f"node {id(node)}"
            case Call() if self._may_change(node):
                return f"node {id(node)}"
            case _:
                return self._compound(node)

    def _may_change(self, node: Call) -> bool:
        """Whether two calls of a function may give different values for the same arguments."""
        resolved = self.facts.resolved.get(node)
        return not node.args or node.function.lower() in VOLATILE or resolved is None or resolved.own

    def _compound(self, node: Expression) -> str:
        """A key of the node's kind, its words and the keys of what it holds; unique where that cannot be said."""
        parts: list[str] = []
        for child in children(node):
            if isinstance(child, Expression):
                parts.append(self.of(child))
            elif isinstance(node, Cast):
                parts.append(str(getattr(child, "name", "")) + str(getattr(child, "args", "")))
            elif not isinstance(node, Call) or child not in node.name:
                return f"node {id(node)}"
        words = [type(node).__name__]
        names: tuple[str, ...] = node.__match_args__
        for name in names[2:]:
            value = getattr(node, name)
            if isinstance(value, str | bool | int):
                words.append(f"{name}={value}")
        if isinstance(node, Call):
            words.append(".".join(part.text.lower() for part in node.name))
        return f"({' '.join(words)}: {', '.join(parts)})"
