# Derived from changes.py by generator/tools/async_to_sync.py: change that file, and run the script.
"""Changes that return rows, on servers whose statements do not: several statements in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, LiteralString, TypeVar

from ..driver import Row
from ..errors import ManyRowsError, NoRowError, UniqueViolation
from ..session_sync import SessionSync

T = TypeVar("T")

KEYS: Final = -1
"""The place, among the values of a statement, of the keys that an earlier one found."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement, and the places of its values among those of the whole change."""

    sql: LiteralString
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What changes rows and returns them.

    `keys` finds the rows and locks them: the first `width` values of each are its key, and those behind them are
    returned, unless `rows` reads them after the change. Nothing is changed when it finds none, and nothing is read when
    nothing was changed. With `or_nothing`, a row that is there already is no error, and nothing is returned.
    """

    change: Step
    keys: Step | None = None
    rows: Step | None = None
    width: int = 0
    or_nothing: bool = False


def returned_all_sync(
    session: SessionSync, change: Change, values: Sequence[object], make: Callable[..., T]
) -> list[T]:
    """Make the change; gives all rows."""
    with session.transaction() as transaction:
        return [make(*row) for row in _rows(transaction, change, values)]


def returned_one_sync(session: SessionSync, change: Change, values: Sequence[object], make: Callable[..., T]) -> T:
    """Make the change; gives the one row. With another number of them, nothing is changed."""
    with session.transaction() as transaction:
        rows = _rows(transaction, change, values)
        if not rows:
            raise NoRowError("one row was expected, and there is none")
        return make(*_only(rows))


def returned_optional_sync(
    session: SessionSync, change: Change, values: Sequence[object], make: Callable[..., T]
) -> T | None:
    """Make the change; gives the one row, or None. With more, nothing is changed."""
    with session.transaction() as transaction:
        rows = _rows(transaction, change, values)
        return make(*_only(rows)) if rows else None


def _rows(session: SessionSync, change: Change, values: Sequence[object]) -> Sequence[Row]:
    found: Sequence[Row] = ()
    if change.keys is not None:
        found = session.fetch_all(change.keys.sql, _picked(change.keys, values, ()), _row)
        if not found:
            return ()
    keys = [row[0] if change.width == 1 else row[: change.width] for row in found]
    count = 0
    # A row that is there already undoes the statement alone.
    with suppress(*((UniqueViolation,) if change.or_nothing else ())):
        count = session.execute(change.change.sql, _picked(change.change, values, keys))
    if change.rows is None:
        return [row[change.width :] for row in found]
    if not count:
        return ()
    return session.fetch_all(change.rows.sql, _picked(change.rows, values, keys), _row)


def _picked(step: Step, values: Sequence[object], keys: Sequence[object]) -> list[object]:
    return [list(keys) if place == KEYS else values[place] for place in step.places]


def _row(*values: object) -> Row:
    return values


def _only(rows: Sequence[Row]) -> Row:
    if len(rows) > 1:
        raise ManyRowsError(f"one row was expected, and there are {len(rows)}")
    return rows[0]
