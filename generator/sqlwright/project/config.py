"""A project's configuration: `[tool.sqlwright]` in pyproject.toml, or sqlwright.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from keyword import iskeyword
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..diagnostics import Diagnostic, Source, Span, did_you_mean, error, has_errors
from ..model.values import value
from .files import read_source
from .places import key_span, word_span

CONFIG_FILES: Final = ("sqlwright.toml", "pyproject.toml")
_DEFAULT_LINE_LENGTH: Final = 88
_TABLE: Final = TypeAdapter(dict[str, object])

DialectName = Literal["postgres", "sqlite", "mysql", "mariadb"]


class PackageConfig(BaseModel):
    """One generated package."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    schema_paths: tuple[str, ...] | None = Field(default=None, alias="schema")
    queries: tuple[str, ...] | None = None
    dialect: DialectName
    targets: tuple[DialectName, ...] = ()
    models: Literal["dataclass", "pydantic", "msgspec", "attrs"] = "dataclass"
    interface: Literal["async", "sync", "both"] = "both"
    types: dict[str, str] = Field(default_factory=dict[str, str])
    names: dict[str, str] = Field(default_factory=dict[str, str])
    templates: str | None = None


class ProjectConfig(BaseModel):
    """Everything under `[tool.sqlwright]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    output: str = "generated"
    cache: str = ".sqlwright"
    package: tuple[PackageConfig, ...] = ()
    servers: dict[DialectName, str] = Field(default_factory=dict[DialectName, str])
    types: dict[str, str] = Field(default_factory=dict[str, str])
    templates: str | None = None
    names: dict[str, str] = Field(default_factory=dict[str, str])


@value
class Project:
    """A configuration with the folder that its paths are relative to."""

    root: Path
    config: ProjectConfig
    source: Source
    line_length: int
    black: dict[str, object]
    """The project's own `[tool.black]`."""

    def span_of(self, *keys: str) -> Span:
        """The place of the last of the keys, or of the names that are values, that the configuration has."""
        return word_span(self.source, _base(self.source), keys)


@value
class LoadedProject:
    """A project, or (when it is None) why its configuration cannot be used."""

    project: Project | None
    diagnostics: tuple[Diagnostic, ...]


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
    try:
        config = ProjectConfig.model_validate(table)
    except ValidationError as problem:
        return LoadedProject(None, tuple(_findings(source, problem)))
    black = _black_settings(root)
    length = black.get("line-length", _DEFAULT_LINE_LENGTH)
    project = Project(root, config, source, length if isinstance(length, int) else _DEFAULT_LINE_LENGTH, black)
    findings = tuple(_check(project))
    return LoadedProject(None if has_errors(findings) else project, findings)


def _config_path(folder: Path) -> Path | None:
    for name in CONFIG_FILES:
        path = folder / name
        if path.is_file() and (name != "pyproject.toml" or b"[tool.sqlwright" in path.read_bytes()):
            return path
    return None


def _table(document: dict[str, object], *keys: str) -> dict[str, object]:
    """A table of a TOML document; an empty one where there is none."""
    found: object = document
    for key in keys:
        found = _TABLE.validate_python(found).get(key, {}) if isinstance(found, dict) else {}
    return _TABLE.validate_python(found) if isinstance(found, dict) else {}


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
        span = key_span(project.source, (*_base(project.source), "package", number, "name"), package.name)
        if package.name in seen:
            message = f"package `{package.name}` is configured twice"
            findings.append(error("duplicate-package", message, span, "rename one of the two"))
        seen.add(package.name)
        if not package.name.isidentifier() or iskeyword(package.name):
            message = f"`{package.name}` cannot be the name of a Python package"
            findings.append(
                error("bad-package-name", message, span, "use letters, digits and underscores, and no keyword")
            )
    return findings


# Findings about the file


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


def _findings(source: Source, problem: ValidationError) -> list[Diagnostic]:
    """pydantic's findings, each at its key, with the nearest key or value that there is."""
    return [_finding(source, found) for found in problem.errors(include_url=False)]


def _finding(source: Source, found: ErrorDetails) -> Diagnostic:
    location = found["loc"]
    names = [part for part in location if isinstance(part, str)]
    key = names[-1] if names else ""
    path = (*_base(source), *location)
    span = key_span(source, path)
    match found["type"]:
        case "extra_forbidden":
            known = _keys(names)
            help = did_you_mean(key, known, f"the keys are {', '.join(known)}")
            return error("unknown-key", f"`{key}` is not a key of {_owner(names)}", span, help)
        case "missing":
            return error("missing-key", f"a package has no `{key}`", span, f'add it: {key} = "…"')
        case "literal_error":
            expected = re.findall(r"'(\w+)'", found["ctx"]["expected"]) if "ctx" in found else []
            value = str(found["input"])
            help = did_you_mean(value, expected, f"use one of {', '.join(expected)}")
            span = key_span(source, path, value)
            if key in ("dialect", "targets", "[key]"):
                return error("unknown-dialect", f"there is no dialect `{value}`", span, help)
            return error("bad-value", f"`{key}` cannot be `{value}`", span, help)
        case "tuple_type" if isinstance(found["input"], dict):
            table = ".".join((*_base(source), key))
            return error("bad-value", f"`{key}` is a list of tables", span, f"write [[{table}]] above it")
        case "tuple_type":
            value = str(found["input"])
            span = key_span(source, path, value)
            return error("bad-value", f"`{key}` is a list", span, f'write it in brackets: {key} = ["{value}"]')
        case "string_type":
            return error("bad-value", f"`{key}` is text", span, f'write it in quotes: {key} = "…"')
        case _:
            message = found["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
            return error("bad-value", f"`{key}` should be {message}", span, "correct the value")


def _base(source: Source) -> tuple[str, ...]:
    """The table that holds the configuration; the whole file where it is ours."""
    return ("tool", "sqlwright") if source.name == "pyproject.toml" else ()


def _owner(names: Sequence[str]) -> str:
    return "a package" if names[:1] == ["package"] else "the configuration"


def _keys(names: Sequence[str]) -> list[str]:
    model: type[BaseModel] = PackageConfig if names[:1] == ["package"] else ProjectConfig
    return [field.alias or name for name, field in model.model_fields.items()]
