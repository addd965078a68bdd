"""How PostgreSQL writes what was written for another database."""

from .rules import PostgresSpelling

__all__ = ["PostgresSpelling"]
