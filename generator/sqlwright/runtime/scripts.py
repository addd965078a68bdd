"""Migration scripts in a folder, and their checksums."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .errors import MigrationError

SUMS = "sums.txt"
_SCRIPT = re.compile(r"(?P<version>\d+)_(?P<name>.+)\.up\.sql")


@dataclass(frozen=True, slots=True)
class Script:
    """An up script. Scripts are applied in the order of their versions."""

    version: int
    name: str
    text: str
    checksum: str


def checksum(text: str) -> str:
    """The checksum of a script; how its lines end makes no difference."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def sums_text(scripts: Mapping[str, str]) -> str:
    """The text of the sums file: a line for each script, its checksum and its name."""
    return "".join(f"{checksum(text)}  {name}\n" for name, text in sorted(scripts.items()))


def read_scripts(folder: Path) -> list[Script]:
    """The up scripts of a folder in order. Raises MigrationError when one was edited after its checksum was taken."""
    listed = sums(folder)
    scripts: list[Script] = []
    for path in folder.glob("*.up.sql"):
        match = _SCRIPT.fullmatch(path.name)
        if match is None:
            raise MigrationError(f"{path.name} is not named like a migration (0001_name.up.sql)", path.name)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise MigrationError(f"{path.name} is not UTF-8", path.name) from None
        found = checksum(text)
        if listed.get(path.name, found) != found:
            message = f"{path.name} was edited after it was written: its checksum has changed"
            raise MigrationError(message, path.name)
        scripts.append(Script(int(match["version"]), path.name.removesuffix(".up.sql"), text, found))
    scripts.sort(key=lambda script: (script.version, script.name))
    for earlier, later in pairwise(scripts):
        if earlier.version == later.version:
            message = f"{earlier.name} and {later.name} have the same number: give one of them a later one"
            raise MigrationError(message, f"{later.name}.up.sql")
    return scripts


def sums(folder: Path) -> dict[str, str]:
    """The checksums that are known of the scripts in a folder, by their files."""
    path = folder / SUMS
    if not path.exists():
        return {}
    lines = (line.strip().split(maxsplit=1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {fields[1]: fields[0] for fields in lines if len(fields) == 2}


def pending(scripts: list[Script], applied: dict[int, str]) -> list[Script]:
    """The scripts that are still to be applied. Raises MigrationError when one that was applied is another now."""
    known = {script.version: script for script in scripts}
    for version, sum_ in applied.items():
        script = known.get(version)
        if script is not None and script.checksum != sum_:
            raise MigrationError(f"{script.name} was applied with another text: undo the edit, and add a new migration")
    newest = max(applied, default=0)
    waiting = [script for script in scripts if script.version not in applied]
    for script in waiting:
        if script.version < newest:
            raise MigrationError(f"{script.name} comes before {newest:04}, which is applied: give it a later number")
    return waiting
