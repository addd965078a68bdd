"""An empty database of our own, and what the server says of statements in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pymysql.err import MySQLError

from ...runtime.errors import Error, MigrationError
from ...runtime.migrations_sync import apply_scripts_sync
from ...runtime.mysql.errors import DRIVER_ERRORS, translated
from ...runtime.mysql.products import Product
from ...runtime.mysql.splitting import identifiers, statements
from ...runtime.scripts import Script, read_scripts
from ..base import Access, Description, Refusal, ScriptRefused, ServerColumn
from ..errors import ServerUnavailable
from .connections import Connected, is_lost, number_and_words
from .marks import Marked, marked
from .refusals import refusal
from .wire import Field, Prepared
from .words import NOT_NULL, word

_NOT_PREPARED: Final = 1295
"""The number of the error for statements that are run, and not prepared."""
_LATE: Final = frozenset((1052, 1054, 1109, 1110, 1136, 1348, 1471))
"""Numbers of the errors that MariaDB finds in INSERT … SELECT only when it runs or explains it."""
_INSERTING: Final = frozenset(("insert", "replace"))


_PLACED: Final = re.compile(r"(?P<script>[^:]+): statement (?P<number>\d+): ")


class MysqlScratch:
    """One connection to the database."""

    def __init__(self, product: Product, connected: Connected, name: str) -> None:
        self._product = product
        self._connected = connected
        self._name = name

    def migrate(self, folder: Path) -> None:
        scripts = read_scripts(folder)
        try:
            apply_scripts_sync(self._connected.driver, folder)
        except MigrationError:
            raise
        except Error as error:
            # The runner puts the script's name and the statement's number before the message.
            placed = _PLACED.match(str(error))
            script = next((script for script in scripts if placed and script.name == placed["script"]), None)
            raise self._script_refused(error, script, int(placed["number"]) - 1 if placed else 0) from None

    def run(self, name: str, script: str) -> None:
        for number, statement in enumerate(statements(script)):
            try:
                self._connected.run(statement)
            except Error as error:
                raise self._script_refused(error, Script(0, name, script, ""), number) from None

    def schema(self) -> str:
        return ""

    def describe(self, statements: Sequence[str]) -> list[Description | Refusal]:
        written = [marked(statement) for statement in statements]
        try:
            found = self._connected.wire.prepared([one.sql for one in written])
        except DRIVER_ERRORS as error:
            raise self._ended(translated(error)) from None
        return [self._told(one, answer) for one, answer in zip(written, found, strict=True)]

    def accesses(self, statements: Sequence[str]) -> list[tuple[Access, ...]]:
        return [() for _ in statements]

    def _told(self, statement: Marked, answer: Prepared | MySQLError) -> Description | Refusal:
        if isinstance(answer, MySQLError):
            number, message = number_and_words(answer)
            if number == _NOT_PREPARED:
                return Description((None,) * statement.sql.count("?"), ())
            return self._refused(statement, number, message)
        late = self._late_refusal(statement) if self._product.is_mariadb else None
        if late is not None:
            return late
        parameters = (None if self._product.is_mariadb else word(field) for field in answer.parameters)
        return Description(tuple(parameters), tuple(map(_column, answer.columns)))

    def _late_refusal(self, statement: Marked) -> Refusal | None:
        """Why MariaDB would refuse to run a statement that it has prepared."""
        words = identifiers(statement.sql)
        if not words or words[0].lower() not in _INSERTING:
            return None
        try:
            self._connected.wire.run_with_nulls(f"explain {statement.sql}")
        except MySQLError as error:
            number, message = number_and_words(error)
            if is_lost(error):
                raise self._ended(translated(error)) from None
            return self._refused(statement, number, message) if number in _LATE else None
        return None

    def _refused(self, statement: Marked, number: int, message: str) -> Refusal:
        found = refusal(number, message, statement.sql, self._name)
        position = None if found.position is None else statement.given(found.position)
        return Refusal(found.code, found.message, position, found.hint)

    def _script_refused(self, error: Error, script: Script | None, which: int) -> Exception:
        """What is raised for the statement of a script, if that was what the server did not take."""
        if is_lost(error) or script is None:
            return self._ended(error)
        number, message = number_and_words(error)
        texts = statements(script.text)[: which + 1]
        found = refusal(number, message, texts[-1], self._name)
        position = None if found.position is None else _begin(script.text, texts) + found.position
        told = Refusal(found.code, found.message, position, found.hint)
        return ScriptRefused(script.name, script.text, told)

    def _ended(self, error: Exception) -> ServerUnavailable:
        return ServerUnavailable(f"the {self._product.name} server has ended the connection: {error}")


def _column(field: Field) -> ServerColumn:
    origin = (field.table, field.column) if field.table and field.column else None
    return ServerColumn(field.name, word(field), not field.flags & NOT_NULL, origin)


def _begin(script: str, texts: Sequence[str]) -> int:
    """Where the last of a script's first statements begins."""
    end = 0
    for text in texts:
        end = script.index(text, end) + len(text)
    return end - len(texts[-1])
