"""A project's packages to the files that are generated from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .analysis import build_schema, read_query_files
from .diagnostics import Diagnostic, Span, has_errors, in_order
from .dialects import dialect as dialect_named
from .overrides import Overrides, checked_overrides
from .packages import GeneratedPackage, PackageSources, generate_package
from .project.config import PackageConfig, Project
from .project.files import ReadFiles, read_files
from .render.named import Settings


@dataclass(frozen=True, slots=True)
class Generated:
    """The files that should be there, by their paths in the project, and the folders that hold them."""

    files: Mapping[Path, str]
    folders: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def generate_project(project: Project, only: str | None) -> Generated:
    """The files of all packages, or of the one named. When something is wrong with one, there are none at all."""
    files: dict[Path, str] = {}
    folders: list[Path] = []
    findings: list[Diagnostic] = []
    output = Path(project.config.output)
    for config in project.config.package:
        if only is not None and config.name != only:
            continue
        generated = _generate(project, config)
        findings += generated.diagnostics
        folders.append(output / config.name)
        files |= {output / config.name / path: text for path, text in generated.files.items()}
    if has_errors(findings):
        files = {}
    return Generated(files, tuple(folders), tuple(in_order(findings)))


def _generate(project: Project, config: PackageConfig) -> GeneratedPackage:
    schema_paths = config.schema_paths or _default_paths(project, config, "schema")
    schema = _read(project, config, schema_paths, "schema")
    queries = _read(project, config, config.queries or _default_paths(project, config, "queries"), "queries")
    findings = [*schema.diagnostics, *queries.diagnostics]
    if has_errors(findings):
        return GeneratedPackage({}, tuple(findings))
    dialect = dialect_named(config.dialect)
    folder = project.root / project.config.output / config.name
    built = build_schema(schema.sources, dialect)
    overrides = checked_overrides(project, config, built.catalog, dialect)
    findings += overrides.diagnostics
    sources = PackageSources(
        _settings(project, config, schema_paths, overrides),
        dialect,
        tuple(dialect_named(name) for name in dict.fromkeys(config.targets or (config.dialect,))),
        built,
        read_query_files(queries.sources, dialect),
        folder / "migrations",
    )
    generated = generate_package(sources)
    return GeneratedPackage(generated.files, (*findings, *generated.diagnostics))


def _default_paths(project: Project, config: PackageConfig, kind: str) -> tuple[str, ...]:
    """`schema/<name>`; where the project has one package only, `schema` itself unless that folder is there."""
    own = f"{kind}/{config.name}"
    if len(project.config.package) == 1 and not (project.root / own).exists():
        return (kind,)
    return (own,)


def _read(project: Project, config: PackageConfig, paths: tuple[str, ...], kind: str) -> ReadFiles:
    span: Span = project.span_of("package", config.name, kind)
    return read_files(project.root, paths, span, schema=kind == "schema")


def _settings(project: Project, config: PackageConfig, schema_paths: tuple[str, ...], overrides: Overrides) -> Settings:
    templates = config.templates or project.config.templates
    return Settings(
        config.name,
        config.models,
        config.interface,
        overrides.types,
        overrides.names,
        schema_paths,
        project.line_length,
        project.root / templates if templates is not None else None,
        project.black,
    )
