"""What is asked of a server: statements as they are sent, each with what we say of it."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.typed import TypedQuery
from ..model.values import entity


@entity
class Sent:
    """One statement of a query as the target gets it.

    `typed` is what the analysis says of its text on the target (None where it says nothing); `params` give, for each
    placeholder in order, the position among the parameters of that. The rows of the one that `gives` are the query's.
    """

    text: str
    typed: TypedQuery | None
    params: tuple[int, ...]
    gives: bool


@entity
class Proof:
    """A query on one target. `query` is the one the statements were made from: the user's, or a variant of it."""

    query: TypedQuery
    statements: tuple[Sent, ...]
    file: str
    """The name of its entry's file."""
    query_digest: str
    schema_digest: str
    statement_digest: str


def file_names(queries: Sequence[TypedQuery]) -> dict[str, str]:
    """The files of entries by the names of queries. Names that differ by case alone get different ones everywhere."""
    seen: dict[str, int] = {}
    for query in queries:
        seen[query.query.name.lower()] = seen.get(query.query.name.lower(), 0) + 1
    return {name: _file_name(name, seen[name.lower()] > 1) for name in (query.query.name for query in queries)}


def _file_name(name: str, is_shared: bool) -> str:
    """The capital letters of a name that is shared are marked."""
    return "".join(f"{letter}+" if is_shared and letter.isupper() else letter for letter in name) + ".json"
