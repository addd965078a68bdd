"""What is to be proved of a package's query files: every statement that a target gets, with what the analysis says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ..analysis import infer_queries, read_made
from ..check.digests import digest, query_digest
from ..check.proofs import Proof, Sent, expected, written
from ..check.schema_digests import SchemaDigests
from ..diagnostics import has_errors
from ..infer.environment import Environment
from ..model.statement import Statement
from ..model.typed import TypedQuery
from ..model.values import value
from ..packages import UnderstoodPackage
from ..render.named import TranslatedQuery


@value
class FileProofs:
    """A query file: the names of all its queries, and the proofs of those that a target has, by target."""

    names: tuple[str, ...]
    proofs: Mapping[str, tuple[Proof, ...]]


def file_proofs(understood: UnderstoodPackage, targets: Collection[str]) -> dict[str, FileProofs]:
    """The proofs of the files that were read, by their names."""
    digests = SchemaDigests(understood.sources.schema.catalog, understood.sources.dialect)
    names = {file.source.name: tuple(one.name for one in file.queries) for file in understood.sources.queries.files}
    proofs: dict[str, dict[str, tuple[Proof, ...]]] = {name: {} for name in names}
    for target in understood.sources.targets:
        if target.name not in targets:
            continue
        environment = understood.environments(target)
        for file in understood.files:
            if file.path in names:
                proofs[file.path][target.name] = tuple(
                    _proof(query, understood, environment, digests)
                    for query in file.queries
                    if target.name in query.statements
                )
    return {name: FileProofs(found, proofs[name]) for name, found in names.items()}


def _proof(
    translated: TranslatedQuery, understood: UnderstoodPackage, environment: Environment, digests: SchemaDigests
) -> Proof:
    target = environment.dialect
    variant = translated.variants.get(target.name)
    query = variant or translated.query
    own = variant is not None or target is understood.sources.dialect
    sent = tuple(_sent(translated.statements[target.name], query, environment, own))
    return Proof(
        written(query.query),
        expected(query),
        sent,
        query_digest(translated.query.query, variant.query if variant is not None else None),
        digests.of(query.query.text),
        digest(*(one.text for one in sent)),
    )


def _sent(statement: Statement, query: TypedQuery, environment: Environment, own: bool) -> Iterator[Sent]:
    """The statements of a query; those that are its own text are known by the query's analysis.

    The number that the connection is asked for is the query's column, and none of its statement's.
    """
    steps = statement.steps
    if steps is None:
        if own:
            known = expected(query)
            told = replace(known, columns=()) if statement.numbers else known
            yield Sent(statement.sql, told, statement.params, gives=True, own=True)
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
        return Sent(statement.sql, None, (), gives, own=False)
    numbered = dialect.placeholders.numbered is not None
    places = tuple(range(len(typed.parameters))) if numbered else typed.of_placeholder
    return Sent(statement.sql, expected(typed), places, gives, own=False)
