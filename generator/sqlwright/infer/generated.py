"""Generated columns: one that is computed from what is never NULL is not NULL either, whether it says so or not."""

from __future__ import annotations

from ..model.catalog import Column
from .environment import Environment


def computed_never_null(column: Column, environment: Environment) -> bool:
    """Whether a column is generated, from an expression that is never NULL."""
    if column.generated is None or column not in environment.generated:
        return False
    found = environment.computed_never_null.get(column)
    if found is None:
        environment.computed_never_null[column] = False  # for a column that would be computed from itself
        found = environment.computed_never_null[column] = _never_null(column, environment)
    return found


def _never_null(column: Column, environment: Environment) -> bool:
    from .lone import expression_facts  # which asks for NULL itself

    assert column.generated is not None
    facts, _ = expression_facts(column.generated, environment.generated[column], environment)
    return not facts.resolution.findings and facts.never_null(column.generated.expression)
