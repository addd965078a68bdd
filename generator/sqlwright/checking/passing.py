"""Where the columns of a statement come through, as the analysis reads its text on the target."""

from __future__ import annotations

from collections.abc import Sequence

from ..analysis import read_made
from ..diagnostics import has_errors
from ..infer.environment import Environment
from ..infer.passages import Passage, passages
from ..infer.resolve import resolve


def passages_of(environment: Environment, statement: str, position: int) -> Sequence[Passage] | None:
    """All that a column comes through; None where the statement cannot be read again."""
    read = read_made(statement, environment.dialect)
    if has_errors(read.diagnostics) or not read.file.queries:
        return None
    query = read.file.queries[0]
    resolution = resolve(query.query, query.source, environment)
    return passages(query.query, position, resolution, environment)
