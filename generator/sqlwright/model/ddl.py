"""The statements of schema files: what they define, change and drop."""

from __future__ import annotations

from .syntax import Expression, Identifier, Node, Query, TypeName
from .values import entity

ObjectName = tuple[Identifier, ...]


@entity
class Definition(Node):
    """A statement of a schema."""


# Parts of a table


@entity
class References(Node):
    """The table and columns that a foreign key points to, and what happens when they change."""

    table: ObjectName
    columns: tuple[Identifier, ...]
    on_delete: str | None = None
    on_update: str | None = None
    match: str | None = None
    deferrable: str | None = None


@entity
class Generated(Node):
    expression: Expression
    stored: bool


@entity
class Identity(Node):
    """GENERATED … AS IDENTITY (`always` or by default), or AUTO_INCREMENT."""

    always: bool
    auto_increment: bool = False


@entity
class IndexColumn(Node):
    """One key of an index, PRIMARY KEY or UNIQUE; `prefix` is MySQL's length of it."""

    expression: Expression
    descending: bool | None = None
    nulls_first: bool | None = None
    operator_class: str | None = None
    prefix: int | None = None


@entity
class Constraint(Node):
    """A constraint of a table or of one column.

    `kind` is "primary key", "unique", "check", "foreign key", "exclude" or "not null". A key without columns is made
    of a unique index (USING INDEX).
    """

    kind: str
    name: Identifier | None
    columns: tuple[IndexColumn, ...] = ()
    include: tuple[Identifier, ...] = ()
    expression: Expression | None = None
    references: References | None = None
    nulls_not_distinct: bool = False
    enforced: bool = True
    validated: bool = True
    """False where NOT VALID leaves rows that are there already unchecked."""
    on_conflict: str | None = None
    index: Identifier | None = None
    deferrable: str | None = None
    """The words of DEFERRABLE that stand behind a key; those of a foreign key are in what it references."""


@entity
class ColumnDefinition(Node):
    """A column with what stands behind its type; `nullable` is None where nothing is said."""

    name: Identifier
    type: TypeName | None
    nullable: bool | None = None
    default: Expression | None = None
    generated: Generated | None = None
    identity: Identity | None = None
    on_update: Expression | None = None
    collation: str | None = None
    comment: str | None = None
    invisible: bool = False
    constraints: tuple[Constraint, ...] = ()


@entity
class IndexDefinition(Node):
    """A CREATE INDEX, or an INDEX or KEY inside CREATE TABLE (then `table` is empty)."""

    name: Identifier | None
    table: ObjectName
    columns: tuple[IndexColumn, ...]
    unique: bool = False
    method: str | None = None
    include: tuple[Identifier, ...] = ()
    where: Expression | None = None
    nulls_not_distinct: bool = False


@entity
class LikeTable(Node):
    """`like other including …` among the columns of a table."""

    table: ObjectName
    including: tuple[str, ...]


# Statements


@entity
class CreateTable(Definition):
    name: ObjectName
    columns: tuple[ColumnDefinition, ...]
    constraints: tuple[Constraint, ...] = ()
    indexes: tuple[IndexDefinition, ...] = ()
    likes: tuple[LikeTable, ...] = ()
    if_not_exists: bool = False
    temporary: bool = False
    strict: bool = False
    without_rowid: bool = False
    inherits: tuple[ObjectName, ...] = ()
    partition_of: ObjectName | None = None
    partition_by: str | None = None
    of_type: ObjectName | None = None
    query: Query | None = None
    query_columns: tuple[Identifier, ...] = ()
    comment: str | None = None
    collation: str | None = None
    """MySQL's collation of all texts that do not say another."""
    module: str | None = None
    """The module of a virtual table."""


@entity
class CreateIndex(Definition):
    index: IndexDefinition
    if_not_exists: bool = False


@entity
class CreateView(Definition):
    name: ObjectName
    columns: tuple[Identifier, ...]
    query: Query
    materialized: bool
    or_replace: bool
    if_not_exists: bool = False
    recursive: bool = False


@entity
class CreateEnum(Definition):
    name: ObjectName
    labels: tuple[str, ...]


@entity
class CreateDomain(Definition):
    name: ObjectName
    type: TypeName
    nullable: bool
    default: Expression | None
    checks: tuple[Constraint, ...]


@entity
class CreateComposite(Definition):
    name: ObjectName
    fields: tuple[ColumnDefinition, ...]


@entity
class CreateType(Definition):
    """A range, base or shell type: its name is known, and `kind` says what it is."""

    name: ObjectName
    kind: str
    subtype: TypeName | None = None


@entity
class FunctionArgument(Node):
    name: Identifier | None
    type: TypeName
    mode: str = "in"
    has_default: bool = False


@entity
class CreateFunction(Definition):
    """A function, procedure or aggregate; `table` holds the columns of RETURNS TABLE."""

    name: ObjectName
    kind: str
    arguments: tuple[FunctionArgument, ...]
    returns: TypeName | None
    returns_set: bool
    table: tuple[ColumnDefinition, ...]
    strict: bool
    or_replace: bool
    language: str | None = None


