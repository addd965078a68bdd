"""Statements that change rows: INSERT, REPLACE, UPDATE, DELETE, MERGE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ..model.syntax import (
    Alias,
    Assignment,
    Delete,
    Expression,
    Identifier,
    Insert,
    Join,
    Limit,
    Merge,
    MergeWhen,
    OnConflict,
    Ordering,
    Query,
    Returning,
    Row,
    Step,
    TableExpression,
    TableName,
    Target,
    Update,
    Values,
    With,
)
from .calls import orderings
from .cursor import Cursor
from .items import select_items
from .tables import alias, from_items

_SET: Final = frozenset(("set",))
_INSERT_MODIFIERS: Final = ("low_priority", "delayed", "high_priority", "ignore", "quick")
_CONFLICT_ACTIONS: Final = ("abort", "fail", "ignore", "replace", "rollback")


def insert(c: Cursor, start: int, with_: With | None) -> Insert:
    """INSERT and REPLACE, up to and with RETURNING."""
    verb = _verb(c, c.advance().folded)
    if not c.accept_word("into") and not c.grammar.into_optional:
        c.fail_expected("`INTO`")
    place = c.current.start
    parts = c.qualified_name("a table")
    table_alias = _insert_alias(c)
    table = TableName(place, c.previous_end, parts, table_alias)
    if c.at_word("partition"):
        c.advance()
        c.skip_balanced()
    columns: tuple[Target, ...] = ()
    if c.at_mark("(") and not c.starts_query():
        c.advance()
        if not c.at_mark(")"):
            columns = c.comma_list(lambda: _target(c))
        c.expect_mark(")")
    overriding: str | None = None
    if c.accept_word("overriding"):
        overriding = c.expect_word("system", "user").folded
        c.expect_word("value")
    source: Query | None
    if c.accept_words("default values"):
        source = None
    elif c.at_word("set"):
        set_start = c.current.start
        columns, source = _insert_set(c)
        c.form("insert set", set_start)
    else:
        source = c.query()
    row_alias = alias(c) if c.grammar.into_optional and c.grammar.row_aliases and c.at_word("as") else None
    on_conflict: list[OnConflict] = []
    on_duplicate: tuple[Assignment, ...] = ()
    while c.at_words("on conflict"):
        on_conflict.append(_on_conflict(c))
    if c.accept_words("on duplicate key update"):
        on_duplicate = c.comma_list(lambda: assignment(c))
    returned = _returning(c)
    return Insert(
        start,
        c.previous_end,
        with_,
        verb,
        table,
        columns,
        source,
        tuple(on_conflict),
        on_duplicate,
        row_alias,
        returned,
        overriding,
    )


def _verb(c: Cursor, word: str) -> str:
    words = [word]
    if c.at_word("or") and c.peek().folded in _CONFLICT_ACTIONS:
        c.advance()
        words += ["or", c.advance().folded]
    while c.at_word(*_INSERT_MODIFIERS) and c.peek().text not in (".", "("):
        words.append(c.advance().folded)
    return " ".join(words)


def _insert_alias(c: Cursor) -> Alias | None:
    if not c.at_word("as"):
        return None
    start = c.advance().start
    name = c.name("an alias")
    return Alias(start, c.previous_end, name)


def _insert_set(c: Cursor) -> tuple[tuple[Target, ...], Query]:
    """MySQL's INSERT … SET a = 1, b = 2, as columns and a row of values."""
    start = c.advance().start
    assignments = c.comma_list(lambda: assignment(c))
    columns = tuple(target for item in assignments for target in item.targets)
    row = Row(start, c.previous_end, tuple(item.value for item in assignments), False)
    return columns, Values(start, c.previous_end, None, (row,))


