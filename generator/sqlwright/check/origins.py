"""Whether a server and the analysis mean the same column of a table, each by a name that it has on the way there.

A column of a view is also the column that the view has it from, and servers differ in which of them they tell.
"""

from __future__ import annotations

from ..analysis import read_made
from ..diagnostics import has_errors
from ..dialects.base import Dialect
from ..infer.environment import Environment
from ..infer.passages import Passage, passages
from ..infer.resolve import resolve
from .proofs import Sent

Origin = tuple[str, str]


def same_origin(
    sent: Sent, position: int, ours: Origin, theirs: Origin, environment: Environment, *, by_passing: bool
) -> bool:
    """Whether the origin that a server tells of a statement's column is right. A statement that cannot be read again
    tells of none.

    A server that tells it `by_passing` names takes the relation's and the column's from any place on the way.
    """
    dialect = environment.dialect
    if _same(ours, theirs, dialect):
        return True
    found = _passages(sent, position, environment)
    if found is None:
        return True
    if by_passing:
        names = {name for one in found for name in (one.relation, *_origin(one)[:1])}
        columns = {name for one in found for name in (one.column, *_origin(one)[1:])}
        return any(_same((name, column), theirs, dialect) for name in names for column in columns)
    return any(one.origin is not None and _same(one.origin, theirs, dialect) for one in found)


def _passages(sent: Sent, position: int, environment: Environment) -> list[Passage] | None:
    read = read_made(sent.text, environment.dialect)
    if has_errors(read.diagnostics) or not read.file.queries:
        return None
    query = read.file.queries[0]
    resolution = resolve(query.query, query.source, environment)
    return passages(query.query, position, resolution, environment)


def _origin(passage: Passage) -> tuple[str, ...]:
    return passage.origin or ()


def _same(ours: Origin, theirs: Origin, dialect: Dialect) -> bool:
    table, column = dialect.names.table_key, dialect.names.column_key
    return table(ours[0]) == table(theirs[0]) and column(ours[1]) == column(theirs[1])
