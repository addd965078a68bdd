"""ALTER TABLE and its actions, and ALTER of everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ..model.ddl import (
    AddColumn,
    AddConstraint,
    AddIndex,
    AlterAction,
    AlterColumn,
    AlterComposite,
    AlterDomain,
    AlterEnum,
    AlterTable,
    AttachPartition,
    ChangeColumn,
    Constraint,
    Definition,
    DropColumn,
    DropConstraint,
    Identity,
    Ignored,
    IndexDefinition,
    Inherit,
    ObjectName,
    OtherAction,
    RenameColumn,
    RenameConstraint,
    RenameObject,
    RenameTable,
    SetTableComment,
    SetTableSchema,
    ValidateConstraint,
)
from ..model.syntax import Identifier
from ..model.tokens import Kind
from .columns import column_definition, table_constraint
from .cursor import Cursor
from .literals import token_value
from .typenames import type_name


def alter(c: Cursor, start: int) -> Definition:
    """Any ALTER statement; its first word has been read."""
    if c.at_word("ignore", "online"):
        c.advance()
    for kind in ("materialized view", "foreign table", "table", "view", "index"):
        if c.accept_words(kind):
            return _alter_table(c, start, kind)
    reader = _ALTERS.get(c.current.folded)
    if reader is not None:
        c.advance()
        return reader(c, start)
    word = c.current.folded
    _skip_rest(c)
    return Ignored(start, c.previous_end, f"alter {word}")


def _skip_rest(c: Cursor) -> None:
    while not c.finished:
        c.advance()


def _alter_table(c: Cursor, start: int, kind: str) -> Definition:
    if_exists = c.accept_words("if exists")
    only = c.accept_word("only") is not None
    name = c.qualified_name(f"a {kind}")
    c.accept_mark("*")
    if kind == "index" or c.at_words("as select"):
        return _alter_index(c, start, name, if_exists)
    actions = _actions(c)
    while c.accept_mark(","):
        actions += _actions(c)
    return AlterTable(start, c.previous_end, kind, name, tuple(actions), if_exists, only)


def _alter_index(c: Cursor, start: int, name: ObjectName, if_exists: bool) -> Definition:
    if c.accept_words("rename to"):
        new_name = c.label("an index")
        return RenameObject(start, c.previous_end, "index", name, new_name, None, if_exists)
    _skip_rest(c)
    return Ignored(start, c.previous_end, "alter index")


def _actions(c: Cursor) -> list[AlterAction]:
    """One action, or the columns of MySQL's ADD (a int, b int)."""
    if c.at_word("add") and (c.peek().text == "(" or (c.peek().folded == "column" and c.peek(2).text == "(")):
        start = c.advance().start
        c.accept_word("column")
        columns = c.parenthesised(lambda: column_definition(c))
        return [AddColumn(start, c.previous_end, column) for column in columns]
    return [_action(c)]


def _action(c: Cursor) -> AlterAction:
    reader = _ACTIONS.get(c.current.folded) if c.current.kind is Kind.WORD else None
    found = reader(c) if reader is not None else None
    return found if found is not None else _other_action(c)


def _other_action(c: Cursor) -> AlterAction:
    start = c.current.start
    if c.finished:
        c.fail_expected("an action such as ADD COLUMN")
    while not c.finished and not c.at_mark(","):
        c.skip_balanced()
    return OtherAction(start, c.previous_end, c.source.text[start : c.previous_end])


def _add(c: Cursor) -> AlterAction | None:
    start = c.advance().start
    if c.at_word("partition"):
        c.at -= 1
        return None
    if not c.at_word("column"):
        part = table_constraint(c)
        if isinstance(part, Constraint):
            validated = _accept_validity(c) and part.validated
            return AddConstraint(start, c.previous_end, replace(part, validated=validated))
        if isinstance(part, IndexDefinition):
            return AddIndex(start, c.previous_end, part)
    c.accept_word("column")
    if_not_exists = c.accept_words("if not exists")
    column = column_definition(c)
    first = c.accept_word("first") is not None
    after = c.label("a column") if c.accept_word("after") else None
    return AddColumn(start, c.previous_end, column, if_not_exists, first, after)


def _accept_validity(c: Cursor) -> bool:
    """Whether rows that are there already are checked: NOT VALID does not stand here."""
    validated = True
    while True:
        if c.accept_words("not valid"):
            validated = False
        elif not (c.accept_words("not deferrable") or c.accept_word("deferrable")):
            break
    if c.accept_word("initially"):
        c.expect_word("deferred", "immediate")
    return validated


def _validate(c: Cursor) -> AlterAction | None:
    start = c.advance().start
    if not c.accept_word("constraint"):
        c.at -= 1
        return None
    name = c.label("a constraint")
    return ValidateConstraint(start, c.previous_end, name)


