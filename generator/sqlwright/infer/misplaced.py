"""Aggregates and window functions in places that have no rows for them to gather."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ..diagnostics import Diagnostic, error
from ..dialects.features import Features
from ..model.query import NamedQuery
from ..model.syntax import Expression, Insert, Number, Select, Update, Values, walk
from .gathering import AGGREGATED
from .scopes import Gathering

_WINDOWED: Final = frozenset(("the select list", "DISTINCT ON", "ORDER BY"))
_HELP: Final = {
    "WHERE": "move the condition to HAVING, or aggregate in a subquery",
    "GROUP BY": "group by the columns that it is made of",
}


def misplaced(
    query: NamedQuery,
    gathered: Sequence[Gathering],
    features: Features,
    is_nothing: Callable[[Expression], bool],
) -> Iterator[Diagnostic]:
    """A finding for each call that may not stand where it does. `is_nothing` tells of an argument that is always NULL,
    for which the server looks no further at an aggregate."""
    all_levels = features.outer_aggregates_checked
    inserted = {id(node.source) for node in walk(query.query) if isinstance(node, Insert)}
    for found in gathered:
        if not all_levels and (found.is_outer or _has_rows(found, id(found.query) in inserted, features)):
            continue
        if features.collected_by_position and not any(map(is_nothing, found.call.args)):
            yield from _bad_positions(query, found)
        wrong = _wrong_window(found) if found.is_window else _wrong_aggregate(found)
        if wrong is not None:
            code, message, help = wrong
            yield error(code, message, query.span(found.call.start, found.call.end), help)


def _bad_positions(query: NamedQuery, found: Gathering) -> Iterator[Diagnostic]:
    """Whole numbers in the ORDER BY of an aggregate that are no positions of its arguments."""
    count = len(found.call.args)
    for ordering in found.call.order_by:
        item = ordering.expression
        if isinstance(item, Number) and item.text.isdigit() and not 1 <= int(item.text) <= count:
            message = f"position {item.text} is not among the arguments"
            yield error("bad-position", message, query.span(item.start, item.end), "order by a column")


def _has_rows(found: Gathering, inserted: bool, features: Features) -> bool:
    """Whether VALUES or SET of a joined update is read like a select list: then it can gather."""
    match found.query:
        case Values(rows=rows):
            if len(rows) == 1:
                return features.values_gather and not inserted
            return found.is_window and features.windows_in_values
        case Update(from_=joined):
            return joined is not None and found.clause == "SET"
        case _:
            return False


def _wrong_aggregate(found: Gathering) -> tuple[str, str, str] | None:
    holder = found.inside
    if holder is not None and not holder.is_window:
        if found.filters:
            return "misplaced-aggregate", "an aggregate cannot stand in FILTER", "aggregate in a subquery"
        return "nested-aggregate", "an aggregate cannot hold another", "aggregate the inner one in a subquery"
    if _stands(found, AGGREGATED):
        return None
    help = _HELP.get(found.clause, "aggregate in a subquery")
    return "misplaced-aggregate", f"an aggregate cannot stand in {found.clause}", help


def _wrong_window(found: Gathering) -> tuple[str, str, str] | None:
    holder = found.inside
    help = "compute it in a subquery"
    if holder is not None:
        what = "a window function" if holder.is_window else "an aggregate"
        return "nested-window", f"{what} cannot hold a window function", help
    if not _stands(found, _WINDOWED):
        return "misplaced-window", f"a window function cannot stand in {found.clause}", help
    named = found.call.over.base if found.call.over is not None else None
    if named is not None and not _is_named(named.text, found):
        return "unknown-window", f"there is no window `{named.text}`", "define it in WINDOW, or write it in OVER (…)"
    return None


def _stands(found: Gathering, clauses: frozenset[str]) -> bool:
    return not found.clause or (isinstance(found.query, Select) and found.clause in clauses)


def _is_named(name: str, found: Gathering) -> bool:
    query = found.query
    return not isinstance(query, Select) or any(window.text.lower() == name.lower() for window, _ in query.windows)
