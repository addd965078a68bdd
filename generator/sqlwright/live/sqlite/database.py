"""SQLite's databases in memory."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from ...model.types import Kind, SqlType, Type
from ...runtime.errors import Error
from ...runtime.sqlite.connections import open_connection, statements
from ...runtime.sqlite.driver_sync import SqliteDriverSync
from ..base import Access, Description, Refusal, Scratch, ScriptRefused, Server
from ..errors import ServerUnavailable
from ..scripts import apply_folder
from .describing import Describer
from .introspecting import schema_text

_OLDEST: Final = (3, 37)
"""Has STRICT tables, and lists its tables with what they are."""
_MARKS: Final = re.compile(
    r"near \"(?P<near>.+)\": syntax error|no such (?:column|table|function|index): (?P<name>[\w.]+)"
)
_SCAN: Final = re.compile(r"(?P<how>SCAN|SEARCH) (?P<table>\S+)(?: USING (?P<index>.*?))?(?: \(.*)?(?: LEFT-JOIN)?$")
_AUTOMATIC: Final = re.compile(r"(\w+)[=<>]")
_INDEX: Final = re.compile(r"(?:COVERING )?INDEX (?P<name>\S+)")


def connect(url: str, seconds: float) -> Server:
    """SQLite, wherever its file may be: nothing of it is read, and nothing waits."""
    if sqlite3.sqlite_version_info < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        raise ServerUnavailable(f"Python's sqlite3 is {sqlite3.sqlite_version}, and {oldest} or later is needed")
    return SqliteServer()


def agree(ours: SqlType, neutral: Type, theirs: str) -> bool:
    """A column says the type that it was declared with; where an expression has none, nothing is told."""
    return _word(theirs) == _word(ours.name) or neutral.kind is Kind.OTHER


def _word(name: str) -> str:
    return name.partition("(")[0].strip().lower()


class SqliteServer:
    """The library: there is nothing to connect to, and nothing that could be left over."""

    version = sqlite3.sqlite_version

    def clear(self) -> None:
        """Databases in memory end with the process."""

    @contextmanager
    def scratch(self, named: str | None = None) -> Generator[Scratch, None, None]:
        if named is not None:
            raise ServerUnavailable("SQLite's scratch databases are in memory: name none for it")
        with closing(open_connection(":memory:")) as connection:
            yield SqliteScratch(connection)

    def close(self) -> None: ...


class SqliteScratch:
    """A database in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def migrate(self, folder: Path) -> None:
        apply_folder(SqliteDriverSync.adopt(self._connection), folder, _refusal_of_script)

    def run(self, name: str, script: str) -> None:
        for statement in statements(script):
            try:
                self._connection.execute(statement)
            except sqlite3.Error as error:
                raise ScriptRefused(name, script, refusal_of(error, statement)) from error

    def schema(self) -> str:
        return schema_text(self._connection)

    def describe(self, statements: Sequence[str]) -> list[Description | Refusal]:
        with closing(Describer(self._connection)) as describer:
            return [self._described(statement, describer) for statement in statements]

    def accesses(self, statements: Sequence[str]) -> list[tuple[Access, ...]]:
        return [self._accesses(statement) for statement in statements]

    def _described(self, statement: str, describer: Describer) -> Description | Refusal:
        try:
            self._plan(f"explain {statement}")
        except sqlite3.Error as error:
            return refusal_of(error, statement)
        return describer.describe(statement)

    def _accesses(self, statement: str) -> tuple[Access, ...]:
        try:
            steps = self._plan(f"explain query plan {statement}")
        except sqlite3.Error:
            return ()
        found = (_SCAN.match(str(step[3])) for step in steps)
        return tuple(_access(match) for match in found if match is not None)

    def _plan(self, statement: str) -> list[tuple[object, ...]]:
        """What EXPLAIN gives, every parameter being NULL."""
        parameters: list[None] = []
        while True:
            try:
                return self._connection.execute(statement, parameters).fetchall()
            except sqlite3.ProgrammingError as error:
                wanted = re.search(r"uses (\d+)", str(error))
                if wanted is None or len(parameters) == int(wanted.group(1)):
                    raise
                parameters = [None] * int(wanted.group(1))


def refusal_of(error: sqlite3.Error, statement: str) -> Refusal:
    """What SQLite says; the place is that of the word it names, if the statement has it once."""
    message = str(error)
    match = _MARKS.search(message)
    name = (match["near"] or match["name"]) if match is not None else None
    position = statement.find(name) if name is not None and statement.count(name) == 1 else None
    return Refusal(getattr(error, "sqlite_errorname", "SQLITE_ERROR"), message, position)


def _refusal_of_script(error: Error, script: str) -> Refusal:
    cause = error.__cause__
    return refusal_of(cause, script) if isinstance(cause, sqlite3.Error) else Refusal("", str(error))


def _access(match: re.Match[str]) -> Access:
    """SEARCH by an index that SQLite makes for the one statement is a scan: nobody has made that index."""
    using = match["index"] or ""
    automatic = using.startswith("AUTOMATIC")
    index = _INDEX.match(using)
    columns = tuple(_AUTOMATIC.findall(match.string.rpartition("(")[2])) if automatic else ()
    scans = automatic or (match["how"] == "SCAN" and index is None)
    return Access(match["table"], scans, index["name"] if index is not None and not automatic else None, columns)
