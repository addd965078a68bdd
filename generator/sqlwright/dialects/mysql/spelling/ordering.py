"""ORDER BY: NULLs where the written dialect puts them, which takes a key of its own, and enums by their labels."""

from __future__ import annotations

from typing import Final

from ....model.syntax import (
    Call,
    ColumnName,
    Expression,
    Ordering,
    Query,
    Select,
    SelectItem,
    SetOperation,
    String,
    walk,
)
from ....model.types import Kind, Type
from ...spelling.kinds import described
from ...spelling.queries import column_label, is_citext, output_at
from ...translation import Output, Translating
from .literals import quoted

AGGREGATES: Final = frozenset("count sum avg min max every any text.aggregate json.aggregate array.aggregate".split())


def write_ordering(node: Ordering, t: Translating) -> str:
    return write_key(node, None, t)


def write_key(node: Ordering, query: Query | None, t: Translating, nulls_sorted: bool = True) -> str:
    """One item of ORDER BY; `query` is the one that it orders, whose result columns it may mean.

    `nulls_sorted` says that NULLs come before all values where it is not said otherwise.
    """
    if node.using is not None:
        t.refuse("ORDER BY … USING", node)
    output = output_at(node.expression, query, t) if query is not None else None
    type = output.type if output is not None else t.type(node.expression)
    text = _ordered(node.expression, output, type, query, t)
    descending = bool(node.descending)
    first = node.nulls_first if node.nulls_first is not None else t.sorts_nulls_first(descending)
    key = f"{text}{' desc' if descending else ''}"
    if (nulls_sorted and first is not descending) or not _may_be_null(node.expression, output, query, t):
        return key
    tested = _tested(node.expression, output, query, t)
    return f"{tested} is {'not ' if first else ''}null, {key}"


def _tested(node: Expression, output: Output | None, query: Query | None, t: Translating) -> str:
    """What is NULL where the key is: an expression rather than the number or the name of a result column.

    Beside GROUP BY it is the name: MySQL does not see that an expression around what is grouped by depends on it. But
    for aggregates, whose names MariaDB does not take in expressions.
    """
    if isinstance(query, SetOperation):
        return t.name(output.name) if output is not None else t.text(node)
    if output is not None and output.expression is None:
        t.refuse("the place of NULLs in a column of a star", node, "name the column")
    meant = output.expression if output is not None and output.expression is not None else t.meant(node)
    if isinstance(query, Select) and query.group_by and not isinstance(meant, ColumnName) and not _aggregates(meant, t):
        return _named(meant, query, node, t)
    return t.operand(meant)


def _aggregates(node: Expression, t: Translating) -> bool:
    return any(isinstance(part, Call) and t.operation(part) in AGGREGATES for part in walk(node))


def _named(meant: Expression, query: Select, node: Expression, t: Translating) -> str:
    outputs = t.outputs(query)
    for output in outputs:
        if output.expression is not None and t.written(output.expression) == t.written(meant):
            name = label(output.item, query, t)
            if name is not None and sum(other.name == name for other in outputs) <= 1:
                return t.name(name)
    t.refuse("the place of NULLs in this order", node, "select what is grouped by under a name, and order by that")


def label(item: SelectItem, query: Query, t: Translating) -> str | None:
    """The name of a result column: its alias, the one that it has without one, or one that is made up."""
    if item.alias is not None:
        return t.text(item.alias).strip("`")
    found = column_label(item, query, t)
    if found is None and isinstance(query, Select) and query.group_by:
        return f"column_{query.items.index(item) + 1}"
    return found


def _ordered(node: Expression, output: Output | None, type: Type, query: Query | None, t: Translating) -> str:
    if type.kind in (Kind.JSON, Kind.ARRAY, Kind.OTHER) or is_citext(node, t):
        t.refuse(f"the order of {described(type)}", node)
    meant = output.expression if output is not None else t.meant(node)
    if type.kind in (Kind.ENUM, Kind.UUID):
        if isinstance(query, SetOperation) or meant is None:
            t.refuse(f"the order of {described(type)} here", node, "order a query around this one")
        return rank(meant, type, t) if type.kind is Kind.ENUM else t.template("uuid.order").format(t.operand(meant))
    return t.written(node) if output is not None else t.text(node)


def _may_be_null(node: Expression, output: Output | None, query: Query | None, t: Translating) -> bool:
    if isinstance(query, SetOperation):
        return True
    if output is not None:
        return output.expression is None or t.nullable(output.expression)
    return t.nullable(node)


def rank(node: Expression, type: Type, t: Translating) -> str:
    """The position of an enum's label among those of its type."""
    labels = t.enum_labels(type)
    if labels is None:
        t.refuse(f"the order of {type}", node)
    if isinstance(node, String) and node.value in labels:
        return str(labels.index(node.value) + 1)
    return f"nullif(field({t.text(node)}, {', '.join(map(quoted, labels))}), 0)"
