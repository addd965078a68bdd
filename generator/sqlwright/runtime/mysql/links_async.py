"""asyncmy's connections as the driver uses them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import suppress
from typing import Final, Protocol, TypeAlias, cast

import asyncmy.errors
from asyncmy.connection import Connection
from asyncmy.cursors import Cursor
from pymysql.constants import CLIENT

from ..driver import Row, returned_key
from .links import CHARSET, SILENT, matched
from .products import Product
from .urls import Place, place

Steps: TypeAlias = Generator["asyncio.Future[object] | None", None, object]
"""What is left of a coroutine: each step gives what it waits for."""
_FROM_SERVER: Final = range(1000, 2000)
"""The numbers of errors that a server answers with."""


class AsyncLink:
    """A connection with one cursor.

    asyncmy gives a connection up when a statement on it is cancelled. So each runs to its end, which whoever cancels
    it brings about from a second connection, where there is a `place` to open one to.
    """

    def __init__(self, connection: Connection, place: Place | None = None) -> None:
        self.connection = cast("_Connection", connection)
        self._place = place
        self._cursor = self.connection.cursor(_Silent)

    @property
    def version(self) -> str:
        return self.connection.get_server_info()

    @property
    def in_transaction(self) -> bool:
        return self.connection.get_transaction_status()

    @property
    def is_open(self) -> bool:
        return self.connection.connected

    async def fetch(self, sql: str, params: Sequence[object] | None) -> Sequence[Row]:
        """The rows of a statement. Without parameters its text is sent as it stands."""
        await self._to_the_end(self._cursor.execute(sql, params))
        return await self._cursor.fetchall()

    async def change(self, sql: str, params: Sequence[object] | None) -> int:
        """The number of rows that a statement matched."""
        await self._to_the_end(self._cursor.execute(sql, params))
        return matched(self._cursor)

    async def insert(self, sql: str, params: Sequence[object] | None) -> int:
        """The key of the first row of an INSERT, made by the server or given to it; 0 where it makes none."""
        await self._to_the_end(self._cursor.execute(sql, params))
        return returned_key(await self._cursor.fetchall()) or int(self._cursor.lastrowid or 0)

    async def close(self) -> None:
        if self.connection.connected:
            await self.connection.ensure_closed()

    async def _to_the_end(self, work: Awaitable[object]) -> None:
        """Run a statement to its end; when this task is cancelled, have the server end it sooner."""
        ending: list[asyncio.Task[None]] = []

        def end() -> None:
            if not ending:
                ending.append(asyncio.ensure_future(self._end()))

        try:
            await _Uninterrupted(work, end)
        finally:
            for task in ending:
                while not task.done():
                    with suppress(asyncio.CancelledError):
                        await asyncio.shield(task)

    async def _end(self) -> None:
        if self._place is not None:
            with suppress(asyncmy.errors.MySQLError, OSError):
                other = cast("_Connection", await _connected(self._place))
                await other.cursor().execute("kill query %s", (self.connection.thread_id(),))
                await other.ensure_closed()


class _Uninterrupted:
    """Awaits something in this task, and passes a cancellation on when that has ended: `cancelled` is called at once.

    A task of its own for each statement would cost a third of the time.
    """

    def __init__(self, work: Awaitable[object], cancelled: Callable[[], None]) -> None:
        self._work = work
        self._cancelled = cancelled

    def __await__(self) -> Generator[object, None, None]:
        steps = cast("Steps", self._work.__await__())
        cancellation: asyncio.CancelledError | None = None
        try:
            while True:
                waited = steps.send(None)
                try:
                    yield _Shield(waited, self._cancelled) if waited is not None else None
                except asyncio.CancelledError as error:
                    cancellation = error
        except StopIteration:
            pass
        except Exception:
            if cancellation is None:
                raise
        if cancellation is not None:
            raise cancellation


class _Shield:
    """A future that a task waits for, and does not cancel: the task learns of its cancellation when the future is done.

    It is what `asyncio.isfuture` takes for a future, and nothing but what a task asks of one.
    """

    def __init__(self, waited: asyncio.Future[object], cancelled: Callable[[], None]) -> None:
        waited._asyncio_future_blocking = False
        self._asyncio_future_blocking = True
        self._cancelled = cancelled
        self.get_loop = waited.get_loop
        self.add_done_callback = waited.add_done_callback

    def cancel(self, msg: object = None) -> bool:
        self._cancelled()
        return False


async def open_async_link(url: str, product: Product) -> AsyncLink:
    """Connect by a URL. Raises what asyncmy does."""
    where = place(url, product)
    return AsyncLink(await _connected(where), where)


async def _connected(place: Place) -> Connection:
    """A connection, without encryption when the server has none and none is needed."""
    if place.tls is None or place.needs_tls:
        return await _connect(place, place.tls)
    try:
        return await _connect(place, place.tls)
    except asyncmy.errors.MySQLError as error:
        if error.args and error.args[0] in _FROM_SERVER:
            raise
        return await _connect(place, None)


async def _connect(place: Place, tls: ssl.SSLContext | None) -> Connection:
    make = cast("Callable[..., Connection]", Connection)
    connection = make(
        host=place.host,
        port=place.port,
        unix_socket=place.socket,
        user=place.user,
        password=place.password.encode(),  # as a text it would be sent in Latin-1
        database=place.database,
        connect_timeout=place.connect_timeout,
        charset=CHARSET,
        client_flag=CLIENT.FOUND_ROWS,
        binary_prefix=True,
        autocommit=True,
        ssl=tls,
    )
    try:
        await asyncio.wait_for(cast("_Connection", connection).connect(), place.connect_timeout)
    except TimeoutError as error:
        raise TimeoutError(SILENT) from error
    return connection


class _Silent(Cursor):
    """A cursor that does not ask for the server's warnings, which asyncmy writes into the program's log."""

    async def _show_warnings(self, conn: Connection) -> None:
        pass


class _Cursor(Protocol):
    """What is used of asyncmy's cursors, which have few types of their own."""

    lastrowid: int | None

    async def execute(self, query: str, args: Sequence[object] | None) -> object: ...

    async def fetchall(self) -> Sequence[Row]: ...


class _Connection(Protocol):
    @property
    def connected(self) -> bool: ...

    async def connect(self) -> object: ...

    async def ensure_closed(self) -> None: ...

    def cursor(self, cursor: type[Cursor] | None = None) -> _Cursor: ...

    def get_server_info(self) -> str: ...

    def get_transaction_status(self) -> bool: ...

    def thread_id(self) -> int: ...
