"""Days and moments in text: SQLite's date functions with the modifiers that mean the same here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ....model.syntax import Binary, Call, Expression, String
from ....model.types import Kind, Type
from ...translation import Translating
from .kinds import INTEGERS, described
from .tightness import ADD, ATOM, fit

Rule = Callable[[Expression, Translating], str]
NOW: Final = "(now() at time zone 'utc')"
_DAY: Final = "YYYY-MM-DD"
_CLOCK: Final = "HH24:MI:SS"
_FORMATS: Final = {"moment.text.date": _DAY, "moment.text.time": _CLOCK, "moment.text.both": f"{_DAY} {_CLOCK}"}
_LITERAL: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?")
_SHIFT: Final = re.compile(r"\s*(?P<count>[+-]?\d+(?:\.\d+)?)\s+(?P<unit>second|minute|hour|day|month|year)s?\s*", re.I)
_UNIT: Final = re.compile(r"\s+(?P<unit>second|minute|hour|day|month|year)s?\s*", re.IGNORECASE)
_STARTS: Final = {"start of day": "day", "start of month": "month", "start of year": "year"}
_MONTHS: Final = frozenset(("month", "year"))
_PATTERNS: Final = {
    "Y": "YYYY",
    "m": "MM",
    "d": "DD",
    "H": "HH24",
    "M": "MI",
    "S": "SS",
    "j": "DDD",
}
"""Letters of strftime() and the patterns of to_char() that are the same text."""


# What a call computes


def moment(args: Sequence[Expression], call: Expression, t: Translating, rounded: bool = False) -> str:
    """The moment, as a timestamp, that the arguments of a date function mean."""
    base, *modifiers = args or (None,)
    if base is None or (isinstance(base, String) and base.value.lower() == "now"):
        text = NOW
    else:
        text, modifiers = _base(base, modifiers, call, t)
        if (modifiers or rounded) and t.type(base).kind in (Kind.TIMESTAMP, Kind.TIMESTAMPTZ):
            text = f"{fit(text, ATOM)}::timestamp(3)"
    for modifier in modifiers:
        text = _modified(text, modifier, t)
    return text


def _base(
    node: Expression, modifiers: list[Expression], call: Expression, t: Translating
) -> tuple[str, list[Expression]]:
    type = t.type(node)
    if isinstance(node, String) and _LITERAL.fullmatch(node.value):
        found = t.literal(node.value, Type(Kind.TIMESTAMP))
        if found is not None:
            return f"timestamp '{found.removesuffix('.000000')}'", modifiers
    if type.kind in (Kind.DATE, Kind.TIMESTAMP):
        text = t.text(node)
        return (f"{fit(text, ATOM)}::timestamp" if type.kind is Kind.DATE else text), modifiers
    if type.kind is Kind.TIMESTAMPTZ:
        return f"({t.text(node)} at time zone 'utc')", modifiers
    first = modifiers[0] if modifiers else None
    if type.kind in INTEGERS and isinstance(first, String) and first.value.strip().lower() == "unixepoch":
        return f"(to_timestamp({t.text(node)}) at time zone 'utc')", modifiers[1:]
    if isinstance(node, Call) and t.operation(node) in (
        "moment.today",
        "moment.now.text",
        "moment.now.local",
        *_FORMATS,
    ):
        return as_moment(node, Type(Kind.TIMESTAMP), t), modifiers
    t.refuse(f"{described(type)} as a moment", node, "declare the column as a date or a timestamp")


def _modified(text: str, node: Expression, t: Translating) -> str:
    if isinstance(node, String):
        value = node.value.strip().lower()
        if value in _STARTS:
            return f"date_trunc('{_STARTS[value]}', {text})"
        shift = _SHIFT.fullmatch(node.value)
        if shift is not None:
            return _shifted(text, shift["count"], shift["unit"].lower(), node, t)
    found = _computed(node, t)
    if found is None:
        t.refuse(f"the modifier `{t.written(node)}`", node, "write it out, such as '-7 days'")
    sign, count, unit = found
    if unit in _MONTHS:
        return _by_months(text, f"{sign} {count} * interval '1 {unit}'")
    return f"{text} {sign} {count} * interval '1 {unit}'"


def _shifted(text: str, count: str, unit: str, node: Expression, t: Translating) -> str:
    sign = "-" if count.startswith("-") else "+"
    amount = count.lstrip("+-")
    plural = unit if amount == "1" else f"{unit}s"
    if unit not in _MONTHS:
        return f"{text} {sign} interval '{amount} {plural}'"
    if "." in amount:
        t.refuse(f"part of a {unit}", node)
    if text.startswith(("date_trunc('month'", "date_trunc('year'")):
        return f"{text} {sign} interval '{amount} {plural}'"
    return _by_months(text, f"{sign} interval '{amount} {plural}'")


def _by_months(text: str, shift: str) -> str:
    """A day that the month has not is one of the next month: 31 January and a month are 3 March, or 2."""
    text = fit(text, ADD + 1)
    return f"(date_trunc('month', {text}) {shift} + ({text} - date_trunc('month', {text})))"


def _computed(node: Expression, t: Translating) -> tuple[str, str, str] | None:
    """The sign, the number and the unit of `'-' || n || ' days'`."""
    parts = _joined(node)
    sign = "+"
    if len(parts) == 3 and isinstance(parts[0], String) and parts[0].value in ("+", "-"):
        sign = parts[0].value
        parts = parts[1:]
    if len(parts) != 2 or t.type(parts[0]).kind not in INTEGERS or not isinstance(parts[1], String):
        return None
    unit = _UNIT.fullmatch(parts[1].value)
    return (sign, fit(t.text(parts[0]), ATOM), unit["unit"].lower()) if unit is not None else None


def _joined(node: Expression) -> list[Expression]:
    if isinstance(node, Binary) and node.op == "||":
        return [*_joined(node.left), *_joined(node.right)]
    return [node]


# As another type


def as_moment(node: Expression, target: Type, t: Translating) -> str:
    """A text that a date function gives, where a date or a moment is needed."""
    operation = t.operation(node)
    args = list(t.arguments(node, operation)) if operation is not None else []
    match operation:
        case "moment.today":
            text, unit = NOW, "day"
        case "moment.now.text":
            text, unit = NOW, "second"
        case "moment.now.local":
            text, unit = NOW, ""
        case "moment.text.date":
            text, unit = moment(args, node, t), "day"
        case "moment.text.both":
            text, unit = moment(args, node, t), "second"
        case _:
            t.refuse(f"`{t.written(node)}` where {target} is needed", node)
    if target.kind is Kind.DATE and unit == "day":
        return f"{fit(text, ATOM)}::date"
    cut = f"date_trunc('{unit}', {text})" if unit else text
    match target.kind:
        case Kind.TIMESTAMP:
            return cut
        case Kind.TIMESTAMPTZ:
            return f"({cut} at time zone 'utc')"
        case _:
            t.refuse(f"`{t.written(node)}` where {target} is needed", node)


# As text and numbers


def _today(node: Expression, t: Translating) -> str:
    return f"to_char({NOW}, '{_DAY}')"


def _now(node: Expression, t: Translating) -> str:
    return f"to_char({NOW}, '{_DAY} {_CLOCK}')"


def _now_in_full(node: Expression, t: Translating) -> str:
    return f"to_char({NOW}, '{_DAY} {_CLOCK}.MS\"000\"')"


def _text(operation: str) -> Rule:
    def rule(node: Expression, t: Translating) -> str:
        return f"to_char({moment(t.arguments(node, operation), node, t)}, '{_FORMATS[operation]}')"

    return rule


def _format(node: Expression, t: Translating) -> str:
    pattern, *args = t.arguments(node, "moment.text.format")
    if not isinstance(pattern, String):
        t.refuse("a format that is not written out", pattern)
    if pattern.value == "%s":
        return f"({_seconds(args, node, t)})::text"
    return f"to_char({moment(args, node, t)}, '{_pattern(pattern, t)}')"


def _pattern(node: String, t: Translating) -> str:
    parts: list[str] = []
    letters = iter(node.value)
    for letter in letters:
        if letter != "%":
            parts.append(f'"{letter}"' if letter.isalpha() else letter)
            continue
        letter = next(letters, "")
        found = "%" if letter == "%" else _PATTERNS.get(letter)
        if found is None:
            t.refuse(f"the format `{t.written(node)}`", node, "use %Y %m %d %H %M %S %j, or %s alone")
        parts.append(found)
    text = "".join(parts)
    if any(letter in text for letter in "'\\") or '"%' in node.value or '"' in node.value:
        t.refuse(f"the format `{t.written(node)}`", node)
    return text


def _seconds(args: Sequence[Expression], node: Expression, t: Translating) -> str:
    return f"floor(extract(epoch from {moment(args, node, t, rounded=True)}))::bigint"


def _epoch(node: Expression, t: Translating) -> str:
    return _seconds(t.arguments(node, "moment.epoch"), node, t)


def _julian(node: Expression, t: Translating) -> str:
    text = moment(t.arguments(node, "moment.julian"), node, t, rounded=True)
    milliseconds = f"round(extract(epoch from {text}) * 1000) + 210866760000000"
    return f"(({milliseconds})::double precision / 86400000)"


MOMENTS: Final[dict[str, Rule]] = {
    "moment.today": _today,
    "moment.now.text": _now,
    "moment.now.local": _now_in_full,
    "moment.text.date": _text("moment.text.date"),
    "moment.text.time": _text("moment.text.time"),
    "moment.text.both": _text("moment.text.both"),
    "moment.text.format": _format,
    "moment.epoch": _epoch,
    "moment.julian": _julian,
}