def _drop(c: Cursor) -> AlterAction | None:
    start = c.advance().start
    for kind in ("primary key", "foreign key", "constraint", "check", "index", "key"):
        if c.at_words(kind) and not (kind == "key" and c.peek().text in (",", ";")):
            c.at += len(kind.split())
            if_exists = c.accept_words("if exists")
            name = None if kind == "primary key" else c.label("a constraint")
            cascade = _cascade(c)
            shown = "index" if kind == "key" else kind
            return DropConstraint(start, c.previous_end, shown, name, if_exists, cascade)
    if c.at_word("partition"):
        c.at -= 1
        return None
    c.accept_word("column")
    if_exists = c.accept_words("if exists")
    name = c.label("a column")
    return DropColumn(start, c.previous_end, name, if_exists, _cascade(c))


def _cascade(c: Cursor) -> bool:
    word = c.accept_word("cascade", "restrict")
    return word is not None and word.folded == "cascade"


def _alter_column(c: Cursor) -> AlterAction | None:
    start = c.advance().start
    if c.at_word("constraint", "index", "check"):
        c.at -= 1
        return None
    c.accept_word("column")
    name = c.label("a column")
    if c.accept_words("set data type") or c.accept_word("type"):
        target = type_name(c)
        if c.accept_word("collate"):
            c.qualified_name("a collation")
        if c.accept_word("using"):
            c.expression()
        return AlterColumn(start, c.previous_end, name, "type", target)
    if c.accept_words("set default"):
        default = c.expression()
        return AlterColumn(start, c.previous_end, name, "set default", default=default)
    for action in ("drop default", "set not null", "drop not null", "drop identity", "drop expression"):
        if c.accept_words(action):
            c.accept_words("if exists")
            return AlterColumn(start, c.previous_end, name, action)
    if c.accept_words("add generated"):
        always = c.accept_word("always") is not None
        if not always:
            c.expect_words("by default")
        c.expect_words("as identity")
        if c.at_mark("("):
            c.skip_balanced()
        identity = Identity(start, c.previous_end, always)
        return AlterColumn(start, c.previous_end, name, "add identity", identity=identity)
    while not c.finished and not c.at_mark(","):
        c.skip_balanced()
    return AlterColumn(start, c.previous_end, name, "other")


def _modify(c: Cursor) -> AlterAction:
    start = c.advance().start
    c.accept_word("column")
    c.accept_words("if exists")
    name = c.label("a column")
    c.at -= 1
    return _changed(c, start, name)


def _change(c: Cursor) -> AlterAction:
    start = c.advance().start
    c.accept_word("column")
    c.accept_words("if exists")
    name = c.label("a column")
    return _changed(c, start, name)


def _changed(c: Cursor, start: int, name: Identifier) -> AlterAction:
    column = column_definition(c)
    first = c.accept_word("first") is not None
    after = c.label("a column") if c.accept_word("after") else None
    return ChangeColumn(start, c.previous_end, name, column, first, after)


def _rename(c: Cursor) -> AlterAction:
    start = c.advance().start
    if c.accept_word("to", "as"):
        new_name = c.qualified_name("a table")
        return RenameTable(start, c.previous_end, new_name)
    if word := c.accept_word("constraint", "index", "key"):
        old = c.label("a constraint")
        c.expect_word("to")
        new = c.label("a constraint")
        kind = "constraint" if word.folded == "constraint" else "index"
        return RenameConstraint(start, c.previous_end, kind, old, new)
    c.accept_word("column")
    c.accept_words("if exists")
    old = c.label("a column")
    if not c.at_word("to"):
        # MySQL: RENAME new_name, the TO left out.
        return RenameTable(start, c.previous_end, (old,))
    c.advance()
    new = c.label("a column")
    return RenameColumn(start, c.previous_end, old, new)


def _set(c: Cursor) -> AlterAction | None:
    if c.peek().folded != "schema":
        return None
    start = c.current.start
    c.at += 2
    schema = c.label("a schema")
    return SetTableSchema(start, c.previous_end, schema)


def _attach(c: Cursor) -> AlterAction:
    word = c.advance()
    c.expect_word("partition")
    partition = c.qualified_name("a table")
    while not c.finished and not c.at_mark(","):
        c.skip_balanced()
    return AttachPartition(word.start, c.previous_end, partition, word.folded == "attach")


def _inherit(c: Cursor) -> AlterAction | None:
    if c.at_word("no") and c.peek().folded != "inherit":
        return None
    start = c.current.start
    inherits = c.accept_word("no") is None
    c.expect_word("inherit")
    parent = c.qualified_name("a table")
    return Inherit(start, c.previous_end, parent, inherits)


