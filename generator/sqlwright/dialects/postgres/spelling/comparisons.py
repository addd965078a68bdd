"""Comparisons and conditions. Numbers stand for truth in the written dialect, and are compared with truth values."""

from __future__ import annotations

from collections.abc import Sequence

from ....model.syntax import (
    Between,
    Binary,
    Boolean,
    Case,
    Collate,
    Distinct,
    Expression,
    InList,
    InQuery,
    Is,
    Logical,
    Node,
    Null,
    Number,
    Parameter,
    Row,
    String,
    Unary,
)
from ....model.types import Kind, Type
from ....model.values import value
from ...translation import Translating, Want
from ..declared import cast_name
from .conversions import alike, by_code_point, condition, converted, is_by_code_point, operand
from .documents import document, document_forms, is_document_value
from .kinds import BOOL, EXACT_DIGITS, FLOATS, INTEGERS, MOMENTS, NUMBERS, PLAIN, TEXT, described
from .literals import is_small, number, plain_number, truth
from .tightness import COMPARE, IS, NOT, RANGE, fit

_FOLDED = ("nocase",)


@value
class Forms:
    """Expressions in forms that compare as they do where they were written."""

    type: Type
    texts: tuple[str, ...]


def common_type(types: Sequence[Type]) -> Type | None:
    """The type in which values are compared; None when there is none that is exact."""
    kinds = {type.kind for type in types}
    if kinds <= INTEGERS:
        return types[0]
    if kinds <= INTEGERS | {Kind.BOOL}:
        return BOOL if kinds == {Kind.BOOL} else next(type for type in types if type.kind in INTEGERS)
    if kinds <= NUMBERS:
        if not all(_has_exact_digits(type) for type in types):
            return None
        return next(type for type in types if type.kind is not Kind.INT64 or kinds <= INTEGERS)
    return types[0] if len(kinds) == 1 and kinds <= PLAIN else None


def _has_exact_digits(type: Type) -> bool:
    return type.kind is not Kind.DECIMAL or (type.precision is not None and type.precision <= EXACT_DIGITS)


def forms(nodes: Sequence[Expression], whole: Node, t: Translating, ordered: bool = False) -> Forms:
    """Expressions that are compared with each other."""
    if any(is_document_value(one, t) for one in nodes):
        return Forms(Type(Kind.JSON), tuple(document_forms(nodes, whole, t, ordered)))
    leading = [one for one in nodes if not isinstance(one, Null | String | Boolean) and number(one) is None]
    type = _decided(nodes, leading, t)
    if type is None:
        kinds = ", ".join(dict.fromkeys(described(t.type(one)) for one in nodes))
        t.refuse(f"a comparison of {kinds}", whole, "cast one of them")
    texts = [_form(one, type, whole, t) for one in nodes]
    if type.kind is Kind.STR:
        texts = _folded(nodes, texts, t) or (_by_code_point(nodes, texts, t) if ordered else texts)
    return Forms(type, tuple(texts))


def _decided(nodes: Sequence[Expression], leading: Sequence[Expression], t: Translating) -> Type | None:
    """The type that a comparison has: literals take that of what they are compared with, where they can."""
    if not leading:
        return common_type([t.type(one) for one in nodes if not isinstance(one, Null)] or [TEXT])
    types = [t.type(one) for one in leading]
    moments = {type.kind for type in types if type.kind in MOMENTS}
    if moments and all(
        type.kind in MOMENTS or (t.operation(one) or "").startswith("moment.")
        for one, type in zip(leading, types, strict=True)
    ):
        return next(type for type in types if type.kind in MOMENTS) if len(moments) == 1 else None
    found = common_type(types)
    if found is None or found.kind is not Kind.BOOL:
        return found
    literals = [one for one in nodes if one not in leading]
    if all(isinstance(one, Null) or truth(one) is not None for one in literals):
        return found
    return Type(Kind.INT64) if all(number(one) is not None or isinstance(one, Null) for one in literals) else None


def _form(node: Expression, type: Type, whole: Node, t: Translating) -> str:
    if isinstance(node, Parameter) and (alike(t.type(node), type) or {t.type(node).kind, type.kind} <= NUMBERS):
        return _parameter(node, whole, t)
    value = number(node)
    if value is not None and type.kind in FLOATS | {Kind.DECIMAL}:
        return plain_number(value)
    if isinstance(node, String) and type.kind in INTEGERS | FLOATS | {Kind.DECIMAL, Kind.BYTES} and node.mark != "x":
        t.refuse(f"a text compared with {described(type)}", node, "write the number without quotes")
    if isinstance(node, String) and type.kind in MOMENTS:
        _check_moment(node, type, t)
    if t.type(node).kind in NUMBERS and type.kind in NUMBERS:
        return t.text(node)
    return converted(node, type, t)


