"""`python -m sqlwright`, and the console script."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import Final, NoReturn

_OF_THE_EXTRA: Final = frozenset(("black", "click", "jinja2", "pydantic", "sqlglot"))
_NOT_INSTALLED: Final = 'sqlwright: the command line needs its extra: pip install "sqlwright[generate]"'
_USAGE: Final = 2
_INTERRUPTED: Final = 130


def main() -> None:
    """Run the command line. A runtime-only installation has no click: then one line says what to install."""
    gc.disable()  # a run is short, and nearly all that it makes is needed to its end
    try:
        from .cli.main import command

        command(prog_name="sqlwright")
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] not in _OF_THE_EXTRA:
            raise
        print(_NOT_INSTALLED, file=sys.stderr)
        sys.exit(_USAGE)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def run() -> NoReturn:
    """Run the command line as all that this process does.

    It ends at once: to take apart, piece by piece, what is given back with a process anyway is a tenth of a short run.
    The threads and processes of a run have ended before.
    """
    try:
        main()
        status = 0
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        status = end.code
    with suppress(OSError):  # of a reader who is gone
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
