"""What the numbers mean by which the servers tell a type."""

from __future__ import annotations

from typing import Final

from .wire import Field

NOT_NULL: Final = 0x1
_UNSIGNED: Final = 0x20
_ENUM: Final = 0x100
_SET: Final = 0x800
_BINARY: Final = 63
"""The number of the character set of bytes."""
_NULL: Final = 6
_DECIMALS: Final = (0, 246)
_NUMBERS: Final = {1: "tinyint", 2: "smallint", 3: "int", 4: "float", 5: "double", 8: "bigint", 9: "mediumint"}
_TIMES: Final = {7: "timestamp", 11: "time", 12: "datetime", 17: "timestamp", 18: "datetime", 19: "time"}
_OTHERS: Final = {
    _NULL: "null",
    10: "date",
    13: "year",
    14: "date",
    242: "vector",
    243: "tinyint(1)",
    245: "json",
    255: "geometry",
}
_BIT: Final = 16
_VARIABLE: Final = (15, 253)
_FIXED: Final = 254
_SIZES: Final = ((2**8, "tiny"), (2**16, ""), (2**24, "medium"))
_BYTES_OF_LETTER: Final = 4
_DIGITS: Final = range(1, 7)
_ADOPTED: Final = {36: "uuid", 39: "inet6", 15: "inet4"}
"""MariaDB's types that are texts of one length on the way, marked as having no sign."""


def word(field: Field) -> str:
    """The type of a column, as SHOW CREATE TABLE would write it, without the length of texts."""
    unsigned = " unsigned" if field.flags & _UNSIGNED else ""
    if field.type in _OTHERS:
        return _OTHERS[field.type]
    if field.type in _DECIMALS:
        digits = field.length - (field.decimals > 0) - (not unsigned)
        return f"decimal({digits},{field.decimals}){unsigned}"
    if field.type in _NUMBERS:
        one = field.type == 1 and field.length == 1 and not unsigned
        return "tinyint(1)" if one else _NUMBERS[field.type] + unsigned
    if field.type in _TIMES:
        return _TIMES[field.type] + (f"({field.decimals})" if field.decimals in _DIGITS else "")
    if field.type == _BIT:
        return f"bit({field.length})"
    return _text(field)


def _text(field: Field) -> str:
    if field.flags & _ENUM:
        return "enum"
    if field.flags & _SET:
        return "set"
    binary = field.charset == _BINARY
    if field.type in _VARIABLE:
        return "varbinary" if binary else "varchar"
    if field.type == _FIXED:
        adopted = _ADOPTED.get(field.length // _BYTES_OF_LETTER) if field.flags & _UNSIGNED and not binary else None
        return adopted or ("binary" if binary else "char")
    size = field.length if binary else field.length // _BYTES_OF_LETTER
    prefix = next((prefix for limit, prefix in _SIZES if size < limit), "long")
    return prefix + ("blob" if binary else "text")
