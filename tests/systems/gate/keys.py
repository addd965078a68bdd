"""API keys."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlwright.runtime import UniqueViolation

from generated import gate
from generated.gate.api_keys import AuthenticateRow, ListApiKeyUsageRow
from generated.gate.models import (
    ApiKey,
    KeyStatus,
    UserRole,
)

from .beginnings import DAY, FAR_AHEAD, JSON, LONG_AGO, MARCH, api_key, moment_later, provider, record_usage, user


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
