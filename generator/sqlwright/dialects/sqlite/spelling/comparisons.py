"""Comparisons: equality by the spelling of values, order by what SQLite's own order is not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ....model.syntax import (
    Array,
    Between,
    Binary,
    Case,
    Cast,
    Collate,
    Distinct,
    Expression,
    InList,
    InQuery,
    Is,
    Node,
    Null,
    Parameter,
    Quantified,
    Query,
    Row,
    String,
    Subquery,
)
from ....model.types import Kind, Type
from ...spelling.calls import closed
from ...spelling.comparing import common, common_type
from ...spelling.constants import number
from ...spelling.kinds import INTEGERS, PLAIN, described
from ...translation import Translating, Want
from .conversions import canonical, converted, kept_at
from .literals import at_scale, quoted

# What equality sees


def equal_forms(nodes: Sequence[Expression], node: Node, t: Translating) -> list[str]:
    """Expressions in forms that are the same exactly where their values are equal."""
    type = common(nodes, t)
    if type is None:
        kinds = ", ".join(dict.fromkeys(str(t.type(one)) for one in nodes))
        t.refuse(f"a comparison of {kinds}", node)
    if type.kind is Kind.DECIMAL:
        return _decimal_forms(nodes, t)
    if type.kind is Kind.FLOAT32:
        return [f"float_single({t.text(one)})" for one in nodes]
    return [closed(one, converted(one, type, t), t) for one in nodes]


def _decimal_forms(nodes: Sequence[Expression], t: Translating) -> list[str]:
    """At the scale at which the columns among them are kept, or in the shortest spelling when there is no such one."""
    scales = {kept for one in nodes if t.origin(one) is not None and (kept := kept_at(one, t)) is not None}
    (scale,) = next(iter(scales)) if len(scales) == 1 else (None,)
    return [_decimal_form(one, scale, t) for one in nodes]


def _decimal_form(node: Expression, scale: int | None, t: Translating) -> str:
    if isinstance(node, Null) or kept_at(node, t) == (scale,):
        return t.text(node)
    value = number(node)
    if value is not None:
        text = at_scale(value, scale)
        return quoted(text if Decimal(text) == value else at_scale(value, None))
    return canonical(node, t) if scale is None else f"decimal_fit({t.text(node)}, {scale})"


def plain_pair(left: Type, right: Type) -> bool:
    """Whether values of two types, as they are kept, are the same exactly where they are equal."""
    if left.kind in INTEGERS and right.kind in INTEGERS:
        return True
    if left.kind is Kind.DECIMAL:
        return right.kind is Kind.DECIMAL and left.scale == right.scale and left.scale is not None
    return left.kind is right.kind and left.kind in PLAIN | {Kind.FLOAT64}


# Operators


def write_compare(node: Binary, t: Translating) -> str:
    """`=`, `<>`, `<`, `<=`, `>` and `>=`."""
    left, right = node.left, node.right
    type = common((left, right), t)
    if type is None:
        t.refuse(f"a comparison of {t.type(left)} with {t.type(right)}", node)
    if node.op not in ("=", "<>"):
        if type.kind is Kind.ENUM:
            return t.same(node, {one: f"({rank(one, type, t)})" for one in (left, right)})
        if type.kind is Kind.DECIMAL:
            return _compare_decimals(left, node.op, right, t)
    first, second = equal_forms((left, right), node, t)
    return t.same(node, {left: first, right: second})


def _compare_decimals(left: Expression, op: str, right: Expression, t: Translating) -> str:
    """Against zero a decimal needs no function of ours: as a float it has the same sign."""
    if number(right) == 0:
        return f"(cast({t.text(left)} as real) {op} 0)"
    if number(left) == 0:
        return f"(0 {op} cast({t.text(right)} as real))"
    return f"(decimal_cmp({number_argument(left, t)}, {number_argument(right, t)}) {op} 0)"


def number_argument(node: Expression, t: Translating) -> str:
    """A number for a function on decimals, which takes integers too."""
    value = number(node)
    if value is not None:
        return quoted(f"{value:f}")
    return t.text(node)


def rank(node: Expression, type: Type, t: Translating, text: str | None = None) -> str:
    """The position of an enum's label among those of its type."""
    labels = t.enum_labels(type)
    if labels is None:
        t.refuse(f"the order of {type}", node)
    if isinstance(node, String) and node.value in labels:
        return str(labels.index(node.value))
    cases = " ".join(f"when {quoted(label)} then {number}" for number, label in enumerate(labels))
    return f"case {text if text is not None else t.operand(node)} {cases} end"


