"""One package: its queries for every target, its migration scripts, its Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from .analysis import ReadQueryFiles
from .catalog.builder import BuiltCatalog
from .diagnostics import Diagnostic, has_errors
from .dialects.base import Dialect
from .infer.environment import Environment
from .memory import apart, each_once
from .model.query import QueryFile
from .model.values import entity, value
from .project.scripts import DOWN, UP
from .proved import Texts, is_open, with_proved_types
from .render.named import Package, Settings, TranslatedFile, TranslatedQuery
from .render.naming import method_name
from .render.package import RenderedPackage, render_package
from .runtime.scripts import SUMS, sums_text
from .statements import Statements, Writing
from .translate.schema import SchemaScript, column_default, schema_script


@value
class PackageSources:
    """What a package is made from."""

    settings: Settings
    dialect: Dialect
    targets: tuple[Dialect, ...]
    schema: BuiltCatalog
    queries: ReadQueryFiles
    order: tuple[str, ...]
    """The names of all query files."""
    known: frozenset[str] = frozenset()
    """The query files whose modules are there already; they are not among `queries`."""
    common: bool = True
    """Whether the modules of the whole package are wanted, too."""
    proved: Texts | None = None
    """The entries of the last check."""


@value
class MadePackage:
    """What is made of a package: its code, each target's scripts by their names, and what was found on the way."""

    code: RenderedPackage
    scripts: Mapping[str, Mapping[str, str]]
    diagnostics: tuple[Diagnostic, ...]
    names: Mapping[str, frozenset[str]]
    """The names of each file's queries, and of their methods."""
    open: bool = False
    """Whether the entries of the last check say more of it than the analysis."""


@entity
class UnderstoodPackage:
    """All that is known of a package before any of it is written in Python. Nothing is wrong with it.

    `environments` are the schemas of the targets, each as its own script defines it.
    """

    sources: PackageSources
    scripts: Mapping[str, SchemaScript]
    files: tuple[TranslatedFile, ...]
    environments: Callable[[Dialect], Environment]


def understand_package(sources: PackageSources, findings: list[Diagnostic]) -> UnderstoodPackage | None:
    """A package with the statement of each query for each target; None when something in it is wrong."""
    schema = sources.schema
    findings += [*schema.diagnostics, *sources.queries.diagnostics]
    if has_errors(schema.diagnostics):
        return None  # what queries lack in half a schema is nothing to be told
    scripts = {
        target.name: schema_script(schema.catalog, schema.statements, sources.dialect, target)
        for target in sources.targets
    }
    for script in scripts.values():
        findings += script.diagnostics
    default = partial(column_default, schema.catalog, sources.dialect)
    statements = Statements(Writing(schema.catalog, sources.dialect, sources.targets, scripts, default))
    files = _translated_files(sources, statements)
    findings += statements.findings
    if has_errors(findings):
        return None
    return UnderstoodPackage(sources, scripts, files, statements.environment)


def make_package(sources: PackageSources) -> MadePackage:
    """Everything about one package that can be told without a server."""
    findings: list[Diagnostic] = []
    understood = understand_package(sources, findings)
    if understood is None:
        return MadePackage(RenderedPackage({}, {}), {}, tuple(findings), {})
    catalog = sources.schema.catalog
    targets = tuple(
        target.with_values_of(target, catalog) if target is sources.dialect else target for target in sources.targets
    )
    files = understood.files
    if sources.proved is not None:
        files = with_proved_types(files, catalog, sources.dialect, sources.proved)
    package = Package(sources.settings, sources.dialect, targets, catalog, files)
    code = render_package(package, common=sources.common)
    findings += code.diagnostics
    return MadePackage(
        code,
        {name: _script_files(script) for name, script in understood.scripts.items()},
        tuple(findings),
        {file.source.name: _names(file) for file in sources.queries.files},
        any(map(is_open, understood.files)),
    )


def joined(parts: Sequence[MadePackage]) -> MadePackage | None:
    """Parts that were made without looking at one another as the whole; None when they needed to."""
    first = parts[0]
    names = {name: found for part in parts for name, found in part.names.items()}
    if not all(names.values()) or not apart(names.values()):
        return None
    modules = {name: found for part in parts for name, found in part.code.modules.items()}
    findings = each_once(finding for part in parts for finding in part.diagnostics)
    code = RenderedPackage(first.code.common, modules)
    return replace(first, code=code, names=names, diagnostics=findings, open=any(part.open for part in parts))


def _names(file: QueryFile) -> frozenset[str]:
    return frozenset(name for query in file.queries for name in (query.name, f"{method_name(query.name)}()"))


def _script_files(script: SchemaScript) -> dict[str, str]:
    texts = {UP: script.up, DOWN: script.down}
    return {**texts, SUMS: sums_text(texts)}


def _translated_files(sources: PackageSources, statements: Statements) -> tuple[TranslatedFile, ...]:
    by_name = [query for file in sources.queries.files for query in file.queries]
    of_file: dict[str, list[TranslatedQuery]] = {}
    for found in statements.of_queries(by_name):
        of_file.setdefault(found.query.query.source.name, []).append(found)
    return tuple(
        TranslatedFile(_stem(name), name, tuple(of_file.get(name, ())), name in sources.known) for name in sources.order
    )


def _stem(name: str) -> str:
    return PurePosixPath(name).name.removesuffix(".sql")
