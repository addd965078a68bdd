"""Errors: MySQL gives NULL, or the nearest value, where PostgreSQL fails, and has no expression that raises one."""

from __future__ import annotations

_LARGEST = 9223372036854775807


def failure(condition: str) -> str:
    """An expression that is out of the range of BIGINT, which is an error, when a condition is true.

    The condition must be one that only the row decides, so that nothing is computed before it is needed.
    """
    return f"{_LARGEST} + ({condition})"
