"""Calls and operators by the operation that they are."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Expression, Logical
from ...spelling.kinds import NUMBERS as NUMBER_KINDS
from ...spelling.operations import Rule, operation_rule
from ...translation import Translating
from ..kin import KIN
from .aggregates import AGGREGATES
from .comparisons import write_compare, write_rows
from .dates import DATES_IN_TEXT
from .documents import DOCUMENTS
from .folding import FOLDING
from .kin import write_kin
from .moments import MOMENTS
from .numbers import NUMBERS
from .slices import SLICES
from .texts import TEXTS
from .values import VALUES

_RULES: Final[dict[str, Rule]] = {
    "compare": write_compare,
    **AGGREGATES,
    **DATES_IN_TEXT,
    **DOCUMENTS,
    **FOLDING,
    **MOMENTS,
    **NUMBERS,
    **SLICES,
    **TEXTS,
    **VALUES,
}


def write_logical(node: Logical, t: Translating) -> str:
    """AND and OR. A number that decides is compared with zero, as MySQL wants it in a CHECK."""
    if node.op == "xor":
        t.refuse("XOR", node)
    numbers = [one for one in node.operands if t.type(one).kind in NUMBER_KINDS]
    return t.same(node, {one: f"({t.operand(one)} <> 0)" for one in numbers})


def write_operation(node: Expression, t: Translating) -> str:
    return write_kin(node, t) if t.operation(node) == KIN else _write(node, t)


_write: Final = operation_rule(_RULES, AGGREGATES, write_rows)
