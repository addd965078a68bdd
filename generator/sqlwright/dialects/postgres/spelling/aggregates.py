"""Aggregates and window functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ....model.syntax import Call, Expression, Node, Parameter
from ....model.types import Kind
from ...translation import Translating
from .calls import renamed
from .comparisons import result
from .conversions import by_code_point, check_groupable, condition, converted
from .documents import json_value
from .kinds import FLOAT, FLOATS, INTEGER, INTEGERS, TEXT, described
from .literals import number

Rule = Callable[[Expression, Translating], str]


def _aggregate(rule: Callable[[Call, Translating], str]) -> Rule:
    def checked(node: Expression, t: Translating) -> str:
        if not isinstance(node, Call):
            t.refuse(f"`{t.written(node)}`", node)
        if node.distinct:
            for argument in node.args:
                check_groupable(t.type(argument), argument, t, f"{node.function}(DISTINCT …)")
        return rule(node, t)

    return checked


def suffixed(node: Call, name: str, arguments: dict[Node, str], t: Translating) -> str:
    """An aggregate under its name here, its filter made a truth value."""
    replaced = dict(arguments)
    if node.filter is not None:
        replaced[node.filter] = condition(node.filter, t)
    return renamed(node, name, t, replaced)


def _count(node: Call, t: Translating) -> str:
    if node.star or not node.args:
        text = suffixed(node, "count", {}, t)
        return text if node.star else text.replace("()", "(*)", 1)
    return suffixed(node, "count", {one: t.text(one) for one in node.args}, t)


def _sum(node: Call, t: Translating) -> str:
    """The sum of integers is a decimal here, and an integer (or an error) where it was written."""
    argument = node.args[0]
    if t.type(argument).kind in FLOATS:
        return suffixed(node, "sum", {argument: t.text(argument)}, t)
    return f"({suffixed(node, 'sum', {argument: converted(argument, INTEGER, t)}, t)})::bigint"


def _as_float(name: str) -> Callable[[Call, Translating], str]:
    def rule(node: Call, t: Translating) -> str:
        return suffixed(node, name, {node.args[0]: converted(node.args[0], FLOAT, t)}, t)

    return rule


def _total(node: Call, t: Translating) -> str:
    return f"coalesce({_as_float('sum')(node, t)}, 0)"


def _extreme(name: str, of_truths: str) -> Callable[[Call, Translating], str]:
    def rule(node: Call, t: Translating) -> str:
        argument = node.args[0]
        type = t.type(argument)
        match type.kind:
            case Kind.BOOL:
                return suffixed(node, of_truths, {argument: t.text(argument)}, t)
            case Kind.UUID:
                text = f'{t.operand(argument)}::text collate "C"'
                return f"({suffixed(node, name, {argument: text}, t)})::uuid"
            case Kind.JSON | Kind.OTHER | Kind.BYTES | Kind.ARRAY:
                t.refuse(f"{name} of {described(type)}", node)
            case _:
                return suffixed(node, name, {argument: by_code_point(argument, t.text(argument), t)}, t)

    return rule


# Aggregates that put values in a row


def _text_aggregate(node: Call, t: Translating) -> str:
    value, *separators = node.args
    text = converted(value, TEXT, t)
    separator = converted(separators[0], TEXT, t) if separators else "','"
    if separators:
        return suffixed(node, "string_agg", {value: text, separators[0]: separator}, t)
    return suffixed(node, "string_agg", {value: f"{text}, {separator}"}, t)


def _json_all(node: Call, t: Translating) -> str:
    return f"coalesce({suffixed(node, 'jsonb_agg', {node.args[0]: json_value(node.args[0], t)}, t)}, '[]')"


def _json_object(node: Call, t: Translating) -> str:
    key, value = node.args
    if t.nullable(key):
        t.refuse("a name in a JSON object that may be NULL", key)
    texts: dict[Node, str] = {key: converted(key, TEXT, t), value: json_value(value, t)}
    return f"coalesce({suffixed(node, 'jsonb_object_agg', texts, t)}, '{{}}')"


# Windows


def _window(name: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        if not isinstance(node, Call) or node.over is None:
            t.refuse(f"`{name}` without OVER", node)
        replaced: dict[Node, str] = {}
        if name == "ntile" and number(node.args[0]) is None and not isinstance(node.args[0], Parameter):
            t.refuse("ntile of a number that is not the same for all rows", node.args[0])
        for position, argument in enumerate(node.args):
            if position == 1 or name == "ntile":
                replaced[argument] = _offset(argument, t)
            else:
                replaced[argument] = result(argument, t.type(node), t)
        return renamed(node, name, t, replaced)

    return rule


def _offset(node: Expression, t: Translating) -> str:
    """A number of rows, which has 32 bits."""
    if t.type(node).kind not in INTEGERS:
        t.refuse(f"{described(t.type(node))} as a number of rows", node)
    return t.text(node) if number(node) is not None else f"({t.text(node)})::int"


_WINDOWS: Final = (
    "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value".split()
)
AGGREGATES: Final[dict[str, Rule]] = {
    "count": _aggregate(_count),
    "sum": _aggregate(_sum),
    "avg": _aggregate(_as_float("avg")),
    "total": _aggregate(_total),
    "min": _aggregate(_extreme("min", "bool_and")),
    "max": _aggregate(_extreme("max", "bool_or")),
    "text.aggregate": _aggregate(_text_aggregate),
    "json.aggregate.all": _aggregate(_json_all),
    "json.aggregate.object": _aggregate(_json_object),
    **{f"window.{name}": _window(name) for name in _WINDOWS},
}
