"""What scenarios begin with."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid4

from sqlwright.runtime import Json, JsonInput

from generated import gate
from generated.gate.models import (
    ApiKey,
    Model,
    Organization,
    Provider,
    ProviderKind,
    UsageRecord,
    User,
    UserRole,
    WebauthnCredential,
)

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
