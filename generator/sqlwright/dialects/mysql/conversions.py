"""What values count as: where a number is needed, and where several types have to agree.

The type that branches of CASE, COALESCE and UNION agree on follows the servers' tables of merged field types, which
tests/mysqlfamily compares with both servers for every pair of types.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.types import Family, SqlType
from ...model.values import value
from . import decimals
from .typenames import BINARIES, INTEGERS, SPATIAL

BIGINT: Final = SqlType("bigint")
UNSIGNED: Final = SqlType("bigint unsigned")
DOUBLE: Final = SqlType("double")
TEXT: Final = SqlType("varchar")
NULL: Final = SqlType("null")
"""What NULL is, and what is made of nothing else: any other type takes it in."""
BLANK: Final = SqlType("varchar", ("0",))
"""The text that MariaDB makes of a NULL that was picked."""
BYTES: Final = SqlType("varbinary")
DATETIME: Final = SqlType("datetime")

MOMENTS: Final = frozenset(("date", "datetime", "timestamp", "time"))
_LONG_TEXTS: Final = ("longtext", "mediumtext", "text", "tinytext")
_LONG_BINARIES: Final = ("longblob", "mediumblob", "blob", "tinyblob")
_SIZES: Final = {"tinyint": 1, "smallint": 2, "year": 2, "mediumint": 3, "int": 4, "bigint": 8}


@value
class Conversions:
    """The conversions of one database."""

    labels_are_numbers: bool = False
    """A label of an enum or set counts as its number rather than as a text."""
    mixed_signs_are_decimal: bool = False
    """A signed and an unsigned integer agree on a decimal, however small they are."""
    nulls_are_signed: bool = False
    """NULL beside an unsigned integer makes a decimal, as a signed integer does."""
    picked_nulls_are_text: bool = False
    """A NULL that an aggregate, a window function or IF has picked is a text, but for set operations."""
    adopting: frozenset[str] = frozenset()
    """Types that take in texts and bytes, rather than become texts."""

    def number(self, type: SqlType) -> SqlType:
        """What a value counts as where a number is needed: an integer (signed or not), a decimal or a double."""
        word, _, unsigned = type.name.partition(" ")
        if word in INTEGERS:
            digits = (str(decimals.digits(type)[0]),)
            return SqlType("bigint unsigned" if unsigned else "bigint", digits)
        if word == "decimal":
            return SqlType("decimal", type.args)
        if word in ("year", "bit"):
            return UNSIGNED
        if word in MOMENTS:
            return SqlType("decimal", ("20", type.args[0])) if type.args else BIGINT
        return BIGINT if self.labels_are_numbers and is_label(type) else DOUBLE

    def picked(self, type: SqlType) -> SqlType:
        """A value that was picked among those of a column: a label of an enum or set is a text."""
        if type == NULL and self.picked_nulls_are_text:
            return BLANK
        return TEXT if is_label(type) else type

    def plain(self, type: SqlType) -> SqlType:
        """A value that went through an expression."""
        return NULL if type == NULL else self.picked(type)

    def common(self, types: Sequence[SqlType | None]) -> SqlType | None:
        """The type that several values agree on; None when all are unknown."""
        known = [found for found in types if found is not None and found != NULL]
        if not known:
            return NULL if NULL in types else None
        result = known[0]
        for found in known[1:]:
            result = self._merged(result, found)
        if NULL in types and self.nulls_are_signed and _is_unsigned(result):
            return decimals.decimal(decimals.digits(result)[0], 0)
        if result == BLANK and len(types) > 1:
            return TEXT
        return self.plain(result) if len(types) > 1 else result

    def united(self, types: Sequence[SqlType | None]) -> SqlType | None:
        """The type that the parts of a set operation agree on."""
        return self.common([NULL if found == BLANK else found for found in types])

    def chosen(self, types: Sequence[SqlType | None]) -> SqlType | None:
        """The type that the branches of IF agree on."""
        known = [found for found in types if found != NULL]
        if len(known) == len(types):
            return self.common(types)
        found = self.common(known)
        return found or (TEXT if self.picked_nulls_are_text else NULL)

    def extreme(self, types: Sequence[SqlType]) -> SqlType:
        """What GREATEST and LEAST give."""
        if all(found == NULL for found in types):
            return NULL
        if self.mixed_signs_are_decimal:
            moment = next((found for found in types if found.name in MOMENTS), None)
            if moment is not None:
                return self.common([found for found in types if found.name in MOMENTS]) or moment
            if any(_is_number(found.name) for found in types) and not all(_is_number(found.name) for found in types):
                return DOUBLE
        return self.common(types) or TEXT

    def _merged(self, one: SqlType, other: SqlType) -> SqlType:
        if one == other:
            return one
        names = {one.name, other.name}
        if len(names) == 1 and one.family is other.family is Family.BASE:
            return _longer(one, other)
        if names & self.adopting:
            return one if one.name in self.adopting else other
        if all(_is_integer(name) for name in names):
            return self._merged_integers(one, other)
        if all(_is_number(name) for name in names):
            return _merged_numbers(one, other)
        if names <= MOMENTS:
            return DATETIME
        if names <= SPATIAL:
            return SqlType("geometry")
        if names & (BINARIES | SPATIAL | {"bit"}):
            long = "longblob" if names & {*_LONG_TEXTS, "json"} else "varbinary"
            return SqlType(next((found for found in _LONG_BINARIES if found in names), long))
        return SqlType(
            next((found for found in _LONG_TEXTS if found in names), "longtext" if "json" in names else "varchar")
        )

    def _merged_integers(self, one: SqlType, other: SqlType) -> SqlType:
        """The narrowest integer that holds both, where there is one."""
        unsigned = [found for found in (one, other) if _is_unsigned(found)]
        if len(unsigned) != 1:
            wide = max(one, other, key=lambda found: _SIZES[found.name.partition(" ")[0]])
            return wide if wide.name != "year" else SqlType("smallint unsigned")
        if self.mixed_signs_are_decimal:
            return decimals.of_integers(one, other)
        signed = other if unsigned[0] is one else one
        needed = max(_SIZES[unsigned[0].name.partition(" ")[0]] + 1, _SIZES[signed.name])
        return next(
            (SqlType(name) for name, size in _SIZES.items() if size >= needed), decimals.of_integers(one, other)
        )


def is_label(type: SqlType) -> bool:
    """Whether a type is an enum or a set."""
    return type.family is Family.ENUM or type.name == "set"


def _longer(one: SqlType, other: SqlType) -> SqlType:
    """Two types of one name, of which the longer holds both."""
    if one.name.startswith("decimal"):
        return decimals.merged(one, other)
    if one.name in ("tinyint", "bigint", "int") or not (one.args and other.args):
        return SqlType(one.name)
    return max(one, other, key=lambda found: int(found.args[0]) if found.args[0].isdigit() else 0)


def _is_integer(name: str) -> bool:
    return name.partition(" ")[0] in _SIZES


def _is_unsigned(type: SqlType) -> bool:
    return type.name.endswith("unsigned") or type.name == "year"


def _is_number(name: str) -> bool:
    return _is_integer(name) or name.partition(" ")[0] in ("decimal", "double", "float", "bit")


def _merged_numbers(one: SqlType, other: SqlType) -> SqlType:
    words = {found.name.partition(" ")[0] for found in (one, other)}
    if "double" in words or ("float" in words and words & {"decimal", "int", "bigint"}):
        return DOUBLE
    if "float" in words:
        return SqlType("float")
    if "bit" in words and any(_is_unsigned(found) for found in (one, other)):
        return one if _is_unsigned(one) else other
    return decimals.merged(one, other)
