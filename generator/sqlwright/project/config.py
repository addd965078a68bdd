"""A project's configuration: `[tool.sqlwright]` in pyproject.toml, or sqlwright.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from keyword import iskeyword
from pathlib import Path
from typing import Final, TypeVar, cast

from ..diagnostics import Diagnostic, Source, Span, error, has_errors
from ..model.values import value
from .files import read_source
from .kept import FOLDER, digest, keep, kept, program
from .places import key_span, word_span
from .settings import PackageConfig, ProjectConfig

T = TypeVar("T")

CONFIG_FILES: Final = ("sqlwright.toml", "pyproject.toml")
_VALID: Final = "configuration"
"""What names, among the things kept in the cache, the configuration that was found valid last."""
_DEFAULT_LINE_LENGTH: Final = 88


@value
class Project:
    """A configuration with the folder that its paths are relative to."""

    root: Path
    config: ProjectConfig
    source: Source
    line_length: int
    black: dict[str, object]
    """The project's own `[tool.black]`."""
    known: bool
    """Whether the configuration is the one that was found valid last."""

    @property
    def fingerprint(self) -> str:
        """What is another when the configuration is, or this program."""
        return _fingerprint(self.source)

    def span_of(self, *keys: str) -> Span:
        """The place of the last of the keys, or of the names that are values, that the configuration has."""
        return word_span(self.source, _base(self.source), keys)


@value
class LoadedProject:
    """A project, or (when it is None) why its configuration cannot be used."""

    project: Project | None
    diagnostics: tuple[Diagnostic, ...]


def keep_valid(project: Project) -> None:
    """Keep that the configuration is valid, for the next run on this machine."""
    if not project.known:
        keep(project.root / project.config.cache / FOLDER, {_VALID: project.fingerprint})


def find_root(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, with a configuration in it."""
    return next((folder for folder in (start, *start.parents) if is_root(folder)), None)


def is_root(folder: Path) -> bool:
    """Whether a folder holds a configuration; a pyproject.toml of other tools alone is none."""
    return _config_path(folder) is not None


def load(root: Path) -> LoadedProject:
    """The configuration of a folder that has one, checked."""
    path = _config_path(root)
    assert path is not None
    source = read_source(path, root)
    if isinstance(source, Diagnostic):
        return LoadedProject(None, (source,))
    try:
        document: dict[str, object] = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as problem:
        return LoadedProject(None, (_syntax(source, problem),))
    table = _table(document, *_base(source))
    known = _is_known(root, table, source)
    if not known:
        from .validation import mistakes

        found = mistakes(source, _base(source), table)
        if found:
            return LoadedProject(None, found)
    config = _config(table)
    black = _black_settings(root)
    length = black.get("line-length", _DEFAULT_LINE_LENGTH)
    width = length if isinstance(length, int) else _DEFAULT_LINE_LENGTH
    project = Project(root, config, source, width, black, known)
    findings = tuple(_check(project))
    return LoadedProject(None if has_errors(findings) else project, findings)


def _config_path(folder: Path) -> Path | None:
    for name in CONFIG_FILES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or b"[tool.sqlwright" in path.read_bytes()):
            return path
    return None


def _table(found: object, *keys: str) -> dict[str, object]:
    """A table of a TOML document; an empty one where there is none."""
    table = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    return _table(table.get(keys[0], {}), *keys[1:]) if keys else table


def _is_known(root: Path, table: Mapping[str, object], source: Source) -> bool:
    """Whether a run has found this very text valid: then pydantic, which takes long to load, is not asked again."""
    cache = table.get("cache", ProjectConfig().cache)
    return isinstance(cache, str) and kept(root / cache / FOLDER / _VALID) == _fingerprint(source)


def _fingerprint(source: Source) -> str:
    return digest(f"{program()}\0{source.name}\0{source.text}")


def _config(table: Mapping[str, object]) -> ProjectConfig:
    """The settings of a table that is valid."""
    packages = cast("Sequence[Mapping[str, object]]", table.get("package", ()))
    return _settings(ProjectConfig, {**table, "package": [_settings(PackageConfig, package) for package in packages]})


def _settings(cls: Callable[..., T], table: Mapping[str, object]) -> T:
    return cls(
        **{
            key: tuple(cast("list[object]", found)) if isinstance(found, list) else found
            for key, found in table.items()
        }
    )


def _black_settings(root: Path) -> dict[str, object]:
    path = root / "pyproject.toml"
    if not path.is_file():
        return {}
    try:
        settings = _table(tomllib.loads(path.read_text(encoding="utf-8-sig")), "tool", "black")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}
    return {key.replace("_", "-"): value for key, value in settings.items()}


def _check(project: Project) -> list[Diagnostic]:
    """What pydantic cannot see: names that are used twice, and packages without a name for a package."""
    findings: list[Diagnostic] = []
    if not project.config.package:
        findings.append(
            error(
                "no-package",
                "the configuration names no package",
                key_span(project.source, _base(project.source) or ("package",)),
                "add [[tool.sqlwright.package]] with a name and a dialect",
            )
        )
    seen: set[str] = set()
    for number, package in enumerate(project.config.package):
        name = package.name
        if name in seen:
            message = f"package `{name}` is configured twice"
            span = _span_of_name(project.source, number, name)
            findings.append(error("duplicate-package", message, span, "rename one of the two"))
        seen.add(name)
        if not name.isidentifier() or iskeyword(name):
            message = f"`{name}` cannot be the name of a Python package"
            span = _span_of_name(project.source, number, name)
            help = "use letters, digits and underscores, and no keyword"
            findings.append(error("bad-package-name", message, span, help))
    return findings


def _span_of_name(source: Source, number: int, name: str) -> Span:
    return key_span(source, (*_base(source), "package", number, "name"), name)


def _syntax(source: Source, problem: tomllib.TOMLDecodeError) -> Diagnostic:
    match = re.search(r"at line (\d+), column (\d+)", str(problem))
    offset = len(source.text)
    if match is not None:
        line, column = int(match.group(1)), int(match.group(2))
        offset = source.line_starts[min(line, len(source.line_starts)) - 1] + column - 1
    message = str(problem).split(" (at ")[0].replace("Illegal character '\\n'", "a text is not closed on its line")
    span = source.span(min(offset, len(source.text)), min(offset + 1, len(source.text)))
    help = "close it with the quote that it began with" if "not closed" in message else "correct the syntax"
    help = "close it with `]`" if message == "Unclosed array" else help
    return error("bad-configuration", f"this is not TOML: {message}", span, help)


def _base(source: Source) -> tuple[str, ...]:
    """The table that holds the configuration; the whole file where it is ours."""
    return ("tool", "sqlwright") if source.name == "pyproject.toml" else ()