@entity
class CreateTrigger(Definition):
    name: Identifier
    table: ObjectName
    timing: str
    events: tuple[str, ...]
    if_not_exists: bool = False


@entity
class CreateRule(Definition):
    """CREATE RULE … ON `event` TO `table` (PostgreSQL)."""

    event: str
    table: ObjectName


@entity
class CreateSchema(Definition):
    name: Identifier
    if_not_exists: bool


@entity
class CreateSequence(Definition):
    name: ObjectName
    if_not_exists: bool


@entity
class CreateExtension(Definition):
    name: Identifier


@entity
class Drop(Definition):
    """DROP of any kind: `kind` is "table", "view", "index", "type", "schema", …"""

    kind: str
    names: tuple[ObjectName, ...]
    if_exists: bool
    cascade: bool
    arguments: tuple[tuple[TypeName, ...] | None, ...] = ()
    on_table: ObjectName | None = None


@entity
class Comment(Definition):
    """COMMENT ON; for a column the last part of the name is the column's."""

    kind: str
    name: ObjectName
    text: str | None


@entity
class RenameObject(Definition):
    """ALTER … RENAME TO and ALTER … SET SCHEMA of anything that is not a part of a table."""

    kind: str
    name: ObjectName
    new_name: Identifier | None = None
    new_schema: Identifier | None = None
    if_exists: bool = False


@entity
class RenameTables(Definition):
    """MySQL's RENAME TABLE, which renames one table after the other: each by its name, and its new one."""

    pairs: tuple[tuple[ObjectName, ObjectName], ...]


@entity
class AlterEnum(Definition):
    name: ObjectName
    add: str | None = None
    before: str | None = None
    after: str | None = None
    rename: tuple[str, str] | None = None
    if_not_exists: bool = False


@entity
class AlterComposite(Definition):
    name: ObjectName
    actions: tuple[AlterAction, ...]


@entity
class AlterDomain(Definition):
    """`action` is "set default", "drop default", "set not null", "drop not null", "add" or "drop constraint"."""

    name: ObjectName
    action: str
    default: Expression | None = None
    constraint: Constraint | None = None
    constraint_name: Identifier | None = None


@entity
class AlterTable(Definition):
    """`kind` is "table", "view", "materialized view", "foreign table" or "index"."""

    kind: str
    name: ObjectName
    actions: tuple[AlterAction, ...]
    if_exists: bool = False
    only: bool = False
    """What inherits from the table stays as it is."""


@entity
class Ignored(Definition):
    """A statement that defines nothing: SET, BEGIN, INSERT, GRANT, SELECT, …"""

    keyword: str


@entity
class NotUnderstood(Definition):
    """A statement that may define something, in a form that cannot be taken in."""

    words: str


# Actions of ALTER TABLE


@entity
class AlterAction(Node):
    """One action of ALTER TABLE."""


@entity
class AddColumn(AlterAction):
    column: ColumnDefinition
    if_not_exists: bool = False
    first: bool = False
    after: Identifier | None = None


@entity
class DropColumn(AlterAction):
    name: Identifier
    if_exists: bool
    cascade: bool


@entity
class ChangeColumn(AlterAction):
    """MySQL's MODIFY and CHANGE: the column `name` becomes what `column` says."""

    name: Identifier
    column: ColumnDefinition
    first: bool = False
    after: Identifier | None = None


@entity
class AlterColumn(AlterAction):
    """ALTER COLUMN; `action` is "type", "set default", "drop default", "set not null", "drop not null",
    "add identity", "drop identity", "set expression", "drop expression" or "other"."""

    name: Identifier
    action: str
    type: TypeName | None = None
    default: Expression | None = None
    identity: Identity | None = None


@entity
class AddConstraint(AlterAction):
    constraint: Constraint


@entity
class AddIndex(AlterAction):
    index: IndexDefinition


@entity
class DropConstraint(AlterAction):
    """`kind` is "constraint", "primary key", "foreign key", "check" or "index"."""

    kind: str
    name: Identifier | None
    if_exists: bool
    cascade: bool


@entity
class RenameColumn(AlterAction):
    name: Identifier
    new_name: Identifier


@entity
class ValidateConstraint(AlterAction):
    """VALIDATE CONSTRAINT: rows that NOT VALID has left unchecked are checked."""

    name: Identifier


@entity
class RenameConstraint(AlterAction):
    """`kind` is "constraint" or "index"."""

    kind: str
    name: Identifier
    new_name: Identifier


@entity
class RenameTable(AlterAction):
    new_name: ObjectName


@entity
class SetTableSchema(AlterAction):
    schema: Identifier


@entity
class AttachPartition(AlterAction):
    """ATTACH or DETACH PARTITION."""

    partition: ObjectName
    attached: bool = True


@entity
class Inherit(AlterAction):
    """INHERIT or NO INHERIT."""

    parent: ObjectName
    inherits: bool = True


@entity
class SetTableComment(AlterAction):
    text: str


@entity
class OtherAction(AlterAction):
    """An action that changes nothing of what the catalog holds: OWNER TO, SET (…), ENABLE …"""

    words: str
