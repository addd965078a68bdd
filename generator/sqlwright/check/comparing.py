"""What a server says of a query's statements against what we say: findings, or the entry that both agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ..diagnostics import Diagnostic, error
from ..dialects.base import Dialect
from ..infer.environment import Environment
from ..infer.passages import Passage
from ..live.base import Description, Live, Refusal, ServerColumn
from ..model.catalog import Catalog
from ..model.types import Kind, SqlType, Type
from ..model.values import value
from .entries import Entry, EntryColumn, EntryParameter
from .origins import is_on_the_way, same_origin
from .places import place_in_file
from .proofs import Expected, ExpectedColumn, ExpectedParameter, Proof, Sent

REFUSED: Final = "refused"
"""The code of what a server does not take."""
REPORT: Final = "this is a fault of sqlwright's, which should be reported"


@value
class Asked:
    """A database that was asked: what it is to us, and which server answered."""

    live: Live
    dialect: Dialect
    environment: Environment
    version: str
    passages: Callable[[str, int], Sequence[Passage] | None]
    """All that a column of a statement comes through; None where that is not known."""

    @property
    def title(self) -> str:
        return f"{self.live.title} {self.version}"


@value
class Compared:
    """What was found of a query, and its entry when nothing is wrong."""

    diagnostics: tuple[Diagnostic, ...]
    entry: Entry | None


def compare(proof: Proof, answers: Sequence[Description | Refusal], asked: Asked) -> Compared:
    """Findings about one query, from what the server said of each of its statements."""
    findings: list[Diagnostic] = []
    for sent, answer in zip(proof.statements, answers, strict=True):
        if isinstance(answer, Refusal):
            findings.append(_refused(proof, sent, answer, asked))
        else:
            findings += _differences(proof, sent, answer, asked)
    if findings:
        return Compared(tuple(findings), None)
    return Compared((), _entry(proof, [one for one in answers if isinstance(one, Description)], asked))


def _refused(proof: Proof, sent: Sent, refusal: Refusal, asked: Asked) -> Diagnostic:
    span = place_in_file(sent.text, refusal.position, proof.written)
    code = f" ({refusal.code})" if refusal.code else ""
    help = refusal.hint or f"correct the query, or write a variant of it with `-- dialect: {asked.dialect.name}`"
    if sent.text.strip() != proof.written.text.strip():
        help = f"{help}; the statement that is sent:\n{sent.text.strip()}"
    return error(REFUSED, f"{asked.title} refuses this: {refusal.message}{code}", span, help)


def _differences(proof: Proof, sent: Sent, found: Description, asked: Asked) -> Iterator[Diagnostic]:
    wanted = sent.expected
    if wanted is None:
        return
    if found.columns is not None:
        ours, theirs = [column.name for column in wanted.columns], [column.name for column in found.columns]
        if len(ours) != len(theirs) or (sent.gives and sent.own and ours != theirs):
            message = f"the query gives the columns {_listed(ours)}, and {asked.title} says {_listed(theirs)}"
            yield error("columns-differ", message, proof.written.name_span, REPORT)
            return
        for position, (own, other) in enumerate(zip(wanted.columns, found.columns, strict=True)):
            yield from _column(proof, sent, position, own, other, asked)
    if len(found.parameters) == len(sent.params):
        for position, parameter in enumerate(wanted.parameters):
            told = [theirs for place, theirs in zip(sent.params, found.parameters, strict=True) if place == position]
            yield from _parameter(proof, sent, parameter, [one for one in told if one is not None], asked)


def _column(
    proof: Proof, sent: Sent, position: int, ours: ExpectedColumn, theirs: ServerColumn, asked: Asked
) -> Iterator[Diagnostic]:
    span = ours.span if sent.own else proof.written.name_span
    if theirs.type is not None and not _agree(ours.sql_type, ours.type, theirs.type, asked):
        message = f"column `{ours.name}` is {ours.db_type} by the analysis, and {theirs.type} to {asked.title}"
        yield error("type-differs", message, span, f"cast it in the query to say which; {REPORT}")
    if theirs.origin is None or ours.origin is None:
        return
    if same_origin(ours.origin, theirs.origin, asked.dialect):
        return
    found = asked.passages(sent.text, position)
    if found is None or is_on_the_way(theirs.origin, found, asked.dialect, by_passing=asked.live.origins_by_passing):
        return
    own, other = ".".join(ours.origin), ".".join(theirs.origin)
    message = f"column `{ours.name}` is {own} by the analysis, and {other} to {asked.title}"
    yield error("origin-differs", message, span, REPORT)


def _parameter(
    proof: Proof, sent: Sent, ours: ExpectedParameter, theirs: Sequence[str], asked: Asked
) -> Iterator[Diagnostic]:
    """A parameter that stands at several places may be told as another type at those that leave it open."""
    if not theirs or (ours.sequence and not asked.dialect.features.list_by_array):
        return
    own = ours.sql_type
    type = SqlType(own.name, own.args, True, own.family, own.schema) if ours.sequence else own
    if not any(_agree(type, ours.type, one, asked) for one in theirs):
        span = ours.span if sent.own else proof.written.name_span
        message = f"parameter `{ours.name}` is {ours.db_type} by the analysis, and {theirs[0]} to {asked.title}"
        yield error("type-differs", message, span, f"cast it in the query to say which; {REPORT}")


def _agree(ours: SqlType, neutral: Type, theirs: str, asked: Asked) -> bool:
    if neutral.kind is Kind.OTHER:
        return True
    return asked.live.agree(_base(ours, asked.environment.catalog), neutral, theirs)


def _base(type: SqlType, catalog: Catalog) -> SqlType:
    """What a domain is made of."""
    domain = catalog.domains.get((type.schema or catalog.default_schema, type.name))
    if domain is None:
        return type
    found = _base(domain.base, catalog)
    return SqlType(found.name, found.args, type.array or found.array, found.family, found.schema)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _entry(proof: Proof, answers: Sequence[Description], asked: Asked) -> Entry:
    """What is agreed on. Of several statements, those that give the rows tell of columns."""
    given = next((n for n, sent in enumerate(proof.statements) if sent.gives), None)
    columns = answers[given].columns if given is not None else ()
    types = answers[given].parameters if given is not None else ()
    sent = proof.statements[given] if given is not None else None
    theirs = dict(zip(sent.params, types, strict=False)) if sent is not None and sent.own else {}
    query = proof.expected
    return Entry(
        name=proof.written.name,
        query=proof.query_digest,
        schema=proof.schema_digest,
        statement=proof.statement_digest,
        server=asked.live.name,
        version=asked.version,
        parameters=tuple(
            EntryParameter(own.name, _told(own.type, theirs.get(place), asked), own.db_type, own.nullable)
            for place, own in enumerate(query.parameters)
        ),
        columns=tuple(_entry_columns(query, columns, asked)),
    )


def _entry_columns(query: Expected, theirs: Sequence[ServerColumn] | None, asked: Asked) -> Iterator[EntryColumn]:
    told = theirs if theirs is not None and len(theirs) == len(query.columns) else [None] * len(query.columns)
    for own, other in zip(query.columns, told, strict=True):
        type = _told(own.type, other.type if other is not None else None, asked)
        yield EntryColumn(
            name=own.name,
            type=type,
            db_type=(other.type if other is not None else None) or own.db_type,
            nullable=own.nullable,
            origin=".".join(own.origin) if own.origin is not None else None,
            type_from="user" if own.typed_by_user else _source(other),
            nullable_from="user" if own.marked_by_user else "analysis",
        )


def _source(theirs: ServerColumn | None) -> str:
    return "server" if theirs is not None and theirs.type is not None else "analysis"


def _told(ours: Type, theirs: str | None, asked: Asked) -> str:
    """Our type; where we know none, what the server's is to us."""
    if ours.kind is not Kind.OTHER or theirs is None:
        return str(ours)
    array = theirs.startswith("_")
    return str(asked.environment.types.neutral(SqlType(theirs.removeprefix("_"), array=array)))