def _on_conflict(c: Cursor) -> OnConflict:
    start = c.current.start
    c.at += 2
    columns: tuple[Expression, ...] = ()
    where_index: Expression | None = None
    constraint: Identifier | None = None
    if c.accept_words("on constraint"):
        constraint = c.name("a constraint")
    elif c.at_mark("("):
        columns = c.parenthesised(lambda: _conflict_column(c))
        if c.accept_word("where"):
            where_index = c.expression()
    c.expect_word("do")
    if c.accept_word("nothing"):
        return OnConflict(start, c.previous_end, columns, where_index, constraint, "nothing", (), None)
    c.expect_words("update set")
    assignments = c.comma_list(lambda: assignment(c))
    where = c.expression() if c.accept_word("where") else None
    return OnConflict(start, c.previous_end, columns, where_index, constraint, "update", assignments, where)


def _conflict_column(c: Cursor) -> Expression:
    value = c.expression()
    c.accept_word("asc", "desc")
    if c.is_name() and not c.at_word("where", "do"):
        c.qualified_name("an operator class")
    return value


def assignment(c: Cursor) -> Assignment:
    """One item of SET."""
    start = c.current.start
    targets = c.parenthesised(lambda: _target(c)) if c.at_mark("(") else (_target(c),)
    if not c.accept_mark("=", ":="):
        c.fail_expected("`=`")
    value = c.expression()
    return Assignment(start, c.previous_end, targets, value)


def _target(c: Cursor) -> Target:
    start = c.current.start
    parts = [c.label("a column")]
    while not c.grammar.target_fields and c.accept_mark("."):
        parts.append(c.label("a column"))
    path: list[Step] = []
    while c.at_mark("[") or (c.grammar.target_fields and c.at_mark(".")):
        path.append(_step(c))
    return Target(start, c.previous_end, tuple(parts), tuple(path))


def _step(c: Cursor) -> Step:
    start = c.current.start
    if c.accept_mark("."):
        field = c.label("a field")
        return Step(start, c.previous_end, field)
    c.expect_mark("[")
    index = None if c.at_mark(":") else c.expression()
    slice_ = c.accept_mark(":") is not None
    upper = c.expression() if slice_ and not c.at_mark("]") else None
    c.expect_mark("]")
    return Step(start, c.previous_end, None, index, upper, slice_)


def _returning(c: Cursor) -> Returning | None:
    start = c.current.start
    if not c.accept_word("returning"):
        return None
    if c.at_words("with") and c.peek().text == "(":
        c.advance()
        c.skip_balanced()
    items = select_items(c)
    return Returning(start, c.previous_end, items)


def update(c: Cursor, start: int, with_: With | None) -> Update:
    """UPDATE, of one table or, on MySQL, of joined ones."""
    verb = _verb(c, c.advance().folded)
    table = from_items(c, _SET)
    c.expect_word("set")
    assignments = c.comma_list(lambda: assignment(c))
    from_ = from_items(c) if c.accept_word("from") else None
    where, cursor = _where(c)
    order_by, limit, returned = _ending(c)
    return Update(
        start, c.previous_end, with_, verb, table, assignments, from_, where, order_by, limit, returned, cursor
    )


def _where(c: Cursor) -> tuple[Expression | None, Identifier | None]:
    if not c.accept_word("where"):
        return None, None
    if c.accept_words("current of"):
        return None, c.name("a cursor")
    return c.expression(), None


def _ending(c: Cursor) -> tuple[tuple[Ordering, ...], Limit | None, Returning | None]:
    """ORDER BY, LIMIT and RETURNING, in either order."""
    returned = _returning(c)
    order_by = orderings(c)
    limit: Limit | None = None
    start = c.current.start
    if c.accept_word("limit"):
        count = c.expression()
        offset = None
        if c.accept_mark(","):
            count, offset = c.expression(), count
            c.form("limit with comma", start)
        elif c.accept_word("offset"):
            offset = c.expression()
        limit = Limit(start, c.previous_end, count, offset)
    return order_by, limit, returned or _returning(c)


