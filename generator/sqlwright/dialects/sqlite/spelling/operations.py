"""Calls and operators by the operation that they are."""

from __future__ import annotations

from typing import Final

from ....model.syntax import Binary, Expression
from ...spelling.operations import Rule, described_operation, operation_rule
from ...translation import Translating
from .aggregates import AGGREGATES
from .comparisons import write_compare, write_rows
from .documents import DOCUMENTS
from .moments import MOMENTS
from .numbers import NUMBERS
from .texts import TEXTS
from .values import VALUES


def _compare(node: Expression, t: Translating) -> str:
    return write_compare(node, t) if isinstance(node, Binary) else t.refuse(described_operation(node, t), node)


_RULES: Final[dict[str, Rule]] = {
    "compare": _compare,
    **AGGREGATES,
    **DOCUMENTS,
    **MOMENTS,
    **NUMBERS,
    **TEXTS,
    **VALUES,
}
write_operation: Final = operation_rule(_RULES, AGGREGATES, write_rows)
