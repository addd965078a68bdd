"""Who is measured: for each of the three calls a function that makes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from types import ModuleType
from typing import Final

OURS: Final = "sqlwright"
HAND: Final = "by hand"
ALCHEMY: Final = "SQLAlchemy Core"
AIOSQL: Final = "aiosql"
ROWS: Final = 1000

GET: Final = "one row by key"
LIST: Final = f"{ROWS:,} rows"
ADD: Final = "one insert"


@dataclass(frozen=True, slots=True)
class Contestant:
    """The calls of one way to reach the database."""

    name: str
    get: Callable[[], object]
    list: Callable[[], object]
    add: Callable[[], object]

    def calls(self) -> dict[str, Callable[[], object]]:
        return {GET: self.get, LIST: self.list, ADD: self.add}


@dataclass(frozen=True, slots=True)
class AsyncContestant:
    """The same, awaited."""

    name: str
    get: Callable[[], Awaitable[object]]
    list: Callable[[], Awaitable[object]]
    add: Callable[[], Awaitable[object]]

    def calls(self) -> dict[str, Callable[[], Awaitable[object]]]:
        return {GET: self.get, LIST: self.list, ADD: self.add}


OpenSync = Callable[[str, ModuleType], AbstractContextManager[Sequence[Contestant]]]
OpenAsync = Callable[[str, ModuleType], AbstractAsyncContextManager[Sequence[AsyncContestant]]]


@dataclass(slots=True)
class Item:
    """What all make of a row."""

    id: int
    name: str
    email: str | None
    score: float
    count: int
