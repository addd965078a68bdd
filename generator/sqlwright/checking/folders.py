"""A target's migration scripts as they lie in their folder, before any server sees them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..diagnostics import Diagnostic, error
from ..dialects import dialect
from ..history import history_findings, scripts_in
from ..project.kept import digest
from .proving import TargetProofs

_AGAIN: Final = "run `sqlwright generate`"


def shown_folder(folder: Path) -> str:
    """How messages name a folder of scripts."""
    return "/".join(folder.parts[-4:])


def unusable(folder: Path) -> list[Diagnostic]:
    """What is wrong with the scripts before any is applied."""
    shown = shown_folder(folder)
    if not any(folder.glob("*.sql")):
        place = shown.rpartition("/")[0]
        message = f"there are no migration scripts for {dialect(folder.name).title} in {place}"
        return [error("no-migrations", message, None, _AGAIN)]
    return [found for found in history_findings(folder, shown) if found.code == "bad-migration"]


def are_the_whole(target: TargetProofs) -> bool:
    """Whether the scripts are the one that the schema makes by itself."""
    return [digest(text) for _, text in scripts_in(target.scripts)] == [target.agreed.script]


def make_the_schema(target: TargetProofs) -> bool:
    """Whether the scripts are known to make the schema: those that were read before, or what it makes by itself."""
    return state(target.scripts) == target.agreed.scripts or are_the_whole(target)


def state(folder: Path) -> str:
    """What is another when a script is."""
    return digest("\0".join(part for script in scripts_in(folder) for part in script))
