"""What the types of MySQL and MariaDB ask of their values, which their neutral types do not say."""

from __future__ import annotations

from typing import Final

from ....model.types import Family, SqlType
from ....model.values import value
from ...ddl import Limits
from ..typenames import SPATIAL

_TYPELESS: Final = SqlType("", family=Family.PSEUDO)
_NUMBERS: Final = {
    "tinyint": (-128, 127),
    "tinyint unsigned": (0, 255),
    "smallint unsigned": (0, 65535),
    "mediumint": (-8388608, 8388607),
    "mediumint unsigned": (0, 16777215),
    "int unsigned": (0, 4294967295),
    "decimal unsigned": (0, None),
    "double unsigned": (0, None),
    "float unsigned": (0, None),
    "year": (1901, 2155),
}
_SIZES: Final = {"tinyblob": 255, "blob": 65535, "mediumblob": 16777215}
_MOMENTS: Final = ("datetime", "timestamp", "time")
_PECULIAR: Final = SPATIAL | {"bit", "set", "vector"}


@value
class MysqlLimits(Limits):
    """The limits of a type that MySQL and MariaDB know, which both can therefore have as it was written."""

    type: SqlType = _TYPELESS


def limits(type: SqlType) -> MysqlLimits:
    """The limits of a type. A second has no decimals unless they are asked for (manual, section 13.2.6)."""
    if type.family is Family.ENUM:
        return MysqlLimits(type=type)
    least, greatest = _NUMBERS.get(type.name, (None, None)) if type.args != ("1",) else (None, None)
    return MysqlLimits(least, greatest, _digits(type), _size(type), type.name in _PECULIAR, type)


def _digits(type: SqlType) -> int | None:
    if type.name not in _MOMENTS:
        return None
    digits = int(type.args[0]) if type.args else 0
    return digits if digits != 6 else None


def _size(type: SqlType) -> tuple[int, int] | None:
    if type.name in ("binary", "varbinary") and type.args:
        most = int(type.args[0])
        return (most if type.name == "binary" else 0, most)
    return (0, _SIZES[type.name]) if type.name in _SIZES else None
