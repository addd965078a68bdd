"""`python -m benchmarks`: measure, and say what was promised and missed. The exit status is 1 when something was."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .generation import measure_generation, measure_starts
from .report import Line, table

_SECTIONS = ("starts", "generation", "checking", "analysing", "calls")


def main() -> int:
    arguments = _arguments()
    dialects = str(arguments.dialects).replace(",", " ").split()
    wanted = arguments.only or list(_SECTIONS)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="sqlwright-bench-") as folder:
        scratch = Path(folder)
        if "starts" in wanted:
            lines += _show("Starting", measure_starts(scratch))
        if "generation" in wanted:
            lines += _show("Generating, beside sqlc", measure_generation(scratch))
        if "checking" in wanted and "postgres" in dialects:
            lines += _checking(scratch)
        if "analysing" in wanted:
            lines += _analysing()
        for dialect in dialects if "calls" in wanted else ():
            lines += _calls(dialect, scratch)
    missed = [line for line in lines if not line.kept]
    if missed:
        print(f"{len(missed)} of {sum(line.most is not None for line in lines)} promises missed.")
    return 1 if missed else 0


def _checking(scratch: Path) -> list[Line]:
    from .checking import measure_checking

    return _show("Checking, beside sqlc vet", measure_checking(scratch))


def _analysing() -> list[Line]:
    """What analyses is loaded after the programs have been measured: they would start with its memory."""
    from .analysing import measure_analysing

    return _show("Analysing and translating one query", measure_analysing())


def _calls(dialect: str, scratch: Path) -> list[Line]:
    """A process starts with the memory of the one that starts it: what is measured in this one is loaded last."""
    from .calls import DATABASES, measure_calls

    return _show(f"Calls on {dialect}", measure_calls(dialect, scratch)) if dialect in DATABASES else []


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--dialects", default="sqlite postgres mysql mariadb", help="the databases to measure on (%(default)s)"
    )
    parser.add_argument("--only", action="append", choices=_SECTIONS, help="leave out the others")
    return parser.parse_args()


def _show(title: str, lines: list[Line]) -> list[Line]:
    print(table(title, lines), flush=True)
    return lines


if __name__ == "__main__":
    sys.exit(main())
