"""Changes that take several statements, as constants of a module."""

from __future__ import annotations

from ..model.statement import KEYS, Statement, Steps
from .imports import Imports
from .layout import Call, Piece, Prefixed
from .text import string_literal


def value_places(steps: Steps) -> tuple[int, ...]:
    """The parameters whose values a change takes, each once."""
    found = [place for one in (steps.keys, steps.change, steps.rows) if one is not None for place in one.params]
    return tuple(dict.fromkeys(place for place in found if place != KEYS))


def change_constant(steps: Steps, module: str, imports: Imports) -> Call:
    """The statements as the server gets them, each with the places of its values."""
    places, step = value_places(steps), imports.use(module, "Step")
    parts: list[Piece] = [Prefixed("change=", _step(steps.change, places, step))]
    for name, one in (("keys", steps.keys), ("rows", steps.rows)):
        if one is not None:
            parts.append(Prefixed(f"{name}=", _step(one, places, step)))
    if steps.width:
        parts.append(f"width={steps.width}")
    if steps.or_nothing:
        parts.append("or_nothing=True")
    if steps.count is not None:
        parts.append(f"count={steps.count}")
    return Call(imports.use(module, "Change"), tuple(parts))


def _step(statement: Statement, places: tuple[int, ...], name: str) -> Call:
    numbers = tuple(str(KEYS if place == KEYS else places.index(place)) for place in statement.params)
    found = Call("", numbers, single_comma=True)
    return Call(name, (string_literal(statement.sql), found))
