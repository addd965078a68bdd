"""Gate's state backend: what its document asks for, the same on every database, awaited or not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID, uuid4

import pytest
from sqlwright.runtime import CheckViolation, ForeignKeyViolation, Json, JsonInput, NoRowError, UniqueViolation

from generated import gate
from generated.gate.api_keys import AuthenticateRow, ListApiKeyUsageRow
from generated.gate.models import (
    ApiKey,
    KeyStatus,
    Model,
    Organization,
    Provider,
    ProviderKind,
    UsageRecord,
    User,
    UserRole,
    WebauthnCredential,
)
from generated.gate.models_catalog import ListAvailableModelsRow, ListCheapestModelsRow, ListModelsReleasedSinceRow
from generated.gate.organizations import ListOrganizationMembersRow, ListOrganizationsOverBudgetRow
from generated.gate.providers import ListAvailableProvidersRow
from generated.gate.usage import (
    ListDailyUsageRow,
    ListLatencyByModelRow,
    ListProviderHealthRow,
    ListRunningCostRow,
    ListTopModelsRow,
    ListUsageByModelRow,
    ListUsageCalendarRow,
    TotalUserUsageRow,
)
from generated.gate.users import CountUsersByRoleRow, SearchUsersRow
from generated.gate.webauthn import GetCredentialOwnerRow

from .driving import WAYS, drive, methods

Scenario: TypeAlias = Callable[[gate.Database], Coroutine[object, object, None]]

MARCH: Final = datetime(2024, 3, 1, tzinfo=UTC)
DAY: Final = timedelta(days=1)
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
FAR_AHEAD: Final = datetime(2100, 1, 1, 12, 30, 15, 123456, tzinfo=UTC)
JSON: Final[dict[str, Json]] = {
    "theme": "dark",
    "limits": [1, -2.5, None, True, {"empty": {}}],
    "name": 'Zoë "O\'Neill" \\ 100%\n',
    "big": 9007199254740993,
}


# Scenarios


async def organizations_are_managed(db: gate.Database) -> None:
    acme = await db.organizations.create_organization(
        name="Acme", slug="acme", monthly_budget=Decimal("100.5"), metadata=JSON
    )
    assert isinstance(acme, Organization)
    assert isinstance(acme.id, UUID)
    assert (acme.name, acme.slug, acme.monthly_budget, acme.metadata) == ("Acme", "acme", Decimal("100.5"), JSON)
    assert acme.created_at == acme.updated_at
    assert acme.created_at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - acme.created_at) < timedelta(minutes=5)
    assert await db.organizations.get_organization(id=acme.id) == acme
    assert await db.organizations.get_organization(id=uuid4()) is None
    assert await db.organizations.get_organization_by_slug(slug="acme") == acme
    assert await db.organizations.get_organization_by_slug(slug="ACME") is None

    await moment_later()
    renamed = await db.organizations.upsert_organization(name="Acme Corporation", slug="acme")
    assert (renamed.id, renamed.name, renamed.monthly_budget) == (acme.id, "Acme Corporation", Decimal("100.5"))
    assert renamed.created_at == acme.created_at
    assert renamed.updated_at > acme.updated_at
    assert await db.organizations.get_organization(id=acme.id) == renamed
    globex = await db.organizations.upsert_organization(name="Globex", slug="globex")
    assert (globex.monthly_budget, globex.metadata) == (None, {})

    assert await db.organizations.list_organizations(limit=10, offset=0) == [renamed, globex]
    assert await db.organizations.list_organizations(limit=1, offset=1) == [globex]

    await moment_later()
    updated = await db.organizations.update_organization(id=globex.id, name=None, metadata=[1, 2])
    assert (updated.name, updated.metadata) == ("Globex", [1, 2])
    assert updated.updated_at > globex.updated_at
    limited = await db.organizations.set_organization_budget(id=globex.id, monthly_budget=Decimal("0.0000000001"))
    assert limited.monthly_budget == Decimal("0.0000000001")
    unlimited = await db.organizations.set_organization_budget(id=globex.id, monthly_budget=None)
    assert unlimited.monthly_budget is None
    assert await db.organizations.get_organization(id=globex.id) == unlimited


async def organizations_have_members(db: gate.Database) -> None:
    acme = await organization(db, "acme")
    globex = await organization(db, "globex")
    ada = await user(db, "ada@acme.test", acme)
    bob = await user(db, "bob@acme.test", acme)
    for name in ("laptop", "server"):
        await api_key(db, ada, name, acme)
    revoked = await api_key(db, bob, "laptop", acme)
    await db.api_keys.revoke_api_key(id=revoked.id)
    assert await db.organizations.list_organization_members() == [
        ListOrganizationMembersRow(
            id=acme.id,
            name="acme",
            members=2,
            newest_member_at=max(ada.created_at, bob.created_at),
            active_keys=2,
        ),
        ListOrganizationMembersRow(id=globex.id, name="globex", members=0, newest_member_at=None, active_keys=0),
    ]

    await provider(db, "openai")
    record = await record_usage(db, ada, organization=acme)
    assert await db.organizations.delete_organization(id=acme.id) == 1
    assert await db.organizations.delete_organization(id=acme.id) == 0
    stayed = await db.users.get_user(id=ada.id)
    assert stayed is not None
    assert stayed.organization_id is None
    assert await db.api_keys.list_user_api_keys(user_id=ada.id) == []
    kept = await db.usage.get_usage_record(id=record)
    assert kept is not None
    assert kept.organization_id is None


async def budgets_are_exact(db: gate.Database) -> None:
    await provider(db, "openai")
    for slug, budget, costs in (
        ("even", "0.3", ("0.1", "0.2")),  # As floats they would come to more.
        ("over", "9.99", ("10.5",)),  # As text it would be less.
        ("far", "0.0000000001", ("12345678.0000000001", "0.0000000001")),
        ("free", None, ("1000",)),
    ):
        tenant = await db.organizations.create_organization(
            name=slug, slug=slug, monthly_budget=None if budget is None else Decimal(budget), metadata={}
        )
        member = await user(db, f"{slug}@acme.test", tenant)
        for cost in costs:
            await record_usage(db, member, organization=tenant, cost=cost)
        await record_usage(db, member, organization=tenant, cost="5000", at=LONG_AGO)
        assert await db.usage.total_organization_cost(organization_id=tenant.id, since=MARCH) == sum(
            map(Decimal, costs)
        )
        assert await db.usage.total_organization_cost(organization_id=tenant.id, since=FAR_AHEAD) == Decimal(0)
    over = await db.organizations.list_organizations_over_budget(since=MARCH)
    assert [row.slug for row in over] == ["far", "over"]
    assert over[0] == ListOrganizationsOverBudgetRow(
        id=over[0].id,
        slug="far",
        monthly_budget=Decimal("0.0000000001"),
        cost=Decimal("12345678.0000000002"),
    )


async def users_are_managed(db: gate.Database) -> None:
    assert await db.users.count_users() == 0
    acme = await organization(db, "acme")
    ada = await db.users.create_user(
        organization_id=acme.id, email="Ada@acme.test", name="Ada", role=UserRole.ADMIN, metadata=JSON
    )
    assert isinstance(ada, User)
    assert (ada.organization_id, ada.email, ada.name, ada.enabled) == (acme.id, "Ada@acme.test", "Ada", True)
    assert ada.role is UserRole.ADMIN
    assert ada.metadata == JSON
    assert await db.users.get_user(id=ada.id) == ada
    assert await db.users.get_user(id=uuid4()) is None
    assert await db.users.get_user_by_email(email="aDA@ACME.test") == ada
    assert await db.users.get_user_by_email(email="eve@acme.test") is None
    assert await db.users.user_exists(email="ADA@acme.test") is True
    assert await db.users.user_exists(email="eve@acme.test") is False

    await moment_later()
    bob = await user(db, "bob@globex.test", role=UserRole.OWNER)
    assert (bob.organization_id, bob.name) == (None, None)
    assert await db.users.count_users() == 2
    assert await db.users.list_users(limit=10, offset=0) == [bob, ada]
    assert await db.users.list_users(limit=1, offset=1) == [ada]
    assert await db.users.list_users_by_ids(ids=[bob.id, uuid4(), ada.id]) == [ada, bob]
    assert await db.users.list_users_by_ids(ids=[]) == []

    await moment_later()
    changed = await db.users.update_user(id=ada.id, email=None, name="Ada Lovelace", metadata=None)
    assert (changed.email, changed.name, changed.metadata) == ("Ada@acme.test", "Ada Lovelace", JSON)
    assert changed.created_at == ada.created_at
    assert changed.updated_at > ada.updated_at
    assert await db.users.get_user(id=ada.id) == changed
    assert await db.users.get_user(id=bob.id) == bob
    promoted = await db.users.set_user_role(id=ada.id, role=UserRole.OWNER)
    assert promoted.role is UserRole.OWNER

    assert await db.users.delete_user(id=bob.id) == 1
    assert await db.users.delete_user(id=bob.id) == 0
    assert await db.users.count_users() == 1


async def users_are_found(db: gate.Database) -> None:
    acme = await organization(db, "acme")
    ada = await user(db, "ada@acme.test", acme, name="Countess", role=UserRole.ADMIN)
    bob = await user(db, "bob@globex.test", name="50% Bob", role=UserRole.OWNER)
    eve = await user(db, "eve@globex.test", role=UserRole.MEMBER)
    assert await db.users.search_users(pattern="%COUNT%", limit=10) == [
        SearchUsersRow(
            id=ada.id, email="ada@acme.test", display_name="Countess", role=UserRole.ADMIN, organization="acme"
        )
    ]
    assert await db.users.search_users(pattern="%GLOBEX%", limit=10) == [
        SearchUsersRow(
            id=bob.id, email="bob@globex.test", display_name="50% Bob", role=UserRole.OWNER, organization=None
        ),
        SearchUsersRow(
            id=eve.id, email="eve@globex.test", display_name="eve@globex.test", role=UserRole.MEMBER, organization=None
        ),
    ]
    assert [row.id for row in await db.users.search_users(pattern="%test", limit=2)] == [ada.id, bob.id]
    assert [row.id for row in await db.users.search_users(pattern=r"50\% b_b", limit=2)] == [bob.id]
    assert await db.users.search_users(pattern="50", limit=2) == []

    assert await db.users.set_user_organization(id=eve.id, organization_id=acme.id) == 1
    assert await db.users.set_user_organization(id=uuid4(), organization_id=acme.id) == 0
    assert await db.users.set_users_enabled(ids=[ada.id, bob.id, uuid4()], enabled=False) == 2
    assert await db.users.set_users_enabled(ids=[], enabled=True) == 0
    found = await db.users.list_organization_users(organization_id=acme.id, limit=10, offset=0)
    assert [row.id for row in found] == [eve.id]
    assert await db.users.set_user_organization(id=eve.id, organization_id=None) == 1
    assert await db.users.list_organization_users(organization_id=acme.id, limit=10, offset=0) == []
    # Roles come in the order that the type declares them in.
    assert await db.users.count_users_by_role() == [
        CountUsersByRoleRow(role=UserRole.MEMBER, users=1, enabled=1),
        CountUsersByRoleRow(role=UserRole.ADMIN, users=1, enabled=0),
        CountUsersByRoleRow(role=UserRole.OWNER, users=1, enabled=0),
    ]


async def keys_open_what_they_should(db: gate.Database) -> None:
    acme = await db.organizations.create_organization(
        name="Acme", slug="acme", monthly_budget=Decimal("12.34"), metadata={}
    )
    ada = await user(db, "ada@acme.test", acme, role=UserRole.ADMIN)
    key = await db.api_keys.create_api_key(
        user_id=ada.id,
        organization_id=acme.id,
        name="laptop",
        prefix="sk-1234",
        key_hash="a" * 64,
        configuration=JSON,
        requests_per_minute=60,
        expires_at=FAR_AHEAD,
    )
    assert isinstance(key, ApiKey)
    assert key.status is KeyStatus.ACTIVE
    assert (key.name, key.prefix, key.configuration, key.requests_per_minute) == ("laptop", "sk-1234", JSON, 60)
    assert (key.expires_at, key.use_count, key.last_used_at, key.revoked_at) == (FAR_AHEAD, 0, None, None)
    assert await db.api_keys.get_api_key(id=key.id) == key
    assert await db.api_keys.get_api_key_by_hash(key_hash="a" * 64) == key
    assert await db.api_keys.get_api_key_by_hash(key_hash="b" * 64) is None
    assert await db.api_keys.authenticate(key_hash="a" * 64) == AuthenticateRow(
        api_key_id=key.id,
        configuration=JSON,
        requests_per_minute=60,
        user_id=ada.id,
        email="ada@acme.test",
        role=UserRole.ADMIN,
        organization_id=acme.id,
        organization_slug="acme",
        monthly_budget=Decimal("12.34"),
    )

    own = await api_key(db, ada, "own")
    opened = await db.api_keys.authenticate(key_hash=own.key_hash)
    assert opened is not None
    assert (opened.organization_id, opened.organization_slug, opened.monthly_budget) == (None, None, None)
    await db.users.set_users_enabled(ids=[ada.id], enabled=False)
    assert await db.api_keys.authenticate(key_hash=own.key_hash) is None
    await db.users.set_users_enabled(ids=[ada.id], enabled=True)

    past = await api_key(db, ada, "past", expires_at=LONG_AGO)
    assert await db.api_keys.authenticate(key_hash=past.key_hash) is None
    assert await db.api_keys.count_active_api_keys(user_id=ada.id) == 3
    assert await db.api_keys.expire_api_keys(moment=LONG_AGO) == 1
    assert await db.api_keys.expire_api_keys(moment=LONG_AGO) == 0
    expired = await db.api_keys.get_api_key(id=past.id)
    assert expired is not None
    assert expired.status is KeyStatus.EXPIRED
    assert await db.api_keys.count_active_api_keys(user_id=ada.id) == 2

    for status, expected in ((KeyStatus.ACTIVE, ["laptop"]), (KeyStatus.EXPIRED, [])):
        found = await db.api_keys.list_organization_api_keys(
            organization_id=acme.id, statuses=[status, KeyStatus.REVOKED], limit=10, offset=0
        )
        assert [row.name for row in found] == expected
    none = await db.api_keys.list_organization_api_keys(organization_id=acme.id, statuses=[], limit=10, offset=0)
    assert none == []


async def keys_are_changed(db: gate.Database) -> None:
    ada = await user(db, "ada@acme.test")
    key = await api_key(db, ada, "laptop")
    await asyncio.gather(*(db.api_keys.touch_api_key(id=key.id) for _ in range(20)))
    used = await db.api_keys.get_api_key(id=key.id)
    assert used is not None
    assert used.use_count == 20
    assert used.last_used_at is not None
    assert abs(datetime.now(UTC) - used.last_used_at) < timedelta(minutes=5)

    await moment_later()
    nothing = await db.api_keys.configure_api_key(
        id=key.id, name=None, configuration=None, requests_per_minute=None, expires_at=None
    )
    assert (nothing.name, nothing.configuration, nothing.requests_per_minute) == ("laptop", {}, None)
    assert nothing.updated_at > used.updated_at
    zoned = datetime(2099, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5)))
    configured = await db.api_keys.configure_api_key(
        id=key.id, name="server", configuration={"models": ["gpt"]}, requests_per_minute=1, expires_at=zoned
    )
    assert (configured.name, configured.configuration) == ("server", {"models": ["gpt"]})
    assert (configured.requests_per_minute, configured.expires_at) == (1, zoned)
    assert configured.expires_at is not None
    assert configured.expires_at.utcoffset() == timedelta(0)
    assert await db.api_keys.get_api_key(id=key.id) == configured

    await moment_later()
    revoked = await db.api_keys.revoke_api_key(id=key.id)
    assert revoked is not None
    assert revoked.status is KeyStatus.REVOKED
    assert revoked.revoked_at is not None
    assert revoked.updated_at > configured.updated_at
    assert await db.api_keys.revoke_api_key(id=key.id) is None
    assert await db.api_keys.authenticate(key_hash=key.key_hash) is None
    # Its name is free again.
    second = await api_key(db, ada, "server")
    third = await api_key(db, ada, "phone")
    with pytest.raises(UniqueViolation):
        await api_key(db, ada, "phone")

    assert await db.api_keys.revoke_user_api_keys(user_id=ada.id, kept_ids=[third.id]) == 1
    assert await db.api_keys.revoke_user_api_keys(user_id=ada.id, kept_ids=[]) == 1
    assert await db.api_keys.revoke_user_api_keys(user_id=ada.id, kept_ids=[]) == 0
    listed = await db.api_keys.list_user_api_keys(user_id=ada.id)
    assert [(row.id, row.status) for row in listed if row.id == second.id] == [(second.id, KeyStatus.REVOKED)]
    assert len(listed) == 3
    assert await db.api_keys.delete_api_key(id=second.id) == 1
    assert await db.api_keys.delete_api_key(id=second.id) == 0


async def keys_are_accounted_for(db: gate.Database) -> None:
    ada = await user(db, "ada@acme.test")
    await provider(db, "openai")
    cheap = await api_key(db, ada, "cheap")
    dear = await api_key(db, ada, "dear")
    unused = await api_key(db, ada, "unused")
    await record_usage(db, ada, key=cheap, cost="9.99", input_tokens=10, output_tokens=5)
    await record_usage(db, ada, key=dear, cost="10.25", at=MARCH)
    last = await record_usage(db, ada, key=dear, cost="0.25", input_tokens=2**40, at=MARCH + DAY)
    assert await db.api_keys.list_api_key_usage(user_id=ada.id) == [
        ListApiKeyUsageRow(
            id=dear.id,
            name="dear",
            status=KeyStatus.ACTIVE,
            requests=2,
            total_tokens=2**40,
            cost=Decimal("10.5"),
            last_request_at=MARCH + DAY,
        ),
        ListApiKeyUsageRow(
            id=cheap.id,
            name="cheap",
            status=KeyStatus.ACTIVE,
            requests=1,
            total_tokens=15,
            cost=Decimal("9.99"),
            last_request_at=MARCH,
        ),
        ListApiKeyUsageRow(
            id=unused.id,
            name="unused",
            status=KeyStatus.ACTIVE,
            requests=0,
            total_tokens=0,
            cost=Decimal(0),
            last_request_at=None,
        ),
    ]
    assert await db.api_keys.delete_api_key(id=dear.id) == 1
    kept = await db.usage.get_usage_record(id=last)
    assert kept is not None
    assert kept.api_key_id is None


async def usage_is_recorded(db: gate.Database) -> None:
    acme = await organization(db, "acme")
    ada = await user(db, "ada@acme.test", acme)
    await provider(db, "openai")
    key = await api_key(db, ada, "laptop")
    moment = datetime(2024, 3, 2, 1, 30, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    number = await db.usage.record_usage(
        user_id=ada.id,
        organization_id=acme.id,
        api_key_id=key.id,
        provider_id="openai",
        model="gpt",
        input_tokens=2**33,
        output_tokens=1,
        cost=Decimal("0.0000012345"),
        latency_ms=250,
        status_code=429,
        error="slow down",
        metadata=JSON,
        requested_at=moment,
    )
    found = await db.usage.get_usage_record(id=number)
    assert isinstance(found, UsageRecord)
    assert (found.user_id, found.organization_id, found.api_key_id) == (ada.id, acme.id, key.id)
    assert (found.provider_id, found.model, found.error, found.metadata) == ("openai", "gpt", "slow down", JSON)
    assert (found.input_tokens, found.output_tokens, found.total_tokens) == (2**33, 1, 2**33 + 1)
    assert (found.cost, found.latency_ms, found.status_code) == (Decimal("0.0000012345"), 250, 429)
    assert found.requested_at == moment
    assert found.requested_at.utcoffset() == timedelta(0)
    assert isinstance(found.request_id, UUID)
    second = await record_usage(db, ada)
    assert second > number
    bare = await db.usage.get_usage_record(id=second)
    assert bare is not None
    assert (bare.metadata, bare.latency_ms, bare.error, bare.organization_id) == (None, None, None, None)
    assert await db.usage.get_usage_record(id=second + 1000) is None

    request = uuid4()
    once = await record_request(db, ada, request)
    assert once is not None
    assert (once.request_id, once.status_code, once.cost, once.total_tokens) == (request, 200, Decimal("0.25"), 7)
    assert abs(datetime.now(UTC) - once.requested_at) < timedelta(minutes=5)
    assert await record_request(db, ada, request) is None

    listed = await db.usage.list_user_usage(user_id=ada.id, since=MARCH, until=MARCH + 2 * DAY, limit=10, offset=0)
    assert listed == [found, bare]
    page = await db.usage.list_user_usage(user_id=ada.id, since=MARCH, until=FAR_AHEAD, limit=1, offset=1)
    assert page == [found]
    # A period begins with its first moment and ends before its last.
    assert await db.usage.list_user_usage(user_id=ada.id, since=LONG_AGO, until=MARCH, limit=10, offset=0) == []


async def usage_is_summed(db: gate.Database) -> None:
    ada = await user(db, "ada@acme.test")
    bob = await user(db, "bob@acme.test")
    await provider(db, "openai")
    await provider(db, "anthropic")
    for hours in range(150):
        at = MARCH + timedelta(hours=hours)
        await record_usage(db, ada, cost="9.990001", input_tokens=3, output_tokens=2, at=at)
    for cost, model in (("0.1", "claude"), ("0.2", "claude"), ("10.5", "opus")):
        await record_usage(db, bob, provider="anthropic", model=model, cost=cost, status_code=500, output_tokens=1)
    period = {"since": MARCH, "until": MARCH + 30 * DAY}

    assert await db.usage.total_user_usage(user_id=ada.id, **period) == TotalUserUsageRow(
        requests=150,
        input_tokens=450,
        output_tokens=300,
        cost=Decimal("1498.50015"),
        first_at=MARCH,
        last_at=MARCH + timedelta(hours=149),
    )
    assert await db.usage.total_user_usage(user_id=uuid4(), **period) == TotalUserUsageRow(
        requests=0, input_tokens=0, output_tokens=0, cost=None, first_at=None, last_at=None
    )
    assert await db.usage.list_usage_by_model(minimum_cost=Decimal("0.3"), **period) == [
        ListUsageByModelRow(
            provider_id="openai",
            model="gpt",
            requests=150,
            failures=0,
            total_tokens=750,
            cost=Decimal("1498.50015"),
        ),
        ListUsageByModelRow(
            provider_id="anthropic", model="opus", requests=1, failures=1, total_tokens=1, cost=Decimal("10.5")
        ),
    ]
    assert await db.usage.list_top_models(since=MARCH, limit=2) == [
        ListTopModelsRow(model="gpt", requests=150, users=1),
        ListTopModelsRow(model="claude", requests=2, users=1),
    ]
    running = await db.usage.list_running_cost(user_id=bob.id)
    assert [(row.cost, row.running_cost) for row in running] == [
        (Decimal("0.1"), Decimal("0.1")),
        (Decimal("0.2"), Decimal("0.3")),
        (Decimal("10.5"), Decimal("10.8")),
    ]
    assert running[0] == ListRunningCostRow(
        id=running[0].id, requested_at=MARCH, cost=Decimal("0.1"), running_cost=Decimal("0.1")
    )

    assert await db.usage.delete_usage_before(moment=MARCH + DAY) == 24 + 3
    assert await db.usage.delete_usage_before(moment=MARCH + DAY) == 0


async def usage_is_counted_by_day(db: gate.Database) -> None:
    ada = await user(db, "ada@acme.test")
    bob = await user(db, "bob@acme.test")
    await provider(db, "openai")
    east = timezone(timedelta(hours=2))
    for who, at, tokens, cost in (
        (ada, MARCH, 1, "0.5"),
        (ada, MARCH + DAY - timedelta(microseconds=1), 2, "0.25"),
        (bob, datetime(2024, 3, 2, 1, 30, tzinfo=east), 4, "0.125"),  # The first of March, in UTC.
        (ada, MARCH + 3 * DAY, 8, "1"),
        (ada, MARCH + 4 * DAY, 16, "1"),
    ):
        await record_usage(db, who, at=at, input_tokens=tokens, cost=cost)
    assert await db.usage.list_daily_usage(since=MARCH, until=MARCH + 4 * DAY) == [
        ListDailyUsageRow(day=MARCH, requests=3, total_tokens=7, cost=Decimal("0.875")),
        ListDailyUsageRow(day=MARCH + 3 * DAY, requests=1, total_tokens=8, cost=Decimal("1")),
    ]
    assert await db.usage.list_usage_calendar(user_id=ada.id, since=MARCH, until=MARCH + 4 * DAY) == [
        ListUsageCalendarRow(day=MARCH, requests=2, total_tokens=3),
        ListUsageCalendarRow(day=MARCH + DAY, requests=0, total_tokens=0),
        ListUsageCalendarRow(day=MARCH + 2 * DAY, requests=0, total_tokens=0),
        ListUsageCalendarRow(day=MARCH + 3 * DAY, requests=1, total_tokens=8),
    ]
    assert await db.usage.list_usage_calendar(user_id=ada.id, since=MARCH, until=MARCH) == []


async def latencies_are_ranked(db: gate.Database) -> None:
    ada = await user(db, "ada@acme.test")
    await provider(db, "openai")
    await provider(db, "idle")
    for place in range(20, 0, -1):
        await record_usage(db, ada, model="gpt", latency_ms=place * 10)
    for latency in (121, None, 120):
        await record_usage(db, ada, model="mini", latency_ms=latency, status_code=503)
    await record_usage(db, ada, model="unmeasured")
    await record_usage(db, ada, model="gpt", latency_ms=100_000, at=LONG_AGO)
    assert await db.usage.list_latency_by_model(since=MARCH) == [
        ListLatencyByModelRow(model="gpt", requests=20, median_ms=100, percentile_95_ms=190),
        ListLatencyByModelRow(model="mini", requests=2, median_ms=120, percentile_95_ms=121),
    ]
    assert await db.usage.list_provider_health(since=MARCH) == [
        ListProviderHealthRow(
            id="idle", name="idle", requests=0, failures=0, mean_latency_ms=None, last_request_at=None
        ),
        ListProviderHealthRow(
            id="openai",
            name="openai",
            requests=24,
            failures=3,
            mean_latency_ms=(2100 + 241) // 22,
            last_request_at=MARCH,
        ),
    ]


async def providers_are_configured(db: gate.Database) -> None:
    openai = await db.providers.upsert_provider(
        id="openai",
        name="OpenAI",
        kind=ProviderKind.OPENAI,
        base_url="https://api.openai.test/v1",
        configuration=JSON,
        priority=20,
        weight=0.1,
    )
    assert isinstance(openai, Provider)
    assert (openai.kind, openai.priority, openai.weight, openai.enabled) == (ProviderKind.OPENAI, 20, 0.1, True)
    assert openai.configuration == JSON
    assert await db.providers.get_provider(id="openai") == openai
    assert await db.providers.get_provider(id="OpenAI") is None
    assert await db.providers.set_provider_enabled(id="openai", enabled=False) == 1
    assert await db.providers.set_provider_enabled(id="openai", enabled=False) == 0

    await moment_later()
    again = await db.providers.upsert_provider(
        id="openai",
        name="OpenAI (EU)",
        kind=ProviderKind.CUSTOM,
        base_url="https://eu.openai.test",
        configuration=[],
        priority=10,
        weight=1e300,
    )
    assert (again.name, again.kind, again.configuration) == ("OpenAI (EU)", ProviderKind.CUSTOM, [])
    assert (again.priority, again.weight, again.enabled) == (10, 1e300, False)
    assert again.created_at == openai.created_at
    assert again.updated_at > openai.updated_at
    assert await db.providers.get_provider(id="openai") == again

    google = await provider(db, "google", ProviderKind.GOOGLE, priority=5)
    anthropic = await provider(db, "anthropic", ProviderKind.ANTHROPIC, priority=5)
    await model(db, "google", "gemini")
    old = await model(db, "google", "palm")
    await db.models_catalog.deprecate_model(id=old.id)
    assert await db.providers.list_providers() == [anthropic, google, again]
    assert await db.providers.list_available_providers() == [
        ListAvailableProvidersRow(
            id="anthropic", kind=ProviderKind.ANTHROPIC, base_url="https://anthropic.test", weight=1.0, models=0
        ),
        ListAvailableProvidersRow(
            id="google", kind=ProviderKind.GOOGLE, base_url="https://google.test", weight=1.0, models=1
        ),
    ]
    kinds = [ProviderKind.CUSTOM, ProviderKind.ANTHROPIC, ProviderKind.GOOGLE]
    assert await db.providers.list_providers_of_kinds(kinds=kinds) == [anthropic, google, again]
    assert await db.providers.list_providers_of_kinds(kinds=[ProviderKind.OPENAI]) == []

    ada = await user(db, "ada@acme.test")
    await record_usage(db, ada, provider="google")
    with pytest.raises(ForeignKeyViolation):
        await db.providers.delete_provider(id="google")
    assert await db.usage.delete_usage_before(moment=FAR_AHEAD) == 1
    assert await db.providers.delete_provider(id="google") == 1
    assert await db.providers.delete_provider(id="google") == 0
    assert await db.models_catalog.list_models(limit=10, offset=0) == []


async def models_are_catalogued(db: gate.Database) -> None:
    await provider(db, "openai", priority=2)
    await provider(db, "anthropic", priority=1)
    gpt = await db.models_catalog.upsert_model(
        provider_id="openai",
        name="gpt",
        display_name="GPT",
        context_window=128_000,
        max_output_tokens=4096,
        input_price=Decimal("0.0000025"),
        output_price=Decimal("0.00001"),
        capabilities=["tools", "vision"],
        released_on=date(2026, 2, 28),
    )
    assert isinstance(gpt, Model)
    assert (gpt.context_window, gpt.max_output_tokens, gpt.display_name) == (128_000, 4096, "GPT")
    assert (gpt.input_price, gpt.output_price) == (Decimal("0.0000025"), Decimal("0.00001"))
    assert (gpt.capabilities, gpt.released_on, gpt.deprecated_at) == (["tools", "vision"], date(2026, 2, 28), None)
    assert await db.models_catalog.get_model(id=gpt.id) == gpt
    assert await db.models_catalog.get_model(id=uuid4()) is None
    assert await db.models_catalog.find_model(provider_id="openai", name="gpt") == gpt
    assert await db.models_catalog.find_model(provider_id="anthropic", name="gpt") is None
    cost = await db.models_catalog.estimate_cost(id=gpt.id, input_tokens=1_000_001, output_tokens=3)
    assert cost == Decimal("2.5000325")

    await moment_later()
    deprecated = await db.models_catalog.deprecate_model(id=gpt.id)
    assert deprecated is not None
    assert deprecated.deprecated_at is not None
    assert deprecated.updated_at > gpt.updated_at
    assert await db.models_catalog.deprecate_model(id=gpt.id) is None
    offered = await db.models_catalog.upsert_model(
        provider_id="openai",
        name="gpt",
        display_name=None,
        context_window=200_000,
        max_output_tokens=None,
        input_price=Decimal("10.5"),
        output_price=Decimal(0),
        capabilities=[],
        released_on=None,
    )
    assert (offered.id, offered.display_name, offered.max_output_tokens) == (gpt.id, None, None)
    assert (offered.released_on, offered.deprecated_at) == (date(2026, 2, 28), None)
    assert await db.models_catalog.get_model(id=gpt.id) == offered

    claude = await model(db, "anthropic", "claude", price="9.99")
    haiku = await model(db, "anthropic", "haiku", price="0.5", context_window=1000, released_on=date(2025, 1, 1))
    assert await db.models_catalog.list_models(limit=10, offset=0) == [claude, haiku, offered]
    assert await db.models_catalog.list_models(limit=1, offset=1) == [haiku]
    available = await db.models_catalog.list_available_models()
    assert [row.name for row in available] == ["claude", "haiku", "gpt"]
    assert available[2] == ListAvailableModelsRow(
        id=gpt.id,
        provider_id="openai",
        name="gpt",
        display_name="gpt",
        context_window=200_000,
        input_price=Decimal("10.5"),
        output_price=Decimal(0),
        capabilities=[],
    )
    # As text, 10.5 would come before 9.99.
    assert await db.models_catalog.list_cheapest_models(context_window=100_000, limit=10) == [
        ListCheapestModelsRow(provider_id="anthropic", name="claude", price=Decimal("9.99")),
        ListCheapestModelsRow(provider_id="openai", name="gpt", price=Decimal("10.5")),
    ]

    assert await db.models_catalog.deprecate_other_models(provider_id="anthropic", names=["claude", "opus"]) == 1
    assert await db.models_catalog.list_models_released_since(provider_id="anthropic", day=date(2025, 1, 1)) == [
        ListModelsReleasedSinceRow(name="haiku", released_on=date(2025, 1, 1), state="deprecated"),
        ListModelsReleasedSinceRow(name="claude", released_on=None, state="offered"),
    ]
    late = await db.models_catalog.list_models_released_since(provider_id="anthropic", day=date(2025, 1, 2))
    assert [row.name for row in late] == ["claude"]
    assert await db.models_catalog.deprecate_other_models(provider_id="anthropic", names=[]) == 1
    await db.providers.set_provider_enabled(id="openai", enabled=False)
    assert await db.models_catalog.list_available_models() == []
    assert await db.models_catalog.delete_model(id=haiku.id) == 1
    assert await db.models_catalog.delete_model(id=haiku.id) == 0


async def credentials_are_kept(db: gate.Database) -> None:
    ada = await user(db, "ada@acme.test")
    bob = await user(db, "bob@acme.test")
    raw, public = bytes(range(256)), b"\x00\xff" * 40
    aaguid = UUID("08987058-cadc-4b81-b6e1-30de50dcbe96")
    key = await db.webauthn.store_credential(
        user_id=ada.id,
        credential_id=raw,
        public_key=public,
        sign_count=2**32 - 1,
        aaguid=aaguid,
        name="Key",
        transports=["usb", "nfc"],
        backed_up=True,
    )
    assert isinstance(key, WebauthnCredential)
    assert (key.credential_id, key.public_key, key.sign_count) == (raw, public, 2**32 - 1)
    assert (key.aaguid, key.name, key.transports, key.backed_up) == (aaguid, "Key", ["usb", "nfc"], True)
    assert key.last_used_at is None
    await moment_later()
    phone = await credential(db, ada, b"\x01")
    assert await db.webauthn.get_credential(credential_id=raw) == key
    assert await db.webauthn.get_credential(credential_id=raw[:-1]) is None
    assert await db.webauthn.get_credential_owner(credential_id=raw) == GetCredentialOwnerRow(
        public_key=public, sign_count=2**32 - 1, user_id=ada.id, email="ada@acme.test"
    )
    assert await db.webauthn.list_user_credentials(user_id=ada.id) == [key, phone]
    assert await db.webauthn.list_credential_ids(user_id=ada.id) == [raw, b"\x01"]
    assert await db.webauthn.count_user_credentials(user_id=bob.id) == 0
    with pytest.raises(UniqueViolation):
        await credential(db, bob, raw)

    assert await db.webauthn.update_counter(credential_id=raw, sign_count=2**32 - 1, backed_up=False) == 0
    assert await db.webauthn.update_counter(credential_id=raw, sign_count=2**32, backed_up=False) == 1
    used = await db.webauthn.get_credential(credential_id=raw)
    assert used is not None
    assert (used.sign_count, used.backed_up) == (2**32, False)
    assert used.last_used_at is not None
    assert used.updated_at > key.updated_at
    # Authenticators without a counter stay at 0.
    assert await db.webauthn.update_counter(credential_id=b"\x01", sign_count=0, backed_up=True) == 1

    await moment_later()
    renamed = await db.webauthn.rename_credential(id=phone.id, user_id=ada.id, name="Phone")
    assert renamed.name == "Phone"
    with pytest.raises(NoRowError):
        await db.webauthn.rename_credential(id=phone.id, user_id=bob.id, name="Mine")
    assert await db.webauthn.delete_credential(id=phone.id, user_id=bob.id) == 0
    assert await db.webauthn.delete_credential(id=phone.id, user_id=ada.id) == 1
    await credential(db, ada, b"")
    assert await db.webauthn.count_user_credentials(user_id=ada.id) == 2
    assert await db.webauthn.delete_user_credentials(user_id=ada.id) == 2


async def a_user_takes_all_along(db: gate.Database) -> None:
    ada = await user(db, "ada@acme.test")
    await provider(db, "openai")
    key = await api_key(db, ada, "laptop")
    await credential(db, ada, b"\x01")
    record = await record_usage(db, ada, key=key)
    assert await db.users.delete_user(id=ada.id) == 1
    assert await db.api_keys.get_api_key(id=key.id) is None
    assert await db.webauthn.get_credential(credential_id=b"\x01") is None
    assert await db.usage.get_usage_record(id=record) is None


async def mistakes_are_told_apart(db: gate.Database) -> None:
    acme = await organization(db, "acme")
    ada = await user(db, "ada@acme.test", acme)
    await provider(db, "openai")
    nobody = User(
        id=uuid4(),
        organization_id=None,
        email="",
        name=None,
        role=UserRole.MEMBER,
        enabled=True,
        metadata={},
        created_at=MARCH,
        updated_at=MARCH,
    )
    with pytest.raises(UniqueViolation):
        await user(db, "ADA@acme.test")
    with pytest.raises(UniqueViolation):
        await organization(db, "acme")
    with pytest.raises(CheckViolation):
        await user(db, "@acme.test")
    with pytest.raises(CheckViolation):
        await organization(db, "ACME")
    with pytest.raises(CheckViolation):
        await record_usage(db, ada, input_tokens=-1)
    with pytest.raises(CheckViolation):
        await record_usage(db, ada, status_code=600)
    with pytest.raises(ForeignKeyViolation):
        await record_usage(db, ada, provider="nobody")
    with pytest.raises(ForeignKeyViolation):
        await record_usage(db, nobody)
    with pytest.raises(ForeignKeyViolation):
        await db.users.set_user_organization(id=ada.id, organization_id=uuid4())
    with pytest.raises(NoRowError):
        await db.users.update_user(id=nobody.id, email=None, name=None, metadata=None)
    with pytest.raises(NoRowError):
        await db.models_catalog.estimate_cost(id=uuid4(), input_tokens=1, output_tokens=1)
    # None of it has left a trace.
    assert await db.users.list_users(limit=10, offset=0) == [ada]
    assert await db.organizations.list_organizations(limit=10, offset=0) == [acme]
    total = await db.usage.total_user_usage(user_id=ada.id, since=LONG_AGO, until=FAR_AHEAD)
    assert total.requests == 0


async def transactions_nest(db: gate.Database) -> None:
    async def spoil(outer: gate.Database) -> None:
        async with outer.transaction() as inner:
            await user(inner, "lost@acme.test")
            await user(inner, "ADA@acme.test")

    async def give_up() -> None:
        async with db.transaction() as transaction:
            await user(transaction, "undone@acme.test")
            async with transaction.transaction() as inner:
                await user(inner, "undone.too@acme.test")
            raise Undone

    async with db.transaction() as transaction:
        await user(transaction, "ada@acme.test")
        with pytest.raises(UniqueViolation):
            await spoil(transaction)
        assert await transaction.users.user_exists(email="lost@acme.test") is False
        async with transaction.transaction() as inner:
            await user(inner, "bob@acme.test")
    with pytest.raises(Undone):
        await give_up()
    found = await db.users.search_users(pattern="%", limit=10)
    assert [row.email for row in found] == ["ada@acme.test", "bob@acme.test"]


SCENARIOS: Final[tuple[Scenario, ...]] = (
    organizations_are_managed,
    organizations_have_members,
    budgets_are_exact,
    users_are_managed,
    users_are_found,
    keys_open_what_they_should,
    keys_are_changed,
    keys_are_accounted_for,
    usage_is_recorded,
    usage_is_summed,
    usage_is_counted_by_day,
    latencies_are_ranked,
    providers_are_configured,
    models_are_catalogued,
    credentials_are_kept,
    a_user_takes_all_along,
    mistakes_are_told_apart,
    transactions_nest,
)


# Tests


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


# What scenarios begin with


class Undone(Exception):
    """Thrown to leave a transaction."""


async def moment_later() -> None:
    """Let the clocks of all databases move on."""
    await asyncio.sleep(0.01)


async def organization(db: gate.Database, slug: str) -> Organization:
    return await db.organizations.create_organization(name=slug, slug=slug, monthly_budget=None, metadata={})


async def user(
    db: gate.Database,
    email: str,
    organization: Organization | None = None,
    name: str | None = None,
    role: UserRole = UserRole.MEMBER,
) -> User:
    return await db.users.create_user(
        organization_id=None if organization is None else organization.id,
        email=email,
        name=name,
        role=role,
        metadata={},
    )


async def api_key(
    db: gate.Database,
    owner: User,
    name: str,
    organization: Organization | None = None,
    expires_at: datetime | None = None,
) -> ApiKey:
    return await db.api_keys.create_api_key(
        user_id=owner.id,
        organization_id=None if organization is None else organization.id,
        name=name,
        prefix="sk-",
        key_hash=uuid4().hex * 2,
        configuration={},
        requests_per_minute=None,
        expires_at=expires_at,
    )


async def provider(
    db: gate.Database, id: str, kind: ProviderKind = ProviderKind.CUSTOM, priority: int = 100
) -> Provider:
    return await db.providers.upsert_provider(
        id=id,
        name=id,
        kind=kind,
        base_url=f"https://{id}.test",
        configuration={},
        priority=priority,
        weight=1,
    )


async def model(
    db: gate.Database,
    provider: str,
    name: str,
    price: str = "0",
    context_window: int = 100_000,
    released_on: date | None = None,
) -> Model:
    return await db.models_catalog.upsert_model(
        provider_id=provider,
        name=name,
        display_name=None,
        context_window=context_window,
        max_output_tokens=None,
        input_price=Decimal(price),
        output_price=Decimal(0),
        capabilities=[],
        released_on=released_on,
    )


async def record_usage(
    db: gate.Database,
    who: User,
    *,
    organization: Organization | None = None,
    key: ApiKey | None = None,
    provider: str = "openai",
    model: str = "gpt",
    input_tokens: int = 0,
    output_tokens: int = 0,
    cost: str = "0",
    latency_ms: int | None = None,
    status_code: int = 200,
    metadata: JsonInput = None,
    at: datetime = MARCH,
) -> int:
    return await db.usage.record_usage(
        user_id=who.id,
        organization_id=None if organization is None else organization.id,
        api_key_id=None if key is None else key.id,
        provider_id=provider,
        model=model,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        cost=Decimal(cost),
        latency_ms=latency_ms,
        status_code=status_code,
        error=None,
        metadata=metadata,
        requested_at=at,
    )


async def record_request(db: gate.Database, who: User, request: UUID) -> UsageRecord | None:
    return await db.usage.record_request(
        request_id=request,
        user_id=who.id,
        provider_id="openai",
        model="gpt",
        input_tokens=3,
        output_tokens=4,
        cost=Decimal("0.25"),
    )


async def credential(db: gate.Database, owner: User, credential_id: bytes) -> WebauthnCredential:
    return await db.webauthn.store_credential(
        user_id=owner.id,
        credential_id=credential_id,
        public_key=b"key",
        sign_count=0,
        aaguid=None,
        name=None,
        transports=[],
        backed_up=False,
    )
