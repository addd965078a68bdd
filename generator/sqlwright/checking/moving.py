"""What migration scripts make otherwise than the schema says, and which of their statements does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..analysis import build_schema
from ..catalog.builder import BuiltCatalog, build_catalog
from ..check.makers import Makers, Replay
from ..check.objects import Reading, thing_differences, things
from ..check.parts import place_of_part
from ..check.schemas import (
    APPLY,
    MOVED,
    Difference,
    Sides,
    catalog_differences,
    order_differences,
    place_of,
    places,
)
from ..diagnostics import Diagnostic, Source, Span, error, in_order, note
from ..dialects.base import Dialect
from ..infer.views import view_columns
from ..model.catalog import Catalog
from ..model.schema import SchemaStatement
from ..model.tokens import Kind, Token
from ..read.allowances import allowed_names
from ..read.lexer import lex
from .proving import TargetProofs

_SHOWN: Final = re.compile(r"`([^`]+)`")
_LISTED: Final = 5
_COLUMN: Final = "column "
_WORD: Final = re.compile(r"\w+")
_VIEWS: Final = frozenset(("view", "materialized view"))
_READ: Final = _VIEWS | {"table", "foreign table", "virtual table", "enum", "domain", "type"}
"""What a catalog tells of."""


def moved_on_server(
    target: TargetProofs, scripts: Sequence[Source], said: tuple[str, str], title: str
) -> list[Diagnostic]:
    """What a server says differently of the schema and of what the scripts have made there: `said` of both."""
    dialect = target.target
    wanted = build_schema([Source("<schema>", said[0])], dialect)
    found = build_schema([Source("<migrations>", said[1])], dialect)
    sides = Sides(wanted.catalog, "the schema", found.catalog, f"the migrations on {title}", True)
    # A view's columns are as those of the tables that it reads: what it is itself stands in its words.
    every = _without_parts(catalog_differences(sides, dialect))
    seen = [one for one in every if one.kind not in _VIEWS]
    missing = frozenset(_missing(every, dialect))
    ours, theirs = (things(built.statements, built.catalog, _reading(dialect)) for built in (wanted, found))
    seen += thing_differences(ours, theirs, (sides.wanted_by, sides.found_by), missing)
    return [
        *_findings(target, scripts, build_schema(scripts, dialect), seen),
        *order_differences(sides, places(target.schema)),
    ]


def moved_as_read(target: TargetProofs, scripts: Sequence[Source], built: BuiltCatalog) -> list[Diagnostic]:
    """What the scripts make otherwise as far as reading tells: tables and types."""
    by = f"the scripts for {target.target.title}"
    sides = Sides(target.environment.catalog, "the schema", built.catalog, by, True)
    seen = _without_parts(catalog_differences(sides, target.target))
    return [*_findings(target, scripts, built, seen), *order_differences(sides, places(target.schema))]


def _without_parts(seen: Iterable[Difference]) -> list[Difference]:
    """The differences without keys, indexes and checks of columns that the same side does not have either."""
    every = list(seen)
    columns = {(one.name, one.lacking, one.part.removeprefix(_COLUMN)) for one in every if one.part.startswith(_COLUMN)}

    def follows(one: Difference) -> bool:
        return one.lacking is not None and any(
            (one.name, one.lacking, word) in columns for word in _WORD.findall(one.part.partition(" ")[2])
        )

    return [one for one in every if one.part.startswith(_COLUMN) or not follows(one)]


def _missing(seen: Iterable[Difference], dialect: Dialect) -> Iterator[str]:
    """The relations and columns that one side has alone."""
    fold = dialect.names.table_key
    for one in seen:
        if one.lacking is not None and not one.part:
            yield fold(one.name)
        elif one.lacking is not None and one.part.startswith(_COLUMN):
            yield f"{fold(one.name)}.{fold(one.part.removeprefix(_COLUMN))}"


def follow_ons(behind: Sequence[str], moved: Sequence[Diagnostic], title: str) -> list[Diagnostic]:
    """A note on the queries that a server refuses after the scripts alone, at the first thing that they move."""
    names = [f"`{name}`" for name in behind]
    listed = ", ".join(names[:_LISTED]) + (f" and {len(names) - _LISTED} more" if len(names) > _LISTED else "")
    queries, are = ("1 query that uses", "is") if len(names) == 1 else (f"{len(names)} queries that use", "are")
    message = f"{queries} what the migrations make otherwise {are} refused by {title}: {listed}"
    first = next(one.span for one in in_order(moved) if one.code == MOVED)
    return [note(MOVED, message, first)]


# Places


def _findings(
    target: TargetProofs, scripts: Sequence[Source], built: BuiltCatalog, seen: Iterable[Difference]
) -> list[Diagnostic]:
    """A finding for each difference: at the statement that makes it, else where the schema has what is missing."""
    makers = Makers(built.statements, target.target, _replay(target.target))
    schema = Makers(target.statements, target.written, _replay(target.written))
    spans = places(target.schema)
    lexis = target.target.grammar.lexis
    allowed = allowed_names((one for script in scripts for one in lex(script, lexis).comments), MOVED)
    found: list[Diagnostic] = []
    for one in seen:
        extra = one.lacking == "wanted" and one.kind not in _READ
        if extra and (_name(one) in allowed or _is_allowed(makers.statement(one))):
            continue
        own = makers.place(one) or place_of_part(one, target.statements) or _of_column(one, spans)
        span = own or place_of(one, spans) or schema.definition(one) or _of_table(one, spans)
        found.append(error(MOVED, one.message, span, _or_allow(_name(one)) if extra else APPLY))
    return found


def _name(difference: Difference) -> str:
    """What a finding calls a thing."""
    shown = _SHOWN.search(difference.message)
    return shown[1] if shown is not None else difference.name


def _is_allowed(statement: SchemaStatement | None) -> bool:
    return statement is not None and "" in allowed_names(statement.comments, MOVED)


def _or_allow(name: str) -> str:
    return (
        f"{APPLY}; or write `-- allow {MOVED}: ` and the reason above what makes it, or, where a database has that "
        f"script, `-- allow {MOVED} {name}: ` and the reason in a later one"
    )


def _of_column(difference: Difference, spans: dict[str, Span]) -> Span | None:
    """The first column that a part of a table names: what only a database has for it is told there."""
    words = _WORD.findall("" if difference.part.startswith(_COLUMN) else difference.part)
    return next((spans[name] for word in words if (name := f"{difference.name}.{word}") in spans), None)


def _of_table(difference: Difference, spans: dict[str, Span]) -> Span | None:
    """The table, or column, that stands in the name of what is of it."""
    words = reversed(re.findall(r"[\w.]+", difference.name))
    return next((spans[word] for word in words if word in spans), None)


# Reading


def _reading(dialect: Dialect) -> Reading:
    return Reading(dialect.names, dialect.default_schema, lambda text: _tokens(text, dialect))


def _replay(dialect: Dialect) -> Replay:
    def catalog(statements: Sequence[SchemaStatement]) -> Catalog:
        return build_catalog(statements, dialect, view_columns).catalog

    return Replay(lambda text: _tokens(text, dialect), catalog)


def _tokens(text: str, dialect: Dialect) -> Sequence[Token]:
    lexed = lex(Source("", text), dialect.grammar.lexis)
    return [token for token in lexed.tokens if token.kind is not Kind.END]
