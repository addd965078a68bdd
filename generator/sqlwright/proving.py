"""A package as what is to be proved of it on each target: its scripts, its schema, the statements of its queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .analysis import infer_queries, read_made
from .check.digests import SchemaDigests, digest, query_digest
from .check.proofs import Proof, Sent, file_names
from .diagnostics import Diagnostic, has_errors
from .dialects.base import Dialect
from .infer.environment import Environment
from .model.catalog import Catalog
from .model.schema import SchemaStatement
from .model.statement import Statement
from .model.typed import TypedQuery
from .model.values import entity
from .opening import open_package, understanding
from .packages import UnderstoodPackage, understand_package
from .project.config import Project
from .project.settings import PackageConfig
from .render.named import TranslatedQuery


@entity
class TargetProofs:
    """What is to be proved of a package on one target; `proofs` are those of all its queries."""

    package: str
    target: Dialect
    environment: Environment
    scripts: Path
    script: str
    """The script that makes the whole schema."""
    schema: Catalog
    """The schema as it is written, from which that of the target is made."""
    statements: tuple[SchemaStatement, ...]
    written: Dialect
    """Its statements, and the dialect that they are written in."""
    proofs: tuple[Proof, ...]


@entity
class PackageProofs:
    """A package on all of its targets (none when something is wrong with it), and what was found on the way."""

    package: str
    understood: UnderstoodPackage | None
    targets: tuple[TargetProofs, ...]
    diagnostics: tuple[Diagnostic, ...]


def package_proofs(project: Project, config: PackageConfig, dialects: Sequence[str]) -> PackageProofs:
    """What is to be proved of a package on those of its targets that are named; on all where none are."""
    opened = open_package(project, config)
    findings = list(opened.diagnostics)
    if opened.texts is None:
        return PackageProofs(config.name, None, (), tuple(findings))
    known = understanding(opened.texts)
    findings += known.diagnostics
    understood = understand_package(known.sources(opened.texts.queries, frozenset(), True), findings)
    if understood is None or has_errors(findings):
        return PackageProofs(config.name, None, (), tuple(findings))
    folder = project.root / project.config.output / config.name / "migrations"
    digests = SchemaDigests(understood.sources.schema.catalog, understood.sources.dialect)
    targets = tuple(
        _target_proofs(config.name, understood, target, folder / target.name, digests)
        for target in understood.sources.targets
        if not dialects or target.name in dialects
    )
    return PackageProofs(config.name, understood, targets, tuple(findings))


def _target_proofs(
    package: str, understood: UnderstoodPackage, target: Dialect, scripts: Path, digests: SchemaDigests
) -> TargetProofs:
    environment = understood.environments(target)
    queries = [query for file in understood.files for query in file.queries]
    files = file_names([query.query for query in queries])
    return TargetProofs(
        package,
        target,
        environment,
        scripts,
        understood.scripts[target.name].up,
        understood.sources.schema.catalog,
        understood.sources.schema.statements,
        understood.sources.dialect,
        tuple(
            _proof(query, understood, environment, files[query.query.query.name], digests)
            for query in queries
            if target.name in query.statements
        ),
    )


def _proof(
    translated: TranslatedQuery,
    understood: UnderstoodPackage,
    environment: Environment,
    file: str,
    digests: SchemaDigests,
) -> Proof:
    target = environment.dialect
    statement = translated.statements[target.name]
    variant = translated.variants.get(target.name)
    query = variant or translated.query
    own = variant is not None or target is understood.sources.dialect
    sent = tuple(_sent(statement, query, environment, own))
    return Proof(
        query,
        sent,
        file,
        query_digest(translated.query.query, variant.query if variant is not None else None),
        digests.of(query.query.text),
        digest(*(one.text for one in sent)),
    )


def _sent(statement: Statement, query: TypedQuery, environment: Environment, own: bool) -> Iterator[Sent]:
    """The statements of a query; those that are its own text are known by the query's analysis."""
    steps = statement.steps
    if steps is None:
        if own:
            yield Sent(statement.sql, query, statement.params, True)
        else:
            yield _read_again(statement, environment, query.query.command.reads_rows)
        return
    if steps.keys is not None:
        yield _read_again(steps.keys, environment, False)
    yield _read_again(steps.change, environment, False)
    if steps.rows is not None:
        yield _read_again(steps.rows, environment, True)


def _read_again(statement: Statement, environment: Environment, gives: bool) -> Sent:
    """A statement that was made for the target, as the analysis sees it there."""
    dialect = environment.dialect
    read = read_made(statement.sql, dialect)
    analyzed = infer_queries(read.file.queries, environment) if not has_errors(read.diagnostics) else None
    typed = analyzed.queries[0] if analyzed is not None and analyzed.queries else None
    if typed is None:
        return Sent(statement.sql, None, (), gives)
    numbered = dialect.placeholders.numbered is not None
    places = tuple(range(len(typed.parameters))) if numbered else typed.of_placeholder
    return Sent(statement.sql, typed, places, gives)
