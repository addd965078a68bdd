"""How PostgreSQL writes what was written for another database."""

from .rules import SPELLING

__all__ = ["SPELLING"]
