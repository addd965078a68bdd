"""A package of a project: the texts that it is made from, and what they are understood with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from .diagnostics import Diagnostic, Source, error, has_errors
from .model.values import value
from .project.config import Project
from .project.files import ReadFiles, read_files
from .project.settings import PackageConfig

if TYPE_CHECKING:
    from .overrides import Overrides
    from .packages import PackageSources
    from .render.named import Settings

Sources = Callable[[Sequence[Source], frozenset[str], bool], "PackageSources"]
"""What a package is made from, of some of its query files, others being known; and whether all of it is wanted."""


@value
class PackageTexts:
    """One package and the texts that it is made from."""

    project: Project
    config: PackageConfig
    schema_paths: tuple[str, ...]
    schema: tuple[Source, ...]
    queries: tuple[Source, ...]


@value
class OpenedPackage:
    """The texts of a package (None when they cannot be had), and what was found on the way."""

    texts: PackageTexts | None
    diagnostics: tuple[Diagnostic, ...]


@value
class Understanding:
    """The schema of a package understood once, for all of its query files."""

    sources: Sources
    diagnostics: tuple[Diagnostic, ...]


def open_package(project: Project, config: PackageConfig) -> OpenedPackage:
    """Read what the configuration of a package names."""
    schema_paths = config.schema or default_paths(project, config, "schema")
    schema = _read(project, config, schema_paths, "schema")
    queries = _read(project, config, config.queries or default_paths(project, config, "queries"), "queries")
    findings = (*schema.diagnostics, *queries.diagnostics)
    if has_errors(findings):
        return OpenedPackage(None, findings)
    findings = (*findings, *_templates(project, config))
    if has_errors(findings):
        return OpenedPackage(None, findings)
    return OpenedPackage(PackageTexts(project, config, schema_paths, schema.sources, queries.sources), findings)


def understanding(texts: PackageTexts) -> Understanding:
    """What query files are understood with. The diagnostics are those of the configuration alone."""
    from .analysis import build_schema, read_query_files
    from .check.store import Store
    from .dialects import dialect as dialect_named
    from .overrides import checked_overrides
    from .packages import PackageSources

    config = texts.config
    dialect = dialect_named(config.dialect)
    targets = tuple(dialect_named(name) for name in dict.fromkeys(config.targets or (config.dialect,)))
    schema = build_schema(texts.schema, dialect)
    overrides = checked_overrides(texts.project, config, schema.catalog, dialect)
    settings = _settings(texts, overrides)
    order = tuple(source.name for source in texts.queries)
    project = texts.project
    proved = partial(Store(project.root / project.config.cache).texts, config.name)

    def sources(queries: Sequence[Source], known: frozenset[str], common: bool) -> PackageSources:
        read = read_query_files(queries, dialect)
        return PackageSources(settings, dialect, targets, schema, read, order, known, common, proved)

    return Understanding(sources, overrides.diagnostics)


def default_paths(project: Project, config: PackageConfig, kind: str) -> tuple[str, ...]:
    """`schema/<name>`; where the project has one package only, `schema` itself unless that folder is there."""
    own = f"{kind}/{config.name}"
    if len(project.config.package) == 1 and not (project.root / own).exists():
        return (kind,)
    return (own,)


def _read(project: Project, config: PackageConfig, paths: tuple[str, ...], kind: str) -> ReadFiles:
    span = partial(project.span_of, "package", config.name, kind)
    return read_files(project.root, paths, span, schema=kind == "schema")


def _templates(project: Project, config: PackageConfig) -> tuple[Diagnostic, ...]:
    """What is wrong with the folder of templates that the configuration names, if it names one."""
    folder = config.templates or project.config.templates
    if folder is None:
        return ()
    keys = ("package", config.name, "templates") if config.templates is not None else ("templates",)
    span = project.span_of(*keys, folder)
    if not (project.root / folder).is_dir():
        return (error("no-templates", f"there is no folder `{folder}`", span, "name a folder of Jinja templates"),)
    from .render.package import template_names

    known = template_names()
    if any((project.root / folder / name).is_file() for name in known):
        return ()
    message = f"no file in `{folder}` takes the place of a template"
    return (error("no-templates", message, span, f"the templates are {', '.join(known)}"),)


def _settings(texts: PackageTexts, overrides: Overrides) -> Settings:
    from .render.named import Settings

    project, config = texts.project, texts.config
    templates = config.templates or project.config.templates
    return Settings(
        config.name,
        config.models,
        config.interface,
        overrides.types,
        overrides.names,
        texts.schema_paths,
        project.line_length,
        project.root / templates if templates is not None else None,
        project.black,
    )
