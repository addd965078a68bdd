"""What is used, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID, uuid4

from generated import gate
from generated.gate.models import (
    UsageRecord,
)
from generated.gate.organizations import ListOrganizationsOverBudgetRow
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

from .beginnings import (
    DAY,
    FAR_AHEAD,
    JSON,
    LONG_AGO,
    MARCH,
    api_key,
    organization,
    provider,
    record_request,
    record_usage,
    user,
)


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
