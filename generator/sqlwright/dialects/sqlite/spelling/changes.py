"""INSERT, UPDATE and DELETE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ....model.catalog import Column, Table
from ....model.syntax import (
    Assignment,
    ColumnName,
    Default,
    Delete,
    Expression,
    Insert,
    Node,
    OnConflict,
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
    walk,
)
from ....model.types import Kind, Type
from ...spelling.comparing import alike
from ...translation import Translating, Want
from ..returning import returned
from .conversions import stored
from .moments import NOW
from .queries import unnamed

# INSERT


def write_insert(node: Insert, t: Translating) -> str:
    table = t.target_table(node)
    if table is None:
        t.refuse("this INSERT", node)
    if node.verb != "insert" or node.overriding is not None or node.on_duplicate:
        t.refuse("OVERRIDING" if node.overriding is not None else node.verb.upper(), node)
    columns = _columns(node, table, t)
    spans: list[tuple[int, int, str]] = []
    replaced: dict[Node, str] = {}
    if isinstance(node.source, Values):
        kept = _kept(node.source, len(columns), t)
        if not kept:
            return _of_defaults(node, table, t)
        replaced[node.source] = _rows(node.source, columns, kept, table, t)
        spans.append(_column_list(node, [columns[at] for at in kept], t))
    elif node.source is not None:
        spans.append(_column_list(node, columns, t))
        replaced[node.source] = _source(node, node.source, columns, t)
    elif node.on_conflict:
        t.refuse("DEFAULT VALUES with ON CONFLICT", node)
    if len(node.on_conflict) > 1:
        t.refuse("several ON CONFLICT clauses", node.on_conflict[1])
    for conflict in node.on_conflict:
        replaced[conflict] = _on_conflict(conflict, table, t)
    return _with_returning(node, node.returning, replaced, spans, t)


def _columns(node: Insert, table: Table, t: Translating) -> Sequence[Column]:
    """The columns that are written, in the order of their values."""
    if not node.columns:
        width = len(t.outputs(node.source)) if node.source is not None else len(table.columns)
        return table.columns[:width]
    found: list[Column] = []
    for target in node.columns:
        column = t.target_column(target)
        if column is None or target.path:
            t.refuse("part of a column as a target", target)
        found.append(column)
    return found


def _column_list(node: Insert, columns: Sequence[Column], t: Translating) -> tuple[int, int, str]:
    """The list of columns, which is made where the query has none."""
    names = ", ".join(t.name(column.name) for column in columns)
    if node.columns:
        return node.columns[0].start, node.columns[-1].end, names
    return node.table.end, node.table.end, f" ({names})"


def _kept(source: Values, width: int, t: Translating) -> list[int]:
    """The positions of the columns that are not DEFAULT in every row."""
    rows = [row.items for row in source.rows]
    if source.order_by or source.limit is not None:
        t.refuse("VALUES with ORDER BY or LIMIT", source)
    return [at for at in range(width) if not all(at < len(row) and isinstance(row[at], Default) for row in rows)]


def _of_defaults(node: Insert, table: Table, t: Translating) -> str:
    """A row in which every value is a default."""
    if not isinstance(node.source, Values) or len(node.source.rows) > 1 or node.on_conflict:
        t.refuse("rows of nothing but defaults", node)
    end = node.source.end
    return _with_returning(node, node.returning, {}, [(node.table.end, end, " default values")], t)


def _rows(source: Values, columns: Sequence[Column], kept: Sequence[int], table: Table, t: Translating) -> str:
    replaced: dict[Node, str] = {}
    for row in source.rows:
        if len(kept) == len(row.items):
            items: dict[Node, str] = {
                item: _value(item, column, table, t) for item, column in zip(row.items, columns, strict=True)
            }
            replaced[row] = t.same(row, items)
        else:
            values = [_value(row.items[at], columns[at], table, t) for at in kept]
            replaced[row] = f"({', '.join(values)})"
    return t.same(source, replaced)


def _value(node: Expression, column: Column, table: Table, t: Translating) -> str:
    if isinstance(node, Default):
        if column.made is not None or column.generated is not None:
            t.refuse(f"DEFAULT for `{column.name}` in some rows only", node)
        return t.default(column, table) or "null"
    return stored(node, t.neutral(column.type), t)


def _source(node: Insert, source: Query, columns: Sequence[Column], t: Translating) -> str:
    """The query of INSERT … SELECT, its columns as those of the table keep them."""
    _store_outputs(source, columns, t)
    text = unnamed(source, t)
    last = _last(source)
    if node.on_conflict and isinstance(last, Select) and last.from_ is not None and _ends_in_from(last):
        return f"{text} where true"
    return text


def _ends_in_from(query: Select) -> bool:
    """Then SQLite takes the ON of ON CONFLICT for that of a join."""
    return query.where is None and not (query.group_by or query.order_by or query.limit or query.windows)


def _last(query: Query) -> Query:
    """The part of a compound that stands last."""
    while isinstance(query, SetOperation):
        query = query.right
    return query


def _store_outputs(source: Query, columns: Sequence[Column], t: Translating) -> None:
    """Have the columns of a query come as those of a table keep them."""
    if isinstance(source, SetOperation) and source.op == "union" and source.all:
        _store_outputs(source.left, columns, t)
        _store_outputs(source.right, columns, t)
        return
    for output, column in zip(t.outputs(source), columns, strict=False):
        type = t.neutral(column.type)
        if isinstance(source, Select) and output.expression is not None:
            t.want(output.expression, Want(type, stored=True))
        elif not _same_form(output.type, type):
            t.refuse(f"{output.type} for a column of {type} here", output.item, "name the column, and cast it")


def _same_form(source: Type, target: Type) -> bool:
    """Whether values are kept by a column as they come: decimals would have to be rounded to its scale."""
    return alike(source, target) and (target.kind is not Kind.DECIMAL or source.scale == target.scale is not None)


# ON CONFLICT


def _on_conflict(node: OnConflict, table: Table, t: Translating) -> str:
    replaced: dict[Node, str] = {item: _assignment(item, table, t) for item in node.assignments}
    spans = [_touched_assignments(node.assignments, table, t)] if node.action == "update" else []
    spans = [span for span in spans if span[2]]
    if node.constraint is None:
        return t.same(node, replaced, spans)
    columns = t.conflict_columns(table, t.text(node.constraint).strip('"'))
    if columns is None:
        t.refuse(f"ON CONFLICT ON CONSTRAINT `{node.constraint.text}`", node, "name the columns: on conflict (…)")
    start = t.written(node).lower().index("on constraint") + node.start
    names = f"({', '.join(t.name(column) for column in columns)})"
    return t.same(node, replaced, [*spans, (start, node.constraint.end, names)])


# Assignments


def _assignment(node: Assignment, table: Table, t: Translating) -> str:
    columns = [_target(target, t) for target in node.targets]
    names = [t.name(column.name) for column in columns]
    if len(columns) == 1:
        return f"{names[0]} = {_assigned(node.value, columns[0], table, t)}"
    left = f"({', '.join(names)})"
    if isinstance(node.value, Row) and len(node.value.items) == len(columns):
        values = [_assigned(value, column, table, t) for value, column in zip(node.value.items, columns, strict=True)]
        return f"{left} = ({', '.join(values)})"
    if isinstance(node.value, Subquery):
        _store_outputs(node.value.query, columns, t)
        return f"{left} = ({unnamed(node.value.query, t)})"
    t.refuse("this assignment to several columns", node)


def _target(node: Target, t: Translating) -> Column:
    column = t.target_column(node)
    if column is None or node.path:
        t.refuse("part of a column as a target", node)
    return column


def _assigned(node: Expression, column: Column, table: Table, t: Translating) -> str:
    if isinstance(node, Default):
        return t.default(column, table) or "null"
    return stored(node, t.neutral(column.type), t)


def _touched_assignments(items: Sequence[Assignment], table: Table, t: Translating) -> tuple[int, int, str]:
    """The columns that every change sets to its time: a trigger would do it too late for RETURNING."""
    written = {column.name for item in items for target in item.targets if (column := t.target_column(target))}
    added = [column for column in table.columns if column.touched and column.name not in written]
    now = [f", {t.name(column.name)} = {_now_for(column, t)}" for column in added]
    return items[-1].end, items[-1].end, "".join(now)


def _now_for(column: Column, t: Translating) -> str:
    kind = t.neutral(column.type).kind.value
    return {"timestamptz": NOW, "timestamp": f"substr({NOW}, 1, 26)", "date": "date('now')"}.get(kind, NOW)


# UPDATE


def write_update(node: Update, t: Translating) -> str:
    table = t.target_table(node)
    if table is None or not isinstance(node.table, TableName) or node.cursor is not None or node.verb != "update":
        t.refuse("this UPDATE", node)
    if node.order_by or node.limit is not None:
        t.refuse("UPDATE with ORDER BY or LIMIT", node)
    replaced: dict[Node, str] = {item: _assignment(item, table, t) for item in node.assignments}
    replaced[node.table] = _aliased(node.table, t)
    touched = _touched_assignments(node.assignments, table, t)
    return _with_returning(node, node.returning, replaced, [touched] if touched[2] else [], t)


def _aliased(node: TableName, t: Translating) -> str:
    """A table that is changed: SQLite wants AS before its alias."""
    if node.only or (node.alias is not None and node.alias.columns):
        t.refuse("ONLY" if node.only else "an alias with columns", node)
    if node.alias is None:
        return t.text(node)
    bare = TableName(node.parts[0].start, node.parts[-1].end, node.parts)
    return f"{t.text(bare)} as {t.text(node.alias.name)}"


# DELETE


def write_delete(node: Delete, t: Translating) -> str:
    if len(node.targets) != 1 or node.joined or node.cursor is not None or node.verb != "delete":
        t.refuse("this DELETE", node)
    if node.order_by or node.limit is not None:
        t.refuse("DELETE with ORDER BY or LIMIT", node)
    replaced: dict[Node, str] = {node.targets[0]: _aliased(node.targets[0], t)}
    spans: list[tuple[int, int, str]] = []
    if node.using is not None:
        where = f" where {t.text(node.where)}" if node.where is not None else ""
        exists = f" where exists (select 1 from {t.text(node.using)}{where})"
        end = node.where.end if node.where is not None else node.using.end
        spans.append((node.targets[0].end, _closing(end, node, t), exists))
    return _with_returning(node, node.returning, replaced, spans, t)


def _closing(end: int, node: Delete, t: Translating) -> int:
    """The end of a clause, with the parentheses that close behind its last expression."""
    limit = node.returning.start if node.returning is not None else node.end
    rest = t.between(end, limit)
    return end + rest.rfind(")") + 1


# RETURNING


def _with_returning(
    node: Query,
    returning: Returning | None,
    replaced: dict[Node, str],
    spans: Sequence[tuple[int, int, str]],
    t: Translating,
) -> str:
    """The statement with its RETURNING, in which SQLite takes no qualified names, and none of other tables."""
    if returning is not None:
        before = t.same(node, {**replaced, returning: "\0"}, spans)
        _check_returning(node, returning.items, t)
        t.without_qualifier(node)
        items: dict[Node, str] = {item: _returned(item, node, t) for item in returning.items}
        return before.replace("\0", t.same(returning, items))
    return t.same(node, replaced, spans)


def _check_returning(node: Query, items: Iterable[SelectItem], t: Translating) -> None:
    for item in items:
        for part in walk(item):
            if isinstance(part, Query):
                t.refuse("a query in RETURNING", part)
            if isinstance(part, ColumnName) and not t.is_target(part, node):
                what = "a column of another table" if t.whole_row(part) is None else "a whole row"
                t.refuse(f"{what} in RETURNING", part)


def _returned(item: SelectItem, node: Query, t: Translating) -> str:
    expression = item.expression
    if isinstance(expression, ColumnName):
        name = t.name(expression.parts[-1].text)
        text = returned(name, t.type(expression))
        return t.same(item) if text == name else f"{text} as {name if item.alias is None else t.text(item.alias)}"
    if not isinstance(expression, Star):
        return t.same(item)
    columns = t.starred(expression)
    table = t.target_table(node)
    if columns is None or table is None or [one.name for one in columns] != [one.name for one in table.columns]:
        t.refuse(f"`{t.written(expression)}` in RETURNING", item, "name the columns")
    named = [(t.name(column.name), returned(t.name(column.name), column.type)) for column in columns]
    return ", ".join(name if text == name else f"{text} as {name}" for name, text in named)
