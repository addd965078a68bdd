"""The first migration scripts of a package; once there are some, they are history."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ..diagnostics import Diagnostic, warning
from ..model.values import value

UP: Final = "0001_initial.up.sql"
DOWN: Final = "0001_initial.down.sql"


@value
class Scripts:
    """The scripts that may be written into a folder, by name."""

    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def initial_scripts(folder: Path, title: str, wanted: Mapping[str, str]) -> Scripts:
    """The wanted files (`UP`, `DOWN` and the checksums), into an empty folder only.

    Where scripts are already, a warning says when the schema has moved on from them.
    """
    there = sorted(path.name for path in folder.glob("*.sql")) if folder.is_dir() else []
    if not there:
        return Scripts(wanted, ())
    if there == [DOWN, UP] and (folder / UP).read_text(encoding="utf-8") != wanted[UP]:
        message = f"the schema has moved on since {UP} was written for {title}"
        place = "/".join(folder.parts[-3:])
        help = f"add a migration; or, while the package is not in use anywhere, delete {place}/ and generate again"
        return Scripts({}, (warning("schema-moved", message, None, help),))
    return Scripts({}, ())
