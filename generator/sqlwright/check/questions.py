"""What a server is asked about a query, in texts that can be kept, and what was agreed on when it was asked last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..model.values import value
from .digests import digest

if TYPE_CHECKING:
    from ..live.base import Description, Refusal
    from .proofs import Proof


@value
class Question:
    """A query on one target: the digests of what it was made from, and the statements that are sent.

    `answers` is the digest of what a server said when nothing was wrong, and `entry` that of the entry's text then;
    both are empty before.
    """

    name: str
    query: str
    schema: str
    statement: str
    texts: tuple[str, ...]
    answers: str = ""
    entry: str = ""


def question(proof: Proof) -> Question:
    texts = tuple(sent.text for sent in proof.statements)
    return Question(proof.written.name, proof.query_digest, proof.schema_digest, proof.statement_digest, texts)


def answers_digest(answers: Sequence[Description | Refusal]) -> str:
    """What is another when a server says anything else."""
    return digest(repr(tuple(answers)))


def file_names(names: Sequence[str]) -> dict[str, str]:
    """The files of entries by the names of queries. Names that differ by case alone get different ones everywhere."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name.lower()] = seen.get(name.lower(), 0) + 1
    return {name: _file_name(name, seen[name.lower()] > 1) for name in names}


def _file_name(name: str, is_shared: bool) -> str:
    """The capital letters of a name that is shared are marked."""
    return "".join(f"{letter}+" if is_shared and letter.isupper() else letter for letter in name) + ".json"
