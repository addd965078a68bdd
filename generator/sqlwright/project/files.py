"""Finding and reading a project's .sql files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..diagnostics import Diagnostic, Source, Span, did_you_mean, error

_DOWN: Final = re.compile(r"\.down\.sql$|\.rollback\.sql$|_down\.sql$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Texts in natural order of their paths, and what was wrong with the paths."""

    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]


def natural_key(path: Path) -> list[tuple[int, int | str]]:
    """A key that sorts 2 before 10."""
    pieces = re.split(r"(\d+)", path.as_posix().casefold())
    return [(0, int(piece)) if piece.isdigit() else (1, piece) for piece in pieces]


def read_files(root: Path, paths: Sequence[str], span: Span | None, *, schema: bool) -> ReadFiles:
    """The .sql files that paths, folders and globs name, each once.

    Among the files of a schema, the down parts of migrations (`0001_x.down.sql`) are left out. A path that names
    nothing is an error.
    """
    findings: list[Diagnostic] = []
    found: list[Path] = []
    for name in paths:
        matches = _matching(root, name)
        if matches is None:
            findings.append(_missing(root, name, span))
        else:
            found += matches
    sources: list[Source] = []
    for path in dict.fromkeys(found):
        if schema and _DOWN.search(path.name):
            continue
        source = read_source(path, root)
        if isinstance(source, Source):
            sources.append(source)
        else:
            findings.append(source)
    return ReadFiles(tuple(sources), tuple(findings))


def _matching(root: Path, name: str) -> list[Path] | None:
    path = root / name
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(path.rglob("*.sql"), key=lambda file: natural_key(file.relative_to(path)))
    if any(mark in name for mark in "*?["):
        return sorted((file for file in root.glob(name) if file.is_file()), key=natural_key) or None
    return None


def _missing(root: Path, name: str, span: Span | None) -> Diagnostic:
    folder = (root / name).parent
    beside = [child.name for child in folder.iterdir()] if folder.is_dir() else []
    last = Path(name).name
    return error(
        "unknown-path",
        f"`{name}` names no file or folder",
        span,
        did_you_mean(last, beside, "create it, or correct it"),
    )


def read_source(path: Path, root: Path) -> Source | Diagnostic:
    """A file's text, its line endings as one; what is not UTF-8 is reported with its place."""
    shown = shown_path(path, root)
    try:
        data = path.read_bytes()
    except OSError as problem:
        return error("unreadable-file", f"`{shown}` cannot be read: {problem.strerror}", None, "check its permissions")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode("utf-8", errors="replace")
        source = Source(shown, data.decode("utf-8", errors="replace").replace("\r\n", "\n"))
        at = len(before.replace("\r\n", "\n"))
        return error("not-utf-8", "this file is not UTF-8", source.span(at, at + 1), "save it as UTF-8")
    return Source(shown, text.replace("\r\n", "\n"))


def shown_path(path: Path, root: Path) -> str:
    """A path as messages show it: relative to the project where it is inside."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def stems(sources: Iterable[Source]) -> list[str]:
    """The names of files without folders and suffix."""
    return [Path(source.name).name.removesuffix(".sql") for source in sources]
