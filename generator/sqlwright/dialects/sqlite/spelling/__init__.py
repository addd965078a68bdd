"""How SQLite writes what was written for another database."""

from .rules import SqliteSpelling

__all__ = ["SqliteSpelling"]
