"""Scripts on a database that commits every DDL statement: statement by statement, so that one that stopped goes on.

What is about to run is written down first, with what the database says of everything that the statement names. After a
crash the two are compared: a statement that took effect is not run again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from ..driver import Row
from ..errors import Error, MigrationError
from ..scripts import Script, checksum
from .products import LEDGER
from .splitting import identifiers, statements

STEPS: Final = (
    "create table if not exists sqlwright_migration_steps (version int not null, step int not null, "
    "checksum char(64) not null, found char(64) not null, done tinyint(1) not null, primary key (version, step)) "
    "character set utf8mb4"
)
_READ: Final = "select step, checksum, found, done from sqlwright_migration_steps where version = %s"
_WRITE: Final = (
    "replace into sqlwright_migration_steps (version, step, checksum, found, done) values (%s, %s, %s, %s, %s)"
)
_FORGET_STEP: Final = "delete from sqlwright_migration_steps where version = %s and step = %s"
_FORGET: Final = "delete from sqlwright_migration_steps where version = %s"
_NAMED: Final = (
    "select 'table', table_name from information_schema.tables where table_schema = database() and table_name in ({0}) "
    "union all select 'trigger', trigger_name from information_schema.triggers "
    "where trigger_schema = database() and trigger_name in ({0}) "
    "union all select lower(routine_type), routine_name from information_schema.routines "
    "where routine_schema = database() and routine_name in ({0}) "
    "union all select 'event', event_name from information_schema.events "
    "where event_schema = database() and event_name in ({0})"
)
_CHANGES: Final = {"insert", "update", "delete", "replace", "with", "select"}
"""What leaves the transaction open that it is in."""
_KEPT: Final = {"set"}
"""What is of the connection: it is said again to the one that goes on."""
_COUNTER: Final = re.compile(r" AUTO_INCREMENT=\d+")


class Runs(Protocol):
    """What is asked of a connection."""

    async def run(self, sql: str, params: Sequence[object] | None) -> Sequence[Row]: ...


@dataclass(frozen=True, slots=True)
class _Step:
    """A statement that was begun by an earlier run."""

    checksum: str
    found: str
    done: bool


async def apply_in_steps(driver: Runs, script: Script) -> None:
    """Apply a script, or what is left of it, and record it. Raises MigrationError when what was done has changed."""
    await driver.run(STEPS, None)
    earlier = {
        int(str(step)): _Step(str(sum_), str(found), bool(done))
        for step, sum_, found, done in await driver.run(_READ, (script.version,))
    }
    texts = statements(script.text)
    for number, step in earlier.items():
        if number >= len(texts) or checksum(texts[number]) != step.checksum:
            raise MigrationError(
                f"{script.name} stopped after its statement {max(earlier) + 1}, and statement {number + 1} is another "
                "now: put its text back, so that the rest can be applied"
            )
    for number, text in enumerate(texts):
        try:
            await _apply(driver, script.version, number, text, earlier.get(number))
        except Error as error:
            error.place(f"statement {number + 1}")
            raise
    await _together(
        driver, (LEDGER.record, (script.version, script.name, script.checksum)), (_FORGET, (script.version,))
    )


async def _apply(driver: Runs, version: int, number: int, text: str, earlier: _Step | None) -> None:
    """Apply a statement, unless an earlier run has."""
    kind = _first_word(text)
    if earlier is not None and earlier.done and kind not in _KEPT:
        return
    done = (version, number, checksum(text), "", 1)
    if kind in _CHANGES:
        await _together(driver, (text, None), (_WRITE, done))
        return
    found = "" if kind in _KEPT else await _fingerprint(driver, text)
    if earlier is None or kind in _KEPT or earlier.found == found:
        await _run(driver, version, number, text, found)
    await driver.run(_WRITE, done)


async def _run(driver: Runs, version: int, number: int, text: str, found: str) -> None:
    await driver.run(_WRITE, (version, number, checksum(text), found, 0))
    try:
        await driver.run(text, None)
    except Error:
        # The statement had no effect. Where the connection is lost, nobody knows, and the note stays.
        with suppress(Error):
            await driver.run(_FORGET_STEP, (version, number))
        raise


async def _together(driver: Runs, *work: tuple[str, Sequence[object] | None]) -> None:
    """Run statements in one transaction."""
    await driver.run("start transaction", None)
    try:
        for sql, params in work:
            await driver.run(sql, params)
        await driver.run("commit", None)
    except BaseException:
        with suppress(Error):
            await driver.run("rollback", None)
        raise


async def _fingerprint(driver: Runs, text: str) -> str:
    """What the database has by the names in a statement, as a digest."""
    names = identifiers(text)
    marks = ", ".join(["%s"] * len(names))
    digest = hashlib.sha256()
    for kind, name in sorted(map(_texts, await driver.run(_NAMED.format(marks), names * 4))):
        quoted = name.replace("`", "``")
        for row in await driver.run(f"show create {kind} `{quoted}`", None):
            digest.update(_COUNTER.sub("", repr(row)).encode())
    return digest.hexdigest()


def _texts(row: Row) -> tuple[str, str]:
    kind, name = row
    return str(kind), str(name)


def _first_word(text: str) -> str:
    return next(iter(identifiers(text)), "").lower()
