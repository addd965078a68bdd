"""Calls as they are written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...model.syntax import (
    Between,
    Binary,
    Call,
    Distinct,
    Expression,
    InList,
    InQuery,
    Is,
    Like,
    Logical,
    Node,
    Quantified,
    Unary,
)
from ..translation import Translating

_LOOSE = (Between, Binary, Distinct, InList, InQuery, Is, Like, Logical, Quantified, Unary)
"""Operators that bind differently beside others in the two dialects."""


def args_of(node: Expression) -> Sequence[Expression]:
    """The operands of an operator or the arguments of a call."""
    match node:
        case Binary(left=left, right=right):
            return (left, right)
        case Unary(operand=operand):
            return (operand,)
        case Call(args=args):
            return args
        case _:
            return ()


def renamed(node: Expression, name: str, t: Translating, replaced: Mapping[Node, str] | None = None) -> str:
    """A call of another function with the same arguments, written as they were."""
    if not isinstance(node, Call):
        t.refuse(f"`{t.written(node)}`", node)
    return t.same(node, replaced, [(node.name[0].start, node.name[-1].end, name)])


def called(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(arguments)})"


def operator(node: Expression, t: Translating, forms: Sequence[str]) -> str:
    """An operator kept as it is, its operands in the forms given."""
    replaced: dict[Node, str] = {one: closed(one, form, t) for one, form in zip(args_of(node), forms, strict=True)}
    return t.same(node, replaced)


def closed(node: Expression, text: str, t: Translating) -> str:
    """An operand's text, in parentheses where its operator could be taken apart by the one around it."""
    loose = isinstance(node, _LOOSE) and not (isinstance(node, Unary) and node.op in ("-", "+", "~"))
    if not loose or t.in_parentheses(node) or text[:1] == "(" or (text.endswith(")") and text[:1].isalpha()):
        return text
    return f"({text})"
