"""DISTINCT, GROUP BY, UNION and ORDER BY over types whose values cannot be told apart or put in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...diagnostics import Diagnostic
from ...model.syntax import (
    Call,
    Expression,
    GroupingSets,
    Node,
    Number,
    Ordering,
    Query,
    Row,
    Select,
    SetOperation,
    TableQuery,
    Values,
    Window,
)
from ...model.types import SqlType
from .checked import Checked


def incomparable_values(c: Checked) -> Iterator[Diagnostic]:
    for node in c.nodes:
        match node:
            case Select():
                yield from _of_select(c, node)
            case SetOperation():
                if not node.all or node.op != "union":
                    yield from _of_outputs(c, node, node.op.upper(), node.right)
                yield from _of_order(c, node.order_by, node)
            case Values(order_by=items) | TableQuery(order_by=items):
                yield from _of_order(c, items, node)
            case Window(partition_by=values, order_by=items):
                for value in values:
                    yield from _of_value(c, value, "PARTITION BY", False)
                yield from _of_order(c, items, None)
            case Call():
                yield from _of_call(c, node)
            case _:
                pass


def _of_select(c: Checked, node: Select) -> Iterator[Diagnostic]:
    if node.distinct and not node.distinct_on:
        yield from _of_outputs(c, node, "DISTINCT", node)
    for value in node.distinct_on:
        yield from _of_item(c, value, node, "DISTINCT ON", False)
    for value in _grouped(node.group_by):
        yield from _of_item(c, value, node, "GROUP BY", False)
    yield from _of_order(c, node.order_by, node)


def _grouped(items: Sequence[Expression]) -> Iterator[Expression]:
    for item in items:
        match item:
            case GroupingSets(items=inner) | Row(items=inner, explicit=False):
                yield from _grouped(inner)
            case _:
                yield item


def _of_call(c: Checked, node: Call) -> Iterator[Diagnostic]:
    if node.distinct:
        for argument in node.args:
            yield from _of_value(c, argument, "DISTINCT", True)
    if node.function in ("greatest", "least") and len(node.name) == 1:
        yield from _of_type(c, c.facts.types.get(node), node, node.function.upper(), True)
    yield from _of_order(c, (*node.order_by, *node.within), None)


def _of_order(c: Checked, items: Sequence[Ordering], query: Query | None) -> Iterator[Diagnostic]:
    for item in items:
        yield from _of_item(c, item.expression, query, "ORDER BY", True)


def _of_item(c: Checked, value: Expression, query: Query | None, where: str, ordered: bool) -> Iterator[Diagnostic]:
    """An item that may be the position of a result column."""
    if query is not None and isinstance(value, Number):
        types = c.facts.outputs.get(query, [])
        position = int(value.text) if value.text.isdigit() else 0
        if 0 < position <= len(types):
            yield from _of_type(c, types[position - 1], value, where, ordered)
    else:
        yield from _of_value(c, value, where, ordered)


def _of_outputs(c: Checked, query: Query, where: str, place: Node) -> Iterator[Diagnostic]:
    outputs = c.outputs_of(query)
    for position, type in enumerate(c.facts.outputs.get(query, [])):
        node = outputs[position].item if position < len(outputs) and place is query else place
        yield from _of_type(c, type, node, where, False)


def _of_value(c: Checked, value: Expression, where: str, ordered: bool) -> Iterator[Diagnostic]:
    yield from _of_type(c, c.facts.types.get(value), value, where, ordered)


def _of_type(c: Checked, type: SqlType | None, node: Node, where: str, ordered: bool) -> Iterator[Diagnostic]:
    if not c.is_comparable(type, ordered):
        what = "put in order" if ordered else "told apart"
        message = f"{where}: values of {c.display(type)} cannot be {what}"
        yield c.finding("incomparable", message, node, "cast it to a type that can be compared, such as text")
