"""What takes several statements on servers whose changes return no rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

KEYS: Final = -1
"""The place, among the values of a statement, of the keys that an earlier one found."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement, and the places of its values among those of the whole change."""

    sql: LiteralString
    places: tuple[int, ...]

    def picked(self, values: Sequence[object], keys: Sequence[object]) -> list[object]:
        """The values of the statement."""
        return [list(keys) if place == KEYS else values[place] for place in self.places]


@dataclass(frozen=True, slots=True)
class Change:
    """What changes rows and returns them.

    `keys` finds the rows and locks them: the first `width` values of each are its key, and those behind them are
    returned, unless `rows` reads them after the change. Nothing is changed when it finds none, and nothing is read when
    nothing was changed. With `or_nothing`, a row that is there already is no error, and nothing is returned. `count` is
    the number of rows where the server counts otherwise.
    """

    change: Step
    keys: Step | None = None
    rows: Step | None = None
    width: int = 0
    or_nothing: bool = False
    count: int = 0
