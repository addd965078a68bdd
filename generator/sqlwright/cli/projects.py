"""The project that a command works on."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics import Diagnostic, did_you_mean, error
from ..project.config import LoadedProject, Project, find_root, is_root, load


def open_project(folder: Path | None) -> LoadedProject:
    """The project of a folder, or without one the nearest from the working directory upwards.

    A project that can be used is given with its warnings; one with errors in its configuration is not given.
    """
    root = find_root(Path.cwd()) if folder is None else folder.resolve()
    if root is None or not is_root(root):
        return LoadedProject(None, (_no_configuration(folder),))
    return load(root)


def unknown_package(project: Project, only: str | None) -> Diagnostic | None:
    """What is wrong with the name of a package, if anything is."""
    names = [package.name for package in project.config.package]
    if only is None or only in names:
        return None
    help = did_you_mean(only, names, f"the packages are {', '.join(names)}")
    return error("unknown-package", f"there is no package `{only}` in {project.source.name}", help=help)


def _no_configuration(folder: Path | None) -> Diagnostic:
    if folder is not None and not folder.is_dir():
        return error("no-configuration", f"there is no folder `{folder}`", help="correct `--project`")
    place = "this folder or one above it" if folder is None else f"`{folder}`"
    return error(
        "no-configuration",
        f"no sqlwright.toml, and no pyproject.toml with [tool.sqlwright], in {place}",
        help="run `sqlwright init` for a small project to start from",
    )