def _parameter(node: Parameter, whole: Node, t: Translating) -> str:
    """A column beside a parameter decides its type."""
    beside: tuple[Expression, ...] = ()
    match whole:
        case Binary(left=left, right=right) | Distinct(left=left, right=right):
            beside = (left, right)
        case Between(operand=one) | InList(operand=one):
            beside = (one,)
        case _:
            pass
    decided = any(one is not node and t.origin(one) is not None for one in beside)
    return t.placeholder(node) if decided else t.text(node)


def _check_moment(node: String, type: Type, t: Translating) -> None:
    """Moments are text in the written dialect: only one in full is the same as a text and as a moment."""
    widths = {Kind.DATE: (10,), Kind.TIME: (15,), Kind.TIMESTAMP: (19, 26), Kind.TIMESTAMPTZ: (19, 25, 32)}
    found = t.literal(node.value, type)
    if found is None or len(node.value) not in widths[type.kind] or not found.startswith(node.value[:19]):
        t.refuse(f"`{t.written(node)}` as {described(type)}", node, "write it in full: '2024-01-31 08:00:00'")


# Text


def _folded(nodes: Sequence[Expression], texts: Sequence[str], t: Translating) -> list[str] | None:
    """Texts where one has the collation NOCASE, which takes ASCII letters of either case for the same."""
    if not any(isinstance(one, Collate) and one.collation[-1].text.lower() in _FOLDED for one in nodes):
        return None
    return [text if isinstance(one, Collate) else folded(one, text, t) for one, text in zip(nodes, texts, strict=True)]


def folded(node: Expression, text: str, t: Translating) -> str:
    return f"lower({by_code_point(node, text, t)})"


def _by_code_point(nodes: Sequence[Expression], texts: Sequence[str], t: Translating) -> list[str]:
    """One of the texts must have the collation, and then all are compared by it."""
    if any(is_by_code_point(one, t) for one in nodes):
        return list(texts)
    return [by_code_point(nodes[0], texts[0], t), *texts[1:]]


def write_collate(node: Collate, t: Translating) -> str:
    name = node.collation[-1].text.lower()
    text = t.text(node.operand)
    if t.type(node).kind is not Kind.STR or name not in (*_FOLDED, "binary"):
        t.refuse(f"the collation `{name}`", node)
    if name == "binary":
        return text if is_by_code_point(node.operand, t) else by_code_point(node.operand, text, t)
    return folded(node.operand, text, t)


# Operators


def write_compare(node: Expression, t: Translating) -> str:
    """`=`, `<>`, `<`, `<=`, `>` and `>=`."""
    if not isinstance(node, Binary):
        t.refuse(f"`{t.written(node)}`", node)
    if isinstance(node.left, Row) or isinstance(node.right, Row):
        return _rows(node, t)
    found = forms((node.left, node.right), node, t, node.op not in ("=", "<>"))
    return placed(node, found.texts, COMPARE + 1, t)


def placed(node: Binary, texts: Sequence[str], level: int, t: Translating, right: int | None = None) -> str:
    """An operator where it was written, between operands in the forms given."""
    left = operand(node.left, texts[0], level, t)
    second = operand(node.right, texts[1], right if right is not None else level, t)
    spans: list[tuple[int, int, str]] = []
    between = t.between(node.left.end, node.right.start)
    if "==" in between:
        at = node.left.end + between.index("==")
        spans.append((at, at + 2, "="))
    return t.same(node, {node.left: left, node.right: second}, spans)


def _rows(node: Binary, t: Translating) -> str:
    left, right = node.left, node.right
    if not isinstance(left, Row) or not isinstance(right, Row) or len(left.items) != len(right.items):
        t.refuse("this comparison of rows", node)
    ordered = node.op not in ("=", "<>")
    pairs = [forms(pair, node, t, ordered).texts for pair in zip(left.items, right.items, strict=True)]
    first, second = (", ".join(pair[side] for pair in pairs) for side in (0, 1))
    return f"({first}) {node.op} ({second})"


def write_distinct(node: Distinct, t: Translating) -> str:
    """IS and IS NOT between any two values."""
    left, right = forms((node.left, node.right), node, t).texts
    word = "is not distinct from" if node.negated else "is distinct from"
    return f"{fit(left, COMPARE + 1)} {word} {fit(right, COMPARE + 1)}"


def write_is(node: Is, t: Translating) -> str:
    if isinstance(node.operand, Row) or node.test not in ("null", "true", "false"):
        t.refuse(f"IS {node.test.upper()} here", node)
    if node.test == "null":
        text = document(node.operand, t) if is_document_value(node.operand, t) else t.text(node.operand)
    else:
        text = condition(node.operand, t)
    return f"{fit(text, COMPARE)} is {'not ' if node.negated else ''}{node.test}"


