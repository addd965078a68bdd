"""Migration scripts on a scratch database, by the runner that generated packages have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..runtime.driver import DriverSync
from ..runtime.errors import Error, MigrationError
from ..runtime.scripts import pending, read_scripts
from .base import Refusal, ScriptRefused
from .errors import ServerUnavailable


def apply_folder(driver: DriverSync, folder: Path, refusal: Callable[[Error, str], Refusal]) -> None:
    """Apply the scripts of a folder to an empty database; `refusal` says what an error with a script's text tells.

    Raises ScriptRefused, MigrationError for a folder that cannot be right, and ServerUnavailable where no table can be
    made at all.
    """
    scripts = pending(read_scripts(folder), {})
    try:
        driver.execute(driver.ledger.create, ())
    except Error as error:
        help = "name a database (on PostgreSQL a schema) that the user may make tables in"
        raise ServerUnavailable(f"no table can be made in the scratch database: {error}; {help}") from None
    for script in scripts:
        try:
            driver.apply(script)
        except MigrationError:
            raise
        except Error as error:
            raise ScriptRefused(f"{script.name}.up.sql", script.text, refusal(error, script.text)) from error
