"""Providers and their models."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlwright.runtime import ForeignKeyViolation

from generated import gate
from generated.gate.models import (
    Model,
    Provider,
    ProviderKind,
)
from generated.gate.models_catalog import ListAvailableModelsRow, ListCheapestModelsRow, ListModelsReleasedSinceRow
from generated.gate.providers import ListAvailableProvidersRow

from .beginnings import FAR_AHEAD, JSON, model, moment_later, provider, record_usage, user


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
