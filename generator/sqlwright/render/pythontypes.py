"""Neutral types as Python annotations."""

from __future__ import annotations

from typing import Final

from ..model.types import Kind, Type

_ANNOTATIONS: Final = {
    Kind.BOOL: "bool",
    Kind.INT16: "int",
    Kind.INT32: "int",
    Kind.INT64: "int",
    Kind.UINT64: "int",
    Kind.FLOAT32: "float",
    Kind.FLOAT64: "float",
    Kind.DECIMAL: "Decimal",
    Kind.STR: "str",
    Kind.BYTES: "bytes",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.TIMESTAMP: "datetime",
    Kind.TIMESTAMPTZ: "datetime",
    Kind.INTERVAL: "timedelta",
    Kind.UUID: "UUID",
    Kind.JSON: "Json",
    Kind.ENUM: "str",
    Kind.OTHER: "object",
}


def annotation(type: Type, enum: str | None = None) -> str:
    """The annotation of a value that is not None; `enum` is the name of the enum's class."""
    if type.element is not None:
        return f"list[{annotation(type.element, enum)}]"
    if type.kind is Kind.ENUM and enum is not None:
        return enum
    return _ANNOTATIONS[type.kind]
