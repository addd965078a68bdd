"""Text to values, as strictly as PostgreSQL reads them: what is no such value is an error."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final
from uuid import UUID

from .decimals import plain
from .kinds import Functions

_INTEGER: Final = re.compile(r"\s*[+-]?[0-9]+\s*")
_DECIMAL: Final = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
_TRUE: Final = frozenset(("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1"))
_FALSE: Final = frozenset(("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0"))


def _integer(text: str | None, bits: int) -> int | None:
    if text is None:
        return None
    if _INTEGER.fullmatch(text) is None:
        raise ValueError(f"invalid input syntax for an integer: {text!r}")
    value = int(text)
    if not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1):
        raise ValueError(f"{text!r} is out of range for an integer of {bits} bits")
    return value


def _decimal(text: str | None) -> str | None:
    if text is None:
        return None
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError(f"invalid input syntax for a decimal: {text!r}")
    return plain(Decimal(text.strip()))


def _boolean(text: str | None) -> bool | None:
    if text is None:
        return None
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(f"invalid input syntax for a boolean: {text!r}")
    return word in _TRUE


def _uuid(text: str | None) -> str | None:
    return None if text is None else str(UUID(text))


FUNCTIONS: Final[Functions] = (
    ("text_boolean", 1, _boolean),
    ("text_decimal", 1, _decimal),
    ("text_integer", 2, _integer),
    ("text_uuid", 1, _uuid),
)