def write_rows(node: Binary, t: Translating) -> str:
    """`(a, b) = (c, d)`, or any other comparison of rows."""
    left, right = node.left, node.right
    if not isinstance(left, Row) or not isinstance(right, Row) or len(left.items) != len(right.items):
        t.refuse("this comparison of rows", node)
    for one, other in zip(left.items, right.items, strict=True):
        type = common((one, other), t)
        ordered = node.op not in ("=", "<>")
        if type is None or (ordered and type.kind in (Kind.ENUM, Kind.DECIMAL)):
            t.refuse(f"a comparison of rows with {t.type(one)} and {t.type(other)}", node)
    pairs = [equal_forms(pair, node, t) for pair in zip(left.items, right.items, strict=True)]
    first, second = (", ".join(pair[side] for pair in pairs) for side in (0, 1))
    return f"({first}) {node.op} ({second})"


def write_distinct(node: Distinct, t: Translating) -> str:
    left, right = equal_forms((node.left, node.right), node, t)
    return f"({left} {'is' if node.negated else 'is not'} {right})"


def write_is(node: Is, t: Translating) -> str:
    if isinstance(node.operand, Row) or node.test not in ("null", "true", "false", "unknown"):
        t.refuse(f"IS {node.test.upper()} here", node)
    operand = closed(node.operand, t.text(node.operand), t)
    if node.test == "unknown":
        return f"{operand} is {'not ' if node.negated else ''}null"
    return t.same(node, {node.operand: operand})


def write_between(node: Between, t: Translating) -> str:
    parts = (node.operand, node.low, node.high)
    type = common(parts, t)
    if type is None:
        t.refuse(f"BETWEEN on {described(t.type(node.operand))}", node)
    if type.kind in (Kind.DECIMAL, Kind.ENUM):
        return _between(node, _ordered(parts, type, t), type)
    if node.symmetric:
        return _between(node, equal_forms(parts, node, t), type)
    forms = equal_forms(parts, node, t)
    return t.same(node, dict(zip(parts, forms, strict=True)))


def _ordered(parts: Sequence[Expression], type: Type, t: Translating) -> list[str]:
    if type.kind is Kind.ENUM:
        return [f"({rank(one, type, t)})" for one in parts]
    return [number_argument(one, t) for one in parts]


def _between(node: Between, forms: Sequence[str], type: Type) -> str:
    value, low, high = forms

    def at_least(one: str, other: str) -> str:
        return f"decimal_cmp({one}, {other}) >= 0" if type.kind is Kind.DECIMAL else f"{one} >= {other}"

    text = f"({at_least(value, low)} and {at_least(high, value)})"
    if node.symmetric:
        text = f"({text} or ({at_least(value, high)} and {at_least(low, value)}))"
    return f"(not {text})" if node.negated else text


# Membership


def write_in_list(node: InList, t: Translating) -> str:
    if len(node.items) == 1 and isinstance(node.items[0], Parameter) and t.parameter(node.items[0]).sequence:
        return among(node, node.operand, node.items[0], node.negated, t)
    if isinstance(node.operand, Row):
        return _rows_in_list(node, node.operand, t)
    operand, *items = equal_forms((node.operand, *node.items), node, t)
    return t.same(node, dict(zip((node.operand, *node.items), (operand, *items), strict=True)))


def _rows_in_list(node: InList, row: Row, t: Translating) -> str:
    width = len(row.items)
    rows = [item for item in node.items if isinstance(item, Row) and len(item.items) == width]
    if len(rows) != len(node.items):
        t.refuse("IN on rows", node)
    columns = [equal_forms([row.items[at], *(item.items[at] for item in rows)], node, t) for at in range(width)]
    texts = [f"({', '.join(column[number] for column in columns)})" for number in range(len(rows) + 1)]
    return f"{texts[0]} {'not ' if node.negated else ''}in (values {', '.join(texts[1:])})"


def among(node: Expression, operand: Expression, parameter: Parameter, negated: bool, t: Translating) -> str:
    """Whether a value is among those of a parameter that stands for a sequence."""
    type = t.type(parameter)
    if common((operand,), t) is None or common_type([t.type(operand), type]) is None:
        t.refuse(f"{described(t.type(operand))} among values of type {type}", node)
    if Kind.FLOAT32 in (type.kind, t.type(operand).kind):
        t.refuse("a list of real numbers of single precision", node)
    if type.kind is Kind.DECIMAL:
        text = t.text(operand) if kept_at(operand, t) == (type.scale,) else None
        if text is None and type.scale is not None:
            t.refuse("a list of decimals of another scale", node)
        text = text if text is not None else canonical(operand, t)
    elif t.type(operand).kind is Kind.DECIMAL:
        t.refuse(f"a decimal among values of type {type}", node)
    else:
        text = closed(operand, converted(operand, _wider(t.type(operand), type, node, t), t), t)
    return f"{text} {t.in_sequence(parameter, negated)}"


def _wider(operand: Type, values: Type, node: Expression, t: Translating) -> Type:
    found = common_type([operand, values])
    if found is None or (found.kind is not values.kind and not {found.kind, values.kind} <= INTEGERS):
        t.refuse(f"{described(operand)} among values of type {values}", node)
    return found


