"""ON CONFLICT. MySQL's ON DUPLICATE KEY UPDATE is for any unique key, and has no condition."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Column, Making, Table
from ....model.syntax import Call, ColumnName, Insert, OnConflict, walk
from ...translation import Translating
from .failures import failure
from .targets import assigned, columns_read, in_order, key_columns, listed, own_name, touched


def on_duplicate(node: OnConflict, insert: Insert, table: Table, columns: Sequence[Column], t: Translating) -> str:
    """ON DUPLICATE KEY UPDATE. Where another key than the one that is named could be the duplicate, a row that does not
    have the same values in the named one, or has a NULL there, is an error, as it is on PostgreSQL."""
    name = own_name(insert.table, t)
    wanted = conflict_columns(node, table, t)
    guard = None
    if wanted is not None and other_keys(wanted, table, columns):
        pairs = [f"{name}.{t.name(one)} = {t.template('excluded').format(t.name(one))}" for one in wanted]
        guard = " and ".join(pairs)
    if node.action == "nothing":
        key = f"{name}.{t.name(key_columns(table, node, t)[0])}"
        return f"on duplicate key update {key} = {_guarded(key, guard)}"
    _check_excluded(node, columns, t)
    found = assigned(node.assignments, insert, t)
    found += [(column, text, frozenset()) for column, text in touched(table, [one[0] for one in found], t)]
    if node.where is not None:
        condition = t.text(node.where)
        reads = columns_read(walk(node.where), insert, t)
        found = [
            (column, f"case when {condition} then {text} else {name}.{t.name(column.name)} end", own | reads)
            for column, text, own in found
            if text != "default" or t.refuse("DEFAULT under a condition", node.where or node)
        ]
    ordered = in_order(found)
    if ordered is None:
        t.refuse("assignments that need each other's old values", node, "change the row in a statement of its own")
    changed = {column.name for column, _ in ordered}
    if guard is not None and changed & set(wanted or ()):
        t.refuse("a change of the key that rows conflict by, beside other unique keys", node)
    first, *others = ordered
    if guard is not None and first[1] == "default":
        others, first = [first, *others], (table.columns[0], f"{name}.{t.name(table.columns[0].name)}")
    items = [(first[0], _guarded(first[1], guard)), *others]
    return f"on duplicate key update{listed([f'{name}.{t.name(column.name)} = {text}' for column, text in items])}"


def _guarded(text: str, guard: str | None) -> str:
    """A value where the guard holds; the error that stands elsewhere is a number, whatever type the value is of."""
    if guard is None:
        return text
    return f"case when (case when {guard} then 1 else {failure(f'({guard}) is not true')} end) = 1 then {text} end"


def _check_excluded(node: OnConflict, columns: Sequence[Column], t: Translating) -> None:
    """`excluded` has, on MySQL, the columns that the statement gives."""
    given = {column.name for column in columns}
    for part in walk(node):
        column = t.origin(part) if isinstance(part, ColumnName) and t.is_excluded(part) else None
        if column is not None and column.name not in given:
            t.refuse(f"`excluded.{column.name}`, which the statement gives no value,", part, "give it a value")


def conflict_columns(node: OnConflict, table: Table, t: Translating) -> tuple[str, ...] | None:
    """The columns of the key that is named; None when any will do."""
    if node.where_index is not None:
        t.refuse("ON CONFLICT on a partial index", node)
    if node.constraint is not None:
        columns = t.conflict_columns(table, t.text(node.constraint).strip("`"))
        if columns is None:
            t.refuse(f"ON CONFLICT ON CONSTRAINT `{node.constraint.text}`", node, "name the columns: on conflict (…)")
        return columns
    if not node.columns:
        return None
    names: list[str] = []
    for one in node.columns:
        if not isinstance(one, ColumnName):
            t.refuse("ON CONFLICT on an expression", one)
        column = next((c.name for c in table.columns if c.name.lower() == one.parts[-1].text.lower()), None)
        names.append(column if column is not None else t.refuse("this ON CONFLICT", one))
    return tuple(names)


def other_keys(wanted: Sequence[str], table: Table, columns: Sequence[Column]) -> bool:
    """Whether a new row can be a duplicate by a unique key other than one that the named one is part of."""
    keys = [key.columns for key in (*table.uniques, *((table.primary_key,) if table.primary_key else ()))]
    keys += [tuple(part.column or "" for part in index.parts) for index in table.indexes if index.unique]
    given = {column.name for column in columns}
    return any(not set(wanted) <= set(key) and not any(_is_new(name, table, given) for name in key) for key in keys)


def _is_new(name: str, table: Table, given: set[str]) -> bool:
    """Whether a column has, in every new row, a value that no other row has: one that was made, or NULL."""
    column = table.column(name)
    if column is None or name in given:
        return False
    if column.made is not None and column.made is not Making.ROWID:
        return True
    if column.default is None:
        return True
    made = column.default.expression
    return isinstance(made, Call) and made.function in ("gen_random_uuid", "uuid_generate_v4", "uuid")
