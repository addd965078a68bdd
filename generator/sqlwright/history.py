"""Folders of migration scripts: what is wrong with one before any of it is applied, and the checksums that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from .diagnostics import Diagnostic, Source, Span, error, warning
from .runtime.errors import MigrationError
from .runtime.scripts import SUMS, checksum, read_scripts, sums

_NUMBERED: Final = re.compile(r"(?P<number>\d+)_.+\.(?:up|down)\.sql")
_LINE: Final = re.compile(r"[0-9a-f]{64}\s+\S.*")
_GONE: Final = "put the script back: those that are applied are history"
_TAKE_ANEW: Final = f"delete its line in {SUMS} and run `sqlwright generate`"


def scripts_in(folder: Path) -> list[tuple[str, str]]:
    """The scripts by their files, in order; none when `migrate()` would refuse them."""
    with suppress(MigrationError):
        return [(f"{script.name}.up.sql", script.text) for script in read_scripts(folder)]
    return []


def history_findings(folder: Path, shown: str) -> list[Diagnostic]:
    """What `migrate()` would refuse of the scripts in a folder, what is gone or is not as it was, and what is passed
    over."""
    try:
        applied = {f"{script.name}.up.sql" for script in read_scripts(folder)}
    except MigrationError as problem:
        script = problem.script
        span = None if script is None else _beginning(folder / script, f"{shown}/{script}")
        return [error("bad-migration", f"{shown}: {problem}", span, _remedy(folder, script))]
    others = [path.name for path in sorted(folder.glob("*.sql")) if path.name not in applied]
    name = f"{next_number(folder)}_name"
    passed_over = [
        warning(
            "no-migration",
            f"{shown}/{other} is not named like a migration, and is not applied",
            _beginning(folder / other, f"{shown}/{other}"),
            f"name it {name}.up.sql, and what undoes it {name}.down.sql",
        )
        for other in others
        if not other.endswith(".down.sql")
    ]
    return [*_listed(folder, shown), *passed_over]


def unlisted_findings(folder: Path, shown: str) -> list[Diagnostic]:
    """The scripts whose checksums nobody has taken, so that an edit of theirs would not be noticed."""
    there = _scripts(folder)
    help = "run `sqlwright generate`, which takes it"
    if there and not (folder / SUMS).is_file():
        message = f"{shown}/{SUMS} is gone, which holds the checksums of the scripts"
        first = next((name for name in there if name.endswith(".up.sql")), there[0])
        return [
            error(
                "no-sums",
                message,
                _beginning(folder / first, f"{shown}/{first}"),
                "put it back, or make it anew with `sqlwright generate`",
            )
        ]
    return [
        error(
            "no-sums", f"{shown}/{name} has no checksum in {SUMS}", _beginning(folder / name, f"{shown}/{name}"), help
        )
        for name in there
        if name not in sums(folder)
    ]


def completed_sums(folder: Path) -> str | None:
    """The text of the file of checksums with those of all scripts; None when it has them, or there are no scripts.

    A line that is there stays as it is.
    """
    known = sums(folder)
    lacking = [name for name in _scripts(folder) if name not in known]
    if not lacking:
        return None
    path = folder / SUMS
    text = path.read_bytes().decode("utf-8") if path.is_file() else ""
    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += end
    return text + "".join(f"{_sum(folder / name)}  {name}{end}" for name in lacking)


def _scripts(folder: Path) -> list[str]:
    """The scripts by number, down before up as in a first file of checksums."""
    found = [
        (int(match["number"]), match[0]) for path in folder.glob("*.sql") if (match := _NUMBERED.fullmatch(path.name))
    ]
    return [name for _, name in sorted(found)]


def next_number(folder: Path) -> str:
    """The first number that no script has, nor any after it."""
    numbers = [int(match["number"]) for path in folder.glob("*.sql") if (match := _NUMBERED.fullmatch(path.name))]
    return f"{max(numbers, default=0) + 1:04}"


def _remedy(folder: Path, script: str | None) -> str:
    """What to do about a script that `migrate()` refuses."""
    name = f"{next_number(folder)}_name.up.sql"
    if script is not None and "\ufffd" in _text(folder / script):
        return "save it as UTF-8"
    match = _NUMBERED.fullmatch(script or "")
    if script is None or match is None:
        return f"name it {name}"
    if sums(folder).get(script, _sum(folder / script)) == _sum(folder / script):
        return _other_number(folder, int(match["number"]))
    return f"put it back as it was, and write what is to change in {name}; or, while no database has it, {_TAKE_ANEW}"


def _other_number(folder: Path, number: int) -> str:
    """What to do about two scripts of one number: the one that is not listed, or the later of both, is to give way."""
    known = sums(folder)
    twice = sorted(
        (name in known, name)
        for path in folder.glob("*.up.sql")
        if (match := _NUMBERED.fullmatch(name := path.name)) and int(match["number"]) == number
    )
    giving_way = next((name for listed, name in twice if not listed), twice[-1][1])
    later = f"{next_number(folder)}_{giving_way.partition('_')[2]}"
    lines = f", and delete its lines in {SUMS}" if giving_way in known else ""
    return (
        f"of the two, rename one that no database has had: {giving_way} to {later} (and its down script){lines}; then "
        "run `sqlwright generate`"
    )


def _listed(folder: Path, shown: str) -> Iterator[Diagnostic]:
    """What the file of checksums says of scripts that are gone, or of down scripts that are others now; where all
    scripts are gone, they are made anew."""
    path = folder / SUMS
    if not path.is_file() or not any(folder.glob("*.sql")):
        return
    source = Source(f"{shown}/{SUMS}", path.read_bytes().decode("utf-8", "replace"))
    for number, start in enumerate(source.line_starts, 1):
        line = source.line(number)
        span = source.span(start, start + len(line))
        if not line.strip():
            continue
        if _LINE.fullmatch(line.strip()) is None:
            message = f"this line of {shown}/{SUMS} is no checksum with the name of a script"
            help = (
                "keep the lines of both sides of a merge, and nothing else; those of scripts that are there no more go"
            )
            yield error("bad-migration", message, span, help)
            continue
        sum_, name = line.strip().split(maxsplit=1)
        script = folder / name
        if not script.is_file():
            yield _gone(folder, shown, name, sum_, span)
        elif name.endswith(".down.sql") and _sum(script) != sum_:
            message = f"{shown}/{name} was edited after it was written: its checksum has changed"
            help = f"put it back as it was; or, where that is meant, {_TAKE_ANEW}"
            yield error("bad-migration", message, _beginning(script, f"{shown}/{name}"), help)


def _gone(folder: Path, shown: str, name: str, sum_: str, span: Span) -> Diagnostic:
    """The finding that there is a checksum of a script, and not the script; maybe it has another name now."""
    known = sums(folder)
    same = (path.name for path in sorted(folder.glob(f"*.{name.rpartition('.')[0].rpartition('.')[2]}.sql")))
    renamed = next((other for other in same if other not in known and _sum(folder / other) == sum_), None)
    if renamed is None:
        return error("bad-migration", f"{shown}/{name} is gone, of which {SUMS} holds the checksum", span, _GONE)
    message = f"{shown}/{name} was renamed to {renamed}, and {SUMS} holds its checksum by the old name"
    help = (
        "while no database has had it, delete this line and run `sqlwright generate`; else give it its old name back, "
        "by which such a database knows it"
    )
    return error("bad-migration", message, span, help)


def _sum(path: Path) -> str:
    return checksum(_text(path))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


def _beginning(path: Path, shown: str) -> Span:
    source = Source(shown, _text(path))
    return source.span(0, len(source.line(1)))
