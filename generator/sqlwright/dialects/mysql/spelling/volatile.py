"""Expressions that may stand several times where they were written once."""

from __future__ import annotations

from ....model.syntax import Call, Expression, Query, walk
from ...translation import Translating

_VOLATILE = frozenset(("random", "uuid.random"))


def check_repeatable(node: Expression, t: Translating) -> None:
    """Refuse what might have another value each time, or would be computed at length again."""
    for part in walk(node):
        if isinstance(part, Query):
            t.refuse("a query as an operand here", part, "select its value in a query around this one")
        if isinstance(part, Call) and t.operation(part) in _VOLATILE:
            t.refuse(f"`{t.written(part)}` as an operand here", part)
