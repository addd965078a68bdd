"""Aggregates and window functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Call, Expression, Node, Ordering
from ....model.types import Kind, Type
from ...spelling.calls import renamed
from ...spelling.kinds import INTEGERS, NUMBERS, PLAIN, described
from ...translation import Translating
from .comparisons import rank
from .conversions import converted, groupable
from .documents import element, json_text, json_value
from .literals import quoted
from .numbers import has_digits
from .texts import TEXT

Rule = Callable[[Expression, Translating], str]


def _aggregate(rule: Callable[[Call, Translating], str]) -> Rule:
    """A rule for an aggregate whose result does not depend on the order of its rows."""

    def checked(node: Expression, t: Translating) -> str:
        if not isinstance(node, Call):
            t.refuse(f"`{t.written(node)}`", node)
        if node.order_by:
            t.refuse(f"ORDER BY inside `{node.function}`", node, "leave it out")
        return rule(node, t)

    return checked


def _argument(node: Call, t: Translating, type: Type | None = None) -> dict[Node, str]:
    argument = node.args[0]
    if node.distinct:
        return {argument: groupable(argument, t, f"{node.function}(DISTINCT …)")}
    return {argument: converted(argument, type, t) if type is not None else t.text(argument)}


def _count(node: Call, t: Translating) -> str:
    if node.star:
        return t.same(node)
    if len(node.args) != 1:
        t.refuse("count of several columns", node)
    return t.same(node, _argument(node, t))


def _sum(node: Call, t: Translating) -> str:
    """The sum of bigints is a decimal, which an integer might not hold."""
    kind = t.type(node).kind
    if kind is Kind.DECIMAL:
        return renamed(node, "decimal_sum", t, _argument(node, t))
    if kind is Kind.FLOAT32:
        t.refuse("a sum of single precision", node, "cast to double precision")
    return renamed(node, "sum", t, _argument(node, t))


def _avg(node: Call, t: Translating) -> str:
    argument = node.args[0]
    if t.type(node).kind is Kind.FLOAT64:
        return renamed(node, "avg", t, _argument(node, t, Type(Kind.FLOAT64)))
    if t.type(node).kind is not Kind.DECIMAL or not has_digits(argument, t):
        t.refuse(f"the digits of an average of `{t.written(argument)}`", node, "cast it to a scale: numeric(12, 4)")
    return renamed(node, "decimal_avg", t, _argument(node, t))


def _extreme(name: str) -> Callable[[Call, Translating], str]:
    def rule(node: Call, t: Translating) -> str:
        argument, type = node.args[0], t.type(node)
        if type.kind is Kind.DECIMAL:
            return renamed(node, name, t, {argument: f"{t.operand(argument)} collate decimal"})
        plain = (PLAIN | INTEGERS | {Kind.FLOAT64}) - {Kind.ENUM, Kind.BYTES}
        if type.kind not in plain or _is_special(argument, t):
            t.refuse(f"{name} of {described(type)}", node)
        return renamed(node, name, t)

    return rule


def _is_special(node: Expression, t: Translating) -> bool:
    found = t.sql_type(node)
    return found is not None and found.name in ("citext", "bpchar")


def _logical(name: str) -> Callable[[Call, Translating], str]:
    def rule(node: Call, t: Translating) -> str:
        return renamed(node, name, t)

    return rule


# Aggregates that put values in a row, for which their order matters


def _text_aggregate(node: Expression, t: Translating) -> str:
    if not isinstance(node, Call) or t.type(node).kind is not Kind.STR:
        t.refuse(f"`{t.written(node)}`", node)
    value, separator = node.args
    texts = [converted(one, TEXT, t) for one in (value, separator)]
    if not node.order_by and not node.distinct:
        return renamed(node, "group_concat", t, dict(zip(node.args, texts, strict=True)))
    return _ordered(node, "text_collect", [texts[1], texts[0]], t)


def _json_aggregate(node: Expression, t: Translating) -> str:
    if not isinstance(node, Call):
        t.refuse("this aggregate", node)
    return _array_of(node, json_value(node.args[0], t), t)


def _array_aggregate(node: Expression, t: Translating) -> str:
    type = t.type(node).element
    if not isinstance(node, Call) or type is None:
        t.refuse("this aggregate", node)
    return _array_of(node, element(node.args[0], type, t), t)


def _array_of(node: Call, value: str, t: Translating) -> str:
    """An array of no rows is NULL on PostgreSQL, and `[]` on SQLite."""
    if not node.order_by and not node.distinct:
        return f"nullif({renamed(node, 'json_group_array', t, {node.args[0]: value})}, '[]')"
    return _ordered(node, "json_collect", [json_text(value)], t)


def _ordered(node: Call, function: str, values: list[str], t: Translating) -> str:
    """A call of an aggregate of ours that sorts what it has been given: how, the values, and the keys."""
    if node.over is not None:
        t.refuse(f"`{node.function}` with ORDER BY or DISTINCT over a window", node)
    keys = node.order_by or (Ordering(node.start, node.start, node.args[0], None, None),)
    if node.distinct and (len(keys) != 1 or t.written(keys[0].expression) != t.written(node.args[0])):
        t.refuse(f"`{node.function}(DISTINCT …)` in another order", node)
    how = ",".join(_direction(key, t) for key in keys)
    texts = [_key(key.expression, node, t) for key in keys]
    own = f"{'distinct:' if node.distinct else ''}{how}"
    found = f"{function}({', '.join([quoted(own), *values, *texts])})"
    return found if node.filter is None else f"{found} filter (where {t.text(node.filter)})"


def _direction(key: Ordering, t: Translating) -> str:
    if key.using is not None:
        t.refuse("ORDER BY … USING", key)
    descending = bool(key.descending)
    first = key.nulls_first if key.nulls_first is not None else t.sorts_nulls_first(descending)
    kind = " decimal" if t.type(key.expression).kind is Kind.DECIMAL else ""
    return f"{'desc' if descending else 'asc'}{kind} nulls {'first' if first else 'last'}"


def _key(node: Expression, call: Call, t: Translating) -> str:
    type = t.type(node)
    refused = {Kind.BYTES, Kind.FLOAT32}
    if call.distinct:
        refused |= {Kind.DECIMAL, Kind.ENUM}
    if type.kind not in (PLAIN | NUMBERS) - refused or _is_special(node, t):
        t.refuse(f"`{call.function}` in the order of {described(type)}", node)
    return rank(node, type, t) if type.kind is Kind.ENUM else t.text(node)


# Windows


def _window(name: str) -> Rule:
    """A window function that both databases have; a default is of the type of the value."""

    def rule(node: Expression, t: Translating) -> str:
        if not isinstance(node, Call) or node.over is None:
            t.refuse(f"`{name}` without OVER", node)
        replaced: dict[Node, str] = {}
        if name in ("lag", "lead", "first_value", "last_value", "nth_value"):
            for position, argument in enumerate(node.args):
                if position != 1:
                    replaced[argument] = converted(argument, t.type(node), t)
        return renamed(node, name, t, replaced)

    return rule


_WINDOWS: Final = (
    "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value".split()
)
AGGREGATES: Final[dict[str, Rule]] = {
    "count": _aggregate(_count),
    "sum": _aggregate(_sum),
    "avg": _aggregate(_avg),
    "min": _aggregate(_extreme("min")),
    "max": _aggregate(_extreme("max")),
    "every": _aggregate(_logical("min")),
    "any": _aggregate(_logical("max")),
    "text.aggregate": _text_aggregate,
    "json.aggregate": _json_aggregate,
    "array.aggregate": _array_aggregate,
    **{f"window.{name}": _window(name) for name in _WINDOWS},
}
