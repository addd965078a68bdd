"""What MySQL's operators give (manual, sections 14.4 and 14.6), and what several types have in common.

The type that branches of CASE, COALESCE and UNION agree on follows the server's table of merged field types.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ...model.types import Family, SqlType
from ..base import Resolved
from .typenames import BINARIES, BOOLEAN, INTEGERS, SPATIAL

BIGINT: Final = SqlType("bigint")
UNSIGNED: Final = SqlType("bigint unsigned")
DECIMAL: Final = SqlType("decimal")
DOUBLE: Final = SqlType("double")
TEXT: Final = SqlType("varchar")
BYTES: Final = SqlType("varbinary")
JSON: Final = SqlType("json")
DATE: Final = SqlType("date")
TIME: Final = SqlType("time")
DATETIME: Final = SqlType("datetime")

MOMENTS: Final = frozenset(("date", "datetime", "timestamp", "time"))
_COMPARISONS: Final = frozenset(("=", "<>", "<", "<=", ">", ">="))
_PATTERNS: Final = frozenset(("like", "not like", "regexp", "rlike", "sounds like"))
_BITS: Final = frozenset(("&", "|", "^", "<<", ">>"))
_CLOCK_UNITS: Final = ("microsecond", "second", "minute", "hour")
_LONG_TEXTS: Final = ("longtext", "mediumtext", "text", "tinytext")
_LONG_BINARIES: Final = ("longblob", "mediumblob", "blob", "tinyblob")
_MARKED: Final = {"tinyint": 1, "smallint": 2, "mediumint": 3, "int": 4, "bigint": 8}


def unary(op: str, operand: SqlType | None) -> Resolved:
    """`-a`, `+a` or `~a`."""
    if op == "~":
        found = operand or UNSIGNED
        return Resolved((found,), found if found.name in BINARIES else UNSIGNED)
    if op == "+":
        return Resolved((operand or BIGINT,), operand or BIGINT)
    found = operand or BIGINT
    return Resolved((found,), signed(number(found)))


def binary(op: str, left: SqlType | None, right: SqlType | None) -> Resolved:
    """An infix operator."""
    if op in _COMPARISONS:
        return Resolved((left or right or TEXT, right or left or TEXT), BOOLEAN)
    if op in _PATTERNS:
        return Resolved((left or TEXT, right or TEXT), BOOLEAN)
    if op == "member of":
        return Resolved((left or TEXT, right or JSON), BOOLEAN)
    if op in ("->", "->>"):
        return Resolved((left or JSON, right or TEXT), JSON if op == "->" else SqlType("longtext"))
    if op == ":=":
        return Resolved((left or TEXT, right or TEXT), right or TEXT)
    if op in _BITS:
        return Resolved((left or BIGINT, right or BIGINT), UNSIGNED)
    for one, other in ((left, right), (right, left)):
        if other is not None and other.name == "interval":
            operands = (one or DATETIME, other)
            return Resolved(operands if other is right else operands[::-1], shifted(one or DATETIME, other))
    first, second = left or right or BIGINT, right or left or BIGINT
    return Resolved((first, second), arithmetic(op, first, second))


def arithmetic(op: str, left: SqlType, right: SqlType) -> SqlType:
    """The type of a sum, a product, a quotient or a rest."""
    one, other = number(left), number(right)
    unsigned = one.name.endswith("unsigned") or other.name.endswith("unsigned")
    if op == "div":
        return UNSIGNED if unsigned else BIGINT
    if DOUBLE in (one, other):
        return DOUBLE
    if DECIMAL in (one, other) or op == "/":
        return DECIMAL
    if op in ("%", "mod"):
        return UNSIGNED if one.name.endswith("unsigned") else BIGINT
    return UNSIGNED if unsigned else BIGINT


def number(type: SqlType) -> SqlType:
    """What a value counts as where a number is needed: bigint (signed or not), decimal or double."""
    word, _, unsigned = type.name.partition(" ")
    if word in INTEGERS:
        return UNSIGNED if unsigned else BIGINT
    if word == "decimal":
        return DECIMAL
    if word in ("year", "bit"):
        return UNSIGNED
    if word in MOMENTS:
        return DECIMAL if type.args else BIGINT
    return DOUBLE


def signed(type: SqlType) -> SqlType:
    return BIGINT if type == UNSIGNED else type


def summed(type: SqlType) -> SqlType:
    """What SUM and AVG give."""
    return DOUBLE if number(type) == DOUBLE else DECIMAL


def rounded(type: SqlType) -> SqlType:
    """What ROUND, CEILING, FLOOR and TRUNCATE give, whose numbers keep their sort."""
    return number(type)


def plain(type: SqlType) -> SqlType:
    """A value that is no longer its column's: a label of an enum or set is a text."""
    return TEXT if type.family is Family.ENUM or type.name == "set" else type


