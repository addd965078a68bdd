"""What a session asks of a database's driver. Each database has two: one to be awaited, and one not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString, Protocol

from .scripts import Script

Row = tuple[object, ...]
Parameters = Sequence[object]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The statements that keep the table of applied migrations."""

    create: LiteralString
    read: LiteralString
    record: LiteralString


class Driver(Protocol):
    """One open connection, to be awaited. Its errors are those of `runtime.errors`."""

    @property
    def begin(self) -> LiteralString: ...

    @property
    def ledger(self) -> Ledger: ...

    async def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]: ...

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        """Run a statement; gives the number of rows that it matched."""
        ...

    async def insert(self, sql: LiteralString, params: Parameters) -> int:
        """Run an INSERT that returns the key of its row, where the database knows RETURNING; gives that key."""
        ...

    async def apply(self, script: Script) -> bool:
        """Apply a migration and record it; False when another process has done so in the meantime."""
        ...

    async def lock(self) -> None:
        """Wait for the right to migrate."""
        ...

    async def unlock(self) -> None: ...

    async def close(self) -> None: ...


class WholeDriver(Driver, Protocol):
    """A connection whose transactions hold whole scripts, changes of the schema too."""

    async def script(self, sql: str) -> None:
        """Run several statements inside the transaction that is open."""
        ...


class DriverSync(Protocol):
    """One open connection."""

    @property
    def begin(self) -> LiteralString: ...

    @property
    def ledger(self) -> Ledger: ...

    def rows(self, sql: LiteralString, params: Parameters) -> Sequence[Row]: ...

    def execute(self, sql: LiteralString, params: Parameters) -> int: ...

    def insert(self, sql: LiteralString, params: Parameters) -> int: ...

    def apply(self, script: Script) -> bool: ...

    def lock(self) -> None: ...

    def unlock(self) -> None: ...

    def close(self) -> None: ...


class WholeDriverSync(DriverSync, Protocol):
    """A connection whose transactions hold whole scripts, changes of the schema too."""

    def script(self, sql: str) -> None: ...


def returned_key(rows: Sequence[Row]) -> int:
    """The key that an INSERT returned, on databases that have RETURNING; 0, as MySQL says it, when it made none."""
    return int(str(rows[0][0])) if rows else 0
