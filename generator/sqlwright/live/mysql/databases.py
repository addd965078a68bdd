"""Scratch databases on a server, and the locks that tell whose are in use."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

from ...runtime.errors import Error
from ...runtime.mysql.products import Product
from ..errors import ServerUnavailable
from .connections import Connected, Opening, is_lost, number_and_words
from .scratches import MysqlScratch

_NAME: Final = re.compile(r"sqlwright_[0-9a-f]{16}_scratch")
_FOUND: Final = "show databases like 'sqlwright\\_%\\_scratch'"
_NUMBERS: Final = re.compile(r"(?:5\.5\.5-)?(\d+(?:\.\d+)+)")
_PATIENCE: Final = "set session lock_wait_timeout = 20"
"""A database is dropped when nobody uses its tables any more."""
_FORBIDDEN: Final = frozenset((1044, 1045, 1142, 1227, 1370))
_NO_DATABASE: Final = 1049
_LOCK_LETTERS: Final = 40
_SECONDS: Final = 10.0
"""How long a server may take to answer."""
_TABLES: Final = "select table_name from information_schema.tables where table_schema = {0} and table_type = "
_ROUTINES: Final = "select routine_name from information_schema.routines where routine_schema = {0} and routine_type = "
_HOLDS: Final = (
    ("table", f"{_TABLES}'BASE TABLE'"),
    ("view", f"{_TABLES}'VIEW'"),
    ("sequence", f"{_TABLES}'SEQUENCE'"),
    ("function", f"{_ROUTINES}'FUNCTION'"),
    ("procedure", f"{_ROUTINES}'PROCEDURE'"),
    ("event", "select event_name from information_schema.events where event_schema = {0}"),
)
"""What a database can hold, beside what goes with its tables."""


@contextmanager
def scratch_database(product: Product, url: str) -> Generator[str, None, None]:
    """The URL of a new database on a server, in utf8mb4; it is dropped with all its connections at the end.

    Raises ServerUnavailable when the server does not answer, or makes none.
    """
    with closing(MysqlServer(product, Opening(product, url, _SECONDS))) as server, server.database() as name:
        parts = urlsplit(url)
        settings = f"?{parts.query}" if parts.query else ""
        yield f"{parts.scheme}://{parts.netloc}/{name}{settings}"


class MysqlServer:
    """A server, on one connection that holds the locks. A lock ends with the connection, however that ends."""

    def __init__(self, product: Product, opening: Opening) -> None:
        self._product = product
        self._opening = opening
        self._connected = self._open()

    @property
    def version(self) -> str:
        found = _NUMBERS.match(self._connected.link.version)
        return self._connected.link.version if found is None else found[1]

    def clear(self) -> None:
        """Drop the scratch databases whose makers have ended. Nobody makes one of the same name again, so that a
        second run which comes upon one as it is dropped finds nothing."""
        for (name,) in self._run(_FOUND):
            if _NAME.fullmatch(str(name)) and self._lock(str(name)):
                self._drop(str(name))

    @contextmanager
    def scratch(self, named: str | None = None) -> Generator[MysqlScratch, None, None]:
        with self.database() if named is None else self._borrowed(named) as name:
            found = self._opening(name)
            try:
                yield MysqlScratch(self._product, found, name)
            finally:
                found.link.close()

    def close(self) -> None:
        self._connected.link.close()

    @contextmanager
    def database(self) -> Generator[str, None, None]:
        """The name of a new database, whose lock is held from before it is made until after it is dropped."""
        name = f"sqlwright_{secrets.token_hex(8)}_scratch"
        self._lock(name)
        try:
            self._create(name)
            yield name
        finally:
            self._drop(name)

    def _create(self, name: str) -> None:
        try:
            self._run(f"create database {name} character set utf8mb4")
        except Error as error:
            number, words = number_and_words(error)
            if number not in _FORBIDDEN:
                raise
            scheme = self._product.scheme
            raise ServerUnavailable(
                f"a scratch database cannot be made on the {self._product.name} server, which says: {words}",
                "grant the user all rights on the databases of this form (grant all on `sqlwright\\_%`.* to …), or "
                f"name an empty database that it may use: --scratch {scheme}=NAME",
            ) from None

    @contextmanager
    def _borrowed(self, name: str) -> Generator[str, None, None]:
        """A database of the user's, which must be empty, and is emptied."""
        digest = hashlib.sha256(name.encode()).hexdigest()[:_LOCK_LETTERS]
        lock = f"sqlwright_{digest}"
        if not self._lock(lock):
            raise ServerUnavailable(f"the database `{name}` is in use by another run", "wait for its end")
        try:
            self._check_empty(name)
            try:
                yield name
            finally:
                self._end_connections(name)
                self._empty(name)
        finally:
            self._unlock(lock)

    def _check_empty(self, name: str) -> None:
        exists = self._run(f"select 1 from information_schema.schemata where schema_name = {_text(name)}")
        if not exists:
            raise ServerUnavailable(
                f"there is no database `{name}` on the {self._product.name} server that the user may use",
                "make an empty one of that name, or name another",
            )
        held = self._held(name)
        if held:
            kind, first = held[0]
            raise ServerUnavailable(
                f"the database `{name}` is not empty: it has the {kind} `{first}`",
                "name a database that is empty, for what is made in it is dropped at the end",
            )

    def _held(self, name: str) -> list[tuple[str, str]]:
        """What there is in a database, tables first."""
        return [(kind, str(row[0])) for kind, ask in _HOLDS for row in self._run(ask.format(_text(name)))]

    def _empty(self, name: str) -> None:
        with suppress(Error, ServerUnavailable):
            self._run("set session foreign_key_checks = 0")
            for kind, held in self._held(name):
                self._run(f"drop {kind} if exists {_quoted(name)}.{_quoted(held)}")
            self._run("set session foreign_key_checks = 1")

    def _drop(self, name: str) -> None:
        """Drop a database, if we may; what cannot be dropped is left to those who clear after us."""
        with suppress(Error, ServerUnavailable):
            self._end_connections(name)
            self._run(f"drop database if exists {name}")
        self._unlock(name)

    def _end_connections(self, name: str) -> None:
        with suppress(Error, ServerUnavailable):
            for (number,) in self._run(f"select id from information_schema.processlist where db = {_text(name)}"):
                with suppress(Error, ServerUnavailable):
                    self._run(f"kill {number}")

    def _lock(self, name: str) -> bool:
        """Whether the lock is ours now. Whoever holds it is at work, or the server would have freed it."""
        return self._run(f"select get_lock('{name}', 0)")[0][0] == 1

    def _unlock(self, name: str) -> None:
        with suppress(Error, ServerUnavailable):
            self._run(f"select release_lock('{name}')")

    def _run(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a statement. An interrupt ends the connection that it comes upon: there is a new one then."""
        if not self._connected.link.is_open:
            self._connected = self._open()
        try:
            return [tuple(row) for row in self._connected.run(sql)]
        except Error as error:
            if is_lost(error):
                raise ServerUnavailable(f"the {self._product.name} server has ended the connection: {error}") from None
            raise
        except BaseException:
            # An answer may be on its way, which would be taken for that of the next statement.
            self._connected.link.close()
            raise

    def _open(self) -> Connected:
        found = self._opening(None)
        found.run(_PATIENCE)
        return found


def _text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
