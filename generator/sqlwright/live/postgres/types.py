"""Our types beside those of the server."""

from __future__ import annotations

from typing import Final

from ...model.types import Family, SqlType, Type

_LONGEST: Final = 63
"""Bytes of a name (NAMEDATALEN); the server cuts off the rest."""


def agree(ours: SqlType, neutral: Type, theirs: str) -> bool:
    """Whether the server calls our type so. What it is to Python follows from its name, and is not looked at."""
    if ours.family is Family.OPAQUE:
        return True
    name = ours.name.encode()[:_LONGEST].decode(errors="ignore")
    return theirs == (f"_{name}" if ours.array else name)
