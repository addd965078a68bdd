# Derived from returned.py by generator/tools/async_to_sync.py: change that file, and run the script.
"""Changes that return rows, on servers whose statements do not: several statements in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from ..driver import Row
from ..errors import UniqueViolation, row_count_error
from ..session_sync import SessionSync
from .changes import Change

T = TypeVar("T")


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
        if len(rows) != 1:
            raise row_count_error(len(rows), change.change.sql)
        return make(*rows[0])


def returned_optional_sync(
    session: SessionSync, change: Change, values: Sequence[object], make: Callable[..., T]
) -> T | None:
    """Make the change; gives the one row, or None. With more, nothing is changed."""
    with session.transaction() as transaction:
        rows = _rows(transaction, change, values)
        if len(rows) > 1:
            raise row_count_error(len(rows), change.change.sql)
        return make(*rows[0]) if rows else None


def counted_sync(session: SessionSync, change: Change, values: Sequence[object]) -> int:
    """Make the change; gives the number of rows."""
    with _there_already(change):
        session.execute(change.change.sql, change.change.picked(values, ()))
        return change.count
    return 0


def _there_already(change: Change) -> suppress:
    """A row that is there already undoes the statement alone."""
    return suppress(*((UniqueViolation,) if change.or_nothing else ()))


def _rows(session: SessionSync, change: Change, values: Sequence[object]) -> Sequence[Row]:
    found: Sequence[Row] = ()
    if change.keys is not None:
        found = session.fetch_all(change.keys.sql, change.keys.picked(values, ()), _row)
        if not found:
            return ()
    keys = [row[0] if change.width == 1 else row[: change.width] for row in found]
    count = 0
    with _there_already(change):
        count = session.execute(change.change.sql, change.change.picked(values, keys))
    if change.rows is None:
        return [row[change.width :] for row in found]
    if not count:
        return ()
    return session.fetch_all(change.rows.sql, change.rows.picked(values, keys), _row)


def _row(*values: object) -> Row:
    return values
