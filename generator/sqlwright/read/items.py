"""The items of a select list and of RETURNING."""

from __future__ import annotations

from ..model.syntax import Identifier, SelectItem
from ..model.tokens import Kind
from .cursor import Cursor


def select_items(c: Cursor) -> tuple[SelectItem, ...]:
    """One item or more, each with the name it is given."""
    return c.comma_list(lambda: _item(c))


def _item(c: Cursor) -> SelectItem:
    start = c.current.start
    value = c.expression()
    expression_end = c.previous_end
    name: Identifier | None = None
    if c.accept_word("as"):
        name = c.label("a name behind AS")
    elif (
        (c.current.kind is Kind.WORD and c.current.folded not in c.grammar.not_labels)
        or c.current.kind is Kind.QUOTED
        or c.names_by_string(labels=True)
    ):
        name = c.identifier()
    return SelectItem(start, c.previous_end, value, name, expression_end)
