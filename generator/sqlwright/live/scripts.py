"""Migration scripts on a scratch database, by the runner that generated packages have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..runtime.driver import DriverSync
from ..runtime.errors import Error, MigrationError
from ..runtime.scripts import pending, read_scripts
from .base import Refusal, ScriptRefused


def apply_folder(driver: DriverSync, folder: Path, refusal: Callable[[Error, str], Refusal]) -> None:
    """Apply the scripts of a folder to an empty database; `refusal` says what an error with a script's text tells.

    Raises ScriptRefused, and MigrationError for a folder that cannot be right.
    """
    scripts = pending(read_scripts(folder), {})
    driver.execute(driver.ledger.create, ())
    for script in scripts:
        try:
            driver.apply(script)
        except MigrationError:
            raise
        except Error as error:
            raise ScriptRefused(f"{script.name}.up.sql", script.text, refusal(error, script.text)) from error