def write_in_query(node: InQuery, t: Translating) -> str:
    _match_query(node.operand, node.query, node, t)
    operand = node.operand
    if isinstance(operand, Row):
        return t.same(node, {operand: f"({', '.join(_key(item, t) for item in operand.items)})"})
    return t.same(node, {operand: closed(operand, _key(operand, t), t)})


def _match_query(operand: Expression, query: Query, node: Expression, t: Translating) -> None:
    """Let the columns of a query come in the form of what they are compared with."""
    items = operand.items if isinstance(operand, Row) else (operand,)
    outputs = t.outputs(query)
    if len(outputs) != len(items):
        t.refuse("this comparison with a query", node)
    for item, output in zip(items, outputs, strict=True):
        type = common_type([t.type(item), output.type])
        if type is None or type.kind is Kind.FLOAT32:
            t.refuse(f"a comparison of {t.type(item)} with {output.type}", node)
        if type.kind is Kind.DECIMAL:
            t.want(item, Want(type, canonical=True))
            if output.expression is None:
                t.refuse("a decimal among the columns of a star", node, "name the column instead of `*`")
            t.want(output.expression, Want(type, canonical=True))
        elif type.kind is not output.type.kind or type.kind is not t.type(item).kind:
            t.want(item, Want(type))
            if output.expression is None:
                t.refuse("values of another type among the columns of a star", node, "name the column instead of `*`")
            t.want(output.expression, Want(type))


def _key(node: Expression, t: Translating) -> str:
    want = t.wanted(node)
    if want is None:
        return t.text(node)
    return canonical(node, t) if want.canonical else converted(node, want.type, t)


def write_quantified(node: Quantified, t: Translating) -> str:
    """`= any(…)` and `<> all(…)`, which are IN and NOT IN."""
    negated = node.op == "<>"
    if (node.op, node.quantifier) not in (("=", "any"), ("<>", "all")):
        t.refuse(f"`{node.op} {node.quantifier.upper()}`", node)
    if isinstance(node.right, Subquery):
        _match_query(node.left, node.right.query, node, t)
        query = t.text(node.right)
        return f"{closed(node.left, _key(node.left, t), t)} {'not ' if negated else ''}in ({query})"
    if isinstance(node.right, Parameter) and t.parameter(node.right).sequence:
        return among(node, node.left, node.right, negated, t)
    return _in_array(node, negated, t)


def _in_array(node: Quantified, negated: bool, t: Translating) -> str:
    """Whether a value is an element of an array, which is kept as JSON."""
    array = node.right
    element = t.type(array).element
    if element is None or common_type([t.type(node.left), element]) is None:
        t.refuse(f"`{node.op} {node.quantifier.upper()}` on {described(t.type(array))}", node)
    if element.kind not in PLAIN | INTEGERS or element.kind is Kind.BYTES:
        t.refuse(f"`{node.op} {node.quantifier.upper()}` on {described(t.type(array))}", node)
    wider = _wider(t.type(node.left), element, node, t)
    left = closed(node.left, converted(node.left, wider, t), t)
    listed = array.operand if isinstance(array, Cast) else array
    if isinstance(listed, Array) and not any(isinstance(item, Array) for item in listed.items):
        items = ", ".join(converted(item, wider, t) for item in listed.items)
        return f"({left} {'not ' if negated else ''}in ({items}))"
    text = t.text(array)
    found = f"{left} {'not ' if negated else ''}in (select value from json_each({text}))"
    return f"(case when {text} is not null then {found} end)" if t.nullable(array) else f"({found})"


# CASE


def write_case(node: Case, t: Translating) -> str:
    """CASE: its conditions compared with its operand, its results in one form."""
    type = t.type(node)
    replaced: dict[Node, str] = {}
    conditions = [when.condition for when in node.whens]
    forms: Sequence[str | None] = [None] * len(conditions)
    if node.operand is not None:
        first, *forms = equal_forms((node.operand, *conditions), node, t)
        replaced[node.operand] = first
    for when, form in zip(node.whens, forms, strict=True):
        own: dict[Node, str] = {when.result: converted(when.result, type, t)}
        if form is not None:
            own[when.condition] = form
        replaced[when] = t.same(when, own)
    if node.otherwise is not None:
        replaced[node.otherwise] = converted(node.otherwise, type, t)
    return t.same(node, replaced)


def write_collate(node: Collate, t: Translating) -> str:
    """Text is compared by code point: PostgreSQL's "C"."""
    name = node.collation[-1].text
    if name.lower() not in ("c", "posix", "ucs_basic"):
        t.refuse(f"the collation `{name}`", node, 'text is compared by code point there: collate "C"')
    return t.operand(node.operand)
