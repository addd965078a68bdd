"""The many names of PostgreSQL's types, and the one that pg_type has."""

from __future__ import annotations

from typing import Final

from ...model.syntax import TypeName

_CANONICAL: Final = {
    "bigint": "int8",
    "bigserial": "int8",
    "bit varying": "varbit",
    "boolean": "bool",
    "char varying": "varchar",
    "char": "bpchar",
    "character varying": "varchar",
    "character": "bpchar",
    "nchar": "bpchar",
    "nchar varying": "varchar",
    "dec": "numeric",
    "decimal": "numeric",
    "double precision": "float8",
    "float": "float8",
    "int": "int4",
    "integer": "int4",
    "real": "float4",
    "serial": "int4",
    "serial2": "int2",
    "serial4": "int4",
    "serial8": "int8",
    "smallint": "int2",
    "smallserial": "int2",
}
SERIAL: Final = frozenset(("bigserial", "serial", "serial2", "serial4", "serial8", "smallserial"))
_SHOWN: Final = {
    "bool": "boolean",
    "bpchar": "character",
    "float4": "real",
    "float8": "double precision",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "time": "time without time zone",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "timetz": "time with time zone",
    "varbit": "bit varying",
    "varchar": "character varying",
}
_LENGTH_INSIDE: Final = ("time", "timestamp", "timestamptz", "timetz")


def written_names() -> tuple[str, ...]:
    """The names that users write and pg_type does not have."""
    return tuple(_CANONICAL)


def canonical_name(name: TypeName) -> str:
    """The pg_type name that a written type stands for, its array mark left out."""
    if name.quoted or name.schema not in (None, "pg_catalog"):
        return name.name
    if name.name in ("time", "timestamp"):
        return name.name + ("tz" if name.zoned else "")
    if name.name == "float" and name.args and name.args[0].isdigit() and int(name.args[0]) <= 24:
        return "float4"
    return _CANONICAL.get(name.name, name.name)


def shown(name: str, args: tuple[str, ...]) -> str:
    """The type as `format_type` writes it."""
    text = _SHOWN.get(name, name)
    if not args:
        return text
    inside = f"({','.join(args)})"
    if name in _LENGTH_INSIDE:
        first, _, rest = text.partition(" ")
        return f"{first}{inside} {rest}".rstrip()
    return text + inside
