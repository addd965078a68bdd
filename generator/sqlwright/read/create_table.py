"""CREATE TABLE in all its forms, virtual tables and CREATE INDEX included."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..model.ddl import (
    ColumnDefinition,
    Constraint,
    CreateIndex,
    CreateTable,
    Definition,
    IndexDefinition,
    LikeTable,
    ObjectName,
)
from ..model.syntax import Identifier, Query
from ..model.tokens import Kind
from .columns import column_body, column_definition, index_columns, table_constraint
from .cursor import Cursor
from .literals import token_value

_LIKE_OPTIONS: Final = ("comments", "constraints", "defaults", "generated", "identity", "indexes")
"""What LIKE … INCLUDING ALL copies that a catalog can tell."""


def create_table(c: Cursor, start: int) -> Definition:
    """CREATE TABLE; the words before TABLE have been read up to TEMPORARY, UNLOGGED and the like."""
    temporary = False
    while word := c.accept_word("global", "local", "temporary", "temp", "unlogged", "foreign", "external"):
        temporary = temporary or word.folded in ("temporary", "temp")
    c.expect_word("table")
    if_not_exists = c.accept_words("if not exists")
    name = c.qualified_name("a table")
    table = CreateTable(start, start, name, (), if_not_exists=if_not_exists, temporary=temporary)
    if c.accept_words("partition of"):
        table = replace(table, partition_of=c.qualified_name("a table"))
        if c.at_mark("("):
            table = _parts(c, table)
        _partition_bound(c)
    elif c.at_word("of") and c.peek().kind in (Kind.WORD, Kind.QUOTED):
        c.advance()
        table = replace(table, of_type=c.qualified_name("a type"))
        if c.at_mark("("):
            table = _parts(c, table)
    elif c.accept_word("like"):
        place = c.previous_end
        other = LikeTable(place, c.current.end, c.qualified_name("a table"), _LIKE_OPTIONS)
        return replace(table, likes=(other,), end=c.previous_end)
    elif c.at_mark("(") and not c.starts_query():
        table = _parts(c, table)
    table = _options(c, table)
    if c.at_word("as") or c.starts_query():
        c.accept_word("as")
        table = replace(table, query=_source_query(c))
        if c.accept_word("with"):
            c.accept_word("no")
            c.expect_word("data")
    return replace(table, end=c.previous_end)


def _source_query(c: Cursor) -> Query:
    if c.at_mark("(") and not c.starts_query():
        c.fail_expected("a query")
    return c.query()


def _parts(c: Cursor, table: CreateTable) -> CreateTable:
    """The parenthesised columns, constraints, indexes and LIKE clauses."""
    columns: list[ColumnDefinition] = []
    constraints: list[Constraint] = []
    indexes: list[IndexDefinition] = []
    likes: list[LikeTable] = []
    c.expect_mark("(")
    while not c.at_mark(")"):
        if c.at_word("like") and c.peek().kind in (Kind.WORD, Kind.QUOTED):
            likes.append(_like(c))
        elif (part := table_constraint(c)) is None:
            columns.append(_column(c, table))
        elif isinstance(part, IndexDefinition):
            indexes.append(part)
        else:
            constraints.append(part)
        if not c.accept_mark(","):
            break
        if c.at_mark(")", ","):
            c.fail(
                f"expected a column or a constraint after the comma, found {c.found()}",
                help="remove the comma",
            )
    if not c.at_mark(")"):
        c.fail_expected("`,` or `)`")
    c.advance()
    typed_elsewhere = c.grammar.free_type_names or table.partition_of is not None or table.of_type is not None
    if columns and not typed_elsewhere and all(column.type is None for column in columns):
        listed = tuple(column.name for column in columns)
        return replace(table, query_columns=listed)
    return replace(
        table,
        columns=tuple(columns),
        constraints=(*table.constraints, *constraints),
        indexes=tuple(indexes),
        likes=tuple(likes),
    )


def _column(c: Cursor, table: CreateTable) -> ColumnDefinition:
    """A column; under PARTITION OF and OF its type is not repeated, and in CREATE TABLE … AS neither."""
    if c.grammar.free_type_names or (
        table.partition_of is None and table.of_type is None and c.peek().text not in ",)"
    ):
        return column_definition(c)
    start = c.current.start
    name = c.label("a column")
    c.accept_words("with options")
    if c.at_mark(",", ")"):
        return ColumnDefinition(start, c.previous_end, name, None)
    return column_body(c, start, name, typed=False)


def _like(c: Cursor) -> LikeTable:
    start = c.advance().start
    table = c.qualified_name("a table")
    including: list[str] = []
    while word := c.accept_word("including", "excluding"):
        option = c.advance().folded
        if word.folded == "including":
            including += _LIKE_OPTIONS if option == "all" else (option,)
        else:
            including = [] if option == "all" else [other for other in including if other != option]
    return LikeTable(start, c.previous_end, table, tuple(including))


def _partition_bound(c: Cursor) -> None:
    if c.accept_word("default"):
        return
    c.expect_words("for values")
    while not c.finished and not c.at_word("partition", "with", "tablespace", "using"):
        c.skip_balanced()


def _options(c: Cursor, table: CreateTable) -> CreateTable:
    """What stands behind the columns, up to AS or the end."""
    while not c.finished and not c.at_word("as", "select") and not c.starts_query():
        if c.accept_word("inherits"):
            table = replace(table, inherits=c.parenthesised(lambda: c.qualified_name("a table")))
        elif c.at_words("partition by"):
            begin = c.current.start
            c.at += 2
            while not c.finished and not c.at_word("with", "tablespace", "using", "as"):
                c.skip_balanced()
            table = replace(table, partition_by=c.source.text[begin : c.previous_end])
        elif c.accept_words("without rowid"):
            table = replace(table, without_rowid=True)
        elif c.at_word("strict") and c.grammar.free_type_names:
            c.advance()
            table = replace(table, strict=True)
        elif c.accept_word("comment"):
            c.accept_mark("=")
            if c.current.kind is not Kind.STRING:
                c.fail_expected("a string")
            table = replace(table, comment=token_value(c, c.advance()))
        elif c.accept_word("collate"):
            c.accept_mark("=")
            table = replace(table, collation=c.label("a collation").text)
        elif c.accept_mark(","):
            continue
        elif c.grammar.free_type_names:
            c.fail_expected("STRICT, WITHOUT ROWID or the end of the statement")
        else:
            c.skip_balanced()
    return table


def create_virtual_table(c: Cursor, start: int) -> Definition:
    """SQLite's CREATE VIRTUAL TABLE; the arguments that name columns become columns without a type."""
    c.expect_words("virtual table")
    if_not_exists = c.accept_words("if not exists")
    name = c.qualified_name("a table")
    c.expect_word("using")
    module = c.name("a module").text.lower()
    columns: list[ColumnDefinition] = []
    if c.accept_mark("("):
        while not c.at_mark(")") and not c.finished:
            place = c.current.start
            if c.current.kind in (Kind.WORD, Kind.QUOTED, Kind.STRING) and c.peek().text != "=":
                token = c.advance()
                text = token_value(c, token) if token.kind is Kind.STRING else token.text.strip('"`[]')
                column = Identifier(token.start, token.end, text, token.kind is not Kind.WORD)
                columns.append(ColumnDefinition(place, token.end, column, None))
            while not c.at_mark(",", ")") and not c.finished:
                c.skip_balanced()
            if not c.accept_mark(","):
                break
        c.expect_mark(")")
    return CreateTable(start, c.previous_end, name, tuple(columns), if_not_exists=if_not_exists, module=module)


