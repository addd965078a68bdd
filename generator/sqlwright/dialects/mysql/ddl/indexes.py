"""The indexes of CREATE TABLE on MySQL and MariaDB.

There are no partial indexes. A unique one gets one more part, which is NULL in the rows that it leaves out: any number
of keys with a NULL may be equal. One that is not unique holds all rows, which changes no answer.
"""

from __future__ import annotations

from typing import Final

from ....model.catalog import Index, KeyPart, Sql, Table
from ....model.types import Kind
from ....model.values import value
from ...layout import listed
from .widths import KEY_BYTES, LONGEST_EXPRESSION, key_bytes
from .writing import Writing, mentioned, short

_ORDINARY: Final = (None, "btree", "hash")
_SPECIAL: Final = ("fulltext", "spatial")
_PARTS: Final = 16
_UNINDEXED: Final = frozenset((Kind.JSON, Kind.ARRAY, Kind.OTHER))
_COMPUTED: Final = {
    Kind.BOOL: "tinyint(1)",
    Kind.INT16: "bigint",
    Kind.INT32: "bigint",
    Kind.INT64: "bigint",
    Kind.UINT64: "bigint unsigned",
    Kind.FLOAT32: "double",
    Kind.FLOAT64: "double",
    Kind.DATE: "date",
    Kind.TIME: "time(6)",
    Kind.TIMESTAMP: "datetime(6)",
    Kind.TIMESTAMPTZ: "datetime(6)",
    Kind.INTERVAL: "bigint",
}


@value
class IndexLines:
    """An index among the lines of its table, and the hidden columns that stand for its expressions."""

    columns: tuple[str, ...]
    text: str


def index_lines(index: Index, table: Table, w: Writing) -> IndexLines | None:
    """An index of a table; None when it cannot be made, which is reported."""
    if index.method not in (*_ORDINARY, *_SPECIAL):
        _leave_out(index, f"{w.flavour.title} has no {index.method} indexes", w)
        return None
    if index.nulls_not_distinct:
        w.carried.refuse(
            f"NULLS NOT DISTINCT of index `{index.name}` has no equivalent on {w.flavour.title}",
            index.span,
            "index `coalesce(column, …)` instead, with a value that no row has",
        )
    if index.include:
        message = f"INCLUDE of index `{index.name}` is left out: {w.flavour.title} has no such columns"
        w.carried.leave_out(message, index.span, "the index works without them")
    if _computes_of_numbers(index, table, w):
        _leave_out(index, f"{w.flavour.title} has no indexes over what is made of a number of its own", w)
        return None
    hidden: list[str] = []
    parts = [_part(part, index, table, hidden, w) for part in index.parts]
    if index.unique and index.where is not None:
        condition = w.carried.expression(index.where, table)
        parts.append(_computed(f"case when {condition} then 1 end", "tinyint(1)", index, table, hidden, w))
        parts = [None] if condition is None else parts
    if None in parts:
        return None
    if len(parts) > _PARTS:
        _leave_out(index, f"{w.flavour.title} has no indexes of more than {_PARTS} columns", w)
        return None
    if w.flavour.expression_keys and _serves_foreign_key(index, table):
        parts.sort(key=lambda part: part is None or not part.startswith("("))
    kind = "unique index" if index.unique else f"{index.method} index" if index.method in _SPECIAL else "index"
    text = f"{kind} {w.quoted(short(index.name))} {listed([part or '' for part in parts])}"
    return IndexLines(tuple(hidden), text)


def _serves_foreign_key(index: Index, table: Table) -> bool:
    """Whether the server would look up a foreign key in an index. MySQL (8.0 to 9.7) lets any value pass there when an
    expression behind the key's columns is NULL, so that expressions stand before them."""
    names = tuple(part.column for part in index.parts)
    return any(names[: len(key.columns)] == key.columns for key in table.foreign_keys)


def _computes_of_numbers(index: Index, table: Table, w: Writing) -> bool:
    """Whether an expression of an index is made of a column that the database numbers."""
    expressions = [part.expression for part in index.parts] + [index.where if index.unique else None]
    sources = [column for sql in expressions if sql is not None for column in mentioned(sql, table)]
    return not w.flavour.virtual_of_numbered and any(column.made is not None for column in sources)


def _leave_out(index: Index, reason: str, w: Writing) -> None:
    report = w.carried.refuse if index.unique else w.carried.leave_out
    report(
        f"index `{index.name}` is left out: {reason}",
        index.span,
        "queries work without it; where it matters, write one that the database has as a migration of your own",
    )


