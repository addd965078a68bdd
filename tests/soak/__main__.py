"""Survey: all faults of a run, each with its shortest query, where the tests stop at the first and make it small."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from contextlib import suppress

from sqlwright.live.errors import ServerUnavailable

from tests.soak.cases import QUERIES, made
from tests.soak.choices import Choices, Noted, Rolled
from tests.soak.machine import Fault, Machine
from tests.soak.opening import opened_here
from tests.soak.reducing import alone, shape_of, smaller
from tests.soak.report import Report
from tests.soak.servers import ServerLost


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("dialect")
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=86_400, metavar="S", help="stop after S seconds")
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
        shape = shape_of(fault)
        seen[shape] += 1
        if shape not in shortest or len(str(fault)) < len(str(shortest[shape])):
            shortest[shape] = fault
            numbers[shape] = alone(noted, fault)

    report = Report(chosen.dialect)
    start = time.perf_counter()
    seed = chosen.seed * 1_000_000
    while report.queries < chosen.queries and time.perf_counter() - start < chosen.seconds:
        with (
            suppress(ServerLost, ServerUnavailable if report.queries else ServerLost),
            opened_here(chosen.dialect) as server,
        ):
            machine = Machine(server, report, keep, chosen.further)
            while report.queries < chosen.queries and time.perf_counter() - start < chosen.seconds:
                noted.begin(Rolled(seed))
                seed += 1
                machine.check(made(Choices(noted), server.facts, QUERIES))
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


if __name__ == "__main__":
    main()
