"""What the machine asks of a database."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sqlwright.model.typed import TypedColumn

from tests.soak.facts import Facts


class ServerLost(Exception):
    """The server ended, and nothing has started it anew."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a database says of a statement before it runs: why it refuses it, or its columns' types where it knows."""

    refusal: str | None
    types: tuple[str, ...] = ()
    died: bool = False
    """The database itself ended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What running a statement gave: rows, or an error that is about the data."""

    rows: Sequence[Sequence[object]] = ()
    types: tuple[str, ...] = ()
    error: str | None = None
    died: bool = False


class Server(Protocol):
    """A database that holds one schema at a time, and one set of rows."""

    @property
    def facts(self) -> Facts: ...

    def holding(self, ddl: str) -> AbstractContextManager[None]:
        """The schema is there for as long as a block runs. Raises SchemaRefused."""
        ...

    def filled(self, statements: Sequence[str]) -> AbstractContextManager[None]:
        """The rows are there for as long as a block runs."""
        ...

    def prepare(self, statement: str) -> Prepared: ...

    def run(self, statement: str) -> Answer:
        """The rows that a statement gives; what it changes is undone."""
        ...

    def mismatch(self, column: TypedColumn, type: str | None, values: Sequence[object]) -> str | None:
        """How a type that the database names, or values that it gave, are not what was said of a column."""
        ...


class SchemaRefused(Exception):
    """The database does not take a schema."""
