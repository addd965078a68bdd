"""Whether the migration scripts of packages, which are history, still make what the schemas say. They are read, all
together; nothing is read again until a script or the schema is another."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .diagnostics import Diagnostic, Source, Span, enumerated, has_errors, warning
from .history import next_number, scripts_in
from .model.parsed import as_list, as_table, as_text
from .model.values import value
from .project.config import Project
from .project.kept import FOLDER, digest, keep, kept, program
from .project.kept_findings import kept_span, written_span

if TYPE_CHECKING:
    from .dialects.base import Dialect

_CODE: Final = "schema-moved"


@value
class WrittenScripts:
    """A package and the folder of its scripts; `wholes` are those that would make its whole schema, by target."""

    package: str
    dialect: str
    schema: tuple[Source, ...]
    wholes: Mapping[str, str]
    folder: Path


@value
class Overtaken:
    """What was found, and what the next run need not find again."""

    diagnostics: tuple[Diagnostic, ...]
    found: Mapping[str, str]
    project: Project

    def keep(self) -> None:
        keep(self.project.root / self.project.config.cache / FOLDER, self.found)


@value
class _Moved:
    """What the scripts for some databases make otherwise: the first difference, and how many places there are."""

    titles: tuple[str, ...]
    message: str
    span: Span
    count: int
    folder: str


def overtaken_scripts(project: Project, packages: Iterable[WrittenScripts]) -> Overtaken:
    """A warning about the scripts of each package that do not reach what its schema says now."""
    findings: list[Diagnostic] = []
    found: dict[str, str] = {}
    for package in packages:
        texts = {name: _others(project.root / package.folder / name, whole) for name, whole in package.wholes.items()}
        scripts = {
            name: [Source(f"{(package.folder / name).as_posix()}/{file}", text) for file, text in own]
            for name, own in texts.items()
            if own
        }
        if not scripts:
            continue
        file = f"{package.package}-scripts.json"
        key = _key(package, scripts)
        sources = [*package.schema, *(source for own in scripts.values() for source in own)]
        moved = _recalled(kept(project.root / project.config.cache / FOLDER / file), key, sources)
        if moved is None:
            moved = _read(package, scripts)
            found[file] = _written(key, moved)
        findings += [_finding(project.root, package, one) for one in moved]
    return Overtaken(tuple(findings), found, project)


def _others(folder: Path, whole: str) -> list[tuple[str, str]]:
    """The scripts of a folder that are more than the one which makes the whole schema; none that cannot be applied."""
    scripts = scripts_in(folder)
    return [] if [text for _, text in scripts] == [whole] else scripts


def _key(package: WrittenScripts, scripts: Mapping[str, Sequence[Source]]) -> str:
    sources = [*package.schema, *(source for own in scripts.values() for source in own)]
    wholes = [f"{name}\0{package.wholes[name]}" for name in scripts]
    return digest("\0\0".join([program(), *(f"{one.name}\0{one.text}" for one in sources), *wholes]))


def _read(package: WrittenScripts, scripts: Mapping[str, Sequence[Source]]) -> list[_Moved]:
    """What the scripts make otherwise; scripts that cannot be read are for `check` to tell of."""
    from .analysis import build_schema
    from .check.schemas import places
    from .dialects import dialect as dialect_named

    written = places(build_schema(package.schema, dialect_named(package.dialect)).catalog)
    found: dict[Span, tuple[str, list[str]]] = {}
    for name, sources in scripts.items():
        for one in _differences(package.wholes[name], sources, dialect_named(name), written):
            _, names = found.setdefault(one.span or sources[-1].span(0, 0), (one.message, []))
            names += [name] if name not in names else []
    moved: dict[tuple[str, ...], _Moved] = {}
    for span, (message, names) in found.items():
        titles = tuple(dialect_named(name).title for name in names)
        first = moved.get(titles) or _Moved(titles, message, span, 0, (package.folder / names[0]).as_posix())
        moved[titles] = replace(first, count=first.count + 1)
    return list(moved.values())


def _differences(
    whole: str, sources: Sequence[Source], dialect: Dialect, written: Mapping[str, Span]
) -> list[Diagnostic]:
    from .analysis import build_schema
    from .check.schemas import MOVED, Sides, differences, places

    built = build_schema(sources, dialect)
    if has_errors(built.diagnostics):
        return []
    wanted = build_schema([Source(f"<schema of {dialect.title}>", whole)], dialect)
    sides = Sides(wanted.catalog, "the schema", built.catalog, "the scripts", True)
    return [
        one for one in differences(sides, dialect, MOVED, "", {**places(built.catalog), **written}) if one.code == MOVED
    ]


def _finding(root: Path, package: WrittenScripts, moved: _Moved) -> Diagnostic:
    more = f" (the first of {moved.count} differences)" if moved.count > 1 else ""
    message = f"the schema has moved on from the scripts for {enumerated(moved.titles)}: {moved.message}{more}"
    script = f"{moved.folder}/{next_number(root / moved.folder)}_name.up.sql"
    several = " to each folder" if len(moved.titles) > 1 else ""
    anew = f"while the package is not in use anywhere, delete {package.folder.as_posix()}/ and generate again"
    return warning(_CODE, message, moved.span, f"add a migration{several}, such as {script}; or, {anew}")


# What is kept


def _written(key: str, moved: Iterable[_Moved]) -> str:
    found = [
        {
            "titles": one.titles,
            "message": one.message,
            "span": written_span(one.span),
            "count": one.count,
            "folder": one.folder,
        }
        for one in moved
    ]
    return json.dumps({"key": key, "moved": found})


def _recalled(text: str | None, key: str, sources: Iterable[Source]) -> list[_Moved] | None:
    """What was found before; None where that was of others."""
    named = {source.name: source for source in sources}
    try:
        table = as_table(json.loads(text or ""))
        return [_moved(as_table(one), named) for one in as_list(table["moved"])] if table["key"] == key else None
    except (ValueError, LookupError):
        return None


def _moved(table: Mapping[str, object], sources: Mapping[str, Source]) -> _Moved:
    count = table["count"]
    if not isinstance(count, int):
        raise ValueError("no number")
    titles = tuple(as_text(one) for one in as_list(table["titles"]))
    span = kept_span(table["span"], sources)
    return _Moved(titles, as_text(table["message"]), span, count, as_text(table["folder"]))
