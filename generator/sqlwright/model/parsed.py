"""What was parsed of a document (JSON, TOML), as the type that it must be. A wrong one raises ValueError."""

from __future__ import annotations

from typing import cast


def as_text(found: object) -> str:
    if not isinstance(found, str):
        raise ValueError("no text")
    return found


def as_flag(found: object) -> bool:
    if not isinstance(found, bool):
        raise ValueError("neither true nor false")
    return found


def as_list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise ValueError("no list")
    return cast("list[object]", found)


def as_table(found: object) -> dict[str, object]:
    if not isinstance(found, dict):
        raise ValueError("no table")
    return cast("dict[str, object]", found)


def as_texts(found: object) -> dict[str, str]:
    return {name: as_text(text) for name, text in as_table(found).items()}
