"""The two forms of a session behind one face, so that each behaviour is written once and tried on both."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString, Protocol, TypeVar

from sqlwright.runtime import postgres, sqlite
from sqlwright.runtime.driver import Parameters
from sqlwright.runtime.session import Session
from sqlwright.runtime.session_sync import SessionSync

T = TypeVar("T")


class Face(Protocol):
    """A session, to be awaited whichever form it has."""

    async def fetch_all(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> list[T]: ...

    async def fetch_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T: ...

    async def fetch_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None: ...

    async def change_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T: ...

    async def change_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None: ...

    async def execute(self, sql: LiteralString, params: Parameters) -> int: ...

    def transaction(self) -> AbstractAsyncContextManager[Face]: ...

    async def migrate(self, scripts: Path) -> list[str]: ...


class Awaited:
    """A session that is not awaited, awaited all the same."""

    def __init__(self, session: SessionSync) -> None:
        self.session = session

    async def fetch_all(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> list[T]:
        return self.session.fetch_all(sql, params, make)

    async def fetch_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T:
        return self.session.fetch_one(sql, params, make)

    async def fetch_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None:
        return self.session.fetch_optional(sql, params, make)

    async def change_one(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T:
        return self.session.change_one(sql, params, make)

    async def change_optional(self, sql: LiteralString, params: Parameters, make: Callable[..., T]) -> T | None:
        return self.session.change_optional(sql, params, make)

    async def execute(self, sql: LiteralString, params: Parameters) -> int:
        return self.session.execute(sql, params)

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Face, None]:
        with self.session.transaction() as inner:
            yield Awaited(inner)

    async def migrate(self, scripts: Path) -> list[str]:
        return self.session.migrate(scripts)


@dataclass(frozen=True, slots=True)
class Place:
    """A database and the form of the sessions on it."""

    url: str
    awaited: bool

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    def connect(self) -> AbstractAsyncContextManager[Face]:
        return open_awaited(self.url) if self.awaited else open_wrapped(self.url)

    def sql(self, text: LiteralString) -> LiteralString:
        """A statement whose placeholders are written `$1`, as this database wants them."""
        return text.replace("$", "?") if self.is_sqlite else text


def open_awaited(url: str) -> AbstractAsyncContextManager[Session]:
    return sqlite.open_session(url) if url.startswith("sqlite") else postgres.open_session(url)


@asynccontextmanager
async def open_wrapped(url: str) -> AsyncGenerator[Face, None]:
    opened = sqlite.open_session_sync(url) if url.startswith("sqlite") else postgres.open_session_sync(url)
    with opened as session:
        yield Awaited(session)
