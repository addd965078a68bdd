"""Statements as the servers prepare them, and places in them as places of what was given."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from ...model.values import value

_MARK: Final = re.compile("%[s%]")
_MARKS: Final = {"%s": "?", "%%": "%"}


@value
class Marked:
    """A statement with the server's own placeholders, which are at the places of `marks`; each of them, and each of
    the percent signs at `signs`, was two letters."""

    sql: str
    marks: tuple[int, ...]
    signs: tuple[int, ...]

    def numbered(self, marks: Collection[int]) -> str:
        """The statement with a number in place of some placeholders."""
        letters = list(self.sql)
        for place in marks:
            letters[place] = "1"
        return "".join(letters)

    def given(self, position: int) -> int:
        """The place in the text that was given."""
        return position + sum(place < position for place in (*self.marks, *self.signs))


def marked(statement: str) -> Marked:
    """A `%` of the text is written `%%`, in strings and comments too, so that `%s` is always a placeholder."""
    found = [(match.start() - number, match[0]) for number, match in enumerate(_MARK.finditer(statement))]
    marks = tuple(place for place, mark in found if mark == "%s")
    signs = tuple(place for place, mark in found if mark != "%s")
    return Marked(_MARK.sub(lambda match: _MARKS[match[0]], statement), marks, signs)
