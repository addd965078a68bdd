"""Programs that are run from the outside, with the time and the memory that they took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .report import Figure

_KILOBYTES: Final = 1 if sys.platform != "darwin" else 1 / 1024
"""What `ru_maxrss` counts in."""


@dataclass(frozen=True, slots=True)
class Program:
    """A command in a folder, and what is done before each run of it, which is not measured."""

    command: Sequence[str]
    folder: Path
    before: Callable[[int], None] = lambda run: None


def best(programs: Sequence[Program], rounds: int) -> list[Figure]:
    """The shortest run of each program and its peak of memory. They take turns, to meet the same load."""
    found: list[list[Figure]] = [[] for _ in programs]
    for number in range(rounds):
        for program, figures in zip(programs, found, strict=True):
            program.before(number)
            figures.append(_run(program))
    return [min(figures, key=lambda figure: figure.seconds) for figures in found]


def _run(program: Program) -> Figure:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    process = subprocess.Popen(
        program.command, cwd=program.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(program.command)} failed in {program.folder}:\n{said.decode()}")
    return Figure(seconds, usage.ru_maxrss * _KILOBYTES / 1024)
