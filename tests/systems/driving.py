"""One scenario for every way to drive a generated package: awaited or not, on any database."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from typing import Final, Protocol, TypeAlias, TypeVar, cast, get_type_hints

WAYS: Final = ("async", "sync")
"""The interfaces of a package, as parameters of tests."""


class Opened(Protocol):
    """What every package's database has, awaited or not."""

    def migrate(self) -> object: ...

    def transaction(self) -> Manager: ...


Manager: TypeAlias = AbstractAsyncContextManager[Opened] | AbstractContextManager[Opened]

D = TypeVar("D", bound=Opened)


def drive(
    opened: AbstractAsyncContextManager[D] | AbstractContextManager[Opened],
    scenario: Callable[[D], Coroutine[object, object, None]],
) -> set[str]:
    """Migrate an empty database and run a scenario on it; gives the methods that it called, as `users.get_user`."""
    calls: set[str] = set()

    async def run() -> None:
        async with _entered(opened) as db:
            driven = Driven(db, calls)
            await driven.migrate()
            await scenario(cast("D", driven))

    asyncio.run(run())
    return calls


def methods(database: type) -> set[str]:
    """All that a scenario can call, in the same form, by a package's `Database` or `DatabaseSync`."""
    found: set[str] = set()
    for member, attribute in vars(database).items():
        if isinstance(attribute, property):
            queries: type = get_type_hints(attribute.fget)["return"]
            found |= {f"{member}.{name}" for name in vars(queries) if not name.startswith("_")}
    return found


class Driven:
    """A database whose calls are all awaited, and recorded. It stands in for a package's `Database`."""

    def __init__(self, db: Opened, calls: set[str]) -> None:
        self._db = db
        self._calls = calls

    def __getattr__(self, name: str) -> DrivenQueries:
        return DrivenQueries(getattr(self._db, name), name, self._calls)

    async def migrate(self) -> object:
        return await _result(self._db.migrate())

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Driven, None]:
        async with _entered(self._db.transaction()) as inner:
            yield Driven(inner, self._calls)


class DrivenQueries:
    """The queries of one file."""

    def __init__(self, queries: object, name: str, calls: set[str]) -> None:
        self._queries = queries
        self._name = name
        self._calls = calls

    def __getattr__(self, method: str) -> Callable[..., Coroutine[object, object, object]]:
        called: Callable[..., object] = getattr(self._queries, method)

        async def call(**arguments: object) -> object:
            self._calls.add(f"{self._name}.{method}")
            return await _result(called(**arguments))

        return call


async def _result(value: object) -> object:
    return await value if inspect.isawaitable(value) else value


@asynccontextmanager
async def _entered(manager: Manager) -> AsyncGenerator[Opened, None]:
    if isinstance(manager, AbstractAsyncContextManager):
        async with manager as value:
            yield value
    else:
        with manager as value:
            yield value
