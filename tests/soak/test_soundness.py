"""Random queries on random schemas and rows: what the analysis says of each is what its database says and shows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlwright.live import mariadb, mysql
from sqlwright.live.errors import ServerUnavailable

from tests.conftest import SERVERS, selected_dialects, server
from tests.soak.cases import QUERIES, made
from tests.soak.choices import Choices, Noted, Rolled
from tests.soak.floors import shortfalls
from tests.soak.machine import Fault, Machine
from tests.soak.opening import opened
from tests.soak.planted import PLANTED
from tests.soak.reducing import alone, shape_of, smaller
from tests.soak.report import Report
from tests.soak.servers import Server, ServerLost

SEEDS: Final = st.integers(0, 2**24 - 1)
"""One for each case. What is made of a seed has no part that Hypothesis could make small."""
SHORT: Final = 1_000
"""Queries of a short run."""
LONG: Final = {"postgres": 20_000}
"""Queries of a long run, where they are not 10,000."""
EXPLORED: Final = ("sqlite", "postgres", "mysql", "mariadb")
"""Where nothing may be found."""
MORTAL: Final = {
    "mysql": ("MySQL", mysql.MYSQL.url_variable, mysql.throwaway_server),
    "mariadb": ("MariaDB", mariadb.MARIADB.url_variable, mariadb.throwaway_server),
}
"""Servers that a random query may end, which get one of their own where none is named."""
ENOUGH: Final = 0.5
"""The share of the queries that must have been checked when a server ends and nothing starts it anew."""
PLANTED_ON: Final = ("sqlite", "postgres")
"""Where planted faults are looked for: rules are the same for all."""
SEARCH: Final = 8_000
"""Queries within which a planted fault must be found."""
FURTHER: Final = 4
"""Sets of rows that are tried besides those of a case."""
LONG_RUN: Final = bool(os.environ.get("SQLWRIGHT_SOAK"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "dialect" in metafunc.fixturenames:
        selected = selected_dialects(metafunc.config)
        known = PLANTED_ON if "rule" in metafunc.fixturenames else EXPLORED
        metafunc.parametrize("dialect", [dialect for dialect in selected if dialect in known])


@pytest.fixture
def url(request: pytest.FixtureRequest, dialect: str) -> Iterator[str]:
    """Where databases can be made; nothing for a dialect that needs no server."""
    if dialect in MORTAL:
        yield from server(*MORTAL[dialect])
    else:
        yield str(request.getfixturevalue(SERVERS[dialect][1])) if dialect in SERVERS else ""


@pytest.mark.property
def test_what_is_said_is_so(dialect: str, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    queries = os.environ.get("SQLWRIGHT_SOAK_QUERIES")
    wanted = int(queries or LONG.get(dialect, 10_000)) if LONG_RUN else SHORT
    report = Report(dialect)

    lost = ""
    try:
        with opened(dialect, url) as asked:
            _explore(asked, report, wanted, capsys)
            assert shortfalls(report, asked.facts, LONG_RUN) == []
    except (ServerLost, ServerUnavailable) as error:
        lost = str(error)
    assert not lost or report.queries >= wanted * ENOUGH, f"ended after {report.queries} of {wanted} queries: {lost}"


def _explore(asked: Server, report: Report, wanted: int, capsys: pytest.CaptureFixture[str]) -> None:
    noted = Noted(Rolled(0))

    def found(fault: Fault) -> None:
        raise fault

    machine = Machine(asked, report, found, FURTHER)

    @settings(_settings(wanted), derandomize=not LONG_RUN)
    @given(SEEDS)
    def check(seed: int) -> None:
        noted.begin(Rolled(seed))
        machine.check(made(Choices(noted), asked.facts, QUERIES))

    try:
        check()
    except Fault as fault:
        raise smaller(asked, shape_of(fault), alone(noted, fault)) or fault from None
    finally:
        with capsys.disabled():
            print(f"\n{report.text()}")
            if LONG_RUN:
                print(f"{report.spread()}\n{report.commonest_over_null(10)}")


@pytest.mark.parametrize("rule", PLANTED)
def test_a_rule_that_is_not_sound_is_found(rule: str, dialect: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTED[rule](monkeypatch)
    with opened(dialect, url) as asked:

        def stop(fault: Fault) -> None:
            if fault.kind == "unsound":
                raise fault

        machine = Machine(asked, Report(dialect), stop)

        @settings(_settings(SEARCH), derandomize=True)
        @given(SEEDS)
        def check(seed: int) -> None:
            machine.check(made(Choices(Rolled(seed)), asked.facts, QUERIES))

        with pytest.raises(Fault):
            check()


def _settings(queries: int) -> settings:
    """Examples enough for so many queries. The machine makes a fault small by itself, and in less time."""
    return settings(
        max_examples=-(-queries // QUERIES),
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
