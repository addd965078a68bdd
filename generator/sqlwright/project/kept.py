"""What a run keeps in the project's cache for the next run on this machine. Who deletes it loses time only."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER: Final = ".local"
"""Where it is, in the cache; no package can have that name."""
_IGNORE: Final = "# What the last run has made, which is for this machine only.\n*\n"
_PROGRAM: Final = Path(__file__).parent.parent


def keep(folder: Path, texts: Mapping[str, str]) -> None:
    """Write texts by their names. Where that cannot be done, the next run takes longer."""
    if not texts:
        return
    from .outputs import write_atomically

    with suppress(OSError):
        for name, text in {".gitignore": _IGNORE, **texts}.items():
            write_atomically(folder / name, text)


def kept(path: Path) -> str | None:
    """A text that was kept; None when there is none that can be read."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """What is different when this program is: its files with their times and sizes."""
    return "\0".join(sorted(_files(str(_PROGRAM))))


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".py", ".j2")):
                facts = entry.stat()
                yield f"{entry.path} {facts.st_mtime_ns} {facts.st_size}"
            elif entry.is_dir():
                yield from _files(entry.path)
