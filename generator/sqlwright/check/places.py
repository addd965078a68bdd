"""Places in a statement as it is sent, and those of the user's text that they came from."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from ..diagnostics import Span
from ..model.values import value
from .proofs import Written

_PIECE: Final = re.compile(r"\w+|[^\w\s]")


@value
class _Piece:
    text: str
    start: int
    end: int


def place_in_file(statement: str, position: int | None, query: Written) -> Span:
    """Where the word at a position of a statement stands in the query that the statement was made from.

    What was replaced on the way (placeholders, stars, a translated call) is found by what stands around it; the name
    of the query stands for a statement without a place.
    """
    if position is None:
        return query.name_span
    sent, written = _pieces(statement), _pieces(query.text)
    at = next((number for number, piece in enumerate(sent) if piece.end > position), None)
    if at is None:
        return query.span(query.end, query.end)
    matcher = SequenceMatcher(None, [one.text.lower() for one in sent], [one.text.lower() for one in written], False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if not start <= at < end:
            continue
        if tag == "equal":
            found = written[other_start + at - start]
            return query.span(query.start + found.start, query.start + found.end)
        if other_start < other_end:
            first, last = written[other_start], written[other_end - 1]
            return query.span(query.start + first.start, query.start + last.end)
        if other_start > 0:
            before = written[other_start - 1]
            return query.span(query.start + before.start, query.start + before.end)
    return query.name_span


def _pieces(text: str) -> list[_Piece]:
    return [_Piece(match.group(), match.start(), match.end()) for match in _PIECE.finditer(text)]
