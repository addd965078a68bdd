"""What MariaDB calls result columns, where MySQL calls them otherwise."""

from __future__ import annotations

from typing import Final

from ...model.syntax import Boolean, SelectItem
from ..mysql.names import MysqlNames
from .grammar import RESERVED

_NOT_EVERYWHERE: Final = frozenset(("portion", "row_number", "sql_cache", "window"))
"""Words that may name some things and not others (MariaDB 10.11)."""


class MariadbNames(MysqlNames):
    """Names as in MySQL, but for its own reserved words."""

    def __init__(self) -> None:
        super().__init__(RESERVED | _NOT_EVERYWHERE)

    def label(self, item: SelectItem, text: str) -> str:
        if isinstance(item.expression, Boolean):
            return text.upper()
        return super().label(item, text)

    def value_label(self, item: SelectItem, text: str, position: int) -> str:
        return self.label(item, text)
