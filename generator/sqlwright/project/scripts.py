"""The first migration scripts of a package; once there are some, they are history."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

UP: Final = "0001_initial.up.sql"
DOWN: Final = "0001_initial.down.sql"


def initial_scripts(folder: Path, wanted: Mapping[str, str]) -> Mapping[str, str]:
    """The wanted files (`UP`, `DOWN` and the checksums), into an empty folder only."""
    return {} if folder.is_dir() and any(folder.glob("*.sql")) else wanted
