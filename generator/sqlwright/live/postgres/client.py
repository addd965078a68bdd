"""A PostgreSQL server that answers, and what is asked of a scratch database on it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from ...runtime.errors import Error
from ...runtime.postgres.driver_sync import PostgresDriverSync
from ..base import Access, Description, Refusal, Scratch, ScriptRefused
from ..scripts import apply_folder
from ..secrets import redacted
from .connecting import Connection, answering, lost, opened
from .describing import describe
from .named import named_schema
from .plans import accesses
from .schema import schema_text
from .scratch import clear, new_database


class PostgresServer:
    """A server on one connection, which holds the locks of what is made on it."""

    def __init__(self, url: str, seconds: float, connection: Connection) -> None:
        self._url = url
        self._seconds = seconds
        self._connection = connection

    @property
    def version(self) -> str:
        number = self._connection.info.server_version
        return f"{number // 10000}.{number % 10000}"

    def clear(self) -> None:
        with answering(self._url):
            clear(self._connection)

    @contextmanager
    def scratch(self, named: str | None = None) -> Generator[Scratch, None, None]:
        with ExitStack() as stack:
            if named is None:
                database = stack.enter_context(new_database(self._connection, self._url))
            else:
                stack.enter_context(named_schema(self._connection, self._url, named))
                database = None
            yield PostgresScratch(self._url, self._seconds, database, named)

    def close(self) -> None:
        self._connection.close()


class PostgresScratch:
    """An empty database, or a schema of one.

    Each call has a connection of its own: what a script sets for its session is not there when the service runs.
    """

    def __init__(self, url: str, seconds: float, database: str | None, schema: str | None) -> None:
        self._url = url
        self._seconds = seconds
        self._database = database
        self._schema = schema

    def migrate(self, folder: Path) -> None:
        with closing(self._connect()) as connection:
            apply_folder(PostgresDriverSync(connection, None), folder, self._refusal)

    def run(self, name: str, script: str) -> None:
        with closing(self._connect()) as connection:
            try:
                PostgresDriverSync(connection, None).script(script)
            except Error as error:
                raise ScriptRefused(name, script, self._refusal(error, script)) from None

    def describe(self, statements: Sequence[str]) -> list[Description | Refusal]:
        with answering(self._url), closing(self._connect()) as connection:
            found = describe(connection, statements)
        return [_without_password(one, self._url) if isinstance(one, Refusal) else one for one in found]

    def schema(self) -> str:
        with answering(self._url), closing(self._connect()) as connection:
            return schema_text(connection, self._schema)

    def accesses(self, statements: Sequence[str]) -> list[tuple[Access, ...]]:
        with answering(self._url), closing(self._connect()) as connection:
            return accesses(connection, statements)

    def _connect(self) -> Connection:
        connection = opened(self._url, self._seconds, self._database)
        if self._schema is not None:
            # The user's extensions may lie in `public`.
            connection.execute(sql.SQL("set search_path to {}, public").format(sql.Identifier(self._schema)))
        return connection

    def _refusal(self, error: Error, script: str) -> Refusal:
        return _refusal(error, self._url)


def _without_password(found: Refusal, url: str) -> Refusal:
    """The refusal of a server that may repeat what it was sent."""
    hint = None if found.hint is None else redacted(found.hint, url)
    return replace(found, message=redacted(found.message, url), hint=hint)


def _refusal(error: Error, url: str) -> Refusal:
    """What the server says of a script, and where in it. Scripts are sent whole."""
    cause = error.__cause__
    if not isinstance(cause, psycopg.Error):
        return Refusal("", redacted(str(error), url))
    if cause.sqlstate is None:
        raise lost(cause, url)
    diag = cause.diag
    message = diag.message_primary or str(error)
    found = Refusal(
        cause.sqlstate or "",
        message if diag.message_detail is None else f"{message} ({diag.message_detail})",
        None if diag.statement_position is None else int(diag.statement_position) - 1,
        diag.message_hint,
    )
    return _without_password(found, url)


def connect(url: str, seconds: float) -> PostgresServer:
    """The server of a URL. Raises ServerUnavailable."""
    return PostgresServer(url, seconds, opened(url, seconds))
