"""Random queries on random schemas and rows: what the analysis says of each is what its database says and shows."""

from __future__ import annotations

import os
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import SERVERS, selected_dialects
from tests.soak.cases import QUERIES, made
from tests.soak.choices import Choices, Noted, Rolled
from tests.soak.floors import shortfalls
from tests.soak.machine import Fault, Machine
from tests.soak.opening import opened
from tests.soak.planted import PLANTED
from tests.soak.reducing import alone, shape_of, smaller
from tests.soak.report import Report

SEEDS: Final = st.integers(0, 2**24 - 1)
"""One for each case. What is made of a seed has no part that Hypothesis could make small."""
SHORT: Final = 1_000
"""Queries of a short run."""
LONG: Final = {"postgres": 20_000}
"""Queries of a long run, where they are not 10,000."""
EXPLORED: Final = ("sqlite", "postgres")
"""Where nothing may be found in a short run."""
SURVEYED: Final = (*EXPLORED, "mysql", "mariadb")
"""Where a long run looks too: what these two accept when they prepare a statement is not all followed."""
TOLERATED: Final = dict.fromkeys(("mysql", "mariadb"), ("wrongly accepted", "wrong type"))
"""Kinds of faults that may be found: what these servers refuse, and the types that they give, is not all followed.
`python -m tests.soak` shows them."""
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
        known = PLANTED_ON if "rule" in metafunc.fixturenames else SURVEYED if LONG_RUN else EXPLORED
        metafunc.parametrize("dialect", [dialect for dialect in selected if dialect in known])


@pytest.fixture
def url(request: pytest.FixtureRequest, dialect: str) -> str:
    """Where databases can be made; nothing for a dialect that needs no server."""
    return str(request.getfixturevalue(SERVERS[dialect][1])) if dialect in SERVERS else ""


@pytest.mark.property
def test_what_is_said_is_so(dialect: str, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    long = LONG_RUN
    asked = os.environ.get("SQLWRIGHT_SOAK_QUERIES")
    wanted = int(asked or LONG.get(dialect, 10_000)) if long else SHORT
    report = Report(dialect)
    noted = Noted(Rolled(0))

    def found(fault: Fault) -> None:
        if fault.kind not in TOLERATED.get(dialect, ()):
            raise fault

    with opened(dialect, url) as server:
        machine = Machine(server, report, found, FURTHER)

        @settings(_settings(wanted), derandomize=not long)
        @given(SEEDS)
        def check(seed: int) -> None:
            noted.begin(Rolled(seed))
            machine.check(made(Choices(noted), server.facts, QUERIES))

        try:
            check()
        except Fault as fault:
            raise smaller(server, shape_of(fault), alone(noted, fault)) or fault from None
        finally:
            with capsys.disabled():
                print(f"\n{report.text()}")
                if long:
                    print(f"{report.spread()}\n{report.commonest_over_null(10)}")
        assert shortfalls(report, server.facts, long) == []


@pytest.mark.parametrize("rule", PLANTED)
def test_a_rule_that_is_not_sound_is_found(rule: str, dialect: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTED[rule](monkeypatch)
    with opened(dialect, url) as server:

        def stop(fault: Fault) -> None:
            if fault.kind == "unsound":
                raise fault

        machine = Machine(server, Report(dialect), stop)

        @settings(_settings(SEARCH), derandomize=True)
        @given(SEEDS)
        def check(seed: int) -> None:
            machine.check(made(Choices(Rolled(seed)), server.facts, QUERIES))

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
