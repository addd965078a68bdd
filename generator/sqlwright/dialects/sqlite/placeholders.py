"""How values go to SQLite."""

from __future__ import annotations

from ...model.typed import TypedParameter
from ...model.types import Kind


def in_sequence(placeholder: str, parameter: TypedParameter, negated: bool) -> str:
    """The values of a sequence are one JSON array, bytes in it as hexadecimal text."""
    value = "unhex(value)" if parameter.type.kind is Kind.BYTES else "value"
    return f"{'not ' if negated else ''}in (select {value} from json_each({placeholder}))"
