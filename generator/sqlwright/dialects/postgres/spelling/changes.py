"""INSERT, UPDATE and DELETE."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.catalog import Column, Table, UniqueKey
from ....model.syntax import (
    Assignment,
    Default,
    Delete,
    Expression,
    Insert,
    Limit,
    Node,
    Null,
    OnConflict,
    Ordering,
    Query,
    Returning,
    Row,
    Select,
    SelectItem,
    SetOperation,
    Star,
    Subquery,
    TableName,
    Target,
    Update,
    Values,
)
from ....model.types import Kind
from ...translation import Translating, Want
from .conversions import alike, condition, stored
from .queries import write_item, write_ordering

_IGNORING = "insert or ignore"
_REPLACING = ("replace", "insert or replace")

# INSERT


def write_insert(node: Insert, t: Translating) -> str:
    table = t.target_table(node)
    if table is None:
        t.refuse("this INSERT", node)
    if node.verb not in ("insert", "insert or abort", _IGNORING, *_REPLACING) or node.on_duplicate:
        t.refuse(node.verb.upper(), node)
    columns = _columns(node, table, t)
    spans = [_verb(node, t)]
    replaced: dict[Node, str] = {}
    if isinstance(node.source, Values):
        replaced[node.source] = _rows(node.source, columns, t)
    elif node.source is not None:
        _store_outputs(node.source, columns, t)
    if node.source is not None:
        spans.append(_column_list(node, columns, table, t))
        end = node.source.end
        spans.append((_closing(end, node, t), _closing(end, node, t), _on_every_conflict(node, table, columns, t)))
    if len(node.on_conflict) > 1:
        t.refuse("several ON CONFLICT clauses", node.on_conflict[1])
    for conflict in node.on_conflict:
        replaced[conflict] = _on_conflict(conflict, node, table, t)
    return _with_returning(node, node.returning, replaced, [span for span in spans if span[2]], t)


def _verb(node: Insert, t: Translating) -> tuple[int, int, str]:
    """From the verb to the table: INTO may have an alias behind it, and REPLACE is an INSERT."""
    start = node.with_.end if node.with_ is not None else node.start
    end = node.table.start
    return start, end, f"{' ' if node.with_ is not None else ''}insert into "


def _columns(node: Insert, table: Table, t: Translating) -> Sequence[Column]:
    """The columns that are written, in the order of their values."""
    if not node.columns:
        return [column for column in table.columns if column.generated is None]
    found: list[Column] = []
    for target in node.columns:
        column = t.target_column(target)
        if column is None:
            t.refuse("this target", target)
        found.append(column)
    return found


def _column_list(node: Insert, columns: Sequence[Column], table: Table, t: Translating) -> tuple[int, int, str]:
    """The list of columns, which is made where the query has none."""
    names = ", ".join(t.name(column.name) for column in columns)
    if node.columns:
        return node.columns[0].start, node.columns[-1].end, names
    return node.table.end, node.table.end, f" ({names})"


def _rows(source: Values, columns: Sequence[Column], t: Translating) -> str:
    replaced: dict[Node, str] = {}
    for row in source.rows:
        items: dict[Node, str] = {
            item: _inserted(item, column, t) for item, column in zip(row.items, columns, strict=False)
        }
        replaced[row] = t.same(row, items)
    return t.same(source, replaced)


def _inserted(node: Expression, column: Column, t: Translating) -> str:
    """NULL for the column that numbers rows is the next number."""
    if column.made is not None:
        if isinstance(node, Null):
            return "default"
        if t.nullable(node):
            t.refuse("a number of a row that may be NULL", node, "leave the column out to have one made")
    return stored(node, t.neutral(column.type), t)


def _store_outputs(source: Query, columns: Sequence[Column], t: Translating) -> None:
    """Have the columns of a query come as those of a table keep them."""
    if isinstance(source, SetOperation):
        for side in (source.left, source.right):
            for output, column in zip(t.outputs(side), columns, strict=False):
                if not alike(output.type, t.neutral(column.type)) and not isinstance(output.expression, Null):
                    t.refuse(f"{output.type} for a column of {t.neutral(column.type)} here", output.item, "cast it")
        return
    for output, column in zip(t.outputs(source), columns, strict=False):
        type = t.neutral(column.type)
        if column.made is not None and (output.expression is None or t.nullable(output.expression)):
            t.refuse("a number of a row that may be NULL", output.item, "leave the column out to have one made")
        if isinstance(source, Select) and output.expression is not None:
            t.want(output.expression, Want(type, stored=True))
        elif not alike(output.type, type):
            t.refuse(f"{output.type} for a column of {type} here", output.item, "name the column, and cast it")


# Conflicts


def _on_every_conflict(node: Insert, table: Table, columns: Sequence[Column], t: Translating) -> str:
    """INSERT OR IGNORE and REPLACE, where uniqueness is all that a row can offend against."""
    if node.verb in ("insert", "insert or abort"):
        return ""
    _check_offences(node, table, columns, t)
    if node.verb == _IGNORING:
        return " on conflict do nothing"
    key = _only_key(node, table, t)
    if t.referencing(table):
        t.refuse("REPLACE of rows that others point to", node, "use ON CONFLICT … DO UPDATE, which deletes nothing")
    given = {column.name for column in columns}
    kept = [column for column in table.columns if column.name not in key.columns and column.generated is None]
    if any(column.made is not None for column in kept) or not set(key.columns) <= given:
        t.refuse("REPLACE that makes new numbers of rows", node, "use ON CONFLICT … DO UPDATE")
    sets = [_taken(column, column.name in given, t) for column in kept]
    sets = sets or [f"{t.name(name)} = excluded.{t.name(name)}" for name in key.columns]
    return f" on conflict ({', '.join(t.name(name) for name in key.columns)}) do update set {', '.join(sets)}"


def _taken(column: Column, given: bool, t: Translating) -> str:
    return f"{t.name(column.name)} = {f'excluded.{t.name(column.name)}' if given else 'default'}"


def _check_offences(node: Insert, table: Table, columns: Sequence[Column], t: Translating) -> None:
    """PostgreSQL passes over duplicates only, and a row that offends against anything else is an error."""
    if table.checks:
        t.refuse(f"{node.verb.upper()} into a table with a CHECK", node, "use ON CONFLICT")
    if node.on_conflict:
        t.refuse(f"{node.verb.upper()} with ON CONFLICT", node)
    missing = [column for column in table.columns if column.required and column not in columns]
    if missing:
        t.refuse(f"{node.verb.upper()} without a value for `{missing[0].name}`", node)
    for place, column in enumerate(columns):
        if column.not_null and any(t.nullable(one) for one in _values_at(node.source, place, t)):
            t.refuse(f"{node.verb.upper()} of a value for `{column.name}` that may be NULL", node)


def _values_at(source: Query | None, place: int, t: Translating) -> Sequence[Expression]:
    if isinstance(source, Values):
        return [row.items[place] for row in source.rows if place < len(row.items)]
    if source is None:
        return []
    outputs = t.outputs(source)
    return [one.expression for one in outputs[place : place + 1] if one.expression is not None]


def _only_key(node: Insert, table: Table, t: Translating) -> UniqueKey:
    keys: list[UniqueKey] = [*table.uniques, *((table.primary_key,) if table.primary_key is not None else ())]
    if len(keys) != 1 or any(index.unique for index in table.indexes):
        t.refuse("REPLACE into a table with other than one unique key", node, "use ON CONFLICT … DO UPDATE")
    return keys[0]


def _on_conflict(node: OnConflict, insert: Insert, table: Table, t: Translating) -> str:
    """ON CONFLICT, in which a bare column is one of the row that is there."""
    if node.action == "update" and not node.columns:
        t.refuse("DO UPDATE on any conflict", node, "name the columns: on conflict (…)")
    t.with_qualifier(insert)
    replaced: dict[Node, str] = {item: _assignment(item, t) for item in node.assignments}
    for column in node.columns:
        replaced[column] = t.written(column) if column not in replaced else replaced[column]
    if node.where is not None:
        replaced[node.where] = condition(node.where, t)
    if node.where_index is not None:
        t.refuse("a condition of the index of a conflict", node.where_index)
    return t.same(node, replaced)


# Assignments


def _assignment(node: Assignment, t: Translating) -> str:
    columns = [_target(target, t) for target in node.targets]
    names = [t.name(column.name) for column in columns]
    if len(columns) == 1:
        return f"{names[0]} = {_assigned(node.value, columns[0], t)}"
    left = f"({', '.join(names)})"
    if isinstance(node.value, Row) and len(node.value.items) == len(columns):
        values = [_assigned(value, column, t) for value, column in zip(node.value.items, columns, strict=True)]
        return f"{left} = ({', '.join(values)})"
    if isinstance(node.value, Subquery):
        _store_outputs(node.value.query, columns, t)
        return f"{left} = {t.text(node.value)}"
    t.refuse("this assignment to several columns", node)


def _target(node: Target, t: Translating) -> Column:
    column = t.target_column(node)
    return column if column is not None else t.refuse("this target", node)


def _assigned(node: Expression, column: Column, t: Translating) -> str:
    return "default" if isinstance(node, Default) else stored(node, t.neutral(column.type), t)


# UPDATE


def write_update(node: Update, t: Translating) -> str:
    table = t.target_table(node)
    if table is None or not isinstance(node.table, TableName) or node.verb not in ("update", "update or abort"):
        t.refuse(node.verb.upper(), node)
    replaced: dict[Node, str] = {item: _assignment(item, t) for item in node.assignments}
    start = node.with_.end if node.with_ is not None else node.start
    spans = [(start, node.table.start, f"{' ' if node.with_ is not None else ''}update ")]
    if node.order_by or node.limit is not None:
        if node.from_ is not None:
            t.refuse("UPDATE with FROM and LIMIT", node)
        last = node.assignments[-1].end
        spans += [_limited(node, table, node.table, node.where, node.order_by, node.limit, last, t)]
    elif node.where is not None:
        replaced[node.where] = condition(node.where, t)
    return _with_returning(node, node.returning, replaced, spans, t)


# DELETE


def write_delete(node: Delete, t: Translating) -> str:
    table = t.target_table(node)
    if table is None or len(node.targets) != 1 or node.using is not None or node.verb != "delete":
        t.refuse("this DELETE", node)
    replaced: dict[Node, str] = {}
    spans: list[tuple[int, int, str]] = []
    if node.order_by or node.limit is not None:
        target = node.targets[0]
        spans = [_limited(node, table, target, node.where, node.order_by, node.limit, target.end, t)]
    elif node.where is not None:
        replaced[node.where] = condition(node.where, t)
    return _with_returning(node, node.returning, replaced, spans, t)


def _limited(
    node: Query,
    table: Table,
    target: TableName,
    where: Expression | None,
    order_by: Sequence[Ordering],
    limit: Limit | None,
    start: int,
    t: Translating,
) -> tuple[int, int, str]:
    """The condition that a change has which is limited to some rows: they are chosen by their key."""
    key = table.primary_key
    if key is None:
        t.refuse("a change of some rows of a table without a primary key", node)
    names = ", ".join(t.name(name) for name in key.columns)
    condition_text = f" where {condition(where, t)}" if where is not None else ""
    order = f" order by {', '.join(write_ordering(item, None, t) for item in order_by)}" if order_by else ""
    count = f" {t.text(limit)}" if limit is not None else ""
    own = f"({names})" if len(key.columns) > 1 else names
    ends = [one.end for one in (where, *order_by, limit) if one is not None]
    text = f" where {own} in (select {names} from {t.text(target)}{condition_text}{order}{count})"
    return start, _closing(max(ends), node, t), text


def _closing(end: int, node: Query, t: Translating) -> int:
    """The end of a clause, with the parentheses that close behind its last expression."""
    rest = t.between(end, node.end)
    closed = len(rest) - len(rest.lstrip(") \n\t"))
    return end + rest[:closed].rfind(")") + 1


# RETURNING


def _with_returning(
    node: Query,
    returning: Returning | None,
    replaced: dict[Node, str],
    spans: Sequence[tuple[int, int, str]],
    t: Translating,
) -> str:
    """The statement with its RETURNING, where columns are those of the table that is changed."""
    if returning is None:
        return t.same(node, replaced, spans)
    before = t.same(node, {**replaced, returning: "\0"}, spans)
    if isinstance(node, Update) and node.from_ is not None:
        t.with_qualifier(node)
    items: dict[Node, str] = {item: _returned(item, node, t) for item in returning.items}
    return before.replace("\0", t.same(returning, items))


def _returned(item: SelectItem, node: Query, t: Translating) -> str:
    table = t.target_table(node)
    if not isinstance(item.expression, Star):
        return write_item(item, node, t)
    columns = t.starred(item.expression)
    if columns is None or table is None:
        t.refuse(f"`{t.written(item.expression)}` in RETURNING", item, "name the columns")
    if any(one.type.kind is Kind.OTHER for one in columns):
        t.refuse("a column whose type is not known", item)
    qualified = isinstance(node, Update) and node.from_ is not None
    prefix = f"{t.name(_called(node, table))}." if qualified else ""
    return ", ".join(prefix + t.name(column.name) for column in columns)


def _called(node: Query, table: Table) -> str:
    named = node.table.alias if isinstance(node, Update) and isinstance(node.table, TableName) else None
    return named.name.text if named is not None else table.name
