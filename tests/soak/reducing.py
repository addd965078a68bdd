"""Making a fault small: the case that shows it, again with fewer and smaller numbers."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Final

from tests.soak.cases import made
from tests.soak.choices import Choices, Noted, Replayed
from tests.soak.machine import Fault, Machine
from tests.soak.report import Report
from tests.soak.servers import Server

SECONDS: Final = 6.0
FURTHER: Final = 4
"""Sets of rows to try besides, for a fault that a case's own do not show."""


def alone(noted: Noted, fault: Fault) -> list[int]:
    """The numbers of a case with no query but the one that a fault is about."""
    first = noted.marks[0]
    if fault.place is None:
        return noted.numbers
    return noted.numbers[:first] + noted.numbers[noted.marks[fault.place] : noted.marks[fault.place + 1]]


def shape_of(fault: Fault) -> str:
    """What faults of one cause have in common."""
    line = (fault.detail.splitlines() or [""])[0]
    return f"{fault.kind}: " + re.sub(r"\d+|\".*?\"|`.*?`| at .*|column: .*|name: .*", "…", line)


def smaller(server: Server, shape: str, numbers: Sequence[int]) -> Fault | None:
    """The smallest fault of a shape that was found in time, if one was found at all."""
    best: Fault | None = None
    end = time.perf_counter() + SECONDS
    numbers = list(numbers)
    further = 0 if _shown(server, shape, numbers, 0) is not None else FURTHER
    size = len(numbers)
    while size:
        place = 0
        while place < len(numbers) and time.perf_counter() < end:
            zeros = [0] * size
            for tried in (
                numbers[:place] + numbers[place + size :],
                numbers[:place] + zeros + numbers[place + size :],
            ):
                if tried != numbers and (fault := _shown(server, shape, tried, further)) is not None:
                    best, numbers = fault, tried
                    break
            else:
                place += size
                continue
            if numbers[place : place + size] == zeros:
                place += size
        size //= 4 if size > 8 else 2
    return best


def _shown(server: Server, shape: str, numbers: Sequence[int], further: int) -> Fault | None:
    """A fault of a shape in the case that the numbers make."""
    found: list[Fault] = []
    case = made(Choices(Replayed(numbers)), server.facts, 1)
    Machine(server, Report(server.facts.dialect), found.append, further).check(case)
    return next((fault for fault in found if shape_of(fault) == shape), None)
