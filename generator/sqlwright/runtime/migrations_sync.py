# Derived from migrations.py by generator/tools/async_to_sync.py: change that file, and run the script.
"""Migration scripts to a database, each once, one process at a time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .driver import DriverSync, Row, WholeDriverSync
from .errors import Error, MigrationError
from .scripts import Script, pending, read_scripts


def apply_scripts_sync(driver: DriverSync, folder: Path) -> list[str]:
    """Apply the scripts of a folder that the database has not had yet; gives their names."""
    scripts = read_scripts(folder)
    driver.lock()
    try:
        driver.execute(driver.ledger.create, ())
        done: list[str] = []
        for script in pending(scripts, _applied(driver.rows(driver.ledger.read, ()))):
            try:
                applied = driver.apply(script)
            except Error as error:
                if not isinstance(error, MigrationError):
                    error.place(script.name)
                raise
            if applied:
                done.append(script.name)
        return done
    finally:
        driver.unlock()


def apply_whole_sync(driver: WholeDriverSync, script: Script) -> bool:
    """Apply one script in a transaction; False when another process has done so in the meantime."""
    driver.execute(driver.begin, ())
    try:
        if script.version in _applied(driver.rows(driver.ledger.read, ())):
            driver.execute("rollback", ())
            return False
        driver.script(script.text)
        driver.execute(driver.ledger.record, (script.version, script.name, script.checksum))
        driver.execute("commit", ())
    except BaseException:
        with suppress(Error):
            driver.execute("rollback", ())
        raise
    return True


def _applied(rows: Sequence[Row]) -> dict[int, str]:
    return {int(str(version)): str(checksum) for version, checksum in rows}
