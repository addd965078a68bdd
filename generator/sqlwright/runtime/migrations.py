"""Migration scripts to a database, each once, one process at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .driver import Driver, Row, WholeDriver
from .errors import Error, MigrationError
from .scripts import Script, pending, read_scripts


async def apply_scripts(driver: Driver, folder: Path) -> list[str]:
    """Apply the scripts of a folder that the database has not had yet; gives their names."""
    scripts = read_scripts(folder)
    await driver.lock()
    try:
        await driver.execute(driver.ledger.create, ())
        done: list[str] = []
        for script in pending(scripts, _applied(await driver.rows(driver.ledger.read, ()))):
            try:
                applied = await driver.apply(script)
            except Error as error:
                if not isinstance(error, MigrationError):
                    error.place(script.name)
                raise
            if applied:
                done.append(script.name)
        return done
    finally:
        await driver.unlock()


async def apply_whole(driver: WholeDriver, script: Script) -> bool:
    """Apply one script in a transaction; False when another process has done so in the meantime."""
    await driver.execute(driver.begin, ())
    try:
        if script.version in _applied(await driver.rows(driver.ledger.read, ())):
            await driver.execute("rollback", ())
            return False
        await driver.script(script.text)
        await driver.execute(driver.ledger.record, (script.version, script.name, script.checksum))
        await driver.execute("commit", ())
    except BaseException:
        with suppress(Error):
            await driver.execute("rollback", ())
        raise
    return True


def _applied(rows: Sequence[Row]) -> dict[int, str]:
    return {int(str(version)): str(checksum) for version, checksum in rows}
