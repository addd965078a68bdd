"""Whether a server and the analysis mean the same column of a table, each by a name that it has on the way there.

A column of a view is also the column that the view has it from, and servers differ in which of them they tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..dialects.base import Dialect
from ..infer.passages import Passage

Origin = tuple[str, str]


def same_origin(ours: Origin, theirs: Origin, dialect: Dialect) -> bool:
    """Whether two origins are the same names."""
    table, column = dialect.names.table_key, dialect.names.column_key
    return table(ours[0]) == table(theirs[0]) and column(ours[1]) == column(theirs[1])


def is_on_the_way(theirs: Origin, found: Sequence[Passage], dialect: Dialect, *, by_passing: bool) -> bool:
    """Whether an origin is one of a column that comes through these relations.

    A server that tells it `by_passing` names takes the relation's and the column's from any place on the way.
    """
    if not by_passing:
        return any(one.origin is not None and same_origin(one.origin, theirs, dialect) for one in found)
    relations = {name for one in found for name in (one.relation, *_origin(one)[:1])}
    columns = {name for one in found for name in (one.column, *_origin(one)[1:])}
    return any(same_origin((relation, column), theirs, dialect) for relation in relations for column in columns)


def _origin(passage: Passage) -> tuple[str, ...]:
    return passage.origin or ()
