"""One package: its queries for every target, its migration scripts, its Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from .analysis import ReadQueryFiles
from .catalog.builder import BuiltCatalog
from .diagnostics import Diagnostic, has_errors
from .dialects.base import Dialect
from .model.query import QueryFile
from .project.scripts import DOWN, UP, initial_scripts
from .render.named import Package, Settings, TranslatedFile
from .render.package import render_package
from .runtime.scripts import SUMS, sums_text
from .statements import Statements, Writing
from .translate.schema import SchemaScript, column_default, schema_script


@dataclass(frozen=True, slots=True)
class PackageSources:
    """What a package is made from. `migrations` is the folder of its scripts, which are history once written."""

    settings: Settings
    dialect: Dialect
    targets: tuple[Dialect, ...]
    schema: BuiltCatalog
    queries: ReadQueryFiles
    migrations: Path


@dataclass(frozen=True, slots=True)
class GeneratedPackage:
    """The files of a package by their paths in its folder, and what was found on the way."""

    files: Mapping[PurePosixPath, str]
    diagnostics: tuple[Diagnostic, ...]


def generate_package(sources: PackageSources) -> GeneratedPackage:
    """Everything about one package that can be told without a server."""
    findings: list[Diagnostic] = [*sources.schema.diagnostics, *sources.queries.diagnostics]
    schema = sources.schema
    scripts = {
        target.name: schema_script(schema.catalog, schema.statements, sources.dialect, target)
        for target in sources.targets
    }
    for script in scripts.values():
        findings += script.diagnostics
    files = _translated_files(sources, scripts, findings)
    if has_errors(findings):
        return GeneratedPackage({}, tuple(findings))
    targets = tuple(
        target.with_values_of(target, schema.catalog) if target is sources.dialect else target
        for target in sources.targets
    )
    package = Package(sources.settings, sources.dialect, targets, schema.catalog, files)
    rendered = render_package(package)
    findings += rendered.diagnostics
    written: dict[PurePosixPath, str] = dict(rendered.files)
    for target in sources.targets:
        name, script = target.name, scripts[target.name]
        texts = {UP: script.up, DOWN: script.down}
        found = initial_scripts(sources.migrations / name, target.title, {**texts, SUMS: sums_text(texts)})
        findings += found.diagnostics
        written |= {PurePosixPath("migrations") / name / path: text for path, text in found.files.items()}
    return GeneratedPackage(written, tuple(findings))


def _translated_files(
    sources: PackageSources, scripts: Mapping[str, SchemaScript], findings: list[Diagnostic]
) -> tuple[TranslatedFile, ...]:
    writing = Writing(
        sources.schema.catalog,
        sources.dialect,
        sources.targets,
        scripts,
        partial(column_default, sources.schema.catalog, sources.dialect),
    )
    statements = Statements(writing)
    by_name = [query for file in sources.queries.files for query in file.queries]
    translated = statements.of_queries(by_name)
    findings += statements.findings
    return tuple(
        TranslatedFile(
            _stem(file),
            file.source.name,
            tuple(found for found in translated if found.query.query.source is file.source),
        )
        for file in sources.queries.files
    )


def _stem(file: QueryFile) -> str:
    return PurePosixPath(file.source.name).name.removesuffix(".sql")
