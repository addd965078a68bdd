"""Aggregates and window functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Call, Expression, Ordering, String
from ....model.types import Kind, Type
from ...spelling.calls import called
from ...spelling.kinds import INTEGERS, NUMBERS, PLAIN, described
from ...translation import Translating
from .conversions import converted, groupable
from .division import certain_scale, quotient
from .documents import element_text
from .literals import quoted
from .ordering import write_key
from .texts import TEXT

Rule = Callable[[Expression, Translating], str]
_COUNTED: Final = "case when {0} < 10000 then {0} + 1 when {0} < 100000000 then truncate({0}, -4) + 10000 " + (
    "else truncate({0}, -8) + 100000000 end"
)
"""What `division.next_above` gives for a number of rows below 10 to the 12th."""


def _aggregate(rule: Callable[[Call, Translating], str]) -> Rule:
    """A rule for an aggregate whose result does not depend on the order of its rows."""

    def checked(node: Expression, t: Translating) -> str:
        if not isinstance(node, Call):
            t.refuse(f"`{t.written(node)}`", node)
        if node.order_by:
            t.refuse(f"ORDER BY inside `{node.function}`", node, "leave it out")
        return rule(node, t)

    return checked


def _applied(name: str, node: Call, argument: str, t: Translating) -> str:
    """A call of an aggregate; FILTER is a CASE around what it gathers."""
    if node.filter is not None:
        argument = f"case when {t.text(node.filter)} then {argument} end"
    over = ""
    if node.over is not None:
        if node.distinct:
            t.refuse(f"`{node.function}(DISTINCT …)` over a window", node)
        over = f" over {_window_text(node, t)}"
    return f"{name}({'distinct ' if node.distinct else ''}{argument}){over}"


def _window_text(node: Call, t: Translating) -> str:
    assert node.over is not None
    text = t.text(node.over)
    named = t.between(node.start, node.over.start).rstrip().lower().endswith("over")
    return text if named or text.startswith("(") else f"({text})"


def _argument(node: Call, t: Translating, type: Type | None = None) -> str:
    argument = node.args[0]
    if node.distinct:
        return groupable(argument, t, f"{node.function}(DISTINCT …)")
    return converted(argument, type, t) if type is not None else t.text(argument)


def _count(node: Call, t: Translating) -> str:
    if node.star:
        return _applied("count", node, "*" if node.filter is None else "1", t)
    if len(node.args) != 1:
        t.refuse("count of several columns", node)
    return _applied("count", node, _argument(node, t), t)


def _sum(node: Call, t: Translating) -> str:
    """The sum of integers is a decimal on MySQL, and on PostgreSQL only that of bigints is."""
    kind = t.type(node).kind
    if kind is Kind.FLOAT32:
        t.refuse("a sum of single precision", node, "cast to double precision")
    text = _applied("sum", node, _argument(node, t), t)
    return f"cast({text} as signed)" if kind in INTEGERS or kind is Kind.INTERVAL else text


def _total(node: Call, t: Translating) -> str:
    """The sum as a float, which is never NULL."""
    return f"coalesce({_applied('sum', node, _argument(node, t, Type(Kind.FLOAT64)), t)}, 0e0)"


def _avg(node: Call, t: Translating) -> str:
    """The sum by the number, with the digits of a division."""
    argument = node.args[0]
    if t.type(node).kind is Kind.FLOAT64:
        return _applied("avg", node, _argument(node, t, Type(Kind.FLOAT64)), t)
    scale = certain_scale(argument, node, t)
    own = _argument(node, t)
    count = _applied("count", node, own, t)
    text = quotient(_applied("sum", node, own, t), f"nullif({count}, 0)", _COUNTED.format(count), scale)
    return f"({text})"


def _extreme(name: str) -> Callable[[Call, Translating], str]:
    def rule(node: Call, t: Translating) -> str:
        argument, type = node.args[0], t.type(node)
        plain = (PLAIN | INTEGERS | {Kind.FLOAT64, Kind.DECIMAL}) - {Kind.ENUM, Kind.BYTES, Kind.UUID}
        if type.kind not in plain or _is_special(argument, t):
            t.refuse(f"{name} of {described(type)}", node)
        return _applied(name, node, t.text(argument), t)

    return rule


def _is_special(node: Expression, t: Translating) -> bool:
    found = t.sql_type(node)
    return found is not None and found.name in ("citext", "bpchar")


def _logical(name: str) -> Callable[[Call, Translating], str]:
    def rule(node: Call, t: Translating) -> str:
        return _applied(name, node, t.text(node.args[0]), t)

    return rule


# Aggregates that put values in a row, for which their order matters


def _text_aggregate(node: Expression, t: Translating) -> str:
    if not isinstance(node, Call) or t.type(node).kind is not Kind.STR:
        t.refuse(f"`{t.written(node)}`", node)
    value, *separators = node.args
    if not all(isinstance(one, String) for one in separators):
        t.refuse("a separator that is not written out", node)
    separator = "".join(one.value for one in separators if isinstance(one, String)) if separators else ","
    return _joined(node, converted(value, TEXT, t), separator, t)


def _json_aggregate(node: Expression, t: Translating) -> str:
    if not isinstance(node, Call):
        t.refuse("this aggregate", node)
    return _array_of(node, element_text(node.args[0], Type(Kind.JSON), t), t)


def _json_aggregate_of_all(node: Expression, t: Translating) -> str:
    return f"coalesce({_json_aggregate(node, t)}, '[]')"


def _array_aggregate(node: Expression, t: Translating) -> str:
    type = t.type(node).element
    if not isinstance(node, Call) or type is None:
        t.refuse("this aggregate", node)
    return _array_of(node, element_text(node.args[0], type, t), t)


def _array_of(node: Call, text: str, t: Translating) -> str:
    """JSON_ARRAYAGG knows neither an order nor which rows to leave out: the array is joined of the texts in it."""
    return called("concat", "'['", _joined(node, text, ", ", t), "']'")


def _joined(node: Call, text: str, separator: str, t: Translating) -> str:
    if node.over is not None:
        t.refuse(f"`{node.function}` over a window", node)
    keys = list(node.order_by)
    if node.distinct and keys and (len(keys) != 1 or t.written(keys[0].expression) != t.written(node.args[0])):
        t.refuse(f"`{node.function}(DISTINCT …)` in another order", node)
    if node.distinct and not keys:
        keys = [Ordering(node.args[0].start, node.args[0].end, node.args[0], None, None)]
    if node.filter is not None:
        text = f"case when {t.text(node.filter)} then {text} end"
    order = f" order by {', '.join(_key(key, node, t) for key in keys)}" if keys else ""
    return f"group_concat({'distinct ' if node.distinct else ''}{text}{order} separator {quoted(separator)})"


def _key(key: Ordering, call: Call, t: Translating) -> str:
    """GROUP_CONCAT takes NULL for zero when it sorts."""
    type = t.type(key.expression)
    refused = {Kind.BYTES, Kind.FLOAT32, Kind.ENUM} if call.distinct else {Kind.BYTES, Kind.FLOAT32}
    if type.kind not in (PLAIN | NUMBERS) - refused or _is_special(key.expression, t):
        t.refuse(f"`{call.function}` in the order of {described(type)}", key)
    return write_key(key, None, t, nulls_sorted=False)


# Windows


def _window(name: str) -> Rule:
    """A window function that both databases have; a default is of the type of the value."""

    def rule(node: Expression, t: Translating) -> str:
        if not isinstance(node, Call) or node.over is None or node.filter is not None:
            t.refuse(f"`{name}` without OVER", node)
        values = name in ("lag", "lead", "first_value", "last_value", "nth_value")
        texts = [
            converted(argument, t.type(node), t) if values and position != 1 else t.text(argument)
            for position, argument in enumerate(node.args)
        ]
        over = f"over {_window_text(node, t)}"
        if len(texts) == 3 and not t.template("lag.default"):
            value, rows, default = texts
            is_there = f"{name}(1, {rows}) {over} is not null"
            return f"case when {is_there} then {name}({value}, {rows}) {over} else {default} end"
        found = f"{name}({', '.join(texts)}) {over}"
        if name in _FLOATS and not t.template("window.float"):
            t.refuse(f"the digits of {name}()", node, "compute it of rank() and count(*)")
        return found

    return rule


_FLOATS: Final = frozenset(("percent_rank", "cume_dist"))
_WINDOWS: Final = (
    "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value".split()
)
AGGREGATES: Final[dict[str, Rule]] = {
    "count": _aggregate(_count),
    "sum": _aggregate(_sum),
    "total": _aggregate(_total),
    "avg": _aggregate(_avg),
    "min": _aggregate(_extreme("min")),
    "max": _aggregate(_extreme("max")),
    "every": _aggregate(_logical("min")),
    "any": _aggregate(_logical("max")),
    "text.aggregate": _text_aggregate,
    "json.aggregate": _json_aggregate,
    "json.aggregate.all": _json_aggregate_of_all,
    "array.aggregate": _array_aggregate,
    **{f"window.{name}": _window(name) for name in _WINDOWS},
}
