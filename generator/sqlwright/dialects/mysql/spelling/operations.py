"""Calls and operators by the operation that they are."""

from __future__ import annotations

from typing import Final

from ...spelling.operations import Rule, operation_rule
from .aggregates import AGGREGATES
from .comparisons import write_compare, write_rows
from .dates import DATES_IN_TEXT
from .documents import DOCUMENTS
from .folding import FOLDING
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
write_operation: Final = operation_rule(_RULES, AGGREGATES, write_rows)