def shifted(moment: SqlType, interval: SqlType) -> SqlType:
    """A moment and an interval: a date stays one only where no hours are added; a text stays text."""
    if moment.name == "date":
        clock = any(unit in part for part in interval.args for unit in _CLOCK_UNITS)
        return DATETIME if clock else DATE
    if moment.name == "time":
        days = any(not any(unit in part for unit in _CLOCK_UNITS) for part in interval.args)
        return DATETIME if days else TIME
    return DATETIME if moment.name in MOMENTS else TEXT


def common(types: Sequence[SqlType | None]) -> SqlType | None:
    """The type that several values agree on; None when all are unknown."""
    known = [found for found in types if found is not None]
    if not known:
        return None
    result = known[0]
    for found in known[1:]:
        result = _merged(result, found)
    return plain(result) if len(known) > 1 else result


def _merged(one: SqlType, other: SqlType) -> SqlType:
    if one == other:
        return one
    if one.name == other.name and one.family is other.family is Family.BASE:
        return SqlType(one.name) if one.name != "tinyint" else one if not one.args else other
    names = {one.name, other.name}
    if all(_is_integer(name) or name == "year" for name in names):
        return _widest(one, other)
    if all(_is_number(name) for name in names):
        return _merged_numbers(names)
    if names <= MOMENTS:
        return DATETIME
    if names <= SPATIAL:
        return SqlType("geometry")
    if names & (BINARIES | SPATIAL):
        return SqlType(next((long for long in _LONG_BINARIES if long in names), "varbinary"))
    return SqlType(next((long for long in _LONG_TEXTS if long in names), "longtext" if "json" in names else "varchar"))


def _is_integer(name: str) -> bool:
    return name.partition(" ")[0] in INTEGERS


def _is_number(name: str) -> bool:
    return _is_integer(name) or name.partition(" ")[0] in ("decimal", "double", "float", "year", "bit")


def _merged_numbers(names: set[str]) -> SqlType:
    words = {name.partition(" ")[0] for name in names}
    if "double" in words or ("float" in words and words & {"decimal", "int", "bigint"}):
        return DOUBLE
    if "float" in words:
        return SqlType("float")
    return DECIMAL if "decimal" in words else BIGINT


def _widest(one: SqlType, other: SqlType) -> SqlType:
    """The narrowest integer that holds both; a decimal where a signed one would have to hold BIGINT UNSIGNED."""
    sizes = {found: _MARKED.get(found.name.partition(" ")[0], 2) for found in (one, other)}
    unsigned = [found for found in (one, other) if found.name.endswith("unsigned")]
    if len(unsigned) == 1:
        mixed = max(sizes[unsigned[0]] + 1, *(size for found, size in sizes.items() if found is not unsigned[0]))
        return next((SqlType(name) for name, size in _MARKED.items() if size >= mixed), DECIMAL)
    wide = one if sizes[one] >= sizes[other] else other
    return SqlType(wide.name) if wide.name != "year" else SqlType("int")
