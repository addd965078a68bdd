"""Calls as they are written anew."""

from __future__ import annotations

from collections.abc import Mapping

from ....model.syntax import Call, Expression, Node
from ...translation import Translating


def called(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(arguments)})"


def renamed(node: Expression, name: str, t: Translating, replaced: Mapping[Node, str] | None = None) -> str:
    """A call of another function with the same arguments, written as they were."""
    if not isinstance(node, Call):
        t.refuse(f"`{t.written(node)}`", node)
    return t.same(node, replaced, [(node.name[0].start, node.name[-1].end, name)])
