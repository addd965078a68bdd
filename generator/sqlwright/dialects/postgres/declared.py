"""The types that PostgreSQL has for the neutral ones."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind, Type
from .names import PostgresNames

_NAMES: Final = PostgresNames()
_DECLARED: Final = {
    Kind.BOOL: "boolean",
    Kind.INT16: "smallint",
    Kind.INT32: "integer",
    Kind.INT64: "bigint",
    Kind.UINT64: "numeric(20)",
    Kind.FLOAT32: "real",
    Kind.FLOAT64: "double precision",
    Kind.DECIMAL: "numeric",
    Kind.STR: "text",
    Kind.BYTES: "bytea",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.TIMESTAMP: "timestamp",
    Kind.TIMESTAMPTZ: "timestamptz",
    Kind.INTERVAL: "interval",
    Kind.UUID: "uuid",
    Kind.JSON: "jsonb",
}


def declared(type: Type) -> str | None:
    """A type as a column is declared with it; None where PostgreSQL has none."""
    match type:
        case Type(kind=Kind.ARRAY, element=Type() as element):
            inner = declared(element)
            return f"{inner}[]" if inner is not None else None
        case Type(kind=Kind.DECIMAL, precision=int() as precision):
            return f"numeric({precision}, {type.scale or 0})"
        case Type(kind=Kind.STR, length=int() as length):
            return f"varchar({length})"
        case Type(kind=Kind.ENUM, enum=(schema, name)):
            quoted = _NAMES.quoted(name)
            return quoted if schema in ("", "public") else f"{_NAMES.quoted(schema)}.{quoted}"
        case _:
            return _DECLARED.get(type.kind)


def cast_name(type: Type) -> str | None:
    """A type as a value is cast to it: without the length of a text, which would be cut."""
    return declared(Type(Kind.STR) if type.kind is Kind.STR else type)
