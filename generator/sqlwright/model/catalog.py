"""The catalog: what a schema defines, as values."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..diagnostics import Source, Span
from .syntax import Expression, Query, TypeName
from .types import SqlType
from .values import entity

Key = tuple[str, str]
"""A schema and a name, folded as the database compares them."""


@entity
class Sql:
    """An expression of the schema with the text it was read from."""

    source: Source
    expression: Expression

    @property
    def text(self) -> str:
        return self.source.text[self.expression.start : self.expression.end]


class Making(StrEnum):
    """How a database makes the values of a column by itself."""

    IDENTITY_ALWAYS = "identity always"
    IDENTITY_BY_DEFAULT = "identity by default"
    SERIAL = "serial"
    AUTO_INCREMENT = "auto increment"
    ROWID = "rowid"


@entity
class Column:
    """A column. `nullable` is what the database enforces; `not_null` is whether NOT NULL was written."""

    name: str
    type: SqlType
    nullable: bool
    span: Span
    declared: TypeName | None = None
    not_null: bool = False
    default: Sql | None = None
    generated: Sql | None = None
    stored: bool = False
    made: Making | None = None
    touched: bool = False
    """The database sets the column to the time of every change of its row (ON UPDATE, or `-- on update: now()`)."""
    touches_itself: bool = False
    """It does so by a clause of the column (ON UPDATE), and needs no trigger."""
    collation: str | None = None
    comment: str | None = None
    renamed_from: str | None = None
    invisible: bool = False
    """A star does not show the column, and an INSERT without a list of columns passes it over."""

    @property
    def required(self) -> bool:
        """Whether an INSERT must give a value."""
        return not self.nullable and self.default is None and self.made is None and self.generated is None


@entity
class KeyPart:
    """A column of a key or index (`column`), or an expression (`expression`)."""

    column: str | None
    expression: Sql | None = None
    descending: bool = False
    nulls_first: bool | None = None
    operator_class: str | None = None
    prefix: int | None = None


@entity
class UniqueKey:
    """A primary key or a unique constraint."""

    columns: tuple[str, ...]
    name: str | None = None
    primary: bool = False
    include: tuple[str, ...] = ()
    nulls_not_distinct: bool = False
    descending: bool = False
    """PRIMARY KEY DESC stands beside the column, which is then no name of SQLite's rowid."""
    deferrable: str | None = None
    """How DEFERRABLE was written."""

    @property
    def deferred(self) -> bool:
        """Whether two rows can have the same values for a time: SET CONSTRAINTS defers every DEFERRABLE key."""
        words = f" {self.deferrable}" if self.deferrable is not None else ""
        return " initially deferred" in words or (" deferrable" in words and " not deferrable" not in words)


@entity
class ForeignKey:
    columns: tuple[str, ...]
    table: Key
    references: tuple[str, ...]
    """The columns referred to; the primary key of the table when none were written."""
    name: str | None = None
    on_delete: str | None = None
    on_update: str | None = None
    match: str | None = None
    deferrable: str | None = None
    span: Span | None = None


@entity
class Check:
    condition: Sql
    name: str | None = None
    enforced: bool = True
    validated: bool = True
    """Whether rows that were there before it have been checked too."""


@entity
class Index:
    name: str
    parts: tuple[KeyPart, ...]
    unique: bool = False
    method: str | None = None
    include: tuple[str, ...] = ()
    where: Sql | None = None
    nulls_not_distinct: bool = False
    span: Span | None = None


@entity
class Trigger:
    """A trigger: `timing` is "before", "after" or "instead of"; `events` are "insert", "update", …"""

    name: str
    timing: str
    events: tuple[str, ...]


class RelationKind(StrEnum):
    TABLE = "table"
    VIEW = "view"
    MATERIALIZED_VIEW = "materialized view"
    FOREIGN_TABLE = "foreign table"
    VIRTUAL_TABLE = "virtual table"
    SYSTEM = "system relation"


@entity
class Table:
    """A table, a view, or anything else that rows can be read from."""

    schema: str
    name: str
    kind: RelationKind
    columns: tuple[Column, ...]
    span: Span | None = None
    primary_key: UniqueKey | None = None
    uniques: tuple[UniqueKey, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    exclusions: tuple[str | None, ...] = ()
    """The names of exclusion constraints."""
    indexes: tuple[Index, ...] = ()
    comment: str | None = None
    query: Query | None = None
    source: Source | None = None
    temporary: bool = False
    strict: bool = False
    without_rowid: bool = False
    parents: tuple[Key, ...] = ()
    partition_of: Key | None = None
    partition_by: str | None = None
    module: str | None = None
    triggers: tuple[Trigger, ...] = ()
    rules: frozenset[str] = frozenset()
    """The statements ("insert", "update", …) that rules rewrite."""
    renamed_from: str | None = None
    row_security: bool = False
    """Policies may hide rows from a reader."""
    recursive: bool = False
    """The query of the view reads the view."""

    @property
    def key(self) -> Key:
        return (self.schema, self.name)

    def column(self, name: str) -> Column | None:
        """The column of exactly this name."""
        return next((column for column in self.columns if column.name == name), None)


@entity
class EnumType:
    schema: str
    name: str
    labels: tuple[str, ...]
    comment: str | None = None
    span: Span | None = None


@entity
class Domain:
    schema: str
    name: str
    base: SqlType
    nullable: bool
    checks: tuple[Check, ...] = ()
    default: Sql | None = None
    comment: str | None = None


@entity
class CompositeType:
    schema: str
    name: str
    fields: tuple[Column, ...]
    comment: str | None = None


@entity
class RangeType:
    """A range, or a base type that an extension or the user has made (then `subtype` is None)."""

    schema: str
    name: str
    subtype: SqlType | None


@entity
class Argument:
    name: str | None
    type: SqlType
    mode: str = "in"
    has_default: bool = False


@entity
class Function:
    """A function, procedure or aggregate that the schema defines."""

    schema: str
    name: str
    kind: str
    arguments: tuple[Argument, ...]
    returns: SqlType | None
    returns_set: bool
    columns: tuple[Column, ...]
    strict: bool


@entity
class Catalog:
    """All that a schema defines. The mappings are in the order of definition and must not be changed."""

    default_schema: str
    tables: Mapping[Key, Table]
    enums: Mapping[Key, EnumType]
    domains: Mapping[Key, Domain]
    composites: Mapping[Key, CompositeType]
    ranges: Mapping[Key, RangeType]
    functions: Mapping[Key, tuple[Function, ...]]
    sequences: Mapping[Key, None]
    schemas: Mapping[str, str | None]
    """Each schema's comment."""
    extensions: tuple[str, ...]
    unlisted: frozenset[str] = frozenset()
    """What the schema defines, and is not taken in: "operator", "cast". Nobody can say what there is of it."""
