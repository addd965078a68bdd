"""What a dialect brings to translation: the meaning of its expressions, and how it writes those of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn, Protocol

from ..model.catalog import Column, Table
from ..model.statement import Bound
from ..model.syntax import (
    ColumnName,
    Expression,
    Node,
    Parameter,
    Query,
    Select,
    SelectItem,
    TableExpression,
    TableName,
)
from ..model.typed import TypedParameter
from ..model.types import SqlType, Type
from ..model.values import entity, value


class Types(Protocol):
    """The types of the query that is being translated."""

    def type(self, node: Expression) -> Type:
        """The neutral type of an expression; OTHER when it is not known."""
        ...

    def sql_type(self, node: Expression) -> SqlType | None:
        """The type as the written dialect knows it."""
        ...


@entity
class Output:
    """A result column of a query; `expression` is None for one that a star spreads."""

    name: str
    type: Type
    item: SelectItem
    expression: Expression | None


@value
class Starred:
    """A column that a star stands for: its name, what qualifies it, its type, and the table's column that it is."""

    qualifier: str | None
    name: str
    type: Type
    origin: Column | None


@value
class WholeRow:
    """The columns of a whole row. `certain` is one that is NULL only where an outer join has found no row."""

    columns: tuple[Starred, ...]
    certain: Starred | None


@value
class Want:
    """What the place of an expression wants of it: a type; in one spelling for equal values; rounded to be stored."""

    type: Type
    canonical: bool = False
    stored: bool = False


@value
class StepTexts:
    """What a target does in several statements for one that returns rows; see `model.statement.Steps`."""

    change: str
    keys: str | None = None
    rows: str | None = None
    width: int = 0
    or_nothing: bool = False
    count: int | None = None


KEYS_MARK = "\0000\0"
"""What stands for the keys that an earlier statement found."""
MADE_MARK = "\000-1\0"
"""What stands for a UUID that the client makes."""


