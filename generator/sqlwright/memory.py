"""What the last run made of each query file, so that the next one works on those that have changed only.

A memory holds only what came out without an error, with the warnings about it, and serves only when everything it was
made from is the same: the schema, the settings, the targets and this program itself. It is not part of a project: who
deletes it loses time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from .diagnostics import Diagnostic, Source
from .model.parsed import as_list, as_table, as_text, as_texts
from .model.values import value
from .project.kept import digest, program
from .project.kept_findings import kept_finding, written_finding


@value
class FileMemory:
    """A query file: a digest of its text, the names of its queries and methods, and the modules made of it."""

    digest: str
    names: frozenset[str]
    modules: Mapping[str, str]


@value
class Memory:
    """A package: what all its files depend on, what is made of that alone, its query files in order, and warnings."""

    key: str
    scripts: Mapping[str, Mapping[str, str]]
    common: Mapping[str, str]
    files: Mapping[str, FileMemory]
    findings: tuple[Diagnostic, ...] = ()
    entries: str = ""
    """What told of the entries of the last check, where they took part."""


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
    parts = {"key": memory.key, "scripts": memory.scripts, "common": memory.common}
    parts["entries"] = memory.entries
    return json.dumps({**parts, "files": files, "findings": [written_finding(one) for one in memory.findings]})


def recalled(path: Path, sources: Iterable[Source]) -> Memory | None:
    """The memory in a file; None when there is none that can be read, or one that speaks of other sources."""
    named = {source.name: source for source in sources}
    try:
        table = as_table(json.loads(path.read_bytes()))
        return Memory(
            key=as_text(table["key"]),
            scripts={name: as_texts(texts) for name, texts in as_table(table["scripts"]).items()},
            common=as_texts(table["common"]),
            files={name: _file(as_table(file)) for name, file in as_table(table["files"]).items()},
            entries=as_text(table["entries"]),
            findings=tuple(kept_finding(as_table(one), named) for one in as_list(table["findings"])),
        )
    except (OSError, ValueError, LookupError):
        return None


def _file(table: Mapping[str, object]) -> FileMemory:
    return FileMemory(
        digest=as_text(table["digest"]),
        names=frozenset(as_text(name) for name in as_list(table["names"])),
        modules=as_texts(table["modules"]),
    )


def changed_files(memory: Memory, queries: Sequence[Source]) -> list[Source] | None:
    """The files that are not as they were; None when files have come or gone."""
    if [source.name for source in queries] != list(memory.files):
        return None
    return [source for source in queries if memory.files[source.name].digest != digest(source.text)]


def each_once(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings without those that parts of a package have found each for itself."""
    return tuple({json.dumps(written_finding(one)): one for one in findings}.values())


def apart(files: Iterable[frozenset[str]]) -> bool:
    """Whether no name is in two files, so that each can be made without the others."""
    names = [name for file in files for name in file]
    return len(names) == len(set(names))
