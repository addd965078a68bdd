"""How values go to PostgreSQL."""

from __future__ import annotations

from ...model.typed import TypedParameter


def in_sequence(placeholder: str, parameter: TypedParameter, negated: bool) -> str:
    """The values of a sequence are one array."""
    return f"<> all({placeholder})" if negated else f"= any({placeholder})"
