"""The rules by name. A dialect says which of them its database keeps, in `Features.rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ...diagnostics import Diagnostic
from ...model.query import NamedQuery
from ..environment import Environment
from ..facts import TypeFacts
from ..scopes import Resolution
from .calls import calls_of_another_sort
from .changes import changes_below_the_top, changes_that_are_read, conflicts_without_key
from .checked import Checked
from .comparisons import incomparable_values
from .distinct_order import orders_of_distinct_rows
from .merging import branches_of_merge
from .recursive import recursive_queries
from .sets import sets_in_place_of_values
from .views import changes_of_views
from .windows import wrong_windows

RULES: Final[dict[str, Callable[[Checked], Iterator[Diagnostic]]]] = {
    "branches of merge": branches_of_merge,
    "changes at the top": changes_below_the_top,
    "changes return rows": changes_that_are_read,
    "changes of views": changes_of_views,
    "comparable values": incomparable_values,
    "conflict keys": conflicts_without_key,
    "order of distinct rows": orders_of_distinct_rows,
    "recursion": recursive_queries,
    "places of sets": sets_in_place_of_values,
    "sorts of functions": calls_of_another_sort,
    "windows": wrong_windows,
}


def rule_findings(
    query: NamedQuery, resolution: Resolution, facts: TypeFacts, environment: Environment
) -> Iterator[Diagnostic]:
    """What the rules that the query's database keeps say against it."""
    kept = environment.dialect.features.rules
    checked = Checked(query, resolution, facts, environment)
    for name, rule in RULES.items():
        if name in kept:
            yield from rule(checked)
