"""Connections to a server, set up as those of generated code are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pymysql.err import MySQLError

from ...runtime.driver import Row
from ...runtime.errors import ConnectionFailure, Error
from ...runtime.mysql.driver_sync import MysqlDriverSync
from ...runtime.mysql.errors import DRIVER_ERRORS, translated
from ...runtime.mysql.links import Link, connected
from ...runtime.mysql.products import ISOLATION, Product
from ...runtime.mysql.urls import Place, place
from ..errors import NotLetIn, ServerUnavailable
from ..secrets import redacted
from .wire import LOST, Wire

_ENGLISH: Final = "set session lc_messages = 'en_US'"
_UNKNOWN: Final = 1105
"""The number of an error of which no more is known."""
_NOT_LET_IN: Final = (1044, 1045, 1698, 3118)


class Connected:
    """An open connection: the driver that migrations run on, and statements that are prepared."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.link = Link(wire)
        self.driver = MysqlDriverSync(self.link)

    def run(self, sql: str) -> Sequence[Row]:
        """The rows of a statement, whose text is sent as it stands. Raises an error of the runtime."""
        return self.driver.run(sql, None)


class Opening:
    """What opens connections by one URL, each within so many seconds."""

    def __init__(self, product: Product, url: str, seconds: float) -> None:
        self._product = product
        self._url = url
        self._seconds = seconds

    def __call__(self, database: str | None) -> Connected:
        """A connection. Raises ServerUnavailable, in whose text there is no password."""
        try:
            where = replace(place(self._url, self._product), database=database, connect_timeout=self._seconds)
        except (ConnectionFailure, ValueError) as error:
            raise ServerUnavailable(self._clean(str(error))) from None
        try:
            return self._open(where)
        except (*DRIVER_ERRORS, Error, RuntimeError) as error:
            said = error if isinstance(error, Error | RuntimeError) else translated(error)
            who = f"the {self._product.name} server at {where.socket or f'{where.host}:{where.port}'}"
            kind = NotLetIn if number_and_words(error)[0] in _NOT_LET_IN else ServerUnavailable
            raise kind(self._clean(f"{who}{_why(error, where)}: {said}")) from None

    def _open(self, where: Place) -> Connected:
        found = Connected(connected(Wire, where))
        try:
            self._product.check_version(found.link.version)
            found.driver.run(*self._product.opening)
            found.run(ISOLATION)
            found.run(_ENGLISH)
        except BaseException:
            found.link.close()
            raise
        return found

    def _clean(self, text: str) -> str:
        return redacted(text, self._url)


def number_and_words(error: BaseException) -> tuple[int, str]:
    """What the server said: of an error of the runtime, which has the driver's as its cause, or of the driver's."""
    cause = error.__cause__ if isinstance(error, Error) and error.__cause__ is not None else error
    if isinstance(cause, MySQLError) and len(cause.args) > 1 and isinstance(cause.args[0], int):
        return cause.args[0], str(cause.args[1])
    return _UNKNOWN, str(error)


def is_lost(error: BaseException) -> bool:
    """Whether there is no connection any more."""
    number, _ = number_and_words(error)
    return number in LOST or number == 0


def _why(error: BaseException, where: Place) -> str:
    """What stands between the server and what it says."""
    if number_and_words(error)[0] in _NOT_LET_IN:
        return f" does not let `{where.user}` in"
    return " does not answer" if is_lost(error) else ""
