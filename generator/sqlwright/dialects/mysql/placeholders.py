"""How values go to MySQL and MariaDB."""

from __future__ import annotations

from ...model.typed import TypedParameter


def in_sequence(placeholder: str, parameter: TypedParameter, negated: bool) -> str:
    """The driver writes the values of a sequence where its placeholder stands, with commas between them."""
    return f"{'not ' if negated else ''}in ({placeholder})"
