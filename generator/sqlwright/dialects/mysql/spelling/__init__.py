"""How MySQL writes what was written for another database."""

from .rules import SPELLING, TEMPLATES

__all__ = ["SPELLING", "TEMPLATES"]
