"""What packages have left in the folder of generated files that are taken out of the configuration."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..diagnostics import Diagnostic, warning
from ..model.values import value
from .config import Project
from .outputs import is_ours_to_remove


@value
class LeftOver:
    """The folders of such packages, and what is to be said of those that migration scripts are in."""

    folders: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def left_over_packages(project: Project) -> LeftOver:
    """A folder counts as a package's when modules of ours stand in it, or migration scripts."""
    output = Path(project.config.output)
    known = {config.name for config in project.config.package}
    names = [name for name in _folders_in(project.root / output) if name not in known]
    modules = [output / name for name in names if _has_modules(project.root / output / name)]
    scripts = [output / name for name in names if any((project.root / output / name / "migrations").glob("*/*.up.sql"))]
    return LeftOver(tuple(modules), tuple(_with_scripts(scripts)))


def _folders_in(place: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(place) if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []


def _has_modules(folder: Path) -> bool:
    return any(is_ours_to_remove(path) for path in folder.glob("*.py"))


def _with_scripts(folders: Iterable[Path]) -> Iterable[Diagnostic]:
    for folder in folders:
        shown = folder.as_posix()
        message = f"no package has the name `{folder.name}`, whose migration scripts are in {shown}/migrations"
        help = f"delete {shown}/, or keep the scripts elsewhere while databases have them"
        yield warning("left-over-package", message, None, help)
