"""CREATE of everything but tables, DROP, COMMENT, and the statements of a schema file that define nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..model.ddl import (
    ColumnDefinition,
    Comment,
    Constraint,
    CreateComposite,
    CreateDomain,
    CreateEnum,
    CreateExtension,
    CreateFunction,
    CreateRule,
    CreateSchema,
    CreateSequence,
    CreateTrigger,
    CreateType,
    CreateView,
    Definition,
    Drop,
    FunctionArgument,
    Ignored,
    NotUnderstood,
    ObjectName,
    RenameTables,
)
from ..model.syntax import Expression, Identifier, TypeName
from ..model.tokens import Kind
from .alter import alter
from .columns import column_definition, table_constraint
from .create_table import create_index, create_table, create_virtual_table
from .cursor import Cursor
from .literals import token_value
from .typenames import type_name

_DEFINES_NOTHING: Final = frozenset("""
    abort analyze analyse attach begin call change checkpoint close cluster commit copy deallocate declare delete detach
    discard do end execute explain fetch flush grant handler insert install kill listen load lock merge move notify
    optimize pragma prepare reassign refresh reindex release replace reset revoke rollback savepoint security select set
    show signal start truncate unlisten unlock update use vacuum values with
    """.split())
_CREATES_NOTHING: Final = frozenset("""
    access cast collation conversion database event language operator policy publication role rule server statistics
    subscription tablespace text transform user definer algorithm sql
    """.split())


def definition(c: Cursor) -> Definition:
    """One statement of a schema file."""
    start = c.current.start
    if c.current.kind is not Kind.WORD:
        c.fail_expected("a statement")
    word = c.current.folded
    if word == "create":
        c.advance()
        return _create(c, start)
    if word == "alter":
        c.advance()
        return alter(c, start)
    if word == "drop":
        c.advance()
        return _drop(c, start)
    if word == "comment":
        c.advance()
        return _comment(c, start)
    if word == "rename":
        c.advance()
        return _rename(c, start)
    if c.accept_words("import foreign schema"):
        _skip_rest(c)
        return NotUnderstood(start, c.previous_end, "IMPORT FOREIGN SCHEMA")
    if word not in _DEFINES_NOTHING:
        c.fail(
            f"`{c.current.text}` begins no statement",
            help="a schema holds CREATE, ALTER, DROP and COMMENT statements",
        )
    _skip_rest(c)
    return Ignored(start, c.previous_end, word)


def _skip_rest(c: Cursor) -> None:
    while not c.finished:
        c.advance()


def _create(c: Cursor, start: int) -> Definition:
    or_replace = c.accept_words("or replace")
    _mysql_modifiers(c)
    if c.at_words("virtual table"):
        return create_virtual_table(c, start)
    if _creates(c, "table", ("global", "local", "temporary", "temp", "unlogged", "foreign", "external")):
        return create_table(c, start)
    if _creates(c, "index", ("unique", "fulltext", "spatial")):
        return create_index(c, start)
    if _creates(c, "view", ("temporary", "temp", "materialized", "recursive")):
        return _create_view(c, start, or_replace)
    if _creates(c, "sequence", ("temporary", "temp", "unlogged")):
        while not c.accept_word("sequence"):
            c.advance()
        if_not_exists = c.accept_words("if not exists")
        name = c.qualified_name("a sequence")
        _skip_rest(c)
        return CreateSequence(start, c.previous_end, name, if_not_exists)
    if _creates(c, "trigger", ("temporary", "temp", "constraint")):
        while not c.accept_word("trigger"):
            c.advance()
        return _create_trigger(c, start)
    if c.at_words("rule"):
        return _create_rule(c, start)
    reader = _CREATES.get(c.current.folded)
    if reader is not None:
        kind = c.advance().folded
        return reader(c, start, kind, or_replace)
    words = " ".join(token.text for token in (c.current, c.peek()) if token.kind is Kind.WORD)
    known = c.current.folded in _CREATES_NOTHING
    _skip_rest(c)
    if known:
        return Ignored(start, c.previous_end, f"create {words.lower()}")
    return NotUnderstood(start, c.previous_end, f"CREATE {words}")


def _creates(c: Cursor, kind: str, modifiers: tuple[str, ...]) -> bool:
    ahead = 0
    while c.peek(ahead).folded in modifiers:
        ahead += 1
    return c.peek(ahead).folded == kind and c.peek(ahead).kind is Kind.WORD


def _mysql_modifiers(c: Cursor) -> None:
    """ALGORITHM = …, DEFINER = … and SQL SECURITY …, which mysqldump writes before views, routines and triggers."""
    while True:
        if c.accept_word("algorithm"):
            c.expect_mark("=")
            c.advance()
        elif c.at_word("definer") and c.peek().text == "=":
            c.at += 2
            c.advance()
            if c.current.kind is Kind.VARIABLE:
                c.advance()
            elif c.at_mark("("):
                c.skip_balanced()
        elif c.accept_words("sql security"):
            c.expect_word("definer", "invoker")
        else:
            return


def _create_view(c: Cursor, start: int, or_replace: bool) -> Definition:
    materialized, recursive = False, False
    while not c.accept_word("view"):
        word = c.advance().folded
        materialized, recursive = materialized or word == "materialized", recursive or word == "recursive"
    if_not_exists = c.accept_words("if not exists")
    name = c.qualified_name("a view")
    columns = c.parenthesised(lambda: c.label("a column")) if c.at_mark("(") else ()
    while c.at_word("with", "using", "tablespace") and not c.at_word("as"):
        c.advance()
        c.skip_balanced()
    c.expect_word("as")
    query = c.query()
    if c.accept_word("with"):
        _skip_rest(c)
    return CreateView(start, c.previous_end, name, columns, query, materialized, or_replace, if_not_exists, recursive)


def _create_trigger(c: Cursor, start: int) -> Definition:
    if_not_exists = c.accept_words("if not exists")
    names = c.qualified_name("a trigger")
    timing = "after"
    if c.accept_words("instead of"):
        timing = "instead of"
    elif word := c.accept_word("before", "after"):
        timing = word.folded
    events: list[str] = []
    while word := c.accept_word("insert", "update", "delete", "truncate"):
        events.append(word.folded)
        if c.accept_word("of"):
            c.comma_list(lambda: c.label("a column"))
        c.accept_word("or")
    c.expect_word("on")
    table = c.qualified_name("a table")
    _skip_rest(c)
    return CreateTrigger(start, c.previous_end, names[-1], table, timing, tuple(events), if_not_exists)


def _create_rule(c: Cursor, start: int) -> Definition:
    c.expect_word("rule")
    c.label("a rule")
    c.expect_word("as")
    c.expect_word("on")
    event = c.expect_word("select", "insert", "update", "delete").folded
    c.expect_word("to")
    table = c.qualified_name("a table")
    _skip_rest(c)
    return CreateRule(start, c.previous_end, event, table)


def _create_type(c: Cursor, start: int, kind: str, or_replace: bool) -> Definition:
    name = c.qualified_name("a type")
    if c.accept_words("as enum"):
        c.expect_mark("(")
        labels: list[str] = []
        while not c.at_mark(")"):
            labels.append(_string(c))
            if not c.accept_mark(","):
                break
        c.expect_mark(")")
        return CreateEnum(start, c.previous_end, name, tuple(labels))
    if c.accept_words("as range"):
        subtype = _range_subtype(c)
        return CreateType(start, c.previous_end, name, "range", subtype)
    if c.accept_word("as"):
        c.expect_mark("(")
        fields = () if c.at_mark(")") else c.comma_list(lambda: column_definition(c))
        c.expect_mark(")")
        return CreateComposite(start, c.previous_end, name, fields)
    _skip_rest(c)
    return CreateType(start, c.previous_end, name, "base")


def _range_subtype(c: Cursor) -> TypeName | None:
    subtype: TypeName | None = None
    c.expect_mark("(")
    while not c.at_mark(")") and not c.finished:
        option = c.advance().folded
        c.expect_mark("=")
        if option == "subtype":
            subtype = type_name(c)
        else:
            c.qualified_name("a name")
        c.accept_mark(",")
    c.expect_mark(")")
    return subtype


def _create_domain(c: Cursor, start: int, kind: str, or_replace: bool) -> Definition:
    name = c.qualified_name("a domain")
    c.accept_word("as")
    target = type_name(c)
    nullable = True
    default: Expression | None = None
    checks: list[Constraint] = []
    while not c.finished:
        if c.accept_word("collate"):
            c.qualified_name("a collation")
        elif c.accept_word("default"):
            default = c.expression(c.grammar.binary["is"] + 1)
        elif c.accept_words("not null"):
            nullable = False
        elif c.accept_word("null"):
            nullable = True
        elif isinstance(part := table_constraint(c), Constraint):
            checks.append(part)
            nullable = nullable and part.kind != "not null"
        else:
            c.fail_expected("DEFAULT, NOT NULL or CHECK")
    return CreateDomain(start, c.previous_end, name, target, nullable, default, tuple(checks))


def _create_schema(c: Cursor, start: int, kind: str, or_replace: bool) -> Definition:
    if_not_exists = c.accept_words("if not exists")
    name = c.label("a schema")
    if c.at_word("create"):
        c.fail("statements inside CREATE SCHEMA are not taken in", help="end CREATE SCHEMA with `;` before them")
    _skip_rest(c)
    return CreateSchema(start, c.previous_end, name, if_not_exists)


def _create_extension(c: Cursor, start: int, kind: str, or_replace: bool) -> Definition:
    c.accept_words("if not exists")
    name = c.label("an extension") if c.current.kind is not Kind.STRING else c.identifier()
    _skip_rest(c)
    return CreateExtension(start, c.previous_end, name)


def _create_function(c: Cursor, start: int, kind: str, or_replace: bool) -> Definition:
    c.accept_words("if not exists")
    name = c.qualified_name(f"a {kind}")
    arguments: tuple[FunctionArgument, ...] = ()
    c.expect_mark("(")
    if c.at_mark("*"):
        c.advance()
    elif not c.at_mark(")"):
        arguments = c.comma_list(lambda: _argument(c))
    c.expect_mark(")")
    returns: TypeName | None = None
    returns_set = False
    table: tuple[ColumnDefinition, ...] = ()
    if c.accept_word("returns"):
        if c.accept_word("table"):
            table = c.parenthesised(lambda: column_definition(c))
            returns_set = True
        else:
            returns_set = c.at_word("setof")
            returns = type_name(c)
    strict, language = _function_options(c)
    return CreateFunction(
        start, c.previous_end, name, kind, arguments, returns, returns_set, table, strict, or_replace, language
    )


def _function_options(c: Cursor) -> tuple[bool, str | None]:
    strict, language = False, None
    while not c.finished:
        if c.accept_word("strict") or c.accept_words("returns null on null input"):
            strict = True
        elif c.accept_word("language"):
            language = c.advance().folded.strip("'")
        else:
            c.advance()
    return strict, language


def _argument(c: Cursor) -> FunctionArgument:
    start = c.current.start
    mode = "in"
    if word := c.accept_word("in", "out", "inout", "variadic"):
        mode = word.folded
        if mode == "in" and c.accept_word("out"):
            mode = "inout"
    name: Identifier | None = None
    named = c.attempt(lambda: _named_type(c))
    if named is not None:
        name, target = named
    else:
        target = type_name(c)
    has_default = False
    if c.accept_word("default") or c.accept_mark("=", ":="):
        c.expression()
        has_default = True
    return FunctionArgument(start, c.previous_end, name, target, mode, has_default)


def _named_type(c: Cursor) -> tuple[Identifier, TypeName] | None:
    name = c.label("an argument")
    if c.current.kind not in (Kind.WORD, Kind.QUOTED) or c.at_word("default", "precision", "varying", "with", "array"):
        return None
    return name, type_name(c)


def _create_aggregate(c: Cursor, start: int, kind: str, or_replace: bool) -> Definition:
    name = c.qualified_name("an aggregate")
    c.expect_mark("(")
    arguments: tuple[FunctionArgument, ...] = ()
    if not c.accept_mark("*") and not c.at_mark(")"):
        arguments = c.comma_list(lambda: _argument(c))
    c.expect_mark(")")
    state: TypeName | None = None
    c.expect_mark("(")
    while not c.at_mark(")") and not c.finished:
        option = c.advance().folded
        if option == "stype" and c.accept_mark("="):
            state = type_name(c)
        else:
            while not c.at_mark(",", ")") and not c.finished:
                c.skip_balanced()
        c.accept_mark(",")
    c.expect_mark(")")
    return CreateFunction(start, c.previous_end, name, kind, arguments, state, False, (), False, or_replace)


_CREATES: Final[dict[str, Callable[[Cursor, int, str, bool], Definition]]] = {
    "type": _create_type,
    "domain": _create_domain,
    "schema": _create_schema,
    "extension": _create_extension,
    "function": _create_function,
    "procedure": _create_function,
    "aggregate": _create_aggregate,
}


def _string(c: Cursor) -> str:
    if c.current.kind is not Kind.STRING:
        c.fail_expected("a string")
    return token_value(c, c.advance())


# DROP, COMMENT and RENAME

_DROP_KINDS: Final = (
    "materialized view",
    "foreign table",
    "table",
    "view",
    "index",
    "type",
    "domain",
    "schema",
    "sequence",
    "function",
    "procedure",
    "aggregate",
    "routine",
    "trigger",
    "extension",
)


def _drop(c: Cursor, start: int) -> Definition:
    c.accept_word("temporary")
    kind = next((kind for kind in _DROP_KINDS if c.accept_words(kind)), None)
    if kind is None:
        word = c.current.folded
        _skip_rest(c)
        return Ignored(start, c.previous_end, f"drop {word}")
    c.accept_word("concurrently")
    if_exists = c.accept_words("if exists")
    dropped = c.comma_list(lambda: _dropped(c, kind))
    on_table = c.qualified_name("a table") if c.accept_word("on") else None
    behaviour = c.accept_word("cascade", "restrict")
    cascade = behaviour is not None and behaviour.folded == "cascade"
    _skip_rest(c)
    names = tuple(name for name, _ in dropped)
    arguments = tuple(args for _, args in dropped)
    return Drop(start, c.previous_end, kind, names, if_exists, cascade, arguments, on_table)


def _dropped(c: Cursor, kind: str) -> tuple[ObjectName, tuple[TypeName, ...] | None]:
    name = (c.identifier(),) if c.current.kind is Kind.STRING else c.qualified_name(f"a {kind}")
    if not c.at_mark("("):
        return name, None
    c.advance()
    if c.accept_mark("*"):
        arguments: tuple[FunctionArgument, ...] = ()
    else:
        arguments = () if c.at_mark(")") else c.comma_list(lambda: _argument(c))
    c.expect_mark(")")
    return name, tuple(argument.type for argument in arguments)


def _comment(c: Cursor, start: int) -> Definition:
    c.expect_word("on")
    kind = next((kind for kind in ("materialized view", "foreign table") if c.accept_words(kind)), None)
    kind = kind or c.advance().folded
    if kind in ("cast", "operator", "constraint", "trigger", "policy", "rule", "text", "access", "foreign", "event"):
        _skip_rest(c)
        return Ignored(start, c.previous_end, f"comment on {kind}")
    name = c.qualified_name(f"a {kind}")
    if c.at_mark("("):
        c.skip_balanced()
    c.expect_word("is")
    text = None if c.accept_word("null") else _string(c)
    return Comment(start, c.previous_end, kind, name, text)


def _rename(c: Cursor, start: int) -> Definition:
    """MySQL's RENAME TABLE a TO b, c TO d."""
    if not c.accept_word("table", "tables"):
        _skip_rest(c)
        return Ignored(start, c.previous_end, "rename")
    c.accept_words("if exists")
    pairs = c.comma_list(lambda: _renamed_table(c))
    return RenameTables(start, c.previous_end, pairs)


def _renamed_table(c: Cursor) -> tuple[ObjectName, ObjectName]:
    name = c.qualified_name("a table")
    if c.accept_word("wait"):
        c.expect_number()
    c.accept_word("nowait")
    c.expect_word("to")
    return name, c.qualified_name("a table")
