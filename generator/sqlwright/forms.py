"""Forms of writing that leave no trace in the tree, and stay where they were when a query is translated."""

from __future__ import annotations

from .analysis import read_made
from .diagnostics import Diagnostic, error, has_errors
from .dialects.base import Dialect
from .infer.constructs import CONSTRUCTS, foreign_forms
from .model.query import NamedQuery
from .model.statement import Statement


def carried_forms(query: NamedQuery, statement: Statement, target: Dialect) -> list[Diagnostic]:
    """A finding for each form of a query that the target does not have, and that its statement still has."""
    lacks = target.features.lacks
    foreign = list(foreign_forms(query, lacks))
    if not foreign:
        return []
    read = read_made(statement.sql, target)
    is_read = not has_errors(read.diagnostics)
    left = {name for found in read.file.queries for name, _ in foreign_forms(found, lacks)}
    findings: list[Diagnostic] = []
    for name, node in foreign:
        if name in left or not is_read:
            called, help = CONSTRUCTS[name]
            span = query.span(node.start, node.end)
            message = f"{called} has no exact equivalent on {target.title}"
            findings.append(error("not-translatable", message, span, help))
    return findings