def _part(part: KeyPart, index: Index, table: Table, hidden: list[str], w: Writing) -> str | None:
    if part.column is not None:
        text = _column_part(part, index, table, w)
    elif part.expression is not None:
        text = _expression_part(part.expression, index, table, hidden, w)
    else:
        text = None
    return f"{text} desc" if text is not None and part.descending else text


def _column_part(part: KeyPart, index: Index, table: Table, w: Writing) -> str | None:
    """A column, or the beginning of one where the whole would be too long and equal beginnings do no harm."""
    column = table.column(part.column or "")
    if column is None:
        return None
    quoted = w.quoted(column.name)
    if index.method in _SPECIAL:
        return quoted
    if part.prefix is not None:
        return f"{quoted}({part.prefix})"
    if w.carried.type(column).kind in _UNINDEXED:
        _leave_out(index, f"`{column.name}` is of a type that {w.flavour.title} does not index", w)
        return None
    width = w.widths.get(table, column.name)
    share = _share(index, table, w)
    if width is None or index.unique or share is None:
        return quoted
    most = share // (4 if w.carried.type(column).kind is Kind.STR else 1)
    return f"{quoted}({most})" if most < width else quoted


def _share(index: Index, table: Table, w: Writing) -> int | None:
    """The bytes that each text of an index gets when they are too long together."""
    columns = [column for part in index.parts if (column := table.column(part.column or "")) is not None]
    sizes = [
        (
            (width * (4 if w.carried.type(column).kind is Kind.STR else 1), True)
            if (width := w.widths.get(table, column.name)) is not None
            else (key_bytes(column, w.carried), False)
        )
        for column in columns
    ]
    texts = sum(size for size, is_text in sizes if is_text)
    fixed = sum(size for size, is_text in sizes if not is_text)
    fixed += sum(_expression_bytes(part.expression, table, w) for part in index.parts if part.expression is not None)
    if texts + fixed <= KEY_BYTES:
        return None
    return max(KEY_BYTES - fixed, 64) // max(sum(is_text for _, is_text in sizes), 1)


def _expression_bytes(sql: Sql, table: Table, w: Writing) -> int:
    if w.carried.expression_type(sql, table).kind is not Kind.STR:
        return 30
    return 4 * min(w.widths.expression(sql, table, w.carried) or LONGEST_EXPRESSION, LONGEST_EXPRESSION)


# Expressions


def _expression_part(sql: Sql, index: Index, table: Table, hidden: list[str], w: Writing) -> str | None:
    text = w.carried.expression(sql, table)
    if text is None:
        return None
    type = w.carried.expression_type(sql, table)
    match type.kind:
        case Kind.STR | Kind.ENUM:
            length = w.widths.expression(sql, table, w.carried)
            return _text_part(text, length, index, table, hidden, w)
        case Kind.UUID:
            return _computed(text, w.flavour.uuid, index, table, hidden, w)
        case Kind.DECIMAL:
            declared = f"decimal({type.precision}, {type.scale or 0})" if type.precision else "decimal(65, 30)"
            return _computed(text, declared, index, table, hidden, w)
        case kind if kind in _COMPUTED:
            return _computed(text, _COMPUTED[kind], index, table, hidden, w)
        case _:
            _leave_out(index, f"`{sql.text}` is of a type that {w.flavour.title} does not index", w)
            return None


def _text_part(text: str, length: int | None, index: Index, table: Table, hidden: list[str], w: Writing) -> str | None:
    """A computed text can be longer than an index takes. MySQL then refuses the row, which is right for a unique index
    alone; MariaDB would cut the text without a word."""
    longest = LONGEST_EXPRESSION if w.flavour.expression_keys else KEY_BYTES // 4
    if length is not None and length <= longest:
        return _computed(text, f"varchar({max(length, 1)})", index, table, hidden, w)
    if index.unique and w.flavour.expression_keys:
        return f"((cast({text} as char({LONGEST_EXPRESSION})) collate {w.flavour.collation}))"
    _leave_out(index, f"it computes a text that may have more than {longest} characters", w)
    return None


def _computed(text: str, declared: str, index: Index, table: Table, hidden: list[str], w: Writing) -> str:
    """An expression in an index, or the hidden column that is made of it."""
    if w.flavour.expression_keys:
        return f"({text})"
    taken = {column.name.lower() for column in table.columns}
    number = len(hidden) + 1
    name = short(f"{index.name}_{number}")
    while name.lower() in taken:
        number += 1
        name = short(f"{index.name}_{number}")
    hidden.append(f"{w.quoted(name)} {declared} generated always as ({text}) virtual invisible")
    return w.quoted(name)
