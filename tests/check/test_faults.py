"""Every fault of three tables is found, where it is, by the modes that can; and nothing in the project as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.cache_faults import cache_faults
from tests.check.planting import CHECK, OFFLINE, Fault
from tests.check.query_faults import query_faults
from tests.check.running import run
from tests.check.schema_faults import schema_faults

FAULTS = [*query_faults(), *schema_faults(), *cache_faults()]
_FOLLOWS = {"out-of-date", "not-proved", "stale-entry", "left-over-entry", "migrations-differ", "no-sums"}
"""What a change in a query or in the schema brings along, offline: other files were made from it, and a script that is
put beside them has no checksum yet."""


def test_the_faults_are_many() -> None:
    assert len(list(query_faults())) >= 30
    assert len(list(schema_faults())) >= 15
    assert len(list(cache_faults())) >= 15
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("mode", [CHECK, OFFLINE])
def test_nothing_is_found_where_nothing_is_wrong(shop: Path, mode: str) -> None:
    assert run(shop, mode, "--strict").told == (0, [])


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_is_found(shop: Path, fault: Fault) -> None:
    fault.plant(shop)
    for mode, code in fault.codes.items():
        ran = run(shop, mode, *fault.asked)
        assert ran.status == 1, mode
        places = [(one.code, one.file) for one in ran.errors if fault.line in one.text]
        assert (code, fault.file) in places, (mode, ran.found)
        others = {one.code for one in ran.errors} - {code}
        assert others <= (set[str]() if mode == CHECK else _FOLLOWS), (mode, ran.found)
