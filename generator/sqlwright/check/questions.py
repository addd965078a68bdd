"""What a server is asked about a query, in texts that can be kept, and what was agreed on when it was asked last."""

from __future__ import annotations

from collections.abc import Sequence

from ..live.base import Description, Refusal
from ..model.values import value
from .digests import digest
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
