"""What a rule looks at: one query with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from ...diagnostics import Diagnostic, error
from ...model.query import NamedQuery
from ...model.syntax import Call, Expression, Node, Query, children, walk
from ...model.types import SqlType
from ..environment import Environment
from ..facts import TypeFacts
from ..sameness import Sameness, SameParameter
from ..scopes import OutputColumn, Resolution
from ..typing.typer import is_opaque


class Checked:
    """A query with its names and types, and how a rule reports a part of it."""

    def __init__(self, query: NamedQuery, resolution: Resolution, facts: TypeFacts, environment: Environment) -> None:
        self.query = query
        self.resolution = resolution
        self.facts = facts
        self.environment = environment
        self.sameness = Sameness(resolution, facts, environment, SameParameter(query))

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """All of the query's tree."""
        return tuple(walk(self.query.query))

    def finding(self, code: str, message: str, node: Node, help: str | None = None) -> Diagnostic:
        return error(code, message, self.query.span(node.start, node.end), help)

    def is_comparable(self, type: SqlType | None, ordered: bool) -> bool:
        """Whether values of a type can be told apart or put in order; what is not known is taken to be."""
        return type is None or is_opaque(type) or self.environment.types.is_comparable(type, ordered)

    def display(self, type: SqlType | None) -> str:
        return self.environment.types.display(type or self.environment.types.text())

    def gives_set(self, node: Node) -> bool:
        """Whether a call gives a row for each of its values, rather than one value."""
        resolved = self.facts.resolved.get(node) if isinstance(node, Expression) else None
        return resolved is not None and resolved.returns_set

    def outputs_of(self, query: Query) -> tuple[OutputColumn, ...]:
        return self.resolution.outputs.get(query, ())


def own_calls(node: Node) -> Iterator[Call]:
    """The calls in a node, those of queries inside it left out."""
    if isinstance(node, Call):
        yield node
    for child in children(node):
        if not isinstance(child, Query):
            yield from own_calls(child)
