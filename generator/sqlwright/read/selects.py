"""Queries that give rows: SELECT, VALUES, TABLE, set operations, and WITH."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ..model.syntax import (
    Alias,
    Cte,
    Cycle,
    DerivedTable,
    Expression,
    GroupingSets,
    Identifier,
    Limit,
    Locking,
    Query,
    Row,
    Search,
    Select,
    SelectItem,
    SetOperation,
    Star,
    TableExpression,
    TableName,
    TableQuery,
    Utility,
    Values,
    Window,
    With,
)
from ..model.tokens import Kind
from .calls import orderings, window
from .changes import CHANGES
from .cursor import Cursor
from .items import select_items
from .tables import from_items

_SET_WORDS: Final = ("union", "except", "intersect", "minus")
_LOCKS: Final = ("update", "share", "no", "key")
_MODIFIERS: Final = (
    "straight_join",
    "sql_small_result",
    "sql_big_result",
    "sql_buffer_result",
    "sql_no_cache",
    "sql_calc_found_rows",
    "high_priority",
)


def query(c: Cursor) -> Query:
    """Any query, a statement that changes rows included, with the WITH before it."""
    start = c.current.start
    with_ = _with(c) if c.at_word("with") else None
    reader = CHANGES.get(c.current.folded) if c.current.kind is Kind.WORD else None
    if reader is not None:
        return reader(c, start, with_)
    found = _set_operations(c, 0)
    return _finish(c, found, start, with_)


def _with(c: Cursor) -> With:
    start = c.advance().start
    recursive = c.accept_word("recursive") is not None
    ctes = c.comma_list(lambda: _cte(c))
    return With(start, c.previous_end, recursive, ctes)


def _cte(c: Cursor) -> Cte:
    start = c.current.start
    name = c.name("the name of a WITH query")
    columns = c.parenthesised(lambda: c.label("a column")) if c.at_mark("(") else ()
    c.expect_word("as")
    materialized: bool | None = None
    if c.accept_words("not materialized"):
        materialized = False
    elif c.accept_word("materialized"):
        materialized = True
    c.expect_mark("(")
    inner = c.query()
    c.expect_mark(")")
    search = _search(c) if c.at_word("search") else None
    cycle = _cycle(c) if c.at_word("cycle") else None
    return Cte(start, c.previous_end, name, columns, inner, materialized, search, cycle)


def _search(c: Cursor) -> Search:
    start = c.advance().start
    breadth = c.expect_word("depth", "breadth").folded == "breadth"
    c.expect_words("first by")
    columns = c.comma_list(lambda: c.label("a column"))
    c.expect_word("set")
    name = c.label("a column")
    return Search(start, c.previous_end, breadth, columns, name)


def _cycle(c: Cursor) -> Cycle:
    start = c.advance().start
    columns = c.comma_list(lambda: c.label("a column"))
    c.expect_word("set")
    mark = c.label("a column")
    values: tuple[Expression, ...] = ()
    if c.accept_word("to"):
        value = c.expression()
        c.expect_word("default")
        values = (value, c.expression())
    c.expect_word("using")
    path = c.label("a column")
    return Cycle(start, c.previous_end, columns, mark, values, path)


# Set operations


def _set_operations(c: Cursor, minimum: int) -> Query:
    start = c.current.start
    left = _core(c)
    while c.at_word(*_SET_WORDS):
        word = c.current.folded
        power = 2 if word == "intersect" and c.grammar.intersect_binds_tighter else 1
        if power < minimum:
            return left
        c.advance()
        every = c.accept_word("all") is not None
        if not every and c.accept_word("distinct"):
            c.form("set operation distinct", c.previous_end - len("distinct"))
        right = _set_operations(c, power + 1)
        op = "except" if word == "minus" else word
        left = SetOperation(start, c.previous_end, None, op, every, left, right, (), None)
    return left


def _core(c: Cursor) -> Query:
    if c.at_mark("("):
        c.advance()
        inner = c.query()
        c.expect_mark(")")
        return inner
    if c.at_word("select"):
        return _select(c)
    if c.at_word("values", "value"):
        return _values(c)
    if c.at_word("table") and c.grammar.table_queries:
        start = c.advance().start
        place = c.current.start
        only = c.accept_word("only") is not None
        parts = c.qualified_name("a table")
        c.accept_mark("*")
        return TableQuery(start, c.previous_end, None, TableName(place, c.previous_end, parts, None, only))
    c.fail_expected("SELECT, VALUES, INSERT, UPDATE or DELETE")


def _values(c: Cursor) -> Values:
    start = c.advance().start
    plain = c.grammar.rows_named and not c.at_word("row")
    rows = c.comma_list(lambda: _row(c))
    if plain:
        c.form("values", start)
    return Values(start, c.previous_end, None, rows)


def _row(c: Cursor) -> Row:
    start = c.current.start
    if c.grammar.rows_named:
        c.accept_word("row")
    c.expect_mark("(")
    items = () if c.at_mark(")") else c.comma_list(c.expression)
    c.expect_mark(")")
    return Row(start, c.previous_end, items, False)


# SELECT


def _select(c: Cursor) -> Query:
    start = c.advance().start
    distinct, distinct_on = _distinct(c)
    while c.at_word(*_MODIFIERS):
        c.advance()
    items: tuple[SelectItem, ...] = ()
    if not (c.at_word("from", "where", "limit", "union", "into") or c.finished or c.at_mark(")")):
        items = select_items(c)
    elif not c.grammar.empty_select:
        c.fail_expected("a column or an expression to select")
    into = _into(c)
    from_ = _from(c)
    where = c.expression() if c.accept_word("where") else None
    group_by, group_distinct, rollup = _group_by(c)
    having = c.expression() if c.accept_word("having") else None
    windows = c.comma_list(lambda: _named_window(c)) if c.accept_word("window") else ()
    found = Select(
        start,
        c.previous_end,
        None,
        items,
        distinct,
        distinct_on,
        from_,
        where,
        group_by,
        group_distinct,
        having,
        windows,
        (),
        None,
        (),
        rollup,
    )
    return Utility(start, c.previous_end, None, "select into", query=found) if into else found


def _from(c: Cursor) -> TableExpression | None:
    if not c.accept_word("from") or (c.grammar.dual and c.accept_word("dual")):
        return None
    return from_items(c)


def _distinct(c: Cursor) -> tuple[bool, tuple[Expression, ...]]:
    if c.accept_word("distinct", "distinctrow"):
        on = c.parenthesised(c.expression) if c.accept_word("on") else ()
        return True, on
    c.accept_word("all")
    return False, ()


def _into(c: Cursor) -> bool:
    if not c.accept_word("into"):
        return False
    c.accept_word("temporary", "temp", "unlogged")
    c.accept_word("table")
    c.qualified_name("a table")
    return True


def _group_by(c: Cursor) -> tuple[tuple[Expression, ...], bool, bool]:
    if not c.accept_words("group by"):
        return (), False, False
    distinct = c.accept_word("distinct") is not None
    if not distinct:
        c.accept_word("all")
    items = c.comma_list(lambda: _grouping(c))
    rollup = c.accept_words("with rollup")
    return items, distinct, rollup


def _grouping(c: Cursor) -> Expression:
    start = c.current.start
    if c.at_mark("(") and c.peek().text == ")":
        c.at += 2
        return Row(start, c.previous_end, (), False)
    if c.at_word("rollup", "cube") and c.peek().text == "(":
        kind = c.advance().folded
        items = c.parenthesised(lambda: _grouping(c))
        return GroupingSets(start, c.previous_end, kind, items)
    if c.accept_words("grouping sets"):
        items = c.parenthesised(lambda: _grouping(c))
        return GroupingSets(start, c.previous_end, "grouping sets", items)
    value = c.expression()
    c.accept_word("asc", "desc")
    return value


def _named_window(c: Cursor) -> tuple[Identifier, Window]:
    name = c.name("a window")
    c.expect_word("as")
    return name, window(c)


# What may end a query


def _finish(c: Cursor, found: Query, start: int, with_: With | None) -> Query:
    """The query with its ORDER BY, LIMIT and locking clauses."""
    order_by = orderings(c)
    limit, locking = _limit_and_locking(c)
    if isinstance(found, Utility):
        return replace(found, end=c.previous_end)
    if (order_by or limit or locking) and _is_finished(found):
        found = _wrapped(found)
    match found:
        case Select():
            return replace(
                found,
                start=start,
                end=c.previous_end,
                with_=with_ or found.with_,
                order_by=order_by or found.order_by,
                limit=limit or found.limit,
                locking=locking or found.locking,
            )
        case SetOperation():
            return replace(
                found,
                start=start,
                end=c.previous_end,
                with_=with_ or found.with_,
                order_by=order_by or found.order_by,
                limit=limit or found.limit,
                locking=locking or found.locking,
            )
        case Values() | TableQuery():
            return replace(
                found,
                start=start,
                end=c.previous_end,
                with_=with_ or found.with_,
                order_by=order_by or found.order_by,
                limit=limit or found.limit,
            )
        case _:
            return found


def _is_finished(found: Query) -> bool:
    """Whether a query in parentheses already has the clauses that may only come once."""
    match found:
        case Select(order_by=order_by, limit=limit) | SetOperation(order_by=order_by, limit=limit):
            return bool(order_by) or limit is not None
        case Values(order_by=order_by, limit=limit) | TableQuery(order_by=order_by, limit=limit):
            return bool(order_by) or limit is not None
        case _:
            return False


def _wrapped(found: Query) -> Select:
    """`(select … limit 1) order by x` as a select of all columns from the query in parentheses."""
    star = SelectItem(found.start, found.start, Star(found.start, found.start), None, found.start)
    name = Identifier(found.start, found.start, "")
    table = DerivedTable(found.start, found.end, found, Alias(found.start, found.start, name))
    return Select(found.start, found.end, None, (star,), False, (), table, None, (), False, None, (), (), None, ())


def _limit_and_locking(c: Cursor) -> tuple[Limit | None, tuple[Locking, ...]]:
    start = c.current.start
    count: Expression | None = None
    offset: Expression | None = None
    ties, seen, single = False, False, False
    locking: list[Locking] = []
    while True:
        at = c.current.start
        if c.accept_word("limit"):
            seen = True
            count, offset = _limit(c, offset)
        elif c.accept_word("offset"):
            seen = True
            offset = c.expression()
            if c.accept_word("row", "rows"):
                c.form("offset rows", at)
        elif c.at_word("fetch") and c.peek().folded in ("first", "next"):
            seen = True
            c.at += 2
            single = c.at_word("row", "rows")
            count = None if single else c.expression()
            c.expect_word("row", "rows")
            ties = c.expect_word("only", "with").folded == "with"
            if ties:
                c.expect_word("ties")
            c.form("fetch first", at)
        elif c.at_word("for") and c.peek().folded in (_LOCKS if c.grammar.share_locks else ("update",)):
            locking.append(_locking(c))
        elif c.accept_words("lock in share mode"):
            locking.append(Locking(start, c.previous_end, "share", (), None))
        else:
            return (Limit(start, c.previous_end, count, offset, ties, single) if seen else None), tuple(locking)


def _limit(c: Cursor, offset: Expression | None) -> tuple[Expression | None, Expression | None]:
    start = c.current.start
    if c.accept_word("all"):
        c.form("limit all", start)
        return None, offset
    count = c.expression()
    if c.accept_mark(","):
        first, count = count, c.expression()
        c.form("limit with comma", start)
        return count, first
    return count, offset


def _locking(c: Cursor) -> Locking:
    start = c.advance().start
    words: list[str] = []
    while c.at_word("no", "key", "update", "share"):
        words.append(c.advance().folded)
    of = c.comma_list(lambda: c.qualified_name("a table")[-1]) if c.accept_word("of") else ()
    wait: str | None = None
    if c.accept_word("nowait"):
        wait = "nowait"
    elif c.accept_words("skip locked"):
        wait = "skip locked"
    return Locking(start, c.previous_end, " ".join(words), of, wait)
