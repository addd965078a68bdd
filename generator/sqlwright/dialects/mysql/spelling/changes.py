"""INSERT, UPDATE and DELETE, and what they return."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....model.catalog import Column, Table
from ....model.syntax import (
    Binary,
    Cast,
    ColumnName,
    Default,
    Delete,
    Embed,
    Expression,
    Insert,
    Logical,
    Number,
    Parameter,
    Query,
    Returning,
    SelectItem,
    Star,
    String,
    TableName,
    Update,
    Values,
    walk,
)
from ....model.types import Kind
from ...translation import KEYS_MARK, MADE_MARK, StepTexts, Translating
from . import deletes, inserts, updates
from .conflicts import conflict_columns, other_keys
from .conversions import stored
from .queries import exact, write_star
from .targets import aliased, called, insert_columns, joined, key_columns, key_text, own_name, target_of

_ROUNDED = frozenset((Kind.DECIMAL, Kind.FLOAT32, Kind.FLOAT64, Kind.OTHER))
"""Kinds of values that a column may keep otherwise than they were given."""
_HELP = "read the rows in a query of its own"


def write_insert(node: Insert, t: Translating) -> str:
    text = inserts.write_insert(node, t)
    return (
        text
        if node.returning is None or not t.template("returning")
        else f"{text}\n{_own_returning(node, node.returning, t)}"
    )


def write_update(node: Update, t: Translating) -> str:
    return updates.write_update(node, t)


def write_delete(node: Delete, t: Translating) -> str:
    text = deletes.write_delete(node, t)
    return (
        text
        if node.returning is None or not t.template("returning")
        else f"{text}\n{_own_returning(node, node.returning, t)}"
    )


def in_steps(query: Query, counted: bool, t: Translating) -> StepTexts | None:
    """The statements that return what one does on PostgreSQL, or count the rows as it does."""
    if counted:
        return _counted(query, t) if isinstance(query, Insert) and query.on_conflict else None
    match query:
        case Insert(returning=Returning() as returning) if not _returns_rows(query, t):
            return _insert(query, returning, t)
        case Update(returning=Returning() as returning):
            return _update(query, returning, t)
        case Delete(returning=Returning() as returning) if not _returns_rows(query, t):
            return _delete(query, returning, t)
        case _:
            return None


def _returns_rows(node: Insert | Delete, t: Translating) -> bool:
    """Whether the target's own RETURNING gives what PostgreSQL's does."""
    if not t.template("returning"):
        return False
    if isinstance(node, Delete):
        return True
    return not any(one.action == "nothing" or one.where is not None for one in node.on_conflict)


def _own_returning(node: Query, returning: Returning, t: Translating) -> str:
    t.without_qualifier(node)
    return f"returning {_items(node, returning, t)}"


def _items(node: Query, returning: Returning, t: Translating) -> str:
    return ", ".join(_item(item, node, t) for item in returning.items)


def _item(item: SelectItem, node: Query, t: Translating) -> str:
    for part in walk(item):
        if isinstance(part, ColumnName) and not t.is_target(part, node):
            what = "a column of another table" if t.whole_row(part) is None else "a whole row"
            t.refuse(f"{what} in RETURNING", part, _HELP)
        if isinstance(part, Query):
            t.refuse("a query in RETURNING", part, _HELP)
    if not isinstance(item.expression, Star | Embed):
        return t.same(item, {item.expression: exact(t.text(item.expression), t.type(item.expression))})
    table, columns = t.target_table(node), t.starred(item.expression)
    if table is None or columns is None or [one.name for one in columns] != [one.name for one in table.columns]:
        t.refuse(f"`{t.written(item.expression)}` in RETURNING", item, "name the columns")
    if not columns:
        return write_star(item.expression, t)
    return ", ".join(exact(t.name(one.name), one.type) for one in columns)


# INSERT


def _insert(node: Insert, returning: Returning, t: Translating) -> StepTexts:
    table = t.target_table(node)
    if table is None:
        t.refuse("this INSERT", node)
    if node.on_duplicate:
        t.refuse("RETURNING behind ON DUPLICATE KEY UPDATE", returning, _HELP)
    conflict = node.on_conflict[0] if node.on_conflict else None
    nothing = conflict is not None and conflict.action == "nothing"
    columns = insert_columns(node, table, t)
    rows = _rows(node, columns, t)
    if conflict is not None and conflict.where is not None:
        t.refuse("RETURNING behind ON CONFLICT … WHERE", returning, _HELP)
    wanted = conflict_columns(conflict, table, t) if conflict is not None else None
    if nothing:
        if len(rows) != 1:
            t.refuse("RETURNING of several rows behind DO NOTHING", returning, "insert them one by one")
        if wanted is not None and other_keys(wanted, table, columns):
            t.refuse("RETURNING behind DO NOTHING beside other unique keys", returning, _HELP)
    key = wanted if not nothing else None
    may_be_new = key is None or bool(_maybe_null(key, table, rows, t))
    made = _made_key(table, columns, rows, t) if may_be_new else None
    change = inserts.write_insert(node, t, skips=False, made=made)
    if key is not None:
        condition = _changed_rows(node, table, rows, key, made, t)
    else:
        condition = _new_rows(node, table, rows, made, t)
    name = own_name(node.table, t)
    t.with_qualifier(node, name)
    select = f"select {_items(node, returning, t)} from {name} where {condition}"
    return StepTexts(change, rows=select, or_nothing=nothing)


def _rows(node: Insert, columns: Sequence[Column], t: Translating) -> list[dict[str, Expression]]:
    """The values of the new rows, by column."""
    if node.source is None:
        return [{}]
    if not isinstance(node.source, Values):
        t.refuse("INSERT … SELECT … RETURNING", node.source, "insert with :exec, and read the rows by their keys")
    return [
        {column.name: item for item, column in zip(row.items, columns, strict=False) if not isinstance(item, Default)}
        for row in node.source.rows
    ]


def _made_key(
    table: Table, columns: Sequence[Column], rows: Sequence[dict[str, Expression]], t: Translating
) -> Column | None:
    """A key of one UUID that the database would make, which the client makes instead."""
    key = table.primary_key.columns if table.primary_key is not None else ()
    column = table.column(key[0]) if len(key) == 1 else None
    if column is None or column.default is None or t.neutral(column.type).kind is not Kind.UUID:
        return None
    return column if len(rows) == 1 and column.name not in {one.name for one in columns} else None


def _maybe_null(
    key: Sequence[str], table: Table, rows: Sequence[dict[str, Expression]], t: Translating
) -> list[Expression]:
    """The values of a key that may be NULL, which conflicts with nothing: their rows are new."""
    nullable = [column.name for column in table.columns if column.name in key and column.nullable]
    return [row[name] for row in rows for name in nullable if name in row and t.nullable(row[name])]


def _changed_rows(
    node: Insert,
    table: Table,
    rows: Sequence[dict[str, Expression]],
    key: Sequence[str],
    made: Column | None,
    t: Translating,
) -> str:
    """The condition that finds rows again by the key that they conflicted by; a row that has a NULL there is found as
    a new one is."""
    found = _by_values(key, node, table, rows, t)
    nulls = _maybe_null(key, table, rows, t)
    if not nulls:
        return found
    if len(rows) > 1:
        t.refuse("RETURNING of several rows whose key may be NULL", node.returning or node, "insert them one by one")
    absent = " or ".join(f"{t.operand(value)} is null" for value in nulls)
    return f"{found} or (({absent}) and {_new_rows(node, table, rows, made, t)})"


def _new_rows(
    node: Insert, table: Table, rows: Sequence[dict[str, Expression]], made: Column | None, t: Translating
) -> str:
    """The condition that finds new rows: by their primary key, or by the numbers that the database gave them."""
    if made is not None:
        return f"{t.name(made.name)} = {MADE_MARK}"
    key = key_columns(table, node, t)
    first, *others = key
    column = table.column(first)
    if column is None or column.made is None or others or any(first in row for row in rows):
        return _by_values(key, node, table, rows, t)
    name = t.name(first)
    if len(rows) == 1:
        return f"{name} = last_insert_id()"
    last = f"last_insert_id() + {len(rows) - 1} * @@auto_increment_increment"
    return f"{name} between last_insert_id() and {last}"


def _by_values(
    key: Sequence[str], node: Insert, table: Table, rows: Sequence[dict[str, Expression]], t: Translating
) -> str:
    """The condition that finds rows by a key that is written out."""
    texts: list[str] = []
    for row in rows:
        values: list[str] = []
        for column in map(table.column, key):
            value = row.get(column.name) if column is not None else None
            kind = t.neutral(column.type).kind if column is not None else Kind.OTHER
            if column is None or value is None or not _is_known(value) or kind in _ROUNDED:
                t.refuse("RETURNING of a row whose key is not written out", node.returning or node, _HELP)
            values.append(stored(value, t.neutral(column.type), t))
        texts.append(values[0] if len(values) == 1 else f"({', '.join(values)})")
    names = [t.name(name) for name in key]
    left = names[0] if len(names) == 1 else f"({', '.join(names)})"
    return f"{left} = {texts[0]}" if len(texts) == 1 else f"{left} in ({', '.join(texts)})"


def _is_known(node: Expression) -> bool:
    """Whether a value is the same when it is computed again: a constant or a parameter."""
    return isinstance(node, Parameter | String | Number) or (isinstance(node, Cast) and _is_known(node.operand))


def _counted(node: Insert, t: Translating) -> StepTexts:
    """A row that is changed counts as two, and one that is left as it is counts as one."""
    table, conflict = t.target_table(node), node.on_conflict[0]
    rows = len(node.source.rows) if isinstance(node.source, Values) else 0
    nothing = conflict.action == "nothing"
    if table is None or not rows or conflict.where is not None or (nothing and rows > 1):
        t.refuse("the number of rows of this ON CONFLICT", conflict, "use :exec, or :opt with RETURNING")
    wanted = conflict_columns(conflict, table, t)
    if nothing and wanted is not None and other_keys(wanted, table, insert_columns(node, table, t)):
        t.refuse("the number of rows of DO NOTHING beside other unique keys", conflict, "use :exec")
    return StepTexts(inserts.write_insert(node, t, skips=False), or_nothing=nothing, count=rows)


# UPDATE


def _update(node: Update, returning: Returning, t: Translating) -> StepTexts:
    table, target = t.target_table(node), node.table
    if table is None or not isinstance(target, TableName):
        t.refuse("this UPDATE", node)
    keys = key_columns(table, node, t)
    changed = {target_of(one, t).name for item in node.assignments for one in item.targets}
    if changed & set(keys):
        t.refuse("RETURNING of an UPDATE that changes the primary key", returning, _HELP)
    own = called(target, t)
    name = aliased(target, t)
    t.with_qualifier(node, own)
    select = f"select {_items(node, returning, t)} from {name} where"
    pinned = _pinned(node.where, keys, node, t) if node.from_ is None else None
    if pinned is not None:
        return StepTexts(updates.write_update(node, t), rows=f"{select} {pinned}")
    among = f"{key_text(keys, own, t)} in ({KEYS_MARK})"
    from_ = joined(node.from_, t)
    where = f" where {t.text(node.where)}" if node.where is not None else ""
    with_ = f"{t.text(node.with_)} " if node.with_ is not None else ""
    listed = ", ".join(f"{own}.{t.name(key)}" for key in keys)
    found = f"{with_}select {listed} from {name}{from_}{where} for update"
    return StepTexts(updates.write_update(node, t, among), found, f"{select} {among}", len(keys))


def _pinned(where: Expression | None, keys: Sequence[str], node: Query, t: Translating) -> str | None:
    """The part of WHERE that says which row it is by its primary key; None when none does."""
    found: dict[str, Expression] = {}
    for condition in _conjuncts(where):
        if not isinstance(condition, Binary) or condition.op != "=" or t.operation(condition) != "compare":
            continue
        for one, other in ((condition.left, condition.right), (condition.right, condition.left)):
            if isinstance(one, ColumnName) and t.is_target(one, node) and _is_known(other):
                column = t.origin(one)
                if column is not None:
                    found[column.name] = condition
    if not set(keys) <= set(found):
        return None
    return " and ".join(t.text(found[key]) for key in keys)


def _conjuncts(node: Expression | None) -> Iterator[Expression]:
    if isinstance(node, Logical) and node.op == "and":
        for operand in node.operands:
            yield from _conjuncts(operand)
    elif node is not None:
        yield node


# DELETE


def _delete(node: Delete, returning: Returning, t: Translating) -> StepTexts:
    deletes.check_delete(node, t)
    table, target = t.target_table(node), node.targets[0]
    if table is None:
        t.refuse("this DELETE", node)
    keys = key_columns(table, node, t)
    own = called(target, t)
    t.with_qualifier(node, own)
    items = _items(node, returning, t)
    from_ = deletes.chosen(node, t)
    with_ = f"{t.text(node.with_)} " if node.with_ is not None else ""
    if node.using is None and _pinned(node.where, keys, node, t) is not None:
        found = f"{with_}select {items} {from_} for update"
        return StepTexts(deletes.write_delete(node, t), found)
    listed = ", ".join(f"{own}.{t.name(key)}" for key in keys)
    found = f"{with_}select {listed}, {items} {from_} for update"
    name = own_name(target, t)
    change = f"delete from {name} where {key_text(keys, name, t)} in ({KEYS_MARK})"
    return StepTexts(change, found, None, len(keys))
