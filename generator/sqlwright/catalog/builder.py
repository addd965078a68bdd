"""Definitions in order to a Catalog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ..diagnostics import Diagnostic, error, nearest_of, warning
from ..dialects.base import Dialect
from ..model.catalog import (
    Argument,
    Catalog,
    CompositeType,
    EnumType,
    ForeignKey,
    Function,
    Key,
    RangeType,
    RelationKind,
    Table,
    Trigger,
)
from ..model.ddl import (
    AddColumn,
    AlterColumn,
    AlterComposite,
    AlterDomain,
    AlterEnum,
    AlterTable,
    Comment,
    CreateComposite,
    CreateDomain,
    CreateEnum,
    CreateExtension,
    CreateFunction,
    CreateIndex,
    CreateRule,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateType,
    CreateView,
    Definition,
    Drop,
    DropColumn,
    Ignored,
    NotUnderstood,
    ObjectName,
    RenameColumn,
    RenameObject,
    RenameTables,
)
from ..model.schema import SchemaStatement
from ..model.syntax import Cte, Query, TableName, TableQuery, With
from ..model.values import value
from .alterations import alter_table
from .domains import alter_domain, create_domain
from .drops import drop
from .enums import name_enums
from .notes import doc_before
from .state import State, ViewColumns
from .tables import column_of, create_table, index_of

_UNLISTED: Final = frozenset(("operator", "cast"))
"""Definitions that are not taken in, and decide what expressions are valid."""


@value
class BuiltCatalog:
    """The catalog that a schema describes, and what could not be taken into it."""

    catalog: Catalog
    diagnostics: tuple[Diagnostic, ...]
    statements: tuple[SchemaStatement, ...] = ()
    """What the catalog was built from, in order."""


def build_catalog(statements: Iterable[SchemaStatement], dialect: Dialect, view_columns: ViewColumns) -> BuiltCatalog:
    """Apply the statements of a schema in order.

    `view_columns` infers the columns of a view's query. What cannot be taken in is a located warning; what contradicts
    an earlier statement (a second table of one name, a column that does not exist) is an error.
    """
    state = State(dialect, view_columns)
    taken = tuple(statements)
    for statement in taken:
        state.source = statement.source
        _apply(state, statement)
    _check_foreign_keys(state)
    name_enums(state)
    return BuiltCatalog(state.frozen(), tuple(state.findings), taken)


def _apply(state: State, statement: SchemaStatement) -> None:
    match statement.definition:
        case CreateTable() as definition:
            create_table(state, definition, statement.comments)
        case AlterTable() as definition:
            alter_table(state, definition)
        case CreateIndex() as definition:
            _create_index(state, definition)
        case CreateView() as definition:
            _create_view(state, definition, statement)
        case CreateEnum() as definition:
            key = state.key(definition.name)
            if not _taken(state, key, definition.name):
                doc = doc_before(statement.source, statement.comments, statement.start)
                span = state.name_span(definition.name)
                state.enums[key] = EnumType(key[0], key[1], definition.labels, doc, span)
        case AlterEnum() as definition:
            _alter_enum(state, definition)
        case CreateDomain() as definition:
            _create_domain(state, definition)
        case AlterDomain() as definition:
            alter_domain(state, definition)
        case CreateComposite() as definition:
            key = state.key(definition.name)
            if not _taken(state, key, definition.name):
                fields = tuple(column_of(state, field) for field in definition.fields)
                state.composites[key] = CompositeType(key[0], key[1], fields)
        case AlterComposite() as definition:
            _alter_composite(state, definition)
        case CreateType() as definition:
            key = state.key(definition.name)
            subtype = state.type_of(definition.subtype) if definition.subtype else None
            state.ranges[key] = RangeType(key[0], key[1], subtype)
        case CreateFunction() as definition:
            _create_function(state, definition)
        case CreateTrigger() as definition:
            _create_trigger(state, definition)
        case CreateRule() as definition:
            _create_rule(state, definition)
        case CreateSchema() as definition:
            state.schemas.setdefault(state.spelled(definition.name), None)
        case CreateSequence() as definition:
            state.sequences[state.key(definition.name)] = None
        case CreateExtension() as definition:
            if definition.name.text not in state.extensions:
                state.extensions.append(definition.name.text)
                state.refresh()
        case Drop() as definition:
            drop(state, definition)
        case Comment() as definition:
            _comment(state, definition)
        case RenameObject() as definition:
            _rename(state, definition)
        case RenameTables(pairs=pairs):
            for name, new_name in pairs:
                _rename_table(state, name, state.key(new_name))
        case Ignored(keyword=keyword):
            made = keyword.removeprefix("create ").split()[0] if keyword.startswith("create ") else ""
            if made in _UNLISTED and made not in state.unlisted:
                state.unlisted.add(made)
                state.refresh()
        case NotUnderstood() as definition:
            _not_understood(state, definition)
        case Definition():
            pass


def _not_understood(state: State, definition: NotUnderstood) -> None:
    span = state.source.span(definition.start, definition.start + len(definition.words))
    state.report(
        warning(
            "not-understood",
            f"{definition.words} is not taken into the catalog",
            span,
            "queries that depend on it are checked by the server only",
        )
    )


def _taken(state: State, key: Key, name: ObjectName) -> bool:
    """Whether a type of this name exists already, which is reported."""
    if not state.is_type(key):
        return False
    span = state.name_span(name)
    state.report(error("duplicate-type", f"type `{key[1]}` is defined twice", span, "rename one of the two"))
    return True


# Indexes, views and triggers


def _create_index(state: State, statement: CreateIndex) -> None:
    table = state.find_table(statement.index.table)
    if table is None:
        state.unknown("table", statement.index.table, state.tables)
        return
    index = index_of(state, table.columns, statement.index, table.key)
    same = [other for other in table.indexes if other.name == index.name]
    if same and statement.index.name is not None:
        if not statement.if_not_exists:
            message = f"index `{index.name}` is defined twice"
            state.report(error("duplicate-index", message, state.span(statement.index.name), "rename one of the two"))
        return
    state.tables[table.key] = replace(table, indexes=(*table.indexes, index))


def _create_view(state: State, statement: CreateView, text: SchemaStatement) -> None:
    key = state.key(statement.name)
    earlier = state.table_of(key)
    if earlier is not None and not statement.or_replace:
        if not statement.if_not_exists:
            related = ((earlier.span, "first defined here"),) if earlier.span else ()
            state.report(
                error(
                    "duplicate-table",
                    f"`{key[1]}` is defined twice",
                    state.name_span(statement.name),
                    "rename one of the two, or use CREATE OR REPLACE VIEW",
                    related,
                )
            )
        return
    if earlier is not None:
        del state.tables[earlier.key]
    query = _recursive(statement) if statement.recursive else statement.query
    columns, findings = state.view_columns(query, state.source, state.catalog, state.dialect)
    state.findings += findings
    if statement.columns:
        names = [state.spelled(name) for name in statement.columns]
        columns = tuple(
            replace(column, name=names[number]) if number < len(names) else column
            for number, column in enumerate(columns)
        )
    kind = RelationKind.MATERIALIZED_VIEW if statement.materialized else RelationKind.VIEW
    state.tables[key] = Table(
        key[0],
        key[1],
        kind,
        columns,
        span=state.name_span(statement.name),
        comment=doc_before(text.source, text.comments, text.start),
        query=statement.query,
        source=state.source,
        recursive=statement.recursive,
    )


def _recursive(statement: CreateView) -> Query:
    """`create recursive view v (a) as q` means `with recursive v (a) as (q) select * from v`."""
    query, name = statement.query, statement.name[-1]
    start, end = query.start, query.end
    with_ = With(start, end, True, (Cte(start, end, name, statement.columns, query),))
    return TableQuery(start, end, with_, TableName(start, end, (name,)))


def _create_rule(state: State, statement: CreateRule) -> None:
    table = state.find_table(statement.table)
    if table is None:
        state.unknown("table", statement.table, state.tables)
        return
    state.tables[table.key] = replace(table, rules=table.rules | {statement.event})


def _create_trigger(state: State, statement: CreateTrigger) -> None:
    table = state.find_table(statement.table)
    if table is None:
        state.unknown("table", statement.table, state.tables)
        return
    trigger = Trigger(state.spelled(statement.name), statement.timing, statement.events)
    state.tables[table.key] = replace(table, triggers=(*table.triggers, trigger))


# Types


def _alter_enum(state: State, statement: AlterEnum) -> None:
    found = state.enums.get(state.key(statement.name))
    if found is None:
        state.unknown("type", statement.name, state.enums)
        return
    labels = list(found.labels)
    if statement.rename is not None:
        old, new = statement.rename
        labels = [new if label == old else label for label in labels]
    elif statement.add is not None and statement.add not in labels:
        at = len(labels)
        if statement.before in labels:
            at = labels.index(statement.before)
        elif statement.after in labels:
            at = labels.index(statement.after) + 1
        labels.insert(at, statement.add)
    state.enums[(found.schema, found.name)] = replace(found, labels=tuple(labels))


def _create_domain(state: State, statement: CreateDomain) -> None:
    key = state.key(statement.name)
    if not _taken(state, key, statement.name):
        create_domain(state, key, statement)


def _alter_composite(state: State, statement: AlterComposite) -> None:
    key = state.key(statement.name)
    found = state.composites.get(key)
    if found is None:
        state.unknown("type", statement.name, state.composites)
        return
    fields = list(found.fields)
    for action in statement.actions:
        match action:
            case AddColumn():
                fields.append(column_of(state, action.column))
            case DropColumn():
                fields = [field for field in fields if field.name != state.spelled(action.name)]
            case RenameColumn():
                old, new = state.spelled(action.name), state.spelled(action.new_name)
                fields = [replace(field, name=new) if field.name == old else field for field in fields]
            case AlterColumn() if action.type is not None:
                name, changed = state.spelled(action.name), state.type_of(action.type)
                fields = [replace(field, type=changed) if field.name == name else field for field in fields]
            case _:
                pass
    state.composites[key] = replace(found, fields=tuple(fields))


# Functions


def _create_function(state: State, statement: CreateFunction) -> None:
    key = state.key(statement.name)
    arguments = tuple(
        Argument(
            state.spelled(argument.name) if argument.name else None,
            state.type_of(argument.type),
            argument.mode,
            argument.has_default,
        )
        for argument in statement.arguments
    )
    columns = tuple(column_of(state, column) for column in statement.table)
    returns = state.type_of(statement.returns) if statement.returns else None
    function = Function(
        key[0], key[1], statement.kind, arguments, returns, statement.returns_set, columns, statement.strict
    )
    others = tuple(
        other
        for other in state.functions.get(key, ())
        if [argument.type for argument in other.arguments] != [argument.type for argument in arguments]
    )
    state.functions[key] = (*others, function)


# Comments and names


def _comment(state: State, statement: Comment) -> None:
    key = state.key(statement.name)
    match statement.kind:
        case "column":
            owner, name = statement.name[:-1], statement.name[-1]
            table = state.find_table(owner) if owner else None
            column = state.find_column(table, name) if table else None
            if table is None:
                state.unknown("table", owner or statement.name, state.tables)
            elif column is None:
                state.unknown_column(table, name)
            else:
                columns = tuple(
                    replace(other, comment=statement.text) if other is column else other for other in table.columns
                )
                state.tables[table.key] = replace(table, columns=columns)
        case "table" | "view" | "materialized view" | "foreign table":
            table = state.find_table(statement.name)
            if table is None:
                state.unknown("table", statement.name, state.tables)
            else:
                state.tables[table.key] = replace(table, comment=statement.text)
        case "type" if key in state.enums:
            state.enums[key] = replace(state.enums[key], comment=statement.text)
        case "type" if key in state.composites:
            state.composites[key] = replace(state.composites[key], comment=statement.text)
        case "domain" if key in state.domains:
            state.domains[key] = replace(state.domains[key], comment=statement.text)
        case "schema":
            state.schemas[state.spelled(statement.name[-1])] = statement.text
        case _:
            pass


def _rename(state: State, statement: RenameObject) -> None:
    old = state.key(statement.name)
    new = old
    if statement.new_name is not None:
        new = (old[0], state.spelled(statement.new_name))
    if statement.new_schema is not None:
        new = (state.spelled(statement.new_schema), new[1])
    match statement.kind:
        case "table":
            _rename_table(state, statement.name, new)
        case "type" | "domain":
            if state.is_type(old):
                state.rename_type(old, new)
            elif not statement.if_exists:
                state.unknown("type", statement.name, [*state.enums, *state.domains, *state.composites])
        case "index":
            for table in list(state.tables.values()):
                indexes = tuple(
                    replace(index, name=new[1]) if index.name == old[1] else index for index in table.indexes
                )
                if indexes != table.indexes:
                    state.tables[table.key] = replace(table, indexes=indexes)
        case "function" | "procedure" | "aggregate" if old in state.functions:
            moved = state.functions.pop(old)
            state.functions[new] = tuple(replace(function, schema=new[0], name=new[1]) for function in moved)
        case "sequence" if old in state.sequences:
            del state.sequences[old]
            state.sequences[new] = None
        case "schema":
            state.rename_schema(old[1], new[1])
        case _:
            pass


def _rename_table(state: State, name: ObjectName, new: Key) -> None:
    table = state.find_table(name)
    if table is None:
        state.unknown("table", name, state.tables)
    else:
        state.rename_table(table, new)


def _check_foreign_keys(state: State) -> None:
    """Foreign keys may point forward in a file, so that they are looked at when all tables are known."""
    strict = state.dialect.features.foreign_keys_checked_at_definition
    for table in list(state.tables.values()):
        for foreign in table.foreign_keys:
            target = state.table_of(foreign.table)
            if target is None:
                make = error if strict else warning
                state.report(
                    make(
                        "unknown-table",
                        f"table `{foreign.table[1]}`, which a foreign key of `{table.name}` refers to, does not exist",
                        foreign.span,
                        "define it, or correct its name",
                    )
                )
                continue
            if strict:
                _check_references(state, foreign, target)
            keys = tuple(
                _pointed(state, key, target) if key is foreign else key for key in state.tables[table.key].foreign_keys
            )
            state.tables[table.key] = replace(state.tables[table.key], foreign_keys=keys)


def _check_references(state: State, foreign: ForeignKey, target: Table) -> None:
    """A foreign key refers to columns that there are."""
    folded = state.dialect.names.column_key
    known = {folded(column.name) for column in target.columns}
    for name in foreign.references:
        if folded(name) not in known:
            message = f"column `{name}`, which a foreign key refers to, does not exist in `{target.name}`"
            help = nearest_of(name, [column.name for column in target.columns], "columns")
            state.report(error("unknown-column", message, foreign.span, help))


def _pointed(state: State, foreign: ForeignKey, target: Table) -> ForeignKey:
    """A foreign key with its table and columns named as they are spelled where they are defined."""
    folded = state.dialect.names.column_key
    spelled = {folded(column.name): column.name for column in target.columns}
    references = tuple(spelled.get(folded(name), name) for name in foreign.references)
    if not references and target.primary_key is not None:
        references = target.primary_key.columns
    return replace(foreign, table=target.key, references=references)
