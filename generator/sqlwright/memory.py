"""What the last run made of each query file, so that the next one works on those that have changed only.

A memory holds only what came out without a finding, and serves only when everything it was made from is the same: the
schema, the settings, the targets and this program itself. It is not part of a project: who deletes it loses time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import cast

from .diagnostics import Source
from .model.values import value
from .project.kept import digest, program


@value
class FileMemory:
    """A query file: a digest of its text, the names of its queries and methods, and the modules made of it."""

    digest: str
    names: frozenset[str]
    modules: Mapping[str, str]


@value
class Memory:
    """A package: what all its files depend on, what is made of that alone, and its query files in order."""

    key: str
    titles: Mapping[str, str]
    scripts: Mapping[str, Mapping[str, str]]
    common: Mapping[str, str]
    files: Mapping[str, FileMemory]


def memory_key(about: Iterable[object], schema: Sequence[Source]) -> str:
    """What must be the same for a memory to serve: settings, schema, and the code of this program."""
    parts = [program(), *map(repr, about), *(f"{source.name}\0{source.text}" for source in schema)]
    return digest("\0\0".join(parts))


def written(memory: Memory) -> str:
    """A memory as the text that `recalled` reads."""
    files = {
        name: {"digest": file.digest, "names": sorted(file.names), "modules": file.modules}
        for name, file in memory.files.items()
    }
    parts = {"key": memory.key, "titles": memory.titles, "scripts": memory.scripts, "common": memory.common}
    return json.dumps({**parts, "files": files})


def recalled(path: Path) -> Memory | None:
    """The memory in a file; None when there is none that can be read."""
    try:
        table = _table(json.loads(path.read_bytes()))
        return Memory(
            key=_text(table["key"]),
            titles=_texts(table["titles"]),
            scripts={name: _texts(texts) for name, texts in _table(table["scripts"]).items()},
            common=_texts(table["common"]),
            files={name: _file(_table(file)) for name, file in _table(table["files"]).items()},
        )
    except (OSError, ValueError, LookupError):
        return None


def _file(table: Mapping[str, object]) -> FileMemory:
    names = table["names"]
    if not isinstance(names, list):
        raise ValueError("no list of names")
    return FileMemory(
        digest=_text(table["digest"]),
        names=frozenset(_text(name) for name in cast("list[object]", names)),
        modules=_texts(table["modules"]),
    )


def _texts(found: object) -> dict[str, str]:
    return {name: _text(text) for name, text in _table(found).items()}


def _table(found: object) -> dict[str, object]:
    if not isinstance(found, dict):
        raise ValueError("no table")
    return cast("dict[str, object]", found)


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise ValueError("no text")
    return found


def changed_files(memory: Memory, queries: Sequence[Source]) -> list[Source] | None:
    """The files that are not as they were; None when files have come or gone."""
    if [source.name for source in queries] != list(memory.files):
        return None
    return [source for source in queries if memory.files[source.name].digest != digest(source.text)]


def apart(files: Iterable[frozenset[str]]) -> bool:
    """Whether no name is in two files, so that each can be made without the others."""
    names = [name for file in files for name in file]
    return len(names) == len(set(names))
