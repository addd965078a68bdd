"""An empty database of our own, and what the server says of statements in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ...runtime.errors import Error, MigrationError
from ...runtime.migrations_sync import apply_scripts_sync
from ...runtime.mysql.errors import DRIVER_ERRORS, translated
from ...runtime.mysql.products import Product
from ...runtime.mysql.splitting import statements
from ...runtime.scripts import read_scripts
from ..base import Access, Description, Refusal, ScriptRefused
from ..errors import ServerUnavailable
from .connections import Connected, is_lost, number_and_words
from .describing import Describing
from .plans import Planning
from .refusals import refusal
from .schemas import schema

_PLACED: Final = re.compile(r"(?P<script>[^:]+): statement (?P<number>\d+): ")


class MysqlScratch:
    """One connection to the database."""

    def __init__(self, product: Product, connected: Connected, name: str) -> None:
        self._product = product
        self._connected = connected
        self._name = name
        self._describing = Describing(product, connected.wire, name)
        self._planning = Planning(connected)

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
            which = int(placed["number"]) - 1 if placed else 0
            if script is None:
                raise self._ended(error) from None
            raise self._script_refused(error, f"{script.name}.up.sql", script.text, which) from None

    def run(self, name: str, script: str) -> None:
        for number, statement in enumerate(statements(script)):
            try:
                self._connected.run(statement)
            except Error as error:
                raise self._script_refused(error, name, script, number) from None

    def schema(self) -> str:
        return schema(self._connected.run, self._name)

    def describe(self, statements: Sequence[str]) -> list[Description | Refusal]:
        try:
            return self._describing.described(statements)
        except DRIVER_ERRORS as error:
            raise self._ended(translated(error)) from None

    def accesses(self, statements: Sequence[str]) -> list[tuple[Access, ...]]:
        try:
            return self._planning.accesses(statements)
        except DRIVER_ERRORS as error:
            raise self._ended(translated(error)) from None

    def _script_refused(self, error: Error, name: str, script: str, which: int) -> Exception:
        """What is raised for the statement of a script, if that was what the server did not take."""
        if is_lost(error):
            return self._ended(error)
        number, message = number_and_words(error)
        texts = statements(script)[: which + 1]
        found = refusal(number, message, texts[-1], self._name)
        told = Refusal(found.code, found.message, _begin(script, texts) + (found.position or 0), found.hint)
        return ScriptRefused(name, script, told)

    def _ended(self, error: Exception) -> ServerUnavailable:
        return ServerUnavailable(f"the {self._product.name} server has ended the connection: {error}")


def _begin(script: str, texts: Sequence[str]) -> int:
    """Where the last of a script's first statements begins."""
    end = 0
    for text in texts:
        end = script.index(text, end) + len(text)
    return end - len(texts[-1])
