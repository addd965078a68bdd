"""How SQLite spells, compares and quotes names, and what it calls result columns."""

from __future__ import annotations

import re
from typing import Final

from ...model.syntax import ColumnName, Identifier, SelectItem
from .grammar import GRAMMAR

_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class SqliteNames:
    """Names are kept as written and compared without regard to the case of ASCII letters."""

    def spelled(self, name: Identifier) -> str:
        return name.text

    def table_key(self, name: str) -> str:
        return _folded(name)

    def column_key(self, name: str) -> str:
        return _folded(name)

    def quoted(self, name: str) -> str:
        if _PLAIN.fullmatch(name) and name.lower() not in GRAMMAR.keywords:
            return name
        return '"' + name.replace('"', '""') + '"'

    def label(self, item: SelectItem, text: str) -> str:
        if isinstance(item.expression, ColumnName):
            return item.expression.parts[-1].text
        return text

    def value_label(self, item: SelectItem, text: str, position: int) -> str:
        return f"column{position + 1}"


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else "".join(c.lower() if c.isascii() else c for c in name)
