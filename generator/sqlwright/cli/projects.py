"""The project that a command works on."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import Diagnostic, error
from ..dialects import NAMES
from ..project.config import LoadedProject, Project, find_root, is_root, load


def open_project(folder: Path | None) -> LoadedProject:
    """The project of a folder, or without one the nearest from the working directory upwards.

    A project that can be used is given with its warnings; one with errors in its configuration is not given.
    """
    root = find_root(Path.cwd()) if folder is None else folder.resolve()
    if root is None or not is_root(root):
        return LoadedProject(None, (_no_configuration(folder),))
    loaded = load(root)
    unknown = _unsupported(loaded.project) if loaded.project is not None else []
    return LoadedProject(None, (*loaded.diagnostics, *unknown)) if unknown else loaded


def _unsupported(project: Project) -> list[Diagnostic]:
    """The dialects that may be configured and have no package in `dialects/`."""
    return [
        error(
            "unsupported-dialect",
            f"{name} is not supported yet",
            project.span_of(name),
            f"the dialects are {', '.join(NAMES)}",
        )
        for package in project.config.package
        for name in dict.fromkeys((package.dialect, *package.targets))
        if name not in NAMES
    ]


def _no_configuration(folder: Path | None) -> Diagnostic:
    if folder is not None and not folder.is_dir():
        return error("no-configuration", f"there is no folder `{folder}`", help="correct `--project`")
    place = "this folder or one above it" if folder is None else f"`{folder}`"
    return error(
        "no-configuration",
        f"no sqlwright.toml, and no pyproject.toml with [tool.sqlwright], in {place}",
        help="run `sqlwright init` for a small project to start from",
    )
