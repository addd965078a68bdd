"""`sqlwright init`."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from ..diagnostics import Diagnostic, error
from .findings import Format, Reporter, Status

_STARTER: Final = {
    "schema/tracker.sql": "schema.sql",
    "queries/projects.sql": "projects.sql",
    "queries/tasks.sql": "tasks.sql",
    "example.py": "example.py.txt",
}
"""The files of a new project, and the templates in `starter/` that they come from."""

_NEXT: Final = """\
Next:
{enter}  sqlwright generate
  python example.py
"""


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path())
def command(folder: Path) -> None:
    """Start a small project, runnable at once on SQLite."""
    reporter = Reporter(Format.TEXT, strict=False, root=folder)
    raise SystemExit(_init(reporter, folder))


def _init(reporter: Reporter, folder: Path) -> Status:
    from ..project.outputs import write_atomically

    texts = _texts(folder)
    in_the_way = _in_the_way(folder, texts)
    if in_the_way:
        reporter.show(in_the_way)
        return Status.USAGE
    done: list[Path] = []
    try:
        for name, text in texts.items():
            write_atomically(folder / name, text)
            done.append(folder / name)
    except OSError as problem:
        for path in done:
            path.unlink()
        reporter.show([error("cannot-write", f"`{problem.filename}` cannot be written: {problem.strerror}")])
        return Status.USAGE
    for name in texts:
        reporter.say(f"wrote {(folder / name).as_posix()}")
    enter = "" if folder.resolve() == Path.cwd() else f"  cd {folder}\n"
    reporter.say(f"\n{_NEXT.format(enter=enter)}".rstrip("\n"))
    return Status.DONE


def _texts(folder: Path) -> dict[str, str]:
    """The files with their texts. A pyproject.toml that is there stays as it is: sqlwright.toml takes its place."""
    starter = files("sqlwright.cli") / "starter"
    config = "sqlwright.toml" if (folder / "pyproject.toml").exists() else "pyproject.toml"
    wanted = {config: config, **_STARTER}
    return {name: (starter / template).read_text("utf-8") for name, template in wanted.items()}


def _in_the_way(folder: Path, texts: dict[str, str]) -> list[Diagnostic]:
    """What stands where a file or a folder of the new project should."""
    if folder.exists() and not folder.is_dir():
        return [error("file-exists", f"`{folder}` is a file", help="name a folder: `sqlwright init DIR`")]
    return (
        _configured(folder)
        + [
            error(
                "file-exists",
                f"`{(folder / name).as_posix()}` is there already, and is not overwritten",
                help="start in an empty folder: `sqlwright init DIR`",
            )
            for name in texts
            if (folder / name).exists() or (folder / name).is_symlink()
        ]
        + [
            error(
                "file-exists", f"`{(folder / name).as_posix()}` is a file, and should be a folder", help="move it away"
            )
            for name in sorted({Path(name).parent.as_posix() for name in texts})
            if (folder / name).exists() and not (folder / name).is_dir()
        ]
        + [
            error(
                "folder-in-use",
                f"`{(folder / name).as_posix()}` holds files already, with which those of a new project would mix",
                help="start in an empty folder: `sqlwright init DIR`",
            )
            for name in sorted({Path(name).parent.as_posix() for name in texts} - {"."})
            if (folder / name).is_dir() and any((folder / name).iterdir())
        ]
    )


def _configured(folder: Path) -> list[Diagnostic]:
    """A project that has its configuration in pyproject.toml, which a sqlwright.toml would hide."""
    try:
        found = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    if "sqlwright" not in found.get("tool", {}):
        return []
    message = f"`{(folder / 'pyproject.toml').as_posix()}` configures sqlwright already, in `[tool.sqlwright]`"
    return [error("already-configured", message, help="add a `[[tool.sqlwright.package]]` to it")]