def create_index(c: Cursor, start: int) -> Definition:
    """CREATE [UNIQUE] INDEX."""
    unique = c.accept_word("unique") is not None
    kind = c.accept_word("fulltext", "spatial")
    c.expect_word("index")
    c.accept_word("concurrently")
    if_not_exists = c.accept_words("if not exists")
    name: ObjectName | None = None
    if not c.at_word("on"):
        name = c.qualified_name("an index")
    method = kind.folded if kind else None
    if c.at_word("using") and not c.at_word("on"):
        c.advance()
        method = c.advance().folded
    c.expect_word("on")
    c.accept_word("only")
    table = c.qualified_name("a table")
    if c.accept_word("using"):
        method = c.label("an index method").text.lower()
    keys = index_columns(c)
    include: tuple[Identifier, ...] = ()
    not_distinct = False
    where = None
    while not c.finished:
        if c.accept_word("include"):
            include = c.parenthesised(lambda: c.label("a column"))
        elif c.accept_words("nulls not distinct"):
            not_distinct = True
        elif c.accept_word("where"):
            where = c.expression()
        else:
            c.skip_balanced()
    index = IndexDefinition(
        start,
        c.previous_end,
        name[-1] if name else None,
        table,
        keys,
        unique,
        method,
        include,
        where,
        not_distinct,
    )
    return CreateIndex(start, c.previous_end, index, if_not_exists)
