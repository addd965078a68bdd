"""Digests of what an entry of the cache was made from, and of a query as all that decides what it is."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..model.query import NamedQuery

_LENGTH: Final = 32
"""Hexadecimal digits of a digest: enough that no two texts of a project share them."""


def digest(*texts: str) -> str:
    """The digest of texts. How their lines end makes no difference."""
    whole = "\0".join(texts).replace("\r\n", "\n")
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def query_digest(query: NamedQuery, variant: NamedQuery | None = None) -> str:
    """Of all that decides what a query is, and a variant of it; comments do not."""
    return digest(*(part for one in (query, variant) if one is not None for part in _parts(one)))


def _parts(query: NamedQuery) -> list[str]:
    notes = (f"{note.column}: {note.text}" for note in query.column_notes)
    return [query.command.value, query.dialect or "", query.text, *notes]
