"""The databases, by name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .base import Dialect

NAMES: Final = ("postgres", "sqlite", "mysql", "mariadb")
"""Those that schemas and queries can be written in, and variants of queries marked for."""


@cache
def dialect(name: str) -> Dialect:
    """The dialect of one of `NAMES`; each is loaded when it is first asked for."""
    from .base import Dialect

    found = import_module(f"{__name__}.{name}").DIALECT
    assert isinstance(found, Dialect)
    return found
