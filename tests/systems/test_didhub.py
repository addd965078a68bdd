"""DIDHub's database: what its document asks for, the same on every database, awaited or not."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from generated import didhub

from .didhub import accounts, members, records
from .driving import WAYS, drive, methods

pytestmark = pytest.mark.only("sqlite", "postgres", "mysql", "mariadb")
"""The targets of the package."""

Scenario: TypeAlias = Callable[[didhub.Database], Coroutine[object, object, None]]

SCENARIOS: Final[tuple[Scenario, ...]] = (
    accounts.accounts_are_opened,
    accounts.accounts_are_paged_and_found,
    accounts.accounts_are_changed,
    accounts.requests_are_decided,
    accounts.settings_are_kept,
    accounts.transactions_nest,
    members.systems_belong_to_accounts,
    members.alters_are_described,
    members.alters_are_grouped,
    members.alters_have_roles,
    records.files_are_kept,
    records.actions_are_recorded,
    records.actions_are_listed,
    records.old_actions_are_forgotten,
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: str(scenario.__name__))
def test_scenario(scenario: Scenario, way: str, database_url: str) -> None:
    drive(didhub.connect(database_url) if way == "async" else didhub.connect_sync(database_url), scenario)


def test_every_method_is_driven(tmp_path: Path) -> None:
    driven: set[str] = set()
    for number, scenario in enumerate(SCENARIOS):
        driven |= drive(didhub.connect(f"sqlite:///{tmp_path}/{number}.db"), scenario)
    assert driven == methods(didhub.Database) == methods(didhub.DatabaseSync)
