"""A project's configuration: `[tool.sqlwright]` in pyproject.toml, or sqlwright.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ..diagnostics import Diagnostic, Source, Span, did_you_mean, error, has_errors
from .files import read_source

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


@dataclass(frozen=True, slots=True)
class Project:
    """A configuration with the folder that its paths are relative to."""

    root: Path
    config: ProjectConfig
    source: Source
    line_length: int
    black: dict[str, object]
    """The project's own `[tool.black]`."""

    def span_of(self, *keys: str) -> Span:
        """The place of a key in the file."""
        return _find(self.source, keys)


@dataclass(frozen=True, slots=True)
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
    table = _table(document, "tool", "sqlwright") if path.name == "pyproject.toml" else document
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
                project.span_of("sqlwright"),
                "add [[tool.sqlwright.package]] with a name and a dialect",
            )
        )
    seen: set[str] = set()
    for package in project.config.package:
        span = project.span_of("package", package.name)
        if package.name in seen:
            message = f"package `{package.name}` is configured twice"
            findings.append(error("duplicate-package", message, span, "rename one of the two"))
        seen.add(package.name)
        if not package.name.isidentifier():
            message = f"`{package.name}` cannot be the name of a Python package"
            findings.append(error("bad-package-name", message, span, "use letters, digits and underscores"))
    return findings


# Findings about the file


def _syntax(source: Source, problem: tomllib.TOMLDecodeError) -> Diagnostic:
    match = re.search(r"at line (\d+), column (\d+)", str(problem))
    offset = len(source.text)
    if match is not None:
        line, column = int(match.group(1)), int(match.group(2))
        offset = source.line_starts[min(line, len(source.line_starts)) - 1] + column - 1
    message = str(problem).split(" (at ")[0]
    span = source.span(min(offset, len(source.text)), min(offset + 1, len(source.text)))
    return error("bad-configuration", f"this is not TOML: {message}", span, "correct the syntax")


def _findings(source: Source, problem: ValidationError) -> list[Diagnostic]:
    """pydantic's findings, each at its key, with the nearest key or value that there is."""
    result: list[Diagnostic] = []
    for found in problem.errors():
        location = [part for part in found["loc"] if isinstance(part, str)]
        key = location[-1] if location else ""
        span = _find(source, location)
        match found["type"]:
            case "extra_forbidden":
                known = _keys(location)
                help = did_you_mean(key, known, f"the keys are {', '.join(known)}")
                result.append(error("unknown-key", f"`{key}` is not a key of the configuration", span, help))
            case "missing":
                message = f"`{key}` is missing in a package"
                result.append(error("missing-key", message, span, f'add it: {key} = "…"'))
            case "literal_error":
                expected = re.findall(r"'(\w+)'", found["ctx"]["expected"]) if "ctx" in found else []
                value = found["input"]
                code = "unknown-dialect" if "postgres" in expected else "bad-value"
                help = did_you_mean(str(value), expected, f"use one of {', '.join(expected)}")
                span = _find(source, [*location, str(value)])
                result.append(error(code, f"`{value}` is no value of `{_key_of(location)}`", span, help))
            case _:
                result.append(error("bad-value", f"`{key}`: {found['msg'].lower()}", span, "correct the value"))
    return result


def _key_of(location: list[str]) -> str:
    return location[-1] if location else ""


def _keys(location: list[str]) -> list[str]:
    model: type[BaseModel] = PackageConfig if location[:1] == ["package"] else ProjectConfig
    return [field.alias or name for name, field in model.model_fields.items()]


def _find(source: Source, keys: tuple[str, ...] | list[str]) -> Span:
    """The place of a key, or of a value, as text: the last of the words that stands there."""
    for key in reversed([key for key in keys if key]):
        match = re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", source.text)
        if match is not None:
            return source.span(match.start(), match.end())
    return source.span(0, min(1, len(source.text)))
