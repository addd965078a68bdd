"""Why a value can be NULL."""

from __future__ import annotations

from ...model.syntax import Node
from ...model.values import value


@value
class Reason:
    """A step that lets a value be NULL, at a place of the query (None for a place outside it), and what lies beneath.

    The absence of a Reason is the statement that no data can make the value NULL.
    """

    message: str
    node: Node | None = None
    cause: Reason | None = None

    def chain(self) -> list[Reason]:
        """This reason and those beneath it, the outermost first."""
        steps: list[Reason] = []
        step: Reason | None = self
        while step is not None:
            steps.append(step)
            step = step.cause
        return steps


def first(*reasons: Reason | None) -> Reason | None:
    """The first reason there is: of several operands, one that is NULL is enough."""
    return next((reason for reason in reasons if reason is not None), None)