def _comment(c: Cursor) -> AlterAction | None:
    start = c.advance().start
    c.accept_mark("=")
    if c.current.kind is not Kind.STRING:
        c.fail_expected("a string")
    text = token_value(c, c.advance())
    return SetTableComment(start, c.previous_end, text)


_ACTIONS: Final[dict[str, Callable[[Cursor], AlterAction | None]]] = {
    "add": _add,
    "drop": _drop,
    "alter": _alter_column,
    "modify": _modify,
    "change": _change,
    "rename": _rename,
    "set": _set,
    "attach": _attach,
    "detach": _attach,
    "inherit": _inherit,
    "no": _inherit,
    "comment": _comment,
    "validate": _validate,
}


# ALTER of things that are no tables


def _alter_type(c: Cursor, start: int) -> Definition:
    name = c.qualified_name("a type")
    if c.accept_words("add value"):
        return _add_value(c, start, name)
    if c.accept_words("rename value"):
        old = _string(c)
        c.expect_word("to")
        return AlterEnum(start, c.previous_end, name, rename=(old, _string(c)))
    if c.at_word("add", "drop", "alter") or c.at_words("rename attribute"):
        return _alter_composite(c, start, name)
    return _renamed(c, start, "type", name)


def _add_value(c: Cursor, start: int, name: ObjectName) -> Definition:
    if_not_exists = c.accept_words("if not exists")
    label = _string(c)
    before = _string(c) if c.accept_word("before") else None
    after = _string(c) if c.accept_word("after") else None
    return AlterEnum(start, c.previous_end, name, label, before, after, None, if_not_exists)


def _string(c: Cursor) -> str:
    if c.current.kind is not Kind.STRING:
        c.fail_expected("a string")
    return token_value(c, c.advance())


def _alter_composite(c: Cursor, start: int, name: ObjectName) -> Definition:
    actions: list[AlterAction] = []
    while not c.finished:
        place = c.current.start
        verb = c.advance().folded
        c.accept_word("attribute")
        c.accept_words("if exists")
        if verb == "add":
            actions.append(AddColumn(place, c.current.end, column_definition(c)))
        elif verb == "rename":
            old = c.label("an attribute")
            c.expect_word("to")
            actions.append(RenameColumn(place, c.current.end, old, c.label("an attribute")))
        elif verb == "drop":
            actions.append(DropColumn(place, c.current.end, c.label("an attribute"), True, False))
        else:
            attribute = c.label("an attribute")
            c.accept_words("set data")
            c.expect_word("type")
            actions.append(AlterColumn(place, c.current.end, attribute, "type", type_name(c)))
        _cascade(c)
        if not c.accept_mark(","):
            break
    return AlterComposite(start, c.previous_end, name, tuple(actions))


def _alter_domain(c: Cursor, start: int) -> Definition:
    name = c.qualified_name("a domain")
    if c.accept_words("set default"):
        default = c.expression()
        return AlterDomain(start, c.previous_end, name, "set default", default)
    for action in ("drop default", "set not null", "drop not null"):
        if c.accept_words(action):
            return AlterDomain(start, c.previous_end, name, action)
    if c.accept_words("drop constraint"):
        c.accept_words("if exists")
        constraint = c.label("a constraint")
        _cascade(c)
        return AlterDomain(start, c.previous_end, name, "drop constraint", constraint_name=constraint)
    if c.accept_word("add"):
        part = table_constraint(c)
        _accept_validity(c)
        if isinstance(part, Constraint):
            return AlterDomain(start, c.previous_end, name, "add", constraint=part)
    return _renamed(c, start, "domain", name)


def _alter_named(kind: str) -> Callable[[Cursor, int], Definition]:
    def read(c: Cursor, start: int) -> Definition:
        if_exists = c.accept_words("if exists")
        name = c.qualified_name(f"a {kind}")
        if c.at_mark("("):
            c.skip_balanced()
        return _renamed(c, start, kind, name, if_exists)

    return read


def _renamed(c: Cursor, start: int, kind: str, name: ObjectName, if_exists: bool = False) -> Definition:
    if c.accept_words("rename to"):
        new_name = c.label("a name")
        return RenameObject(start, c.previous_end, kind, name, new_name, None, if_exists)
    if c.accept_words("set schema"):
        schema = c.label("a schema")
        return RenameObject(start, c.previous_end, kind, name, None, schema, if_exists)
    _skip_rest(c)
    return Ignored(start, c.previous_end, f"alter {kind}")


_ALTERS: Final[dict[str, Callable[[Cursor, int], Definition]]] = {
    "type": _alter_type,
    "domain": _alter_domain,
    "schema": _alter_named("schema"),
    "sequence": _alter_named("sequence"),
    "function": _alter_named("function"),
    "procedure": _alter_named("procedure"),
    "aggregate": _alter_named("aggregate"),
    "routine": _alter_named("function"),
}
