"""ORDER BY: NULLs where the written dialect puts them, which takes a key of its own, and enums by their labels."""

from __future__ import annotations

from ....model.syntax import Expression, Ordering, Query, SetOperation, String
from ....model.types import Kind, Type
from ...spelling.kinds import described
from ...spelling.queries import is_citext, output_at
from ...translation import Output, Translating
from .literals import quoted


def write_ordering(node: Ordering, t: Translating) -> str:
    return write_key(node, None, t)


def write_key(node: Ordering, query: Query | None, t: Translating) -> str:
    """One item of ORDER BY; `query` is the one that it orders, whose result columns it may mean."""
    if node.using is not None:
        t.refuse("ORDER BY … USING", node)
    output = output_at(node.expression, query, t) if query is not None else None
    type = output.type if output is not None else t.type(node.expression)
    text = _ordered(node.expression, output, type, query, t)
    descending = bool(node.descending)
    first = node.nulls_first if node.nulls_first is not None else t.sorts_nulls_first(descending)
    key = f"{text}{' desc' if descending else ''}"
    if first is not descending or not _may_be_null(node.expression, output, query, t):
        return key
    tested = _tested(node.expression, output, query, t)
    return f"{tested} is {'not ' if first else ''}null, {key}"


def _tested(node: Expression, output: Output | None, query: Query | None, t: Translating) -> str:
    """What is NULL where the key is: an expression rather than the number or the name of a result column."""
    if isinstance(query, SetOperation):
        return t.name(output.name) if output is not None else t.text(node)
    if output is not None:
        if output.expression is None:
            t.refuse("the place of NULLs in a column of a star", node, "name the column")
        return t.operand(output.expression)
    return t.operand(t.meant(node))


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
