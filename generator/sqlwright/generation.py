"""A project's packages: its configuration to the files that should be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .analysis import analyze_queries, build_schema
from .diagnostics import Diagnostic
from .dialects import dialect
from .project.config import PackageConfig, Project
from .project.files import read_files


@dataclass(frozen=True, slots=True)
class Generated:
    """What should be there, in folders whose other files of ours are stale, and everything that was found."""

    files: Mapping[Path, str]
    folders: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def generate_project(project: Project, only: str | None) -> Generated:
    """The files of all packages, or of one."""
    findings: list[Diagnostic] = []
    for package in project.config.package:
        if only in (None, package.name):
            findings += _package(project, package)
    return Generated({}, (), tuple(findings))


def _package(project: Project, package: PackageConfig) -> list[Diagnostic]:
    alone = len(project.config.package) == 1
    default = "" if alone else f"/{package.name}"
    span = project.span_of("package", package.name)
    schema = read_files(project.root, package.schema_paths or (f"schema{default}",), span, schema=True)
    queries = read_files(project.root, package.queries or (f"queries{default}",), span, schema=False)
    if schema.diagnostics or queries.diagnostics:
        return [*schema.diagnostics, *queries.diagnostics]
    written = dialect(package.dialect)
    built = build_schema(schema.sources, written)
    analyzed = analyze_queries(queries.sources, built.catalog, written)
    return [*built.diagnostics, *analyzed.diagnostics]
