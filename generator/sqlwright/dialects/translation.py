"""What a dialect brings to translation: the meaning of its expressions, and how it writes those of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn, Protocol

from ..model.catalog import Column, Table
from ..model.syntax import Expression, Node
from ..model.types import Type


class Types(Protocol):
    """The types of the query that is being translated, seen neutrally."""

    def type(self, node: Expression) -> Type:
        """The neutral type of an expression; OTHER when it is not known."""
        ...

    def is_array(self, node: Expression) -> bool: ...


class Translating(Types, Protocol):
    """The translation of one query, as a dialect's rules see it."""

    def text(self, node: Node) -> str:
        """A node as the target writes it."""
        ...

    def operand(self, node: Expression) -> str:
        """The same, in parentheses unless it is a name, a literal or a call."""
        ...

    def same(self, node: Node) -> str:
        """The node as it was written, with what it holds translated."""
        ...

    def written(self, node: Node) -> str:
        """The node's own text, untouched."""
        ...

    def operation(self, node: Expression) -> str | None:
        """The operation that an expression is, by the meaning of the dialect it was written in."""
        ...

    def nullable(self, node: Expression) -> bool:
        """Whether an expression can be NULL; true where it is not known."""
        ...

    def sorts_nulls_first(self, descending: bool) -> bool:
        """Where the written dialect puts NULLs when the query does not say."""
        ...

    def target_table(self, node: Node) -> Table | None:
        """The table that a statement changes."""
        ...

    def target_column(self, node: Node) -> Column | None:
        """The column that a target of SET or INSERT names."""
        ...

    def default(self, column: Column) -> str | None:
        """A column's default as the target writes it; None when it has none."""
        ...

    def conflict_columns(self, table: Table, constraint: str) -> tuple[str, ...] | None:
        """The columns of a named unique constraint."""
        ...

    def name(self, name: str) -> str:
        """A name of the catalog as the target writes it."""
        ...

    def refuse(self, construct: str, node: Node, help: str | None = None) -> NoReturn:
        """Say that the target has no exact equivalent of a construct."""
        ...


class Meaning(Protocol):
    """Which operations the expressions of a dialect are."""

    nulls_first: tuple[bool, bool]
    """Whether NULLs sort before all values, ascending and descending."""

    def operation(self, node: Expression, types: Types) -> str | None: ...

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        """The operands of an operation in the order that it names them in."""
        ...

    def literal(self, text: str, type: Type) -> str | None:
        """A string literal that stands for a value of a type, in the neutral form of that type; None when unsure."""
        ...


class Spelling(Protocol):
    """How a dialect writes what was written for another."""

    def rewrite(self, node: Node, t: Translating) -> str:
        """The text of a node. What has no exact equivalent is refused by way of `t`."""
        ...
