"""How MySQL writes schemas."""

from .flavour import Flavour
from .schema import MysqlDdl

__all__ = ["Flavour", "MysqlDdl"]
