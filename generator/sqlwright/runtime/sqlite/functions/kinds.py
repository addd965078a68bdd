"""What SQLite keeps, and the functions that it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Value: TypeAlias = str | bytes | int | float | None
Functions: TypeAlias = tuple[tuple[str, int, Callable[..., Value]], ...]
"""The name of each, the number of its arguments (-1: any) and what it does."""
