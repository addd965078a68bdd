"""Comparisons. Values are equal and ordered as on PostgreSQL, but for enums and, on some servers, UUIDs."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.syntax import (
    Array,
    Between,
    Binary,
    Case,
    Cast,
    ColumnName,
    Distinct,
    Expression,
    InList,
    InQuery,
    Is,
    Node,
    Parameter,
    Quantified,
    Query,
    Row,
    Select,
    Subquery,
    walk,
)
from ....model.types import Kind, Type
from ...spelling.calls import closed
from ...spelling.comparing import common_type
from ...spelling.constants import number
from ...spelling.kinds import FLOATS, INTEGERS, NUMBERS, described
from ...translation import Translating, Want
from .conversions import converted
from .documents import ELEMENT, listed
from .folding import folded, is_folding
from .literals import number_text
from .loose import check_literal, compared_in
from .members import document_forms, document_presence, is_document_value
from .ordering import rank
from .volatile import check_repeatable

_LISTED = "elements"
NOTHING = "select null from dual where 1 = 0"


def write_compare(node: Expression, t: Translating) -> str:
    """`=`, `<>`, `<`, `<=`, `>` and `>=`."""
    if not isinstance(node, Binary):
        t.refuse(f"`{t.written(node)}`", node)
    left, right = node.left, node.right
    if node.op in ("=", "<>"):
        first, second = equal_forms((left, right), node, t)
    else:
        type = compared_in((left, right), t)
        if type is None:
            t.refuse(f"a comparison of {t.type(left)} with {t.type(right)}", node)
        first, second = ordered_forms((left, right), type, node, t)
    between = t.between(left.end, right.start)
    at = left.end + between.find("==")
    return t.same(node, {left: first, right: second}, [(at, at + 2, "=")] if "==" in between else [])


def equal_forms(nodes: Sequence[Expression], node: Node, t: Translating) -> list[str]:
    """Expressions in forms that are the same exactly where their values are equal."""
    if any(is_document_value(one, t) for one in nodes):
        return document_forms(nodes, node, t)
    type = compared_in(nodes, t)
    if type is None:
        kinds = ", ".join(dict.fromkeys(str(t.type(one)) for one in nodes))
        t.refuse(f"a comparison of {kinds}", node)
    texts = [_compared(one, type, nodes, t) for one in nodes]
    if any(is_folding(one) for one in nodes):
        return [text if is_folding(one) else folded(one, text) for one, text in zip(nodes, texts, strict=True)]
    return texts


def _compared(node: Expression, type: Type, nodes: Sequence[Expression], t: Translating) -> str:
    """Numbers are compared across their types; a parameter beside a column is taken as one of its type."""
    if type.kind is Kind.UINT64:
        return closed(node, t.text(node), t)
    value = number(node)
    if value is not None and type.kind in INTEGERS | {Kind.DECIMAL} and t.moments_are_text():
        return number_text(value, Type(Kind.DECIMAL) if value % 1 else Type(Kind.INT64)) or t.text(node)
    if t.moments_are_text():
        check_literal(node, type, t)
    if type.kind is Kind.DECIMAL and t.type(node).kind in INTEGERS:
        return closed(node, t.text(node), t)
    if isinstance(node, Parameter) and t.type(node).kind is type.kind and type.kind is not Kind.FLOAT32:
        others = [one for one in nodes if one is not node]
        if others and all(isinstance(one, ColumnName) and t.type(one).kind is type.kind for one in others):
            return t.placeholder(node)
    return closed(node, converted(node, type, t), t)


def ordered_forms(nodes: Sequence[Expression], type: Type, node: Node, t: Translating) -> list[str]:
    """Expressions in forms that are ordered as their values are."""
    if type.kind is Kind.ENUM:
        return [rank(one, type, t) for one in nodes]
    if any(is_document_value(one, t) for one in nodes):
        t.refuse("the order of a value of a JSON document", node, "keep it in a column of its own")
    forms = equal_forms(nodes, node, t)
    return [t.template("uuid.order").format(form) for form in forms] if type.kind is Kind.UUID else forms


def write_rows(node: Binary, t: Translating) -> str:
    """`(a, b) = (c, d)`, or any other comparison of rows."""
    left, right = node.left, node.right
    if not isinstance(left, Row) or not isinstance(right, Row) or len(left.items) != len(right.items):
        t.refuse("this comparison of rows", node)
    pairs: list[list[str]] = []
    for pair in zip(left.items, right.items, strict=True):
        type = compared_in(pair, t)
        if type is None:
            t.refuse(f"a comparison of rows with {t.type(pair[0])} and {t.type(pair[1])}", node)
        ordered = node.op not in ("=", "<>")
        pairs.append(ordered_forms(pair, type, node, t) if ordered else equal_forms(pair, node, t))
    first, second = (", ".join(pair[side] for pair in pairs) for side in (0, 1))
    return f"({first}) {node.op} ({second})"


def write_distinct(node: Distinct, t: Translating) -> str:
    left, right = equal_forms((node.left, node.right), node, t)
    return f"({left} <=> {right})" if node.negated else f"(not ({left} <=> {right}))"


def write_is(node: Is, t: Translating) -> str:
    if isinstance(node.operand, Row) or node.test not in ("null", "true", "false", "unknown"):
        t.refuse(f"IS {node.test.upper()} here", node)
    if is_document_value(node.operand, t):
        operand = document_presence(node.operand, t)
    else:
        operand = closed(node.operand, t.operand(node.operand), t)
    word = "null" if node.test == "unknown" else node.test
    return f"{operand} is {'not ' if node.negated else ''}{word}"


def write_between(node: Between, t: Translating) -> str:
    parts = (node.operand, node.low, node.high)
    type = compared_in(parts, t)
    if type is None:
        t.refuse(f"BETWEEN on {described(t.type(node.operand))}", node)
    value, low, high = ordered_forms(parts, type, node, t)
    if not node.symmetric:
        return t.same(node, dict(zip(parts, (value, low, high), strict=True)))
    for part in parts:
        check_repeatable(part, t)
    text = f"({value} between {low} and {high} or {value} between {high} and {low})"
    return f"(not {text})" if node.negated else text


# Membership


def write_in_list(node: InList, t: Translating) -> str:
    if len(node.items) == 1 and isinstance(node.items[0], Parameter) and t.parameter(node.items[0]).sequence:
        return _among(node, node.operand, node.items[0], node.negated, t)
    if isinstance(node.operand, Row):
        return _rows_in_list(node, node.operand, t)
    if not node.items:
        return f"{closed(node.operand, t.text(node.operand), t)} {'not ' if node.negated else ''}in ({NOTHING})"
    operand, *items = equal_forms((node.operand, *node.items), node, t)
    return t.same(node, dict(zip((node.operand, *node.items), (operand, *items), strict=True)))


def _rows_in_list(node: InList, row: Row, t: Translating) -> str:
    width = len(row.items)
    rows = [item for item in node.items if isinstance(item, Row) and len(item.items) == width]
    if len(rows) != len(node.items):
        t.refuse("IN on rows", node)
    columns = [equal_forms([row.items[at], *(item.items[at] for item in rows)], node, t) for at in range(width)]
    texts = [f"({', '.join(column[number] for column in columns)})" for number in range(len(rows) + 1)]
    return f"{texts[0]} {'not ' if node.negated else ''}in ({', '.join(texts[1:])})"


def _among(node: Expression, operand: Expression, parameter: Parameter, negated: bool, t: Translating) -> str:
    """Whether a value is among those of a parameter that stands for a sequence."""
    type = t.type(parameter)
    kinds = {t.type(operand).kind, type.kind}
    found = type if kinds == {Kind.UINT64} else common_type([t.type(operand), type])
    numbers = kinds <= NUMBERS - {Kind.FLOAT32}
    if found is None or (found.kind is not type.kind and not numbers):
        t.refuse(f"{described(t.type(operand))} among values of type {type}", node)
    text = t.text(operand) if numbers else converted(operand, found, t)
    return f"{closed(operand, text, t)} {t.in_sequence(parameter, negated)}"


def write_in_query(node: InQuery, t: Translating) -> str:
    _match_query(node.operand, node.query, node, t)
    operand = node.operand
    if isinstance(operand, Row):
        left = f"({', '.join(_key(item, t) for item in operand.items)})"
    else:
        left = closed(operand, _key(operand, t), t)
    return f"{left} {'not ' if node.negated else ''}in ({_limited(node.query, t)})"


def _limited(query: Query, t: Translating) -> str:
    """A query for IN, which on MySQL must not have a LIMIT of its own."""
    text = t.text(query)
    limit = getattr(query, "limit", None)
    return f"select * from ({text}) as limited" if limit is not None else text


def _match_query(operand: Expression, query: Query, node: Expression, t: Translating) -> None:
    """Let the columns of a query come in the form of what they are compared with."""
    items = operand.items if isinstance(operand, Row) else (operand,)
    outputs = t.outputs(query)
    if len(outputs) != len(items):
        t.refuse("this comparison with a query", node)
    for item, output in zip(items, outputs, strict=True):
        if {t.type(item).kind, output.type.kind} == {Kind.UINT64}:
            continue
        type = common_type([t.type(item), output.type])
        if type is None:
            t.refuse(f"a comparison of {t.type(item)} with {output.type}", node)
        numbers = {t.type(item).kind, output.type.kind} <= NUMBERS - FLOATS
        if not numbers and (type.kind is not output.type.kind or type.kind is not t.type(item).kind):
            t.want(item, Want(type))
            if output.expression is None or not isinstance(query, Select):
                t.refuse("values of another type among the columns of a star", node, "name the column instead of `*`")
            t.want(output.expression, Want(type))


def _key(node: Expression, t: Translating) -> str:
    want = t.wanted(node)
    return t.text(node) if want is None else converted(node, want.type, t)


def write_quantified(node: Quantified, t: Translating) -> str:
    """`= any(…)` and `<> all(…)`, which are IN and NOT IN."""
    negated = node.op == "<>"
    if (node.op, node.quantifier) not in (("=", "any"), ("<>", "all")):
        t.refuse(f"`{node.op} {node.quantifier.upper()}`", node)
    if isinstance(node.right, Subquery):
        _match_query(node.left, node.right.query, node, t)
        query = _limited(node.right.query, t)
        return f"{closed(node.left, _key(node.left, t), t)} {'not ' if negated else ''}in ({query})"
    if isinstance(node.right, Parameter) and t.parameter(node.right).sequence:
        return _among(node, node.left, node.right, negated, t)
    return _in_array(node, negated, t)


def _in_array(node: Quantified, negated: bool, t: Translating) -> str:
    """Whether a value is an element of an array, which is kept as JSON."""
    array = node.right
    element = t.type(array).element
    type = common_type([t.type(node.left), element]) if element is not None else None
    if element is None or type is None:
        t.refuse(f"`{node.op} {node.quantifier.upper()}` on {described(t.type(array))}", node)
    numbers = {t.type(node.left).kind, element.kind} <= INTEGERS
    left = closed(node.left, t.text(node.left) if numbers else converted(node.left, type, t), t)
    word = "not in" if negated else "in"
    items = array.operand if isinstance(array, Cast) else array
    if isinstance(items, Array) and not any(isinstance(item, Array) for item in items.items):
        return f"({left} {word} ({', '.join(converted(item, type, t) for item in items.items)}))"
    if element.kind is not type.kind and not numbers:
        t.refuse(f"{described(t.type(node.left))} among values of type {element}", node)
    text = t.text(array)
    table = listed(text, element, _LISTED, t)
    if table is None:
        t.refuse(f"`{node.op} {node.quantifier.upper()}` on {described(t.type(array))}", node)
    found = f"{left} {word} (select {ELEMENT} from {table})"
    if not any(isinstance(part, ColumnName) for part in walk(array)):
        return f"({found})"
    # MySQL 9.7 makes a semijoin of such a query when it stands alone, and finds nothing then.
    check_repeatable(array, t)
    return f"(case when {text} is not null then {found} end)"


# CASE


def write_case(node: Case, t: Translating) -> str:
    """CASE: its conditions compared with its operand, its results in one form."""
    want = t.wanted(node)
    type = want.type if want is not None else t.type(node)
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
