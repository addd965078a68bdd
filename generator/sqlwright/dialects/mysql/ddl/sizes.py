"""How long a row may be (manual, sections 10.4.7 and 17.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ....model.catalog import Table
from .types import is_long
from .writing import Writing

_ROW: Final = 65535
_PAGE: Final = 8126
_COLUMNS: Final = 1017
_INDEXES: Final = 64
_OVERHEAD: Final = 24
_POINTER: Final = 12
"""What a LONGTEXT or JSON counts for in the row that the server hands on: its length, and where it lies."""
_SHAPE: Final = re.compile(r"(?P<word>[a-z]+)(?:\((?P<size>\d+)(?:, \d+)?\))?")
_FIXED: Final = {
    "tinyint": 1,
    "smallint": 2,
    "mediumint": 3,
    "int": 4,
    "bigint": 8,
    "float": 4,
    "double": 8,
    "date": 3,
    "time": 6,
    "datetime": 8,
    "year": 1,
    "enum": 2,
    "set": 8,
    "uuid": 16,
    "decimal": 30,
}
_VARYING: Final = {"char": 4, "varchar": 4, "binary": 1, "varbinary": 1}


def check_size(table: Table, declared: Iterable[str], indexes: int, w: Writing) -> None:
    """Report a table whose rows could be longer than the server takes, by the declared types of its columns."""
    types = list(declared)
    row = sum(_bytes(type) for type in types)
    page = _OVERHEAD + len(types) // 8 + sum(_in_page(type, w.flavour.long_bytes) for type in types)
    if row > _ROW:
        w.carried.refuse(
            f"a row of `{table.name}` could have {row:,} bytes, and {w.flavour.title} takes {_ROW:,}",
            table.span,
            "declare shorter texts where they stand in keys, or longer than 16383 characters or without a length where "
            "they do not",
        )
    elif page > _PAGE:
        message = f"a row of `{table.name}` could have {page:,} bytes beside its long values"
        w.carried.refuse(f"{message}, and {w.flavour.title} takes {_PAGE:,}", table.span, "divide it into two tables")
    for count, most, what in ((len(types), _COLUMNS, "columns"), (indexes, _INDEXES, "indexes")):
        if count > most:
            message = f"`{table.name}` has {count} {what}, and {w.flavour.title} takes {most}"
            w.carried.refuse(message, table.span, f"leave out {what}, or divide it into two tables")


def _bytes(declared: str) -> int:
    if is_long(declared):
        return _POINTER
    match = _SHAPE.match(declared)
    word, size = (match["word"], int(match["size"] or 1)) if match is not None else ("", 1)
    if word in _VARYING:
        return size * _VARYING[word] + 2 * word.startswith("var")
    return _FIXED.get(word, 8)


def _in_page(declared: str, long: int) -> int:
    size = _bytes(declared)
    return long if is_long(declared) else min(size, 41) if declared.startswith(("var", "char")) else size
