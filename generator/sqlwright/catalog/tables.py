"""CREATE TABLE to a Table: columns, keys, checks and indexes, and what the database adds unsaid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from ..diagnostics import error, nearest_of
from ..model.catalog import (
    Check,
    Column,
    ForeignKey,
    Index,
    Key,
    KeyPart,
    Making,
    RelationKind,
    Sql,
    Table,
    UniqueKey,
)
from ..model.ddl import (
    ColumnDefinition,
    Constraint,
    CreateTable,
    IndexColumn,
    IndexDefinition,
    LikeTable,
    ObjectName,
)
from ..model.syntax import ColumnName, Expression, Identifier, Is, Logical
from ..model.tokens import Comment
from ..model.types import Family, Kind, SqlType
from .made_names import index_name
from .notes import ColumnNotes, column_notes, doc_before, renamed_from
from .state import State

NO_TYPE: Final = SqlType("", (), False, Family.PSEUDO)


@dataclass(slots=True)
class Parts:
    """The keys, checks and indexes of a table while they are gathered."""

    primary_key: UniqueKey | None = None
    uniques: list[UniqueKey] = field(default_factory=list[UniqueKey])
    foreign_keys: list[ForeignKey] = field(default_factory=list[ForeignKey])
    checks: list[Check] = field(default_factory=list[Check])
    exclusions: list[str | None] = field(default_factory=list["str | None"])
    indexes: list[Index] = field(default_factory=list[Index])
    not_null: set[str] = field(default_factory=set[str])


def create_table(state: State, statement: CreateTable, comments: tuple[Comment, ...]) -> None:
    """Add the table that a CREATE TABLE defines."""
    key = state.key(statement.name)
    earlier = state.table_of(key)
    if earlier is not None:
        if not statement.if_not_exists:
            related = ((earlier.span, "first defined here"),) if earlier.span else ()
            state.report(
                error(
                    "duplicate-table",
                    f"table `{key[1]}` is defined twice",
                    state.name_span(statement.name),
                    "rename one of the two, or add IF NOT EXISTS",
                    related,
                )
            )
        return
    columns, parts = _inherited(state, statement)
    selected: dict[str, Column] = {}
    if statement.query is not None:
        inferred, findings = state.view_columns(statement.query, state.source, state.catalog, state.dialect)
        state.findings += findings
        renamed = dict(enumerate(statement.query_columns))
        for number, column in enumerate(inferred):
            name = state.spelled(renamed[number]) if number in renamed else column.name
            selected[name] = replace(column, name=name, nullable=True)
    notes = column_notes(state.source, comments, statement.columns)
    for definition in statement.columns:
        _add_column(state, columns, parts, definition, notes, statement)
    if statement.query is not None:
        columns = {name: column for name, column in columns.items() if name not in selected} | {
            name: columns.get(name, column) for name, column in selected.items()
        }
    for constraint in statement.constraints:
        add_constraint(state, tuple(columns.values()), parts, constraint, key)
    for index in statement.indexes:
        parts.indexes.append(index_of(state, tuple(columns.values()), index, key))
    table = Table(
        key[0],
        key[1],
        _kind(statement),
        tuple(_collated(state, column, statement.collation) for column in columns.values()),
        span=state.name_span(statement.name),
        comment=statement.comment or doc_before(state.source, comments, statement.start),
        source=state.source,
        query=statement.query,
        temporary=statement.temporary,
        strict=statement.strict,
        without_rowid=statement.without_rowid,
        parents=tuple(state.key(parent) for parent in statement.inherits),
        partition_of=state.key(statement.partition_of) if statement.partition_of else None,
        partition_by=statement.partition_by,
        module=statement.module,
        renamed_from=renamed_from(state.source, comments, statement.start),
    )
    state.tables[key] = state.dialect.completed_table(assembled(state, table, parts))


def _collated(state: State, column: Column, collation: str | None) -> Column:
    """A text that does not say how it is compared is compared as its table says."""
    if collation is None or column.collation or state.types.neutral(column.type).kind not in (Kind.STR, Kind.ENUM):
        return column
    return replace(column, collation=collation)


def _kind(statement: CreateTable) -> RelationKind:
    return RelationKind.VIRTUAL_TABLE if statement.module else RelationKind.TABLE


def assembled(state: State, table: Table, parts: Parts) -> Table:
    """The table with its keys and checks, and with the columns that they keep from being NULL."""
    not_null = parts.not_null | set(_refused_nulls(state, table.columns, parts.checks))
    if parts.primary_key is not None and state.dialect.features.primary_keys_not_null:
        not_null |= set(parts.primary_key.columns)
    columns = tuple(replace(column, nullable=False) if column.name in not_null else column for column in table.columns)
    return replace(
        table,
        columns=columns,
        primary_key=parts.primary_key,
        uniques=tuple(parts.uniques),
        foreign_keys=tuple(parts.foreign_keys),
        checks=tuple(parts.checks),
        exclusions=tuple(parts.exclusions),
        indexes=tuple(parts.indexes),
    )


def parts_of(table: Table) -> Parts:
    """The parts of a finished table, to be changed."""
    return Parts(
        table.primary_key,
        list(table.uniques),
        list(table.foreign_keys),
        list(table.checks),
        list(table.exclusions),
        list(table.indexes),
        {column.name for column in table.columns if not column.nullable},
    )


def _refused_nulls(state: State, columns: tuple[Column, ...], checks: list[Check]) -> list[str]:
    """Columns that a CHECK keeps from being NULL, such as `check (x is not null and x > 0)`."""
    names: list[str] = []
    for check in checks:
        condition = check.condition.expression
        conjuncts = condition.operands if isinstance(condition, Logical) and condition.op == "and" else (condition,)
        for conjunct in conjuncts:
            if (
                check.enforced
                and check.validated
                and isinstance(conjunct, Is)
                and conjunct.test == "null"
                and conjunct.negated
                and isinstance(conjunct.operand, ColumnName)
            ):
                column = find_column(state, columns, conjunct.operand.parts[-1])
                names += [column.name] if column else []
    return names


def find_column(state: State, columns: tuple[Column, ...], name: Identifier) -> Column | None:
    folded = state.dialect.names.column_key
    wanted = folded(state.spelled(name))
    return next((column for column in columns if folded(column.name) == wanted), None)


# Columns


def _inherited(state: State, statement: CreateTable) -> tuple[dict[str, Column], Parts]:
    """The columns that INHERITS, PARTITION OF, LIKE and OF bring."""
    columns: dict[str, Column] = {}
    parts = Parts()
    parents: list[ObjectName] = [*statement.inherits]
    if statement.partition_of is not None:
        parents.append(statement.partition_of)
    for name in parents:
        parent = state.find_table(name)
        if parent is None:
            state.unknown("table", name, state.tables)
            continue
        columns |= {column.name: column for column in parent.columns if column.name not in columns}
        parts.checks += parent.checks
        if statement.partition_of is not None:
            parts.primary_key, parts.uniques = parent.primary_key, list(parent.uniques)
            parts.foreign_keys = list(parent.foreign_keys)
    for like in statement.likes:
        _copy_like(state, like, columns, parts, state.key(statement.name))
    if statement.of_type is not None:
        composite = state.composites.get(state.key(statement.of_type))
        if composite is None:
            state.unknown("type", statement.of_type, state.composites)
        else:
            columns |= {column.name: column for column in composite.fields}
    return columns, parts


def _copy_like(state: State, like: LikeTable, columns: dict[str, Column], parts: Parts, key: Key) -> None:
    other = state.find_table(like.table)
    if other is None:
        state.unknown("table", like.table, state.tables)
        return
    for column in other.columns:
        copied = column
        if "defaults" not in like.including:
            copied = replace(copied, default=None)
        if "generated" not in like.including:
            copied = replace(copied, generated=None)
        if "identity" not in like.including:
            copied = replace(copied, made=None)
        if "comments" not in like.including:
            copied = replace(copied, comment=None)
        columns[column.name] = copied
    if "constraints" in like.including:
        parts.checks += other.checks
    if "indexes" in like.including:
        parts.primary_key = replace(other.primary_key, name=None) if other.primary_key is not None else None
        parts.uniques = [replace(unique, name=None) for unique in other.uniques]
        for index in other.indexes:
            taken = [*taken_names(state), *(copy.name for copy in parts.indexes)]
            name = index_name(key[1], index.parts, state.dialect.names, taken)
            parts.indexes.append(replace(index, name=name))


def _add_column(
    state: State,
    columns: dict[str, Column],
    parts: Parts,
    definition: ColumnDefinition,
    notes: ColumnNotes,
    statement: CreateTable,
) -> None:
    name = state.spelled(definition.name)
    existing = columns.get(name)
    if existing is not None and definition.type is None:
        columns[name] = _amended(state, existing, definition)
    elif existing is not None and not (statement.inherits or statement.partition_of):
        _duplicate(state, existing, definition)
        return
    else:
        merged = column_of(state, definition, notes)
        if existing is not None:
            merged = replace(
                merged, nullable=merged.nullable and existing.nullable, default=merged.default or existing.default
            )
        columns[name] = merged
    for constraint in definition.constraints:
        add_constraint(state, tuple(columns.values()), parts, constraint, state.key(statement.name))


def _amended(state: State, existing: Column, definition: ColumnDefinition) -> Column:
    """A column of a parent or a type, with what a partition or a typed table adds to it."""
    default = sql_of(state, definition.default) if definition.default else existing.default
    nullable = existing.nullable and definition.nullable is not False
    return replace(existing, default=default, nullable=nullable)


def _duplicate(state: State, existing: Column, definition: ColumnDefinition) -> None:
    state.report(
        error(
            "duplicate-column",
            f"column `{existing.name}` is defined twice",
            state.span(definition.name),
            "rename or remove one of the two",
            ((existing.span, "first defined here"),),
        )
    )


def column_of(state: State, definition: ColumnDefinition, notes: ColumnNotes | None = None) -> Column:
    """The column that a definition makes."""
    name = state.spelled(definition.name)
    note = notes.get(definition.name.start) if notes else None
    made: Making | None = None
    if definition.identity is not None:
        if definition.identity.auto_increment:
            made = Making.AUTO_INCREMENT
        else:
            made = Making.IDENTITY_ALWAYS if definition.identity.always else Making.IDENTITY_BY_DEFAULT
    sql_type = state.type_of(definition.type) if definition.type else NO_TYPE
    identity = made in (Making.IDENTITY_ALWAYS, Making.IDENTITY_BY_DEFAULT)
    nullable = definition.nullable is not False and not identity and _type_allows_null(state, sql_type)
    return Column(
        name,
        sql_type,
        nullable,
        state.span(definition.name),
        definition.type,
        definition.nullable is False,
        sql_of(state, definition.default) if definition.default else None,
        sql_of(state, definition.generated.expression) if definition.generated else None,
        definition.generated.stored if definition.generated else False,
        made,
        definition.on_update is not None or (note is not None and note.touched),
        definition.on_update is not None,
        definition.collation,
        definition.comment or (note.doc if note else None),
        note.renamed_from if note else None,
        definition.invisible,
    )


def _type_allows_null(state: State, sql_type: SqlType) -> bool:
    domain = state.domains.get(sql_type.key)
    return domain is None or sql_type.array or domain.nullable


def sql_of(state: State, expression: Expression) -> Sql:
    return Sql(state.source, expression)


# Constraints and indexes


def add_constraint(state: State, columns: tuple[Column, ...], parts: Parts, constraint: Constraint, table: Key) -> None:
    """Add what a constraint says to the parts of a table."""
    name = state.spelled(constraint.name) if constraint.name else None
    match constraint.kind:
        case "primary key" | "unique":
            unique = _unique(state, columns, parts, constraint, name, table)
            if unique is None:
                return
            if unique.primary and parts.primary_key is not None:
                span = state.source.span(constraint.start, constraint.end)
                help = "write one PRIMARY KEY (…) with all its columns, or make this one UNIQUE"
                state.report(error("two-primary-keys", "the table has a primary key already", span, help))
            elif unique.primary:
                parts.primary_key = unique
            else:
                parts.uniques.append(unique)
        case "foreign key":
            names = tuple(_key_name(state, columns, part) for part in constraint.columns)
            parts.foreign_keys.append(_foreign_key(state, constraint, names, name))
        case "check" if constraint.expression is not None:
            parts.checks.append(
                Check(sql_of(state, constraint.expression), name, constraint.enforced, constraint.validated)
            )
        case "exclude":
            parts.exclusions.append(name)
        case "not null" if constraint.validated:
            parts.not_null |= {_key_name(state, columns, part) for part in constraint.columns}
        case _:
            pass


def _unique(
    state: State, columns: tuple[Column, ...], parts: Parts, constraint: Constraint, name: str | None, table: Key
) -> UniqueKey | None:
    primary = constraint.kind == "primary key"
    if not constraint.columns:
        wanted = state.spelled(constraint.index) if constraint.index is not None else name
        index = next((index for index in parts.indexes if index.name == wanted), None)
        if index is None:
            return None
        parts.indexes.remove(index)
        names = tuple(part.column for part in index.parts if part.column)
        return UniqueKey(
            names, name, primary, index.include, index.nulls_not_distinct, deferrable=constraint.deferrable
        )
    if not all(_is_whole(part, primary) for part in constraint.columns):
        definition = IndexDefinition(
            constraint.start, constraint.end, constraint.name, (), constraint.columns, unique=True
        )
        parts.indexes.append(index_of(state, columns, definition, table))
        return None
    names = tuple(_key_name(state, columns, part) for part in constraint.columns)
    include = tuple(state.spelled(column) for column in constraint.include)
    key = constraint.columns[0]
    descending = bool(key.descending) and key.start < constraint.start  # written beside the column
    return UniqueKey(
        names, name, primary, include, constraint.nulls_not_distinct, descending, deferrable=constraint.deferrable
    )


def _is_whole(part: IndexColumn, primary: bool) -> bool:
    """Whether a part of a key is a column and not an expression, or the beginning of a text."""
    return _plain_column(part.expression) is not None and (primary or part.prefix is None)


def _plain_column(expression: Expression) -> Identifier | None:
    if isinstance(expression, ColumnName) and len(expression.parts) == 1:
        return expression.parts[0]
    return None


def _key_name(state: State, columns: tuple[Column, ...], part: IndexColumn) -> str:
    """The column a key names; one that does not exist is reported."""
    plain = _plain_column(part.expression)
    if plain is None:
        return ""
    column = find_column(state, columns, plain)
    if column is None:
        names = [column.name for column in columns]
        message = f"column `{state.spelled(plain)}` named in a key does not exist"
        help = nearest_of(state.spelled(plain), names, "columns")
        state.report(error("unknown-column", message, state.span(plain), help))
        return state.spelled(plain)
    return column.name


def _foreign_key(state: State, constraint: Constraint, names: tuple[str, ...], name: str | None) -> ForeignKey:
    target = constraint.references
    assert target is not None
    key = state.key(target.table)
    referred = state.table_of(key)
    if referred is not None:
        key = referred.key
    return ForeignKey(
        names,
        key,
        tuple(state.spelled(column) for column in target.columns),
        name,
        target.on_delete,
        target.on_update,
        target.match,
        target.deferrable,
        state.span(target),
    )


def key_part(state: State, columns: tuple[Column, ...], part: IndexColumn) -> KeyPart:
    """One key of an index."""
    plain = _plain_column(part.expression)
    column = _key_name(state, columns, part) if plain is not None else None
    expression = None if plain is not None else sql_of(state, part.expression)
    return KeyPart(column, expression, bool(part.descending), part.nulls_first, part.operator_class, part.prefix)


def index_of(state: State, columns: tuple[Column, ...], definition: IndexDefinition, table: Key) -> Index:
    """The index that a definition makes, with the name the database gives it when it has none."""
    parts = tuple(key_part(state, columns, part) for part in definition.columns)
    if definition.name is not None:
        name = state.spelled(definition.name)
    else:
        name = index_name(table[1], parts, state.dialect.names, taken_names(state))
    return Index(
        name,
        parts,
        definition.unique,
        definition.method,
        tuple(state.spelled(column) for column in definition.include),
        sql_of(state, definition.where) if definition.where else None,
        definition.nulls_not_distinct,
        state.span(definition),
    )


def taken_names(state: State) -> list[str]:
    """The names that no new index may have."""
    return [name for table in state.tables.values() for name in (table.name, *(index.name for index in table.indexes))]
