"""Queries with their types: what inference hands to everything behind it."""

from __future__ import annotations

from enum import StrEnum

from ..diagnostics import Span
from .catalog import Column, Key
from .documents import Shape
from .query import NamedQuery
from .types import SqlType, Type
from .values import entity, value


@value
class ReasonStep:
    """One step of why a column can be NULL, with its place in the query (None for a place outside it)."""

    message: str
    span: Span | None


@value
class TypedColumn:
    """A result column.

    `origin` names the table's column that it is, unchanged; `embedded` the table that `sqlc.embed` nests it in, with
    whether the whole row may be missing; `override` what a `-- column` line says its Python type is; `shape` what is
    known of the JSON that it holds.
    """

    name: str
    type: Type
    sql_type: SqlType
    db_type: str
    nullable: bool
    span: Span
    origin: tuple[Key, str] | None = None
    embedded: str | None = None
    embedded_table: Key | None = None
    embedded_missing: bool = False
    override: str | None = None
    reasons: tuple[ReasonStep, ...] = ()
    shape: Shape | None = None


@value
class TypedParameter:
    """A parameter. `type` is its element's where it stands for the values of a list (`sequence`)."""

    name: str
    key: str
    type: Type
    sql_type: SqlType
    db_type: str
    nullable: bool
    sequence: bool
    span: Span
    meets: tuple[Column, ...] = ()
    """The columns that it is compared with or stored in."""


@value
class Replacement:
    """Text that stands in the place of a stretch of the query: a star's columns, a name without its mark."""

    start: int
    end: int
    text: str


class Cardinality(StrEnum):
    """How many rows a statement can give."""

    NONE = "none"
    ONE = "one"
    AT_MOST_ONE = "at most one"
    MANY = "many"


@entity
class TypedQuery:
    """A query with the types of its parameters and columns.

    `parameters` stand in order of first appearance (numbered ones by number); `of_placeholder` gives, for each
    placeholder of the text in order, the parameter it belongs to. `table` is the table whose class the rows are.
    """

    query: NamedQuery
    parameters: tuple[TypedParameter, ...]
    columns: tuple[TypedColumn, ...]
    of_placeholder: tuple[int, ...]
    replacements: tuple[Replacement, ...]
    cardinality: Cardinality
    changes_rows: bool
    table: Key | None = None
    returning: Span | None = None
    """The RETURNING clause of the statement."""
