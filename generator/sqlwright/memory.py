"""What the last run made of each query file, so that the next one works on those that have changed only.

A memory holds only what came out without a finding, and serves only when everything it was made from is the same: the
schema, the settings, the targets and this program itself. It is not part of a project: who deletes it loses time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from . import __version__
from .diagnostics import Source
from .project.outputs import write_atomically

FOLDER: Final = "generated"
"""Where memories are, in the project's cache."""
IGNORE: Final = "# What the last run has made, which is for this machine only.\n*\n"


class FileMemory(BaseModel):
    """A query file: a digest of its text, the names of its queries and methods, and the modules made of it."""

    model_config = ConfigDict(frozen=True)

    digest: str
    names: frozenset[str]
    modules: dict[str, str]


class Memory(BaseModel):
    """A package: what all its files depend on, what is made of that alone, and its query files in order."""

    model_config = ConfigDict(frozen=True)

    key: str
    titles: dict[str, str]
    scripts: dict[str, dict[str, str]]
    common: dict[str, str]
    files: dict[str, FileMemory]


def memory_key(about: Iterable[object], schema: Sequence[Source]) -> str:
    """What must be the same for a memory to serve: settings, schema, and the code of this program."""
    parts = [__version__, *_program(), *map(repr, about), *(f"{source.name}\0{source.text}" for source in schema)]
    return digest("\0\0".join(parts))


def keep_all(root: Path, cache: str, memories: Mapping[Path, Memory]) -> None:
    """Write memories by their paths in the project. Where that cannot be done, the next run takes longer."""
    with suppress(OSError):
        if memories:
            write_atomically(root / cache / FOLDER / ".gitignore", IGNORE)
        for path, memory in memories.items():
            write_atomically(root / path, memory.model_dump_json())


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def recalled(path: Path) -> Memory | None:
    """The memory in a file; None when there is none that can be read."""
    try:
        return Memory.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def changed_files(memory: Memory, queries: Sequence[Source]) -> list[Source] | None:
    """The files that are not as they were; None when files have come or gone."""
    if [source.name for source in queries] != list(memory.files):
        return None
    return [source for source in queries if memory.files[source.name].digest != digest(source.text)]


def apart(files: Iterable[frozenset[str]]) -> bool:
    """Whether no name is in two files, so that each can be made without the others."""
    names = [name for file in files for name in file]
    return len(names) == len(set(names))


def _program() -> list[str]:
    """The files of this program with their times and sizes."""
    root = Path(__file__).parent
    found = sorted(path for suffix in ("*.py", "*.j2") for path in root.rglob(suffix))
    return [f"{path} {(facts := path.stat()).st_mtime_ns} {facts.st_size}" for path in found]
