"""Faults: how each is planted in a copy of the project, and what finds it where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHECK: Final = "check"
OFFLINE: Final = "check --offline"

Plant = Callable[[Path], object]
"""Changes the project in a folder."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `codes` are those of the findings, by the mode that finds it; `line` stands on the line of it."""

    name: str
    codes: Mapping[str, str]
    plant: Plant
    file: str
    line: str
    asked: tuple[str, ...] = ()
    """What the command is given beside the mode."""


def live(code: str) -> Mapping[str, str]:
    return {CHECK: code}


def offline(code: str) -> Mapping[str, str]:
    return {OFFLINE: code}


def both(code: str) -> Mapping[str, str]:
    return {CHECK: code, OFFLINE: code}


# Changes of files


def written(path: str, text: str) -> Plant:
    return lambda root: (root / path).write_text(text, encoding="utf-8")


def deleted(path: str) -> Plant:
    return lambda root: (root / path).unlink()


def replaced(path: str, old: str, new: str) -> Plant:
    """The text of a file with a part changed, which must be there once."""

    def plant(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, (path, old, text.count(old))
        (root / path).write_text(text.replace(old, new), encoding="utf-8")

    return plant


def renamed(path: str, other: str) -> Plant:
    return lambda root: (root / path).replace(root / other)


def several(*plants: Plant) -> Plant:
    def plant(root: Path) -> None:
        for one in plants:
            one(root)

    return plant
