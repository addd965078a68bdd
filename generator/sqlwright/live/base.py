"""What `check` asks of a database, whichever it is: the protocol that each module of this folder implements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..model.types import SqlType, Type
from ..model.values import value


@value
class ServerColumn:
    """A result column as the server describes it.

    `type` is the server's own word for its type. `nullable` is what it says of NULL, where it says anything: a second
    opinion, and never the truth. `origin` names the table and the column that it is, unchanged.
    """

    name: str
    type: str | None
    nullable: bool | None = None
    origin: tuple[str, str] | None = None


@value
class Description:
    """What a server says of a statement that it has prepared. A parameter's type is None where it tells none; the
    columns are None where no more is known than that the statement is valid."""

    parameters: tuple[str | None, ...]
    columns: tuple[ServerColumn, ...] | None


@value
class Refusal:
    """Why a server does not take a statement, in its own words.

    `code` is the SQLSTATE or the number of the error; `position` counts code points from the start of the statement.
    """

    code: str
    message: str
    position: int | None = None
    hint: str | None = None


@value
class Access:
    """How a statement of a query reads one table, as the server's plan for it says.

    `scans` tells that the plan reads all rows where it could be given fewer, by `columns` that it compares; `index` is
    the name of the index that it uses.
    """

    table: str
    scans: bool
    index: str | None = None
    columns: tuple[str, ...] = ()


class ScriptRefused(Exception):
    """A script that the server does not take: its text, and why."""

    def __init__(self, script: str, text: str, refusal: Refusal) -> None:
        super().__init__(f"{script}: {refusal.message}")
        self.script = script
        self.text = text
        self.refusal = refusal


class Scratch(Protocol):
    """An empty database of our own, for as long as a block of code. The session is set up as generated code's is."""

    def migrate(self, folder: Path) -> None:
        """Apply the scripts of a folder, as `migrate()` of a generated package does.

        Raises ScriptRefused, and MigrationError of the runtime for a folder that cannot be right.
        """
        ...

    def run(self, name: str, script: str) -> None:
        """Run the statements of a script. Raises ScriptRefused."""
        ...

    def schema(self) -> str:
        """The schema that the server has now, as statements which make it, in the database's own words; without the
        table of applied migrations."""
        ...

    def describe(self, statements: Sequence[str]) -> list[Description | Refusal]:
        """What the server says of statements, which are prepared (and planned, where that finds more) and not run.

        They are given as generated code sends them. Nothing of one is seen by the next.
        """
        ...

    def accesses(self, statements: Sequence[str]) -> list[tuple[Access, ...]]:
        """How each statement reads its tables, were they large. One that cannot be planned gives nothing."""
        ...


class Server(Protocol):
    """A server that answers, on one connection."""

    @property
    def version(self) -> str:
        """Such as `15.14`: numbers alone."""
        ...

    def clear(self) -> None:
        """Drop the scratch databases whose makers have ended without doing so."""
        ...

    def scratch(self, named: str | None = None) -> AbstractContextManager[Scratch]:
        """A new database; or the one (on PostgreSQL the schema) that the user names for the purpose, which must be
        empty, and is empty again afterwards.

        Raises ServerUnavailable when it may not be made, or is not empty.
        """
        ...

    def close(self) -> None: ...


@value
class Image:
    """An image for Docker: the port that its server listens on, the URL (with `{password}` and `{port}`) that leads
    there, and the variables that it is set up by."""

    name: str
    port: int
    url: str
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Live:
    """A database, to `check`."""

    name: str
    title: str
    connect: Callable[[str, float], Server]
    """By a URL, within so many seconds. Raises ServerUnavailable; no password is in its text."""
    throwaway: Callable[[Path, Mapping[str, str]], AbstractContextManager[str]] | None
    """The URL of a server of our own, made of programs on this machine. Raises ServerUnavailable. None where the
    database needs no server."""
    agree: Callable[[SqlType, Type, str], bool]
    """Whether a type that we tell, with what it is to Python, is the one that the server calls so."""
    image: Image | None = None
    """What Docker runs where nothing is installed."""
    origins_by_passing: bool = False
    """The origin of what comes through a query in FROM or a view is told by names that it has on the way: the
    relation's may be an alias, and the column's be of another relation."""
    connections: int = 1
    """How many calls a scratch database takes at once, of those that only ask."""
