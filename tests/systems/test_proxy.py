"""The proxy's database layer: what its document names, the same on every database, awaited or not."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID, uuid4

import pytest
from sqlwright.runtime import CheckViolation, UniqueViolation

from generated import proxy
from generated.proxy.analytics import (
    GetErrorRateRow,
    GetTopAuthsByUsageRow,
    GetUsageSummaryRow,
    ListDailyUsageRow,
    ListLatenciesRow,
    ListUsageByModelRow,
)
from generated.proxy.api_keys import FindApiKeysRow
from generated.proxy.cache import GetManyRow, MeasureRow
from generated.proxy.models import ApiKey, Config, OauthToken
from generated.proxy.oauth_tokens import CountTokensRow, ListExpiringTokensRow
from generated.proxy.request_logs import ListFailuresRow

from .driving import WAYS, drive, methods

Scenario: TypeAlias = Callable[[proxy.Database], Coroutine[object, object, None]]

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
MARCH: Final = datetime(2024, 3, 1, tzinfo=UTC)
FAR_AHEAD: Final = datetime(2100, 1, 1, 12, 30, 15, 123456, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
FIRST: Final = date(2024, 3, 1)
DAY: Final = timedelta(days=1)


# Scenarios


async def tokens_are_kept(db: proxy.Database) -> None:
    metadata = {"scopes": ["a", "ü"], "plan": None}
    ada = await db.oauth_tokens.save_token(
        provider="claude",
        user_id="ada",
        email="ada@example.test",
        access_token="secret",
        refresh_token="again",
        expires_at=FAR_AHEAD,
        metadata=metadata,
    )
    assert isinstance(ada, OauthToken)
    assert isinstance(ada.id, UUID)
    assert (ada.provider, ada.user_id, ada.email, ada.metadata) == ("claude", "ada", "ada@example.test", metadata)
    assert (ada.access_token, ada.refresh_token, ada.expires_at) == ("secret", "again", FAR_AHEAD)
    assert (ada.is_active, ada.deleted_at) == (True, None)
    assert await db.oauth_tokens.get_token(id=ada.id) == ada
    assert await db.oauth_tokens.get_token(id=uuid4()) is None
    assert await db.oauth_tokens.get_token_by_user(provider="claude", user_id="ada") == ada
    assert await db.oauth_tokens.get_token_by_user(provider="gemini", user_id="ada") is None
    other = await token(db, provider="gemini", user_id="ada", email="ada@example.test")
    assert await db.oauth_tokens.list_tokens_by_email(email="ada@example.test") == [ada, other]
    assert await db.oauth_tokens.list_tokens_by_email(email="ADA@example.test") == []
    assert await db.oauth_tokens.count_tokens() == [CountTokensRow("claude", 1, 1), CountTokensRow("gemini", 1, 1)]


async def tokens_are_refreshed(db: proxy.Database) -> None:
    soon = await token(db, refresh_token="r", expires_at=MARCH)
    later = await token(db, user_id="bob", refresh_token="s", expires_at=MARCH + HOUR)
    await token(db, user_id="eve", expires_at=MARCH)
    await token(db, user_id="joe", refresh_token="t", expires_at=FAR_AHEAD)
    expiring = [
        ListExpiringTokensRow(soon.id, "claude", "ada", MARCH, "r"),
        ListExpiringTokensRow(later.id, "claude", "bob", MARCH + HOUR, "s"),
    ]
    assert await db.oauth_tokens.list_expiring_tokens(moment=MARCH + HOUR, limit=10) == expiring
    assert await db.oauth_tokens.list_expiring_tokens(moment=MARCH + HOUR, limit=1) == expiring[:1]
    fresh = await db.oauth_tokens.refresh_token(id=soon.id, access_token="new", refresh_token=None, expires_at=None)
    assert fresh is not None
    assert (fresh.access_token, fresh.refresh_token, fresh.expires_at) == ("new", "r", None)
    rolled = await db.oauth_tokens.refresh_token(
        id=soon.id, access_token="newer", refresh_token="u", expires_at=FAR_AHEAD
    )
    assert rolled is not None
    assert (rolled.access_token, rolled.refresh_token, rolled.expires_at) == ("newer", "u", FAR_AHEAD)
    assert await db.oauth_tokens.get_token(id=soon.id) == rolled
    assert (
        await db.oauth_tokens.refresh_token(id=uuid4(), access_token="x", refresh_token=None, expires_at=None) is None
    )


async def tokens_are_put_away(db: proxy.Database) -> None:
    kept = await token(db, refresh_token="r")
    assert await db.oauth_tokens.set_token_active(id=kept.id, is_active=False) == 1
    assert await db.oauth_tokens.get_token_by_user(provider="claude", user_id="ada") is None
    assert await db.oauth_tokens.set_token_active(id=kept.id, is_active=True) == 1
    assert await db.oauth_tokens.restore_token(id=kept.id) is None
    assert await db.oauth_tokens.delete_token(id=kept.id) == 1
    assert await db.oauth_tokens.delete_token(id=kept.id) == 0
    assert await db.oauth_tokens.set_token_active(id=kept.id, is_active=True) == 0
    away = await db.oauth_tokens.get_token(id=kept.id)
    assert away is not None
    assert away.deleted_at is not None
    assert away.deleted_at.utcoffset() == timedelta(0)
    assert not away.is_active
    assert await db.oauth_tokens.list_tokens_by_email(email="ada@example.test") == []
    assert await db.oauth_tokens.count_tokens() == [CountTokensRow("claude", 1, 0)]
    restored = await db.oauth_tokens.restore_token(id=kept.id)
    assert restored is not None
    assert (restored.deleted_at, restored.is_active) == (None, True)
    assert await db.oauth_tokens.get_token_by_user(provider="claude", user_id="ada") == restored

    spent = await token(db, user_id="bob", expires_at=LONG_AGO)
    refreshable = await token(db, user_id="eve", expires_at=LONG_AGO, refresh_token="r")
    assert await db.oauth_tokens.purge_tokens(moment=MARCH) == 1
    assert await db.oauth_tokens.get_token(id=spent.id) is None
    assert await db.oauth_tokens.get_token(id=refreshable.id) == refreshable
    await db.oauth_tokens.delete_token(id=kept.id)
    assert await db.oauth_tokens.purge_tokens(moment=FAR_AHEAD) == 1
    assert await db.oauth_tokens.get_token(id=kept.id) is None


async def usage_is_added_up(db: proxy.Database) -> None:
    await use(db)
    first = await db.usage_stats.get_usage_stats(provider="claude", model="opus", auth_id="ada", date=FIRST)
    assert first is not None
    assert (first.request_count, first.success_count, first.input_tokens, first.output_tokens) == (1, 1, 100, 200)
    assert (first.date, first.total_tokens) == (FIRST, 300)
    await use(db, requests=3, successes=2, input_tokens=2**40)
    second = await db.usage_stats.get_usage_stats(provider="claude", model="opus", auth_id="ada", date=FIRST)
    assert second is not None
    assert (second.id, second.created_at) == (first.id, first.created_at)
    assert (second.request_count, second.success_count) == (4, 3)
    assert second.total_tokens == 2**40 + 100 + 400
    assert (
        await db.usage_stats.get_usage_stats(provider="claude", model="opus", auth_id="ada", date=FIRST + DAY) is None
    )

    for days in (1, 2, 3):
        await use(db, day=FIRST + days * DAY)
    await use(db, auth_id="nobody", requests=0, successes=0)
    listed = await db.usage_stats.list_usage_stats(first=FIRST, last=FIRST + 2 * DAY, limit=10, offset=0)
    assert [stat.date for stat in listed] == [FIRST + 2 * DAY, FIRST + DAY, FIRST]
    page = await db.usage_stats.list_usage_stats(first=FIRST, last=FIRST + 2 * DAY, limit=1, offset=1)
    assert page == listed[1:2]
    assert await db.usage_stats.delete_usage_stats(date=FIRST + 2 * DAY) == 3
    assert await db.usage_stats.delete_usage_stats(date=FIRST + 2 * DAY) == 0


async def usage_is_analysed(db: proxy.Database) -> None:
    empty = await db.analytics.get_usage_summary(first=FIRST, last=FIRST)
    assert empty == GetUsageSummaryRow(0, 0, 0, 0, 0, 0, 0)
    # Many entries at once are one transaction.
    async with db.transaction() as batch:
        for days in range(5):
            await use(batch, day=FIRST + days * DAY, requests=10, successes=9)
            await use(batch, day=FIRST + days * DAY, auth_id="bob", model="haiku", requests=2, successes=2)
        await use(batch, provider="gemini", auth_id="eve", model="pro", input_tokens=0, output_tokens=0)
    assert await db.analytics.get_usage_summary(first=FIRST, last=FIRST + DAY) == GetUsageSummaryRow(
        requests=25, successes=23, input_tokens=400, output_tokens=800, total_tokens=1200, auths=3, days=2
    )
    assert await db.analytics.list_usage_by_model(first=FIRST, last=FIRST + DAY) == [
        ListUsageByModelRow("claude", "haiku", 4, 600, 1),
        ListUsageByModelRow("claude", "opus", 20, 600, 1),
        ListUsageByModelRow("gemini", "pro", 1, 0, 3),
    ]
    assert await db.analytics.list_daily_usage(first=FIRST, last=FIRST + 2 * DAY) == [
        ListDailyUsageRow(FIRST, 13, 600, 600),
        ListDailyUsageRow(FIRST + DAY, 12, 600, 1200),
        ListDailyUsageRow(FIRST + 2 * DAY, 12, 600, 1800),
    ]
    top = [GetTopAuthsByUsageRow("ada", 50, 1500), GetTopAuthsByUsageRow("bob", 10, 1500)]
    assert await db.analytics.get_top_auths_by_usage(first=FIRST, last=FIRST + 9 * DAY, limit=10) == top
    assert await db.analytics.get_top_auths_by_usage(first=FIRST, last=FIRST + 9 * DAY, limit=1) == top[:1]


async def requests_are_logged(db: proxy.Database) -> None:
    async with db.transaction() as batch:
        for number, status in enumerate((200, 200, 429, 500, 200, 200)):
            await log(batch, f"r{number}", status=status, latency=10 * number, at=MARCH + number * HOUR)
        await log(batch, "g", provider="gemini", model="pro", latency=7, at=MARCH)
    found = await db.request_logs.get_request(request_id="r2")
    assert found is not None
    assert (found.provider, found.model, found.status_code, found.latency_ms) == ("claude", "opus", 429, 20)
    assert (found.input_tokens, found.output_tokens, found.created_at) == (3, 4, MARCH + 2 * HOUR)
    assert await db.request_logs.get_request(request_id="r9") is None

    # The third of six in a hundred parts, rounded as on paper.
    assert await db.analytics.get_error_rate(since=MARCH, until=MARCH + 3 * HOUR) == [
        GetErrorRateRow("claude", "opus", 3, 1, Decimal("33.33")),
        GetErrorRateRow("gemini", "pro", 1, 0, Decimal("0.00")),
    ]
    assert await db.analytics.get_error_rate(since=FAR_AHEAD, until=FAR_AHEAD) == []
    assert await db.analytics.list_latencies(since=MARCH, until=FAR_AHEAD) == [
        ListLatenciesRow("claude", "opus", 0, 25.0, 50),
        ListLatenciesRow("gemini", "pro", 7, 7.0, 7),
    ]
    assert await db.request_logs.list_failures(status_codes=[429, 500, 503], limit=10) == [
        ListFailuresRow("r3", "claude", "opus", 500, MARCH + 3 * HOUR),
        ListFailuresRow("r2", "claude", "opus", 429, MARCH + 2 * HOUR),
    ]
    assert await db.request_logs.list_failures(status_codes=[], limit=10) == []
    recent = await db.request_logs.list_recent_requests(since=MARCH + 3 * HOUR, provider=None, limit=10)
    assert [request.request_id for request in recent] == ["r5", "r4"]
    of_one = await db.request_logs.list_recent_requests(since=LONG_AGO, provider="gemini", limit=10)
    assert [request.request_id for request in of_one] == ["g"]

    await log(db, "now", at=None)
    logged = await db.request_logs.get_request(request_id="now")
    assert logged is not None
    assert abs(datetime.now(UTC) - logged.created_at) < timedelta(minutes=5)
    assert await db.request_logs.purge_requests(moment=MARCH + HOUR) == 2
    assert await db.request_logs.purge_requests(moment=MARCH + HOUR) == 0


async def keys_are_validated(db: proxy.Database) -> None:
    key = await db.api_keys.create_api_key(key_hash="a" * 64, key_prefix="sk-12345", rate_limit=60, expires_at=None)
    assert isinstance(key, ApiKey)
    assert (key.key_hash, key.key_prefix, key.rate_limit, key.is_active) == ("a" * 64, "sk-12345", 60, True)
    assert await db.api_keys.validate_api_key(key_hash="a" * 64) == key
    assert await db.api_keys.validate_api_key(key_hash="A" * 64) is None
    old = await db.api_keys.create_api_key(key_hash="b" * 64, key_prefix="sk%12345", rate_limit=None, expires_at=MARCH)
    assert await db.api_keys.validate_api_key(key_hash=old.key_hash) is None
    assert {one.id for one in await db.api_keys.list_api_keys(limit=10, offset=0)} == {key.id, old.id}
    assert len(await db.api_keys.list_api_keys(limit=10, offset=1)) == 1
    assert await db.api_keys.find_api_keys(prefix="sk-1") == [FindApiKeysRow(key.id, "sk-12345", True, None)]
    assert await db.api_keys.find_api_keys(prefix="SK-1") == []

    limited = await db.api_keys.set_rate_limit(id=key.id, rate_limit=None)
    assert limited is not None
    assert limited.rate_limit is None
    assert await db.api_keys.set_rate_limit(id=uuid4(), rate_limit=1) is None
    assert await db.api_keys.deactivate_api_key(id=key.id) == 1
    assert await db.api_keys.deactivate_api_key(id=key.id) == 0
    assert await db.api_keys.validate_api_key(key_hash="a" * 64) is None
    assert await db.api_keys.purge_api_keys(moment=FAR_AHEAD) == 1
    assert [one.id for one in await db.api_keys.list_api_keys(limit=10, offset=0)] == [key.id]


async def configurations_have_versions(db: proxy.Database) -> None:
    text = 'port: 8317\nname: "ü"\n'
    saved = await db.configs.save_config(name="main", yaml_config=text)
    assert isinstance(saved, Config)
    assert (saved.name, saved.yaml_config, saved.version, saved.is_active) == ("main", text, 1, True)
    again = await db.configs.save_config(name="main", yaml_config="port: 1\n")
    assert (again.id, again.version, again.yaml_config) == (saved.id, 2, "port: 1\n")
    assert await db.configs.get_config(name="main") == again
    assert await db.configs.replace_config(name="main", version=1, yaml_config="lost") is None
    replaced = await db.configs.replace_config(name="main", version=2, yaml_config="port: 2\n")
    assert replaced is not None
    assert (replaced.version, replaced.yaml_config) == (3, "port: 2\n")

    assert await db.configs.set_config_active(name="main", is_active=False) == 1
    assert await db.configs.get_config(name="main") is None
    await db.configs.save_config(name="A", yaml_config="")
    assert [(one.name, one.version, one.is_active) for one in await db.configs.list_configs()] == [
        ("A", 1, True),
        ("main", 3, False),
    ]
    assert await db.configs.delete_config(name="A") == 1
    assert await db.configs.delete_config(name="A") == 0


async def values_are_cached(db: proxy.Database) -> None:
    value = bytes(range(256))
    await db.cache.put(key="k/1", value=value, expires_at=FAR_AHEAD, tags=["a", 'q"u,o te'])
    assert await db.cache.get(key="k/1") == value
    assert await db.cache.get(key="K/1") is None
    entry = await db.cache.get_entry(key="k/1")
    assert entry is not None
    assert (entry.key, entry.value, entry.expires_at, entry.tags) == ("k/1", value, FAR_AHEAD, ["a", 'q"u,o te'])
    await db.cache.put(key="k/1", value=b"", expires_at=None, tags=[])
    replaced = await db.cache.get_entry(key="k/1")
    assert replaced is not None
    assert (replaced.value, replaced.expires_at, replaced.tags) == (b"", None, [])
    assert replaced.created_at == entry.created_at

    await db.cache.put(key="old", value=b"old", expires_at=MARCH, tags=["a"])
    await db.cache.put(key="new", value=b"new", expires_at=FAR_AHEAD, tags=["b", "a"])
    await db.cache.put(key="b", value=b"12345", expires_at=None, tags=["b"])
    assert await db.cache.get(key="old") is None
    assert await db.cache.get_many(keys=["new", "old", "k/1", "none"]) == [
        GetManyRow("k/1", b""),
        GetManyRow("new", b"new"),
    ]
    assert await db.cache.measure() == MeasureRow(entries=4, size=11)
    assert await db.cache.purge(moment=MARCH + HOUR) == 1
    assert await db.cache.invalidate_tag(tag="A") == 0
    assert await db.cache.invalidate_tag(tag="a") == 1
    assert await db.cache.get(key="new") is None
    assert await db.cache.remove(key="b") == 1
    assert await db.cache.remove(key="b") == 0
    assert await db.cache.measure() == MeasureRow(entries=1, size=0)


async def mistakes_are_told_apart(db: proxy.Database) -> None:
    await log(db, "once")
    with pytest.raises(UniqueViolation):
        await log(db, "once")
    with pytest.raises(CheckViolation):
        await log(db, "late", latency=-1)
    with pytest.raises(CheckViolation):
        await use(db, requests=1, successes=2)
    with pytest.raises(CheckViolation):
        await db.api_keys.create_api_key(key_hash="c", key_prefix="c", rate_limit=0, expires_at=None)
    with pytest.raises(UniqueViolation):
        await log_all(db, "twice", "twice")
    assert await db.request_logs.get_request(request_id="twice") is None
    summary = await db.analytics.get_usage_summary(first=FIRST, last=FIRST)
    assert summary.requests == 0


SCENARIOS: Final[tuple[Scenario, ...]] = (
    tokens_are_kept,
    tokens_are_refreshed,
    tokens_are_put_away,
    usage_is_added_up,
    usage_is_analysed,
    requests_are_logged,
    keys_are_validated,
    configurations_have_versions,
    values_are_cached,
    mistakes_are_told_apart,
)


# Tests


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: str(scenario.__name__))
def test_scenario(scenario: Scenario, way: str, database_url: str) -> None:
    drive(proxy.connect(database_url) if way == "async" else proxy.connect_sync(database_url), scenario)


def test_every_method_is_driven(tmp_path: Path) -> None:
    driven: set[str] = set()
    for number, scenario in enumerate(SCENARIOS):
        driven |= drive(proxy.connect(f"sqlite:///{tmp_path}/{number}.db"), scenario)
    assert driven == methods(proxy.Database) == methods(proxy.DatabaseSync)


# What scenarios begin with


async def token(
    db: proxy.Database,
    *,
    provider: str = "claude",
    user_id: str = "ada",
    email: str | None = "ada@example.test",
    refresh_token: str | None = None,
    expires_at: datetime | None = None,
) -> OauthToken:
    return await db.oauth_tokens.save_token(
        provider=provider,
        user_id=user_id,
        email=email,
        access_token="secret",
        refresh_token=refresh_token,
        expires_at=expires_at,
        metadata={},
    )


async def use(
    db: proxy.Database,
    *,
    provider: str = "claude",
    model: str = "opus",
    auth_id: str = "ada",
    day: date = FIRST,
    requests: int = 1,
    successes: int = 1,
    input_tokens: int = 100,
    output_tokens: int = 200,
) -> None:
    await db.usage_stats.upsert_usage_stats(
        provider=provider,
        model=model,
        auth_id=auth_id,
        date=day,
        request_count=requests,
        success_count=successes,
        input_tokens=input_tokens,
        output_tokens=output_tokens,
    )


async def log(
    db: proxy.Database,
    request_id: str,
    *,
    provider: str = "claude",
    model: str = "opus",
    status: int = 200,
    latency: int = 1,
    at: datetime | None = MARCH,
) -> None:
    await db.request_logs.log_request(
        request_id=request_id,
        provider=provider,
        model=model,
        status_code=status,
        latency_ms=latency,
        input_tokens=3,
        output_tokens=4,
        created_at=at,
    )


async def log_all(db: proxy.Database, *request_ids: str) -> None:
    """All or none of some requests."""
    async with db.transaction() as batch:
        for request_id in request_ids:
            await log(batch, request_id)
