"""Queries that read from themselves."""

from __future__ import annotations

from ..model.syntax import SetOperation
from .scopes import Resolution


def is_recursive(query: SetOperation, resolution: Resolution) -> bool:
    """Whether the right part of a set operation reads from the whole."""
    right = query.right
    return any(
        relation.query is query and right.start <= node.start < right.end
        for node, relation in resolution.relations.items()
    )
