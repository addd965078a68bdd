"""Gate's state backend: what its document asks for, the same on every database, awaited or not."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from generated import gate
from generated.gate.models import User

from .driving import WAYS, drive, methods
from .gate import accounts, catalog, faults, keys, usage
from .gate.beginnings import user

Scenario: TypeAlias = Callable[[gate.Database], Coroutine[object, object, None]]

SCENARIOS: Final[tuple[Scenario, ...]] = (
    accounts.organizations_are_managed,
    accounts.organizations_have_members,
    accounts.users_are_managed,
    accounts.users_are_found,
    accounts.credentials_are_kept,
    accounts.a_user_takes_all_along,
    keys.keys_open_what_they_should,
    keys.keys_are_changed,
    keys.keys_are_accounted_for,
    usage.usage_is_recorded,
    usage.usage_is_summed,
    usage.usage_is_counted_by_day,
    usage.latencies_are_ranked,
    usage.budgets_are_exact,
    catalog.providers_are_configured,
    catalog.models_are_catalogued,
    faults.mistakes_are_told_apart,
    faults.transactions_nest,
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: str(scenario.__name__))
def test_scenario(scenario: Scenario, way: str, database_url: str) -> None:
    drive(gate.connect(database_url) if way == "async" else gate.connect_sync(database_url), scenario)


def test_every_method_is_driven(tmp_path: Path) -> None:
    driven: set[str] = set()
    for number, scenario in enumerate(SCENARIOS):
        driven |= drive(gate.connect(f"sqlite:///{tmp_path}/{number}.db"), scenario)
    assert driven == methods(gate.Database) == methods(gate.DatabaseSync)


def test_both_interfaces_share_a_database(database_url: str) -> None:
    created: list[User] = []

    async def create(db: gate.Database) -> None:
        created.append(await user(db, "ada@acme.test", name="Ada"))

    drive(gate.connect(database_url), create)
    with gate.connect_sync(database_url) as db:
        assert db.migrate() == []
        assert db.users.list_users(limit=10, offset=0) == created
