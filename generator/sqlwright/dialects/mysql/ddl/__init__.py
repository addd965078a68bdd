"""How MySQL writes schemas."""

from .schema import MysqlDdl

__all__ = ["MysqlDdl"]
