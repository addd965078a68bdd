"""Changes that return rows, on servers whose statements do not: several statements in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from ..driver import Row
from ..errors import UniqueViolation, row_count_error
from ..session import Session
from .changes import Change

T = TypeVar("T")


async def returned_all(session: Session, change: Change, values: Sequence[object], make: Callable[..., T]) -> list[T]:
    """Make the change; gives all rows."""
    async with session.transaction() as transaction:
        return [make(*row) for row in await _rows(transaction, change, values)]


async def returned_one(session: Session, change: Change, values: Sequence[object], make: Callable[..., T]) -> T:
    """Make the change; gives the one row. With another number of them, nothing is changed."""
    async with session.transaction() as transaction:
        rows = await _rows(transaction, change, values)
        if len(rows) != 1:
            raise row_count_error(len(rows), change.change.sql)
        return make(*rows[0])


async def returned_optional(
    session: Session, change: Change, values: Sequence[object], make: Callable[..., T]
) -> T | None:
    """Make the change; gives the one row, or None. With more, nothing is changed."""
    async with session.transaction() as transaction:
        rows = await _rows(transaction, change, values)
        if len(rows) > 1:
            raise row_count_error(len(rows), change.change.sql)
        return make(*rows[0]) if rows else None


async def counted(session: Session, change: Change, values: Sequence[object]) -> int:
    """Make the change; gives the number of rows."""
    with _there_already(change):
        await session.execute(change.change.sql, change.change.picked(values, ()))
        return change.count
    return 0


def _there_already(change: Change) -> suppress:
    """A row that is there already undoes the statement alone."""
    return suppress(*((UniqueViolation,) if change.or_nothing else ()))


async def _rows(session: Session, change: Change, values: Sequence[object]) -> Sequence[Row]:
    found: Sequence[Row] = ()
    if change.keys is not None:
        found = await session.fetch_all(change.keys.sql, change.keys.picked(values, ()), _row)
        if not found:
            return ()
    keys = [row[0] if change.width == 1 else row[: change.width] for row in found]
    count = 0
    with _there_already(change):
        count = await session.execute(change.change.sql, change.change.picked(values, keys))
    if change.rows is None:
        return [row[change.width :] for row in found]
    if not count:
        return ()
    return await session.fetch_all(change.rows.sql, change.rows.picked(values, keys), _row)


def _row(*values: object) -> Row:
    return values
