"""Text: patterns, and what SQLite's own functions do for ASCII alone or not at all."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .kinds import Functions


@lru_cache(maxsize=256)
def _pattern(pattern: str, escape: str, flags: int) -> re.Pattern[str]:
    """SQL's LIKE pattern as a regular expression."""
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == escape and at + 1 < len(pattern):
            at += 1
            parts.append(re.escape(pattern[at]))
        elif character == "%":
            parts.append(".*")
        elif character == "_":
            parts.append(".")
        else:
            parts.append(re.escape(character))
        at += 1
    return re.compile("".join(parts), flags | re.DOTALL)


def _like(value: str | None, pattern: str | None, escape: str | None = "\\") -> bool | None:
    if value is None or pattern is None or escape is None:
        return None
    return _pattern(pattern, escape, 0).fullmatch(value) is not None


def _ilike(value: str | None, pattern: str | None, escape: str | None = "\\") -> bool | None:
    if value is None or pattern is None or escape is None:
        return None
    return _pattern(pattern.lower(), escape.lower(), 0).fullmatch(value.lower()) is not None


def _lower(value: str | None) -> str | None:
    """lower() for all letters, each of which stays one; SQLite's own changes only those of ASCII."""
    if value is None or value.isascii():
        return value and value.lower()
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in value)


def _upper(value: str | None) -> str | None:
    if value is None or value.isascii():
        return value and value.upper()
    return "".join(high if len(high := letter.upper()) == 1 else letter for letter in value)


def _unhex(value: str | None) -> bytes | None:
    """SQLite has it from 3.41 on."""
    if value is None:
        return None
    try:
        return bytes.fromhex(value)
    except ValueError:
        return None


def _substring(value: str | None, start: int | None, *length: int | None) -> str | None:
    """From a position that may lie before the text, and is then counted with it."""
    if value is None or start is None or None in length:
        return None
    end = start + length[0] if length and length[0] is not None else len(value) + 1
    if length and end < start:
        raise ValueError("negative substring length not allowed")
    return value[max(start, 1) - 1 : max(end, 1) - 1]


def _left(value: str | None, count: int | None) -> str | None:
    return None if value is None or count is None else value[:count]


def _right(value: str | None, count: int | None) -> str | None:
    if value is None or count is None:
        return None
    return value[max(len(value) - count, 0) :] if count >= 0 else value[-count:]


def _repeat(value: str | None, count: int | None) -> str | None:
    return None if value is None or count is None else value * count


def _reverse(value: str | None) -> str | None:
    return None if value is None else value[::-1]


def _join(separator: str | None, *values: str | None) -> str | None:
    """What is not NULL, joined."""
    return None if separator is None else separator.join(value for value in values if value is not None)


FUNCTIONS: Final[Functions] = (
    ("text_ilike", 2, _ilike),
    ("text_ilike", 3, _ilike),
    ("text_join", -1, _join),
    ("text_left", 2, _left),
    ("text_like", 2, _like),
    ("text_like", 3, _like),
    ("text_lower", 1, _lower),
    ("text_repeat", 2, _repeat),
    ("text_reverse", 1, _reverse),
    ("text_right", 2, _right),
    ("text_substring", 2, _substring),
    ("text_substring", 3, _substring),
    ("text_upper", 1, _upper),
    ("unhex", 1, _unhex),
)
