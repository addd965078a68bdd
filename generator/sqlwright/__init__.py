"""sqlwright: plain .sql in, typed Python out.

`analyze`, `translate` and `diff` work on SQL text, without a project; what generated packages import is in
`sqlwright.runtime`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api import Analysis

__version__ = "0.1.0"
__all__ = ["analyze"]


def analyze(schema: str, queries: str, dialect: str) -> Analysis:
    """The types of every parameter and column of the queries in a text.

    `schema` and `queries` are SQL text, `dialect` the database they are written for. Mistakes in them are among the
    diagnostics of the result. Raises ValueError for a dialect that does not exist.
    """
    from .api import analyze

    return analyze(schema, queries, dialect)
