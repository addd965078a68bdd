"""ORDER BY beside DISTINCT: rows of which several have become one are in the order of what is left of them."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics import Diagnostic
from ...model.syntax import Call, ColumnName, Expression, Field, Number, Ordering, Select, String
from ..sameness import Value
from ..scopes import OutputRef
from .checked import Checked


def orders_of_distinct_rows(c: Checked) -> Iterator[Diagnostic]:
    for node in c.nodes:
        match node:
            case Select(distinct_on=(_, *_)):
                yield from _of_chosen(c, node)
            case Select(distinct=True):
                yield from _of_distinct(c, node)
            case Call(distinct=True, order_by=(_, *_)):
                yield from _of_aggregate(c, node)
            case _:
                pass


def _of_distinct(c: Checked, node: Select) -> Iterator[Diagnostic]:
    for item in node.order_by:
        if not _is_selected(c, node, item.expression):
            help = "select it too, or leave out DISTINCT"
            yield c.finding("order-of-distinct", "DISTINCT is in the order of what is selected", item, help)


def _is_selected(c: Checked, node: Select, value: Expression) -> bool:
    if isinstance(value, Number) or isinstance(c.sameness.binding(value), OutputRef):
        return True
    outputs = c.outputs_of(node)
    if isinstance(value, Field) and any(output.path is not None for output in outputs):
        return True
    return any(c.sameness.same(value, output.value) for output in outputs if output.path is None)


def _of_chosen(c: Checked, node: Select) -> Iterator[Diagnostic]:
    """The first of ORDER BY are those of DISTINCT ON, in any order; when all of these are named, others may follow."""
    wanted = list(node.distinct_on)
    matched: set[int] = set()
    other: Ordering | None = None
    for item in node.order_by:
        found = {at for at, value in enumerate(wanted) if _are_one(c, node, value, item.expression)}
        if found and other is not None:
            break
        matched |= found
        other = other if found else other or item
    else:
        if other is None or len(matched) == len(wanted):
            return
    help = "begin ORDER BY with what DISTINCT ON names"
    yield c.finding("order-of-distinct", "ORDER BY does not begin with what DISTINCT ON names", other or node, help)


def _are_one(c: Checked, node: Select, one: Expression, other: Expression) -> bool:
    left, right = _value(c, node, one), _value(c, node, other)
    return left is right or c.sameness.same(left, right)


def _value(c: Checked, node: Select, value: Expression) -> Value:
    """What an item stands for: a position or a result column's name means the value there."""
    outputs = c.outputs_of(node)
    if isinstance(value, Number) and value.text.isdigit() and 0 < int(value.text) <= len(outputs):
        return outputs[int(value.text) - 1].value
    binding = c.resolution.bindings.get(value) if isinstance(value, ColumnName) else None
    return binding.output.value if isinstance(binding, OutputRef) else value


def _of_aggregate(c: Checked, node: Call) -> Iterator[Diagnostic]:
    for item in node.order_by:
        value = item.expression
        if isinstance(value, String) or not any(c.sameness.same(value, argument) for argument in node.args):
            message = f"{node.function} of distinct values is in the order of its arguments"
            yield c.finding("order-of-distinct", message, item, "order by an argument, or leave out DISTINCT")
