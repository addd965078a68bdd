"""SQL's names to Python's: classes, attributes, methods, members of enums."""

from __future__ import annotations

import keyword
import re
import unicodedata
from functools import cache
from typing import Final

_WORD_BOUNDARY: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_IRREGULAR: Final = {
    "children": "child",
    "criteria": "criterion",
    "feet": "foot",
    "geese": "goose",
    "indices": "index",
    "matrices": "matrix",
    "men": "man",
    "mice": "mouse",
    "people": "person",
    "teeth": "tooth",
    "vertices": "vertex",
    "women": "woman",
}
_SINGULAR_IN_IES: Final = frozenset(
    "aerie birdie brownie calorie collie cookie eerie genie goalie hoodie lie movie pie prairie rookie selfie tie "
    "untie zombie".split()
)
_SINGULAR_IN_OES: Final = frozenset("canoe doe floe foe hoe oboe roe shoe toe".split())
_UNCHANGED: Final = frozenset(
    "alias analysis atlas basis bias canvas chaos cosmos data gas iris lens media metadata news series species".split()
)
_IN_S: Final = frozenset(
    "alias atlas bias bonus bus campus canvas census consensus corpus focus gas iris lens status virus".split()
)
_VES: Final = {
    "calves": "calf",
    "halves": "half",
    "knives": "knife",
    "leaves": "leaf",
    "lives": "life",
    "loaves": "loaf",
    "shelves": "shelf",
    "thieves": "thief",
    "wives": "wife",
    "wolves": "wolf",
}


def words(name: str) -> list[str]:
    """The words of a name, as underscores, other marks and capitals part them."""
    lawful = unicodedata.normalize("NFKC", name)
    if not (lawful.isascii() and lawful.isidentifier()):
        lawful = "".join(character if f"_{character}".isidentifier() else " " for character in lawful)
    parts = re.split(r"[\W_]+", lawful)
    return [word for part in parts if part for word in _WORD_BOUNDARY.split(part) if word]


@cache
def snake(name: str, fallback: str) -> str:
    """A name as an attribute, argument or method: lower_snake, a keyword with a trailing underscore.

    `fallback` stands in for a name without a letter, and before one that begins with a digit.
    """
    normal = unicodedata.normalize("NFKC", name)
    leading = "_" if normal.startswith("_") and not normal.startswith("__") else ""
    joined = "_".join(word.lower() for word in words(name))
    if not joined:
        return fallback
    if joined[0].isdigit():
        joined = f"{fallback}_{joined}"
    found = leading + joined
    return found + "_" if keyword.iskeyword(found) or found in ("self", "cls") else found


def pascal(name: str, fallback: str) -> str:
    """A name as a class: PascalCase."""
    joined = "".join(word[:1].upper() + (word[1:].lower() if word.isupper() else word[1:]) for word in words(name))
    if not joined:
        return fallback
    if joined[0].isdigit():
        joined = fallback + joined
    return joined + "_" if keyword.iskeyword(joined) else joined


def upper(label: str) -> str:
    """An enum's label as a member: UPPER_SNAKE."""
    joined = "_".join(word.upper() for word in words(label))
    if not joined:
        return "EMPTY" if not label else "LABEL"
    return f"_{joined}" if joined[0].isdigit() else joined


def class_name(table: str) -> str:
    """The class of a table: its name in the singular, in PascalCase."""
    parts = words(table)
    if parts:
        parts[-1] = singular(parts[-1])
    return pascal("_".join(parts), "Table")


def singular(word: str) -> str:
    """An English noun in the singular; a word that is none stays as it is."""
    lower = word.lower()
    found = _singular(lower)
    if found == lower:
        return word
    return found.capitalize() if word[:1].isupper() else found


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _VES:
        return _VES[word]
    if word in _UNCHANGED or not word.endswith("s") or word.endswith(("ss", "us", "is")) or len(word) < 3:
        return word
    if word.endswith("ies"):
        stem = word[:-1]
        return stem if stem in _SINGULAR_IN_IES else word[:-3] + "y"
    if word.endswith("oes"):
        return word[:-1] if word[:-1] in _SINGULAR_IN_OES else word[:-2]
    if word.endswith("es") and word[:-2] in _IN_S:
        return word[:-2]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("yses"):
        return word[:-2] + "is"
    return word[:-1]
