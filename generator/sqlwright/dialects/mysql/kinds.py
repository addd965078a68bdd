"""What MySQL's types are to Python and to other databases."""

from __future__ import annotations

from typing import Final

from ...model.types import OTHER, Family, Kind, SqlType, Type
from .typenames import BINARIES, BOOLEAN, SPATIAL, TEXTS

_KINDS: Final = {
    "bigint": Kind.INT64,
    "bigint unsigned": Kind.UINT64,
    "bit": Kind.BYTES,
    "date": Kind.DATE,
    "datetime": Kind.TIMESTAMP,
    "decimal": Kind.DECIMAL,
    "decimal unsigned": Kind.DECIMAL,
    "double": Kind.FLOAT64,
    "double unsigned": Kind.FLOAT64,
    "float": Kind.FLOAT32,
    "float unsigned": Kind.FLOAT32,
    "inet4": Kind.STR,
    "inet6": Kind.STR,
    "int": Kind.INT32,
    "int unsigned": Kind.INT64,
    "json": Kind.JSON,
    "mediumint": Kind.INT32,
    "mediumint unsigned": Kind.INT32,
    "set": Kind.STR,
    "smallint": Kind.INT16,
    "smallint unsigned": Kind.INT32,
    "time": Kind.TIME,
    "timestamp": Kind.TIMESTAMPTZ,
    "tinyint": Kind.INT16,
    "tinyint unsigned": Kind.INT16,
    "uuid": Kind.UUID,
    "vector": Kind.BYTES,
    "year": Kind.INT16,
    **dict.fromkeys(TEXTS, Kind.STR),
    **dict.fromkeys(BINARIES | SPATIAL, Kind.BYTES),
}


def neutral(type: SqlType) -> Type:
    """The neutral type. A TIMESTAMP is a moment that the server keeps in UTC; a DATETIME is what a clock shows."""
    if type.family is Family.ENUM:
        return Type(Kind.ENUM, enum=type.key if type.schema is not None else None)
    if type == BOOLEAN:
        return Type(Kind.BOOL)
    kind = _KINDS.get(type.name)
    if kind is None:
        return OTHER
    numbers = [int(arg) for arg in type.args if arg.isdigit()]
    if kind is Kind.DECIMAL and numbers:
        return Type(kind, precision=numbers[0], scale=numbers[1] if len(numbers) > 1 else 0)
    if kind is Kind.STR and numbers:
        return Type(kind, length=numbers[0])
    return Type(kind)
