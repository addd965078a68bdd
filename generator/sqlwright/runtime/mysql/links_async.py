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
        """Run a statement to its end, step by step in this task: one more for each would cost a third of the time.

        A cancellation reaches only a future of ours, which stands for what the step waits for.
        """
        steps = work.__await__()
        waited: asyncio.Future[object] | None = None
        try:
            while True:
                waited = steps.send(None)
                await _woken_by(waited)
        except StopIteration:
            return
        except asyncio.CancelledError:
            ending = asyncio.ensure_future(self._end(steps, waited))
            while not ending.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.shield(ending)
            raise

    async def _end(self, steps: Steps, waited: asyncio.Future[object] | None) -> None:
        """Have the server end the statement that is running, and wait for it, whatever comes of it."""
        if self._place is not None and waited is not None and not waited.done():
            with suppress(asyncmy.errors.MySQLError, OSError):
                other = cast("_Connection", await _connected(self._place))
                await other.cursor().execute("kill query %s", (self.connection.thread_id(),))
                await other.ensure_closed()
        with suppress(Exception):
            while True:
                await _woken_by(waited)
                waited = steps.send(None)


def _woken_by(waited: asyncio.Future[object] | None) -> asyncio.Future[None]:
    """A future that is done when another one is, and whose cancellation leaves the other alone."""
    loop = asyncio.get_running_loop()
    woken: asyncio.Future[None] = loop.create_future()

    def wake(_: object) -> None:
        if not woken.done():
            woken.set_result(None)

    if waited is None:
        loop.call_soon(wake, None)
    else:
        waited.add_done_callback(wake)
    return woken


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
        password=place.password,
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
