"""Types of function calls, with their filters, orders and windows."""

from __future__ import annotations

from typing import Final

from ...dialects.base import TypeFailure
from ...model.syntax import Call, Expression, Frame, KeyValue, NamedArgument, Ordering, Parameter, Variadic, Window
from ...model.types import SqlType
from .typer import Typer, is_opaque

_OF_ONE_KIND: Final = frozenset(("coalesce", "greatest", "ifnull", "least", "nullif"))
"""Functions whose arguments are values of the same kind."""
_NULL_TESTS: Final = frozenset(("coalesce", "ifnull", "nvl", "num_nulls", "num_nonnulls", "isnull"))


def type_call(t: Typer, node: Call) -> SqlType | None:
    """The type of a call."""
    args = [_value(argument) for argument in node.args] + [item.expression for item in node.within]
    types = [t.operand(argument) for argument in args]
    for ordering in node.order_by:
        t.optional(ordering.expression)
    t.optional(node.separator)
    t.condition(node.filter)
    if node.over is not None:
        type_window(t, node.over)
    if node.function.lower() in _NULL_TESTS:
        for argument in args:
            if (parameter := t.parameter_in(argument)) is not None:
                parameter.tested = True
    _meet_each_other(t, args, node.function.lower() in _OF_ONE_KIND)
    if any(is_opaque(type) for type in types):
        resolved = t.types.call(node, [None if is_opaque(type) else type for type in types])
        if isinstance(resolved, TypeFailure):
            return t.give_up(args, types)
        return t.apply(resolved, node, args)
    return t.apply(t.types.call(node, types), node, args)


def _value(argument: Expression) -> Expression:
    return argument.value if isinstance(argument, NamedArgument | Variadic | KeyValue) else argument


def _meet_each_other(t: Typer, args: list[Expression], same: bool) -> None:
    """In `coalesce(:p, t.a)` the parameter meets the column."""
    if len(args) < 2:
        return
    for argument in args:
        if isinstance(argument, Parameter):
            for other in args:
                if other is not argument:
                    t.meet(argument, other, same)


def type_window(t: Typer, window: Window) -> None:
    """Type the parts of a window."""
    for expression in window.partition_by:
        t.optional(expression)
    _orderings(t, window.order_by)
    if window.frame is not None:
        _frame(t, window.frame, window.order_by)


def _orderings(t: Typer, items: tuple[Ordering, ...]) -> None:
    for item in items:
        t.optional(item.expression)


def _frame(t: Typer, frame: Frame, order: tuple[Ordering, ...]) -> None:
    """The offset of RANGE is what the values of the order can be moved by, any other a number of rows."""
    ordered = t.expression(order[0].expression) if len(order) == 1 and frame.unit == "range" else None
    known = ordered is not None and not is_opaque(ordered)
    takes = t.types.frame_offsets(ordered) if ordered is not None and known else None
    for bound in (frame.low, frame.high):
        if bound is None or bound.offset is None:
            continue
        if takes is None or ordered is None:
            t.wants(bound.offset, t.types.limit())
        elif not takes:
            failure = TypeFailure("bad-frame", f"RANGE cannot move values of {t.types.display(ordered)}", "write ROWS")
            t.fail(failure, bound)
        else:
            t.wants(bound.offset, takes[0])
            _moves(t, bound.offset, takes, ordered)


def _moves(t: Typer, offset: Expression, takes: tuple[SqlType, ...], ordered: SqlType) -> None:
    given = t.expression(offset)
    if given is None or is_opaque(given) or any(t.types.becomes(given, type) for type in takes):
        return
    shown = f"{t.types.display(given)} cannot be added to {t.types.display(ordered)}"
    t.fail(TypeFailure("bad-frame", f"in RANGE, {shown}", f"give it as {t.types.display(takes[0])}"), offset)
