"""Survey: all faults of a run, each with its shortest query, where the tests stop at the first and make it small."""

from __future__ import annotations

import argparse
import os
import re
import time
from collections import Counter

from tests.soak.cases import QUERIES, made
from tests.soak.choices import Choices, Noted, Replayed, Rolled
from tests.soak.machine import Fault, Machine
from tests.soak.opening import opened
from tests.soak.report import Report
from tests.soak.servers import Server


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("dialect")
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--further", type=int, default=4)
    parser.add_argument("--shrink", type=int, default=0, metavar="N", help="make N of the faults small")
    parser.add_argument("--spread", action="store_true", help="how often each construct was reached")
    parser.add_argument("--over-null", type=int, default=0, metavar="N", help="the N commonest reasons")
    chosen = parser.parse_args()
    seen: Counter[str] = Counter()
    shortest: dict[str, Fault] = {}

    numbers: dict[str, list[int]] = {}
    noted = Noted(Rolled(0))

    def keep(fault: Fault) -> None:
        shape = _shape(fault)
        seen[shape] += 1
        if shape not in shortest or len(str(fault)) < len(str(shortest[shape])):
            shortest[shape] = fault
            numbers[shape] = alone(noted, fault)

    report = Report(chosen.dialect)
    start = time.perf_counter()
    with opened(chosen.dialect, os.environ.get(f"SQLWRIGHT_{chosen.dialect.upper()}_URL", "")) as server:
        machine = Machine(server, report, keep, chosen.further)
        seed = chosen.seed * 1_000_000
        while report.queries < chosen.queries:
            noted.begin(Rolled(seed))
            machine.check(made(Choices(noted), server.facts, QUERIES))
            seed += 1
        for shape in list(shortest)[: chosen.shrink]:
            shortest[shape] = smaller(server, shape, numbers[shape]) or shortest[shape]
    for shape, fault in sorted(shortest.items(), key=lambda pair: (pair[1].kind, seen[pair[0]])):
        print(f"==== {seen[shape]} x {fault}\n")
    for text in report.fatal:
        print(f"==== the server ended with: {text}\n")
    print(report.left_out())
    if chosen.spread:
        print(report.spread())
    print(report.commonest_over_null(chosen.over_null))
    print(report.text())
    print(f"  {time.perf_counter() - start:.0f} s")


def alone(noted: Noted, fault: Fault) -> list[int]:
    """The numbers of a case with no query but the one that a fault is about."""
    first = noted.marks[0]
    if fault.place is None:
        return noted.numbers
    return noted.numbers[:first] + noted.numbers[noted.marks[fault.place] : noted.marks[fault.place + 1]]


def smaller(server: Server, shape: str, numbers: list[int]) -> Fault | None:
    """A fault of the same shape in a case made of fewer and smaller numbers."""
    best: Fault | None = None
    end = time.perf_counter() + 6

    def shows(tried: list[int]) -> Fault | None:
        found: list[Fault] = []
        case = made(Choices(Replayed(tried)), server.facts, 1)
        Machine(server, Report(server.facts.dialect), found.append).check(case)
        return next((fault for fault in found if _shape(fault) == shape), None)

    size = len(numbers)
    while size:
        place = 0
        while place < len(numbers) and time.perf_counter() < end:
            for tried in (
                numbers[:place] + numbers[place + size :],
                numbers[:place] + [0] * size + numbers[place + size :],
            ):
                if tried != numbers and (fault := shows(tried)) is not None:
                    best, numbers = fault, tried
                    break
            else:
                place += size
                continue
            if len(tried) == len(numbers) and tried[place : place + size] == [0] * size:
                place += size
        size //= 4 if size > 8 else 2
    return best


def _shape(fault: Fault) -> str:
    """What faults of one cause have in common."""
    line = (fault.detail.splitlines() or [""])[0]
    return f"{fault.kind}: " + re.sub(r"\d+|\".*?\"|`.*?`| at .*|column: .*|name: .*", "…", line)


if __name__ == "__main__":
    main()