def write_between(node: Between, t: Translating) -> str:
    parts = (node.operand, node.low, node.high)
    texts = forms(parts, node, t, ordered=True).texts
    replaced: dict[Node, str] = {
        part: operand(part, text, RANGE + 1, t) for part, text in zip(parts, texts, strict=True)
    }
    return t.same(node, replaced)


def write_logical(node: Logical, t: Translating) -> str:
    level = NOT if node.op == "and" else NOT - 1
    if node.op not in ("and", "or"):
        t.refuse(node.op.upper(), node)
    return t.same(node, {one: operand(one, condition(one, t), level, t) for one in node.operands})


def write_not(node: Unary, t: Translating) -> str:
    return t.same(node, {node.operand: operand(node.operand, condition(node.operand, t), IS, t)})


# Membership


def write_in_list(node: InList, t: Translating) -> str:
    if len(node.items) == 1 and isinstance(node.items[0], Parameter) and t.parameter(node.items[0]).sequence:
        return _among(node, node.items[0], t)
    if isinstance(node.operand, Row):
        return _rows_in_list(node, node.operand, t)
    if not node.items:
        return "true" if node.negated else "false"
    found = forms((node.operand, *node.items), node, t).texts
    replaced: dict[Node, str] = dict(zip(node.items, found[1:], strict=True))
    return t.same(node, {**replaced, node.operand: operand(node.operand, found[0], RANGE + 1, t)})


def _among(node: InList, parameter: Parameter, t: Translating) -> str:
    type = t.type(parameter)
    if common_type([t.type(node.operand), type]) is None:
        t.refuse(f"{described(t.type(node.operand))} among values of type {type}", node)
    text = converted(node.operand, type, t) if t.type(node.operand).kind is not type.kind else t.text(node.operand)
    return f"{fit(text, COMPARE + 1)} {t.in_sequence(parameter, node.negated)}"


def _rows_in_list(node: InList, row: Row, t: Translating) -> str:
    width = len(row.items)
    rows = [item for item in node.items if isinstance(item, Row) and len(item.items) == width]
    if len(rows) != len(node.items):
        t.refuse("IN on rows", node)
    columns = [forms([row.items[at], *(item.items[at] for item in rows)], node, t).texts for at in range(width)]
    texts = [f"({', '.join(column[place] for column in columns)})" for place in range(len(rows) + 1)]
    return f"{texts[0]} {'not ' if node.negated else ''}in ({', '.join(texts[1:])})"


def write_in_query(node: InQuery, t: Translating) -> str:
    items = node.operand.items if isinstance(node.operand, Row) else (node.operand,)
    outputs = t.outputs(node.query)
    if len(outputs) != len(items):
        t.refuse("this comparison with a query", node)
    texts: list[str] = []
    for item, output in zip(items, outputs, strict=True):
        type = common_type([t.type(item), output.type])
        if type is None:
            t.refuse(f"a comparison of {described(t.type(item))} with {described(output.type)}", node)
        if not alike(output.type, type) and output.type.kind not in NUMBERS:
            if output.expression is None:
                t.refuse("values of another type among the columns of a star", node, "name the column")
            t.want(output.expression, Want(type))
        texts.append(converted(item, type, t) if t.type(item).kind not in NUMBERS else t.text(item))
    first = f"({', '.join(texts)})" if isinstance(node.operand, Row) else operand(node.operand, texts[0], RANGE + 1, t)
    return t.same(node, {node.operand: first})


# CASE


def write_case(node: Case, t: Translating) -> str:
    """CASE: its conditions, or what they are compared with, and its results in one type."""
    want = t.wanted(node)
    type = want.type if want is not None else t.type(node)
    replaced: dict[Node, str] = {}
    conditions = [when.condition for when in node.whens]
    if node.operand is None:
        texts = [condition(one, t) for one in conditions]
    else:
        first, *texts = forms((node.operand, *conditions), node, t).texts
        replaced[node.operand] = first
    for when, text in zip(node.whens, texts, strict=True):
        replaced[when] = t.same(when, {when.condition: text, when.result: result(when.result, type, t)})
    if node.otherwise is not None:
        replaced[node.otherwise] = result(node.otherwise, type, t)
    return t.same(node, replaced)


def result(node: Expression, type: Type, t: Translating) -> str:
    """A branch of CASE and the like."""
    if isinstance(node, Null):
        return "null"
    if type.kind is Kind.OTHER:
        t.refuse("values of different types in one place", node, "cast them to one type")
    text = converted(node, type, t)
    if isinstance(node, String) and type.kind is not Kind.STR:
        return f"{text}::{cast_name(type)}"
    return text


def wide(node: Expression, t: Translating) -> bool:
    """Whether an integer is surely one of 64 bits."""
    if t.origin(node) is not None or isinstance(node, Parameter):
        return True
    return isinstance(node, Number) and not is_small(node)
