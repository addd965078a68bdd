"""Functions as tables list them: arguments by letter, what comes out, and when that is NULL."""

from __future__ import annotations

from ..model.values import value
from .base import Nulls


@value
class FunctionInfo:
    """A function: its arguments by letter, what it gives, and when that is NULL.

    A small letter is an argument that must be there, a capital one that may be left out, and `*` repeats the one
    before it. What the letters mean, and `result`, is each dialect's own.
    """

    args: str
    result: str
    nulls: Nulls
    kind: str = "scalar"


def each(names: str, args: str, result: str, nulls: Nulls, kind: str = "scalar") -> dict[str, FunctionInfo]:
    """The same signature for several functions."""
    return {name: FunctionInfo(args, result, nulls, kind) for name in names.split()}


def letters(pattern: str, count: int) -> str | None:
    """The letters for so many arguments, or None when the function does not take that number."""
    repeated = pattern[-2] if pattern.endswith("*") else None
    found = pattern.removesuffix("*")
    least = sum(letter.islower() for letter in found) - (1 if repeated is not None and repeated.islower() else 0)
    least = max(least, 1) if repeated is not None and repeated.islower() and len(found) == 1 else least
    if count < least or (repeated is None and count > len(found)):
        return None
    return (found + (repeated or "") * count)[:count].lower()


def shown_arity(pattern: str) -> str:
    """How many arguments a pattern takes, in words."""
    found = pattern.removesuffix("*")
    least = sum(letter.islower() for letter in found)
    if pattern.endswith("*"):
        return f"{least} or more"
    return str(least) if least == len(found) else f"{least} to {len(found)}"
