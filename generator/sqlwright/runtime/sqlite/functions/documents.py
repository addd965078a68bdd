"""JSON as PostgreSQL's jsonb has it: numbers keep their digits, and of several members of one name the last counts."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias

from .decimals import plain
from .kinds import Functions

Document: TypeAlias = "dict[str, Document] | list[Document] | str | int | Decimal | bool | None"


@lru_cache(maxsize=64)
def _parsed(text: str) -> Document:
    found: Document = json.loads(text, parse_float=Decimal)
    return found


def _members(text: str | None, key: str | int | None) -> list[Document]:
    """The member of a name, or the element of a number (counted from the end when negative); none, or one."""
    if text is None or key is None:
        return []
    document = _parsed(text)
    if isinstance(key, str):
        return [document[key]] if isinstance(document, dict) and key in document else []
    if isinstance(document, dict):
        return []
    elements = document if isinstance(document, list) else [document]
    return [elements[key]] if -len(elements) <= key < len(elements) else []


def _get(text: str | None, key: str | int | None) -> str | None:
    return next((written(found) for found in _members(text, key)), None)


def _get_text(text: str | None, key: str | int | None) -> str | None:
    for found in _members(text, key):
        if found is not None:
            return found if isinstance(found, str) else written(found)
    return None


def written(document: Document) -> str:
    """A document as PostgreSQL prints jsonb: members by the length of their names, then by their bytes."""
    match document:
        case bool():
            return "true" if document else "false"
        case Decimal():
            return plain(document)
        case dict():
            members = sorted(document.items(), key=lambda member: (len(member[0].encode()), member[0].encode()))
            return "{" + ", ".join(f"{_string(name)}: {written(value)}" for name, value in members) + "}"
        case list():
            return "[" + ", ".join(written(value) for value in document) + "]"
        case str():
            return _string(document)
        case None:
            return "null"
        case _:
            return str(document)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list_length(text: str | None) -> int | None:
    if text is None:
        return None
    document = _parsed(text)
    if not isinstance(document, list):
        raise ValueError("cannot get the array length of what is no array")
    return len(document)


FUNCTIONS: Final[Functions] = (
    ("json_get", 2, _get),
    ("json_get_text", 2, _get_text),
    ("json_list_length", 1, _list_length),
)
