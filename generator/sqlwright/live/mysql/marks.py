"""Statements as the servers prepare them, and places in them as places of what was given."""

from __future__ import annotations

import re
from typing import Final

from ...model.values import value

_MARK: Final = re.compile("%[s%]")
_MARKS: Final = {"%s": "?", "%%": "%"}


@value
class Marked:
    """A statement with the server's own placeholders. Each sign at one of the places was two letters."""

    sql: str
    places: tuple[int, ...]

    def given(self, position: int) -> int:
        """The place in the text that was given."""
        return position + sum(place < position for place in self.places)


def marked(statement: str) -> Marked:
    """A `%` of the text is written `%%`, in strings and comments too, so that `%s` is always a placeholder."""
    places = tuple(found.start() - number for number, found in enumerate(_MARK.finditer(statement)))
    return Marked(_MARK.sub(lambda found: _MARKS[found[0]], statement), places)
