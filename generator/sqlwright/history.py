"""Folders of migration scripts: what is wrong with one before any of it is applied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .diagnostics import Diagnostic, Source, Span, error, warning
from .runtime.errors import MigrationError
from .runtime.scripts import SUMS, read_scripts

_AS_IT_WAS: Final = "put the script back as it was, or name it 0002_name.up.sql"
_GONE: Final = "put the script back: those that are applied are history"
_NAMED: Final = "name it 0002_name.up.sql, and what undoes it 0002_name.down.sql"


def history_findings(folder: Path, shown: str) -> list[Diagnostic]:
    """What `migrate()` would refuse of the scripts in a folder, what is gone from it, and what is passed over."""
    try:
        applied = {f"{script.name}.up.sql" for script in read_scripts(folder)}
    except MigrationError as problem:
        span = None if problem.script is None else _beginning(folder / problem.script, f"{shown}/{problem.script}")
        return [error("bad-migration", f"{shown}: {problem}", span, _AS_IT_WAS)]
    others = [path.name for path in sorted(folder.glob("*.sql")) if path.name not in applied]
    passed_over = [
        warning(
            "no-migration",
            f"{shown}/{name} is not named like a migration, and is not applied",
            _beginning(folder / name, f"{shown}/{name}"),
            _NAMED,
        )
        for name in others
        if not name.endswith(".down.sql")
    ]
    return [*_gone(folder, shown), *passed_over]


def _gone(folder: Path, shown: str) -> Iterator[Diagnostic]:
    """The scripts that there are checksums of, and that are there no more; where all are, they are made anew."""
    sums = folder / SUMS
    if not sums.is_file() or not any(folder.glob("*.sql")):
        return
    source = Source(f"{shown}/{SUMS}", sums.read_text(encoding="utf-8"))
    for number, start in enumerate(source.line_starts, 1):
        line = source.line(number)
        name = line.split()[-1] if line.strip() else ""
        if name and not (folder / name).is_file():
            message = f"{shown}/{name} is gone, of which {SUMS} holds the checksum"
            yield error("bad-migration", message, source.span(start, start + len(line)), _GONE)


def _beginning(path: Path, shown: str) -> Span:
    source = Source(shown, path.read_bytes().decode("utf-8", "replace"))
    return source.span(0, len(source.line(1)))