def delete(c: Cursor, start: int, with_: With | None) -> Delete:
    """DELETE, and MySQL's DELETE of rows of joined tables."""
    verb = _verb(c, c.advance().folded)
    if not c.at_word("from"):
        return _delete_joined(c, start, with_, verb)
    c.advance()
    tables = _flat(c, from_items(c, frozenset(("using",))))
    using = from_items(c) if c.accept_word("using") else None
    joined = using is not None and c.grammar.into_optional
    where, cursor = _where(c)
    order_by, limit, returned = _ending(c)
    return Delete(start, c.previous_end, with_, verb, tables, using, where, order_by, limit, returned, joined, cursor)


def _delete_joined(c: Cursor, start: int, with_: With | None, verb: str) -> Delete:
    if not c.grammar.into_optional:
        c.fail_expected("`FROM`")
    targets = c.comma_list(lambda: _delete_target(c))
    c.expect_word("from")
    using = from_items(c)
    where, _ = _where(c)
    return Delete(start, c.previous_end, with_, verb, targets, using, where, (), None, None, True)


def _delete_target(c: Cursor) -> TableName:
    start = c.current.start
    parts = [c.name("a table")]
    while c.accept_mark("."):
        if c.accept_mark("*"):
            break
        parts.append(c.label("a table"))
    return TableName(start, c.previous_end, tuple(parts))


def _flat(c: Cursor, table: TableExpression) -> tuple[TableName, ...]:
    if isinstance(table, TableName):
        return (table,)
    if isinstance(table, Join) and table.kind == "cross":
        return (*_flat(c, table.left), *_flat(c, table.right))
    c.fail("DELETE FROM takes the name of a table", help="name the table, and the others behind USING")


def merge(c: Cursor, start: int, with_: With | None) -> Merge:
    """MERGE INTO … USING … ON … WHEN …"""
    c.advance()
    c.expect_word("into")
    place = c.current.start
    only = c.accept_word("only") is not None
    parts = c.qualified_name("a table")
    found = alias(c, frozenset(("using",)))
    table = TableName(place, c.previous_end, parts, found, only)
    c.expect_word("using")
    using = from_items(c)
    c.expect_word("on")
    on = c.expression()
    whens: list[MergeWhen] = []
    while c.at_word("when"):
        whens.append(_merge_when(c))
    if not whens:
        c.fail_expected("`WHEN`")
    returned = _returning(c)
    return Merge(start, c.previous_end, with_, table, using, on, tuple(whens), returned)


def _merge_when(c: Cursor) -> MergeWhen:
    start = c.advance().start
    matched = "not matched" if c.accept_word("not") else "matched"
    c.expect_word("matched")
    if c.accept_word("by"):
        matched += f" by {c.expect_word('source', 'target').folded}"
    condition = c.expression() if c.accept_word("and") else None
    c.expect_word("then")
    if c.accept_words("do nothing"):
        return MergeWhen(start, c.previous_end, matched, condition, "nothing")
    if c.accept_word("delete"):
        return MergeWhen(start, c.previous_end, matched, condition, "delete")
    if c.accept_words("update set"):
        assignments = c.comma_list(lambda: assignment(c))
        return MergeWhen(start, c.previous_end, matched, condition, "update", assignments)
    c.expect_word("insert")
    columns = c.parenthesised(lambda: _target(c)) if c.at_mark("(") else ()
    if c.accept_word("overriding"):
        c.expect_word("system", "user")
        c.expect_word("value")
    values: tuple[Expression, ...] = ()
    if not c.accept_words("default values"):
        c.expect_word("values")
        values = c.parenthesised(c.expression)
    return MergeWhen(start, c.previous_end, matched, condition, "insert", (), columns, values)


CHANGES: Final[dict[str, Callable[[Cursor, int, With | None], Query]]] = {
    "insert": insert,
    "replace": insert,
    "update": update,
    "delete": delete,
    "merge": merge,
}
