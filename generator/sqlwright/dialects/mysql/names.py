"""How MySQL and MariaDB spell, compare and quote names, and what they call result columns."""

from __future__ import annotations

import re
from typing import Final

from ...model.syntax import ColumnName, Identifier, Null, SelectItem, String
from .grammar import RESERVED

_PLAIN: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_LONGEST_LABEL: Final = 256


class MysqlNames:
    """Names are kept as written. Those of columns are compared without regard to case; those of tables as well, since
    whether they are depends on the server's files (manual, section 11.2.3)."""

    def __init__(self, reserved: frozenset[str] = RESERVED) -> None:
        self._reserved = reserved

    def spelled(self, name: Identifier) -> str:
        return name.text

    def table_key(self, name: str) -> str:
        return name.lower()

    def column_key(self, name: str) -> str:
        return name.lower()

    def quoted(self, name: str) -> str:
        if _PLAIN.fullmatch(name) and name.lower() not in self._reserved:
            return name
        return "`" + name.replace("`", "``") + "`"

    def label(self, item: SelectItem, text: str) -> str:
        match item.expression:
            case ColumnName(parts=parts):
                return parts[-1].text
            case String(value=value, mark="" | "n"):
                return value.lstrip()
            case Null():
                return "NULL"
            case _:
                return text[:_LONGEST_LABEL]

    def value_label(self, item: SelectItem, text: str, position: int) -> str:
        return f"column_{position}"
