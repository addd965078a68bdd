"""How SQLite writes schemas."""

from .schema import SqliteDdl

__all__ = ["SqliteDdl"]
