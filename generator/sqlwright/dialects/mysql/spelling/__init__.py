"""How MySQL writes what was written for another database."""

from .rules import MysqlSpelling

__all__ = ["MysqlSpelling"]
