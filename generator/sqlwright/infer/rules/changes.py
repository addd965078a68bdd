"""Changes inside WITH, and rows that ON CONFLICT changes."""

from __future__ import annotations

from collections.abc import Iterator

from ...diagnostics import Diagnostic
from ...model.syntax import Delete, Insert, Merge, OnConflict, Query, Update, Utility
from .checked import Checked


def changes_that_are_read(c: Checked) -> Iterator[Diagnostic]:
    """A change in WITH gives rows by RETURNING alone."""
    for node, relation in c.resolution.relations.items():
        if relation.cte is not None and _changes(relation.cte.query) and not c.outputs_of(relation.cte.query):
            name = relation.cte.name
            message = f"`{name.text}` gives no rows: its statement has no RETURNING"
            yield c.finding("no-rows", message, node, "add RETURNING to it")


def changes_below_the_top(c: Checked) -> Iterator[Diagnostic]:
    top = c.query.query
    if isinstance(top, Utility) and top.query is not None:
        top = top.query
    for node in c.nodes:
        if isinstance(node, Query) and node is not top and node.with_ is not None:
            for cte in node.with_.ctes:
                if _changes(cte.query):
                    message = "a change in WITH stands at the top of a statement only"
                    yield c.finding("misplaced-change", message, cte.name, "move this WITH to the beginning")


def conflicts_without_key(c: Checked) -> Iterator[Diagnostic]:
    for node in c.nodes:
        if isinstance(node, OnConflict) and node.action == "update" and not node.columns and node.constraint is None:
            help = "name the columns of a unique key: ON CONFLICT (id) DO UPDATE"
            yield c.finding("no-conflict-key", "DO UPDATE needs to know of which key", node, help)


def _changes(query: Query) -> bool:
    return isinstance(query, Insert | Update | Delete | Merge)
