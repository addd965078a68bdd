"""Finding and reading a project's .sql files."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from ..diagnostics import Diagnostic, Source, Span, error, suggestion
from ..model.values import value

_DOWN: Final = re.compile(r"\.down\.sql$|\.rollback\.sql$|_down\.sql$", re.IGNORECASE)


@value
class ReadFiles:
    """Texts in natural order of their paths, and what was wrong with the paths."""

    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]


def natural_key(path: Path) -> list[tuple[int, int | str]]:
    """A key that sorts 2 before 10."""
    pieces = re.split(r"(\d+)", path.as_posix().casefold())
    return [(0, int(piece)) if piece.isdigit() else (1, piece) for piece in pieces]


def read_files(root: Path, paths: Sequence[str], span: Callable[[], Span] | None, *, schema: bool) -> ReadFiles:
    """The .sql files that paths, folders and globs name, each once.

    Among the files of a schema, the down parts of migrations (`0001_x.down.sql`) are left out. A path that names
    nothing is an error.
    """
    findings: list[Diagnostic] = []
    found: list[Path] = []
    for name in paths:
        matches = matching(root, name)
        if matches is None:
            findings.append(_missing(root, name, span() if span is not None else None))
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


def matching(root: Path, name: str) -> list[Path] | None:
    """The files that a path, a folder or a glob names; None when it names nothing."""
    path = root / name
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(path.rglob("*.sql"), key=lambda file: natural_key(file.relative_to(path)))
    if any(mark in name for mark in "*?["):
        return sorted((file for file in root.glob(name) if file.is_file()), key=natural_key) or None
    return None


def _missing(root: Path, name: str, span: Span | None) -> Diagnostic:
    """A path that names nothing, at its own place where the span's text holds it."""
    at = span.source.text.find(f'"{name}"', span.start) if span is not None else -1
    place = span.source.span(at + 1, at + 1 + len(name)) if span is not None and at >= 0 else span
    return error("unknown-path", f"`{name}` names no file or folder", place, _meant(root, name))


def _meant(root: Path, name: str) -> str | None:
    """The path with its first part that does not exist replaced by the nearest name that stands there."""
    parts = Path(name).parts
    folder = root
    for position, part in enumerate(parts):
        if not (folder / part).exists():
            beside = [child.name for child in folder.iterdir()] if folder.is_dir() else []
            meant = suggestion(part, beside)
            if meant is None or any(mark in part for mark in "*?["):
                break
            return f"did you mean `{Path(*parts[:position], meant, *parts[position + 1 :]).as_posix()}`?"
        folder /= part
    return "create it, or correct it"


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
