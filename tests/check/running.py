"""The command as a user runs it, and what it finds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from sqlwright.cli.main import command


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, as JSON tells it; `text` is the line of the file that it is on."""

    severity: str
    code: str
    file: str | None
    line: int
    text: str
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Ran:
    """How the command ended."""

    status: int
    found: tuple[Found, ...]
    output: str

    @property
    def told(self) -> tuple[int, list[str]]:
        """The status, and the codes of all findings."""
        return self.status, [one.code for one in self.found]

    @property
    def errors(self) -> list[Found]:
        return [one for one in self.found if one.severity == "error"]


def run(root: Path, mode: str, *arguments: str) -> Ran:
    """Run a command on the project in a folder."""
    given = [*mode.split(), "--project", str(root), "--format", "json", *arguments]
    result = CliRunner().invoke(command, given)
    assert isinstance(result.exception, SystemExit | None), result.output
    return Ran(result.exit_code, tuple(_findings(root, result.stdout)), result.output)


def cache(root: Path) -> dict[str, bytes]:
    """The committed files of the cache."""
    folder = root / ".sqlwright"
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if not path.relative_to(folder).parts[0].startswith(".")
    }


def _findings(root: Path, text: str) -> list[Found]:
    """The findings of a document of JSON; none where nothing else than it was written."""
    if not text.startswith('{\n  "diagnostics"'):
        return []
    known: dict[str, list[dict[str, str | int | None]]] = json.loads(text)
    return [_found(root, one) for one in known["diagnostics"]]


def _found(root: Path, one: dict[str, str | int | None]) -> Found:
    file, line = one["file"], one["line"]
    text = _line(root / file, line) if isinstance(file, str) and isinstance(line, int) else ""
    return Found(
        str(one["severity"]),
        str(one["code"]),
        file if isinstance(file, str) else None,
        line if isinstance(line, int) else 0,
        text,
        str(one["message"]),
        str(one["help"]),
    )


def _line(path: Path, number: int) -> str:
    if not path.is_file():
        return ""
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    return lines[number - 1] if number <= len(lines) else "<no such line>"
