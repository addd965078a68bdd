"""The many names of MySQL's types, and the one that each is kept by (manual, sections 13.1 to 13.5 and 13.9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...model.syntax import TypeName
from ...model.types import Family, SqlType

BOOLEAN: Final = SqlType("tinyint", ("1",))
"""What BOOLEAN is, and what comparisons are taken for."""
INTEGERS: Final = ("tinyint", "smallint", "mediumint", "int", "bigint")
TEXTS: Final = frozenset(("char", "varchar", "tinytext", "text", "mediumtext", "longtext"))
BINARIES: Final = frozenset(("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"))
SPATIAL: Final = frozenset("""
    geometry point linestring polygon multipoint multilinestring multipolygon geometrycollection
    """.split())

_ALIASES: Final = {
    "bool": "boolean",
    "char byte": "binary",
    "char varying": "varchar",
    "character": "char",
    "character varying": "varchar",
    "dec": "decimal",
    "double precision": "double",
    "fixed": "decimal",
    "float4": "float",
    "float8": "double",
    "geomcollection": "geometrycollection",
    "int1": "tinyint",
    "int2": "smallint",
    "int3": "mediumint",
    "int4": "int",
    "int8": "bigint",
    "integer": "int",
    "long": "mediumtext",
    "long varbinary": "mediumblob",
    "long varchar": "mediumtext",
    "middleint": "mediumint",
    "nchar": "char",
    "nchar varying": "varchar",
    "numeric": "decimal",
    "nvarchar": "varchar",
    "real": "double",
    "varcharacter": "varchar",
}
_OTHERS: Final = "bit date datetime decimal double float json time timestamp vector year".split()
_PLAIN: Final = TEXTS | BINARIES | SPATIAL | frozenset((*INTEGERS, *_OTHERS))
_AS_BYTES: Final = {
    "char": "binary",
    "varchar": "varbinary",
    "tinytext": "tinyblob",
    "text": "blob",
    "mediumtext": "mediumblob",
    "longtext": "longblob",
}
_SIGNED: Final = frozenset(("signed", "signed integer", "signed int"))
_UNSIGNED: Final = frozenset(("unsigned", "unsigned integer", "unsigned int"))
_SINGLE_DIGITS: Final = 24
"""Up to so many bits FLOAT(p) is kept in four bytes."""


def sql_type(name: TypeName, others: Mapping[str, str]) -> SqlType | None:
    """The type that a written name stands for, or None; `others` has what one database knows beside the common ones."""
    word = _ALIASES.get(name.name, name.name)
    if word in _SIGNED:
        return SqlType("bigint")
    if word in _UNSIGNED:
        return SqlType("bigint unsigned")
    if word == "boolean":
        return BOOLEAN
    if word == "serial":
        return SqlType("bigint unsigned")
    if word in ("enum", "set"):
        return SqlType(word, name.args, family=Family.ENUM if word == "enum" else Family.BASE)
    word = others.get(word, word)
    if word not in _PLAIN and word not in others:
        return None
    return _sized(word, name)


def _sized(word: str, name: TypeName) -> SqlType:
    unsigned = "unsigned" in name.suffix or "zerofill" in name.suffix
    if word in INTEGERS:
        flag = word == "tinyint" and name.args == ("1",) and not unsigned
        return BOOLEAN if flag else SqlType(f"{word} unsigned" if unsigned else word)
    if word == "float" and len(name.args) == 1 and name.args[0].isdigit():
        word = "float" if int(name.args[0]) <= _SINGLE_DIGITS else "double"
        return SqlType(f"{word} unsigned" if unsigned else word)
    if word in ("float", "double"):
        return SqlType(f"{word} unsigned" if unsigned else word)
    if word == "decimal":
        digits = (*name.args, *("10", "0")[len(name.args) :])
        return SqlType("decimal unsigned" if unsigned else "decimal", digits)
    if word in _AS_BYTES and any(part.lower() == "charset binary" for part in name.suffix):
        word = _AS_BYTES[word]
    if word in ("char", "binary", "bit") and not name.args:
        return SqlType(word, ("1",))
    if word in TEXTS - {"char", "varchar"} or word in BINARIES - {"binary", "varbinary"}:
        return SqlType(word)
    if word in ("time", "datetime", "timestamp") and name.args == ("0",):
        return SqlType(word)
    return SqlType(word, () if word == "year" else name.args)


def display(type: SqlType) -> str:
    """The type as SHOW CREATE TABLE writes it."""
    if type.family is Family.ENUM or type.name == "set":
        labels = ",".join("'" + label.replace("'", "''") + "'" for label in type.args)
        return f"{'set' if type.name == 'set' else 'enum'}({labels})"
    word, _, unsigned = type.name.partition(" ")
    if word in INTEGERS and type != BOOLEAN:
        return type.name
    inside = f"({','.join(type.args)})" if type.args else ""
    return f"{word}{inside} {unsigned}".rstrip()


def known_names() -> tuple[str, ...]:
    """The names that users write."""
    return (*sorted(_PLAIN), *_ALIASES, "boolean", "enum", "serial", "set")
