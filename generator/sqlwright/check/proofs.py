"""What is asked of a server: statements as they are sent, each with what we say of it.

All of it are plain values, which a process of ours can hand to another.
"""

from __future__ import annotations

from ..diagnostics import Source, Span
from ..model.query import NamedQuery
from ..model.typed import TypedColumn, TypedParameter, TypedQuery
from ..model.types import SqlType, Type
from ..model.values import value


@value
class Written:
    """A query in its file: its statement from `start` to `end`, and its name."""

    name: str
    name_span: Span
    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def span(self, start: int, end: int) -> Span:
        return self.source.span(start, end)


@value
class ExpectedColumn:
    """A column as the analysis has it; `typed_by_user` and `marked_by_user` tell that the type, or whether it can be
    NULL, is what the user says."""

    name: str
    type: Type
    sql_type: SqlType
    db_type: str
    nullable: bool
    origin: tuple[str, str] | None
    typed_by_user: bool
    marked_by_user: bool
    span: Span


@value
class ExpectedParameter:
    """A parameter as the analysis has it; of a `sequence`, the type is that of its elements."""

    name: str
    type: Type
    sql_type: SqlType
    db_type: str
    nullable: bool
    sequence: bool
    span: Span


@value
class Expected:
    """What the analysis says of a statement."""

    parameters: tuple[ExpectedParameter, ...]
    columns: tuple[ExpectedColumn, ...]


@value
class Sent:
    """One statement of a query as the target gets it.

    `expected` is what the analysis says of its text on the target (None where it says nothing), and `own` whether that
    text is the query's own; `params` give, for each placeholder in order, the position among the expected parameters.
    The rows of the one that `gives` are the query's.
    """

    text: str
    expected: Expected | None
    params: tuple[int, ...]
    gives: bool
    own: bool


@value
class Proof:
    """A query on one target. `written` is the one the statements were made from: the user's, or a variant of it."""

    written: Written
    expected: Expected
    statements: tuple[Sent, ...]
    query_digest: str
    schema_digest: str
    statement_digest: str


def written(query: NamedQuery) -> Written:
    return Written(query.name, query.name_span, query.source, query.start, query.end)


def expected(query: TypedQuery) -> Expected:
    """What the analysis has found of a query, without how."""
    marked = {column.name for column in query.columns if column.override is not None}
    columns = (_column(column, column.name in marked) for column in query.columns)
    return Expected(tuple(map(_parameter, query.parameters)), tuple(columns))


def _column(column: TypedColumn, typed_by_user: bool) -> ExpectedColumn:
    return ExpectedColumn(
        column.name,
        column.type,
        column.sql_type,
        column.db_type,
        column.nullable,
        (column.origin[0][1], column.origin[1]) if column.origin is not None else None,
        typed_by_user,
        column.span.text.rstrip('"').endswith(("!", "?")),
        column.span,
    )


def _parameter(parameter: TypedParameter) -> ExpectedParameter:
    return ExpectedParameter(
        parameter.name,
        parameter.type,
        parameter.sql_type,
        parameter.db_type,
        parameter.nullable,
        parameter.sequence,
        parameter.span,
    )