class Translating(Types, Protocol):
    """The translation of one query, as a dialect's rules see it."""

    # Text

    def text(self, node: Node) -> str:
        """A node as the target writes it."""
        ...

    def operand(self, node: Expression) -> str:
        """The same, in parentheses unless it is a name, a literal or a call."""
        ...

    def same(
        self,
        node: Node,
        replaced: Mapping[Node, str] | None = None,
        spans: Sequence[tuple[int, int, str]] = (),
    ) -> str:
        """The node as it was written, with what it holds translated.

        `replaced` gives the text of some nodes that it holds, and `spans` that of some stretches of it.
        """
        ...

    def written(self, node: Node) -> str:
        """The node's own text, untouched."""
        ...

    def between(self, start: int, end: int) -> str:
        """A stretch of the text, untouched."""
        ...

    def in_parentheses(self, node: Expression) -> bool:
        """Whether an operand was written in parentheses of its own."""
        ...

    def name(self, name: str) -> str:
        """A name of the catalog as the target writes it."""
        ...

    def table_name(self, node: TableName) -> str | None:
        """The name that a table of the catalog has on the target; None for the name of anything else."""
        ...

    def column_name(self, node: ColumnName) -> str:
        """A column's name, with its qualifier where it has one."""
        ...

    def text_named(self, node: ColumnName) -> str | None:
        """The string that a quoted name stands for where no column has that name."""
        ...

    def placeholder(self, node: Parameter) -> str: ...

    def bound(self, node: Parameter, what: Bound) -> str:
        """The placeholder of a parameter of LIMIT whose value is to be made one that the server takes."""
        ...

    def template(self, name: str) -> str:
        """What the target writes in its own way where it shares a rule with others."""
        ...

    def in_sequence(self, node: Parameter, negated: bool) -> str:
        """The operator that compares with all values of a parameter, and what follows it."""
        ...

    # Meaning

    def operation(self, node: Expression) -> str | None:
        """The operation that an expression is, by the meaning of the dialect it was written in."""
        ...

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]: ...

    def literal(self, text: str, type: Type) -> str | None:
        """What a string means as a value of a type, in the neutral form; None when unsure."""
        ...

    @property
    def strict(self) -> bool:
        """Whether the written dialect fails on what a value is not meant for; see `Meaning`."""
        ...

    def sorts_nulls_first(self, descending: bool) -> bool:
        """Where the written dialect puts NULLs when the query does not say."""
        ...

    def limits_may_be_negative(self) -> bool:
        """Whether a LIMIT below zero is none in the written dialect, and an OFFSET below zero."""
        ...

    def moments_are_text(self) -> bool:
        """Whether the written dialect keeps and compares days and moments as text."""
        ...

    # Facts

    def operand_types(self, node: Expression) -> Sequence[Type]:
        """What the operands of an operator or a call become."""
        ...

    def neutral(self, type: SqlType) -> Type: ...

    def nullable(self, node: Expression) -> bool:
        """Whether an expression can be NULL; true where it is not known."""
        ...

    def parameter(self, node: Parameter) -> TypedParameter: ...

    def origin(self, node: Expression) -> Column | None:
        """The table's column that an expression is, unchanged."""
        ...

    def table_of(self, node: Expression) -> Table | None:
        """The table whose column a name means."""
        ...

    def meant(self, node: Expression) -> Expression:
        """What the name of a result column stands for, in ORDER BY and GROUP BY; any other expression itself."""
        ...

    def is_hidden(self, node: ColumnName) -> bool:
        """Whether a name means a column of the written dialect's own, such as a row's place."""
        ...

    def of_function(self, node: ColumnName) -> tuple[TableExpression, str] | None:
        """The function in FROM whose column a name means, and "value" or "ordinality"."""
        ...

    def outputs(self, query: Query) -> Sequence[Output]: ...

    def is_result(self, query: Query) -> bool:
        """Whether the rows of a query are those that the statement gives."""
        ...

    def starred(self, node: Expression) -> Sequence[Starred] | None:
        """The columns that a star of a select list stands for; None where it must stay a star."""
        ...

    def whole_row(self, node: Expression) -> WholeRow | None:
        """What is in the whole row that an expression is; None for anything else, and where it cannot be told."""
        ...

    def columns(self, table: TableExpression) -> Sequence[str]:
        """The names of the columns that something in FROM has."""
        ...

    def merged_types(self, join: Node) -> Sequence[tuple[Type, Type]]:
        """The types of the columns that USING or NATURAL compares."""
        ...

    def enum_labels(self, type: Type) -> Sequence[str] | None: ...

    def ungrouped(self, node: Select) -> Sequence[Node]:
        """The columns beside aggregates that are not grouped by, which not every database minds."""
        ...

    def referencing(self, table: Table) -> bool:
        """Whether a foreign key points to a table."""
        ...

    def target_table(self, node: Query) -> Table | None:
        """The table that a statement changes."""
        ...

    def target_column(self, node: Node) -> Column | None:
        """The column that a target of SET or INSERT names."""
        ...

    def is_target(self, node: Expression, query: Query) -> bool:
        """Whether a name means a column of the table that a statement changes."""
        ...

    def is_excluded(self, node: ColumnName) -> bool:
        """Whether a name means a column of the row that an INSERT could not add."""
        ...

    def default(self, column: Column, table: Table) -> str | None:
        """A column's default as the target writes it; None when it has none."""
        ...

    def conflict_columns(self, table: Table, constraint: str) -> tuple[str, ...] | None:
        """The columns of a named unique constraint."""
        ...

    # Notes that a rule leaves for others

    def want(self, node: Expression, want: Want) -> None:
        """Say what the place of an expression wants, before it is written."""
        ...

    def wanted(self, node: Expression) -> Want | None: ...

    def without_qualifier(self, query: Query) -> None:
        """From here on, write columns of the table that a statement changes without the table's name."""
        ...

    def with_qualifier(self, query: Query, name: str | None = None) -> None:
        """From here on, write columns of the table that a statement changes with the table's name, or with another."""
        ...

    def refuse(self, construct: str, node: Node, help: str | None = None) -> NoReturn:
        """Say that the target has no exact equivalent of a construct."""
        ...


class Meaning(Protocol):
    """Which operations the expressions of a dialect are."""

    @property
    def nulls_first(self) -> tuple[bool, bool]:
        """Whether NULLs sort before all values, ascending and descending."""
        ...

    @property
    def strict(self) -> bool:
        """Whether what a value is not meant for is an error, such as a cast of a text that is no number."""
        ...

    @property
    def limits_may_be_negative(self) -> bool: ...

    @property
    def moments_are_text(self) -> bool: ...

    def operation(self, node: Expression, types: Types) -> str | None: ...

    def arguments(self, node: Expression, operation: str) -> Sequence[Expression]:
        """The operands of an operation in the order that it names them in."""
        ...

    def literal(self, text: str, type: Type) -> str | None:
        """A string literal that stands for a value of a type, in the neutral form of that type; None when unsure."""
        ...


class Spelling(Protocol):
    """How a dialect writes what was written for another."""

    @property
    def templates(self) -> Mapping[str, str]:
        """What related dialects write each in its own way, by name."""
        ...

    def rewrite(self, node: Node, t: Translating) -> str:
        """The text of a node. What has no exact equivalent is refused by way of `t`."""
        ...

    def stored(self, node: Expression, type: Type, t: Translating) -> str:
        """The text of an expression whose value a column of a type keeps."""
        ...

    def steps(self, query: Query, counted: bool, t: Translating) -> StepTexts | None:
        """The statements that do together what a query does; None when it is one. What it returns is asked for, or the
        number of rows when it is `counted`."""
        ...

    def finished(self, text: str) -> str:
        """A whole statement, with the comments of its author as the target reads comments."""
        ...
