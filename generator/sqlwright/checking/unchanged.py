"""Whether anything of a project is another than when it was last found to be right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..opening import default_paths
from ..project.config import Project
from ..project.files import matching
from ..project.kept import FOLDER, digest, keep, kept, program

_RIGHT: Final = "offline"
"""What names, among the things kept in the cache, the state that a check without servers found nothing wrong with."""


def known_to_be_right(project: Project, state: str) -> int | None:
    """How many queries agreed with their entries, where a state is the one that nothing was wrong with; else None."""
    before, _, count = (kept(_folder(project) / _RIGHT) or "").partition(" ")
    return int(count) if before == state and count.isdecimal() else None


def found_right(project: Project, state: str, count: int) -> None:
    """Keep that nothing is wrong with a state, and of how many queries, for the next check on this machine."""
    keep(_folder(project), {_RIGHT: f"{state} {count}"})


def _folder(project: Project) -> Path:
    return project.root / project.config.cache / FOLDER


def state_of(project: Project) -> str:
    """All files of a project by their names, sizes and the times when they were changed, and this program."""
    config = project.config
    places = [config.output, config.cache, config.templates or ""]
    settings = project.root / "pyproject.toml"
    found = [project.fingerprint, program(), *([_facts(str(settings))] if settings.is_file() else [])]
    for package in config.package:
        schema = package.schema or default_paths(project, package, "schema")
        named = (*schema, *(package.queries or default_paths(project, package, "queries")))
        found += [facts for name in named for facts in _named(project.root, name)]
        places += [package.templates or ""]
    for place in filter(None, dict.fromkeys(places)):
        found += sorted(_below(str(project.root / place)))
    return digest("\0".join(found))


def _named(root: Path, name: str) -> list[str]:
    """The files that a path, a folder or a glob names."""
    path = os.path.join(root, name)
    return sorted(_below(path) if os.path.isdir(path) else (_facts(str(file)) for file in matching(root, name) or ()))


def _below(folder: str) -> Iterator[str]:
    """The files in a folder, but for what Python and this program keep there for themselves."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in (FOLDER, "__pycache__")]
        yield from (_facts(os.path.join(place, name)) for name in names)


def _facts(path: str) -> str:
    facts = os.stat(path)
    return f"{path} {facts.st_ino} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_size}"
