"""Whether a type of ours is what the servers mean by a word."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind, SqlType, Type

_INTEGERS: Final = "tinyint smallint mediumint int bigint year"
_TEXTS: Final = "char varchar tinytext text mediumtext longtext enum set"
_BYTES: Final = "binary varbinary tinyblob blob mediumblob longblob bit vector geometry"
_WORDS: Final[dict[Kind, str]] = {
    **dict.fromkeys((Kind.BOOL, Kind.INT16, Kind.INT32, Kind.INT64, Kind.UINT64), _INTEGERS),
    **dict.fromkeys((Kind.FLOAT32, Kind.FLOAT64), "float double"),
    Kind.DECIMAL: "decimal",
    **dict.fromkeys((Kind.STR, Kind.ENUM), f"{_TEXTS} inet4 inet6"),
    Kind.BYTES: _BYTES,
    Kind.DATE: "date",
    Kind.TIME: "time",
    **dict.fromkeys((Kind.TIMESTAMP, Kind.TIMESTAMPTZ), "datetime timestamp"),
    Kind.JSON: "json",
    Kind.UUID: "uuid",
}
"""What the values of a neutral type come as. All integers are one to Python, and so are texts of any length."""
_NOTHING: Final = "null"


_FLAG: Final = "tinyint(1)"
"""What a column is called that BOOLEAN was written for. Comparisons are called something else."""


def agree(ours: SqlType, neutral: Type, theirs: str) -> bool:
    """By the sort of value. The type of NULL is every one's."""
    if theirs == _FLAG:
        return neutral.kind in (Kind.BOOL, Kind.OTHER)
    word = _word(theirs)
    known = _WORDS.get(neutral.kind)
    return known is None or word == _NOTHING or word in known.split()


def agree_on_mariadb(ours: SqlType, neutral: Type, theirs: str) -> bool:
    """JSON is a text there."""
    return agree(ours, neutral, theirs) or (neutral.kind is Kind.JSON and _word(theirs) in _TEXTS.split())


def _word(theirs: str) -> str:
    return theirs.partition("(")[0].partition(" ")[0]
