"""How a dialect writes schemas: those written for another database, and what is added to those written for its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from ..diagnostics import Span
from ..model.catalog import Catalog, Check, Column, Sql, Table
from ..model.schema import SchemaStatement
from ..model.types import SqlType, Type
from ..model.values import value


@value
class Limits:
    """What a type of a database asks of its values beyond what their neutral type does."""

    least: int | None = None
    greatest: int | None = None
    digits: int | None = None
    """The decimals of a second that are kept, where those are not six."""
    bytes: tuple[int, int] | None = None
    """The fewest and the most bytes."""
    peculiar: bool = False
    """No type of another database keeps its values."""


NO_LIMITS = Limits()
TYPE_CHECK: Final = "type of "
"""What the name of a constraint begins with that asks no more of a value than its type does on other databases. The
runtime tells it from a CHECK of the schema's own, so that the same mistake is the same error everywhere."""


class Carried(Protocol):
    """A schema on its way to a database: its objects named as they are there, its types neutral, its expressions
    translated. What has no exact equivalent is reported on the way, and comes out as None.
    """

    catalog: Catalog
    """The objects that are carried. Types of columns are still those of the database that they were written for."""

    def type(self, column: Column) -> Type:
        """The neutral type of a column."""
        ...

    def declared(self, column: Column) -> str:
        """A column's type as its author knows it."""
        ...

    def limits(self, column: Column) -> Limits:
        """What the type of a column asks of its values beyond what the neutral one does."""
        ...

    def expression_type(self, sql: Sql, table: Table) -> Type:
        """The neutral type of an expression over the columns of a table."""
        ...

    def labels(self, type: Type) -> tuple[str, ...]:
        """The labels of an enum."""
        ...

    def folds_case(self, column: Column) -> bool:
        """Whether the column's texts are equal when they differ in the case of letters only."""
        ...

    def expression(self, sql: Sql, table: Table) -> str | None:
        """An expression over the columns of a table, such as the condition of a check."""
        ...

    def default(self, column: Column, table: Table) -> str | None:
        """A column's default, in parentheses unless it is a literal."""
        ...

    def generated(self, column: Column, table: Table) -> str | None:
        """The expression of a generated column."""
        ...

    def domain_checks(self, column: Column, table: Table) -> Sequence[tuple[Check, str]]:
        """What the domain of a column asks of its values."""
        ...

    def touches(self, table: Table) -> Sequence[tuple[str, str]]:
        """The columns that every change of their row sets to the time of it, and the expressions of that time."""
        ...

    def query(self, view: Table) -> str | None:
        """The query of a view."""
        ...

    def refuse(self, message: str, span: Span | None, help: str | None = None) -> None:
        """Report what the database cannot have, which fails the run."""
        ...

    def leave_out(self, message: str, span: Span | None, help: str | None = None) -> None:
        """Report what is not carried over, though the schema works without it."""
        ...


class Ddl(Protocol):
    """A database's way of writing schemas. Statements are given without the semicolon that ends them."""

    def up(self, carried: Carried) -> list[str]:
        """The statements that make a schema."""
        ...

    def down(self, catalog: Catalog) -> list[str]:
        """The statements that take a schema away: everything but extensions, each before what it depends on."""
        ...

    def touch(self, table: Table, touches: Sequence[tuple[str, str]], catalog: Catalog) -> list[str]:
        """The trigger that sets columns to expressions whenever a row changes and the statement leaves them alone."""
        ...

    def folds_case(self, column: Column) -> bool | None:
        """Whether a column of this database takes texts for equal that differ in the case of letters only; None where
        that depends on the server."""
        ...

    def limits(self, type: SqlType) -> Limits:
        """What a type of this database asks of its values."""
        ...

    def replayed(self, statement: SchemaStatement) -> str | None:
        """A statement that was written for this database as a script can run it; None for one that defines nothing
        there."""
        ...

    def literal(self, value: str, type: Type) -> str | None:
        """A value in its neutral form (see `literals`), an array as JSON, as a literal of a type."""
        ...

    def made(self, operation: str, type: Type) -> str | None:
        """An expression that makes a value by an operation without operands (`moment.now`, `uuid.random`), as a column
        of a type keeps it."""
        ...
