"""The gateway's catalogue: platforms, tenants, their databases, and what was put into them; the same everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID, uuid4

import pytest
from sqlwright.runtime import CheckViolation, ForeignKeyViolation, NoRowError, UniqueViolation

from generated import gateway
from generated.gateway.databases import (
    CountConnectionsRow,
    ListDatabasesRow,
    ListIdleDatabasesRow,
    RouteCallRow,
)
from generated.gateway.deployments import ListOutdatedDatabasesRow, ListSeedingsRow
from generated.gateway.models import (
    Database,
    DatabaseKind,
    DatabaseStatus,
    Deployment,
    DeploymentKind,
    DeploymentStatus,
    Function,
    Network,
    Platform,
    SchemaVersion,
    Tenant,
)
from generated.gateway.platforms import ListPlatformsRow
from generated.gateway.tenants import ListTenantsRow

from .driving import WAYS, drive, methods

Scenario: TypeAlias = Callable[[gateway.Database], Coroutine[object, object, None]]

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
FAR_AHEAD: Final = datetime(2100, 1, 1, tzinfo=UTC)


# Scenarios


async def platforms_register(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    assert isinstance(shop, Platform)
    assert isinstance(shop.id, UUID)
    assert (await db.platforms.ensure_platform(name="shop")).id == shop.id
    clinic = await db.platforms.ensure_platform(name="clinic")
    assert clinic.id != shop.id
    found = await db.platforms.get_platform(name="shop")
    assert found is not None
    assert found.id == shop.id
    assert await db.platforms.get_platform(name="none") is None
    await database(db, shop)
    await tenant(db, shop, "acme")
    done = await deployment(db, shop)
    await db.deployments.finish_deployment(id=done.id, error=None)
    failed = await deployment(db, clinic)
    await db.deployments.finish_deployment(id=failed.id, error="no functions")
    assert await db.platforms.list_platforms() == [
        ListPlatformsRow(clinic.id, "clinic", 0, 0, None),
        ListPlatformsRow(shop.id, "shop", 1, 1, done.started_at),
    ]
    assert await db.platforms.delete_platform(id=shop.id) == 1
    assert await db.platforms.delete_platform(id=shop.id) == 0
    assert await db.databases.get_database(name="shop_main") is None
    assert await db.deployments.get_deployment(id=done.id) is None


async def tenants_come_and_go(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    settings = {"plan": "ü", "limits": [1, 2.5, None]}
    acme = await db.tenants.create_tenant(platform_id=shop.id, code="acme", display_name="Acme", settings=settings)
    assert isinstance(acme, Tenant)
    assert (acme.code, acme.display_name, acme.settings, acme.suspended_at) == ("acme", "Acme", settings, None)
    bare = await tenant(db, shop, "bare")
    its = await database(db, shop, acme)
    assert await db.tenants.get_tenant(platform="shop", code="acme") == acme
    assert await db.tenants.get_tenant(platform="clinic", code="acme") is None
    rows = [
        ListTenantsRow(acme.id, "acme", "Acme", None, its.name, DatabaseStatus.CREATING),
        ListTenantsRow(bare.id, "bare", None, None, None, None),
    ]
    assert await db.tenants.list_tenants(platform_id=shop.id, limit=10, offset=0) == rows
    assert await db.tenants.list_tenants(platform_id=shop.id, limit=1, offset=1) == rows[1:]

    suspended = await db.tenants.suspend_tenant(id=acme.id)
    assert suspended is not None
    assert suspended.suspended_at is not None
    assert suspended.suspended_at.utcoffset() == timedelta(0)
    assert await db.tenants.suspend_tenant(id=acme.id) is None
    assert await db.tenants.resume_tenant(id=acme.id) == 1
    assert await db.tenants.resume_tenant(id=acme.id) == 0

    changed = await db.tenants.configure_tenant(id=acme.id, display_name=None, settings=["x"])
    assert (changed.display_name, changed.settings, changed.suspended_at) == ("Acme", ["x"], None)
    renamed = await db.tenants.configure_tenant(id=acme.id, display_name="ACME", settings=None)
    assert (renamed.display_name, renamed.settings) == ("ACME", ["x"])
    with pytest.raises(NoRowError):
        await db.tenants.configure_tenant(id=uuid4(), display_name=None, settings=None)
    assert await db.tenants.delete_tenant(id=acme.id) == 1
    assert await db.databases.get_database(name=its.name) is None


async def databases_are_listed(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    acme = await tenant(db, shop, "acme")
    its = await database(db, shop, acme)
    main = await database(db, shop)
    assert isinstance(main, Database)
    assert (main.name, main.kind, main.status, main.tenant_id) == (
        "shop_main",
        DatabaseKind.MAIN,
        DatabaseStatus.CREATING,
        None,
    )
    assert (main.max_connections, main.last_used_at) == (10, None)
    assert await db.databases.get_database(name="shop_main") == main
    for version in (1, 2, 10):
        await record_version(db, main, version)
    assert await db.databases.list_databases(platform_id=shop.id) == [
        ListDatabasesRow(main.id, "shop_main", DatabaseKind.MAIN, DatabaseStatus.CREATING, None, 10),
        ListDatabasesRow(its.id, "shop_acme", DatabaseKind.TENANT, DatabaseStatus.CREATING, "acme", None),
    ]
    migrating = await db.databases.start_migration(id=main.id)
    assert migrating is not None
    assert migrating.status is DatabaseStatus.MIGRATING
    assert await db.databases.start_migration(id=main.id) is None
    ready = await db.databases.set_database_status(id=main.id, status=DatabaseStatus.READY)
    assert ready is not None
    assert ready.status is DatabaseStatus.READY
    assert await db.databases.set_database_status(id=uuid4(), status=DatabaseStatus.READY) is None
    assert await db.databases.list_databases_by_status(statuses=[DatabaseStatus.READY]) == [ready]
    both = [DatabaseStatus.CREATING, DatabaseStatus.READY]
    assert await db.databases.list_databases_by_status(statuses=both) == [its, ready]
    assert await db.databases.list_databases_by_status(statuses=[]) == []
    assert await db.databases.count_connections() == CountConnectionsRow(databases=1, connections=10)
    assert await db.databases.delete_database(id=its.id) == 1
    assert await db.databases.delete_database(id=its.id) == 0
    assert await db.tenants.get_tenant(platform="shop", code="acme") == acme


async def idle_databases_are_found(db: gateway.Database) -> None:
    assert await db.databases.count_connections() == CountConnectionsRow(databases=0, connections=0)
    shop = await db.platforms.ensure_platform(name="shop")
    main = await ready_database(db, shop)
    its = await ready_database(db, shop, await tenant(db, shop, "acme"))
    await db.databases.touch_database(id=main.id)
    touched = await db.databases.get_database(name=main.name)
    assert touched is not None
    assert touched.last_used_at is not None
    assert abs(datetime.now(UTC) - touched.last_used_at) < timedelta(minutes=5)
    assert await db.databases.list_idle_databases(moment=LONG_AGO) == [ListIdleDatabasesRow(its.id, its.name, None)]
    assert await db.databases.list_idle_databases(moment=FAR_AHEAD) == [
        ListIdleDatabasesRow(its.id, its.name, None),
        ListIdleDatabasesRow(main.id, main.name, touched.last_used_at),
    ]


async def calls_are_routed(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    acme = await tenant(db, shop, "acme")
    main = await ready_database(db, shop)
    its = await ready_database(db, shop, acme)
    await function(db, main, "list_items", "text")
    await function(db, main, "list_items", "integer")
    await function(db, its, "list_items")
    route = db.databases.route_call
    assert await route(platform="shop", function="list_items", tenant=None) == RouteCallRow(
        main.id, "shop_main", 10, "integer", "setof record"
    )
    assert await route(platform="shop", function="list_items", tenant="acme") == RouteCallRow(
        its.id, "shop_acme", 10, "", "setof record"
    )
    assert await route(platform="shop", function="drop_items", tenant="acme") is None
    assert await route(platform="shop", function="list_items", tenant="none") is None
    assert await route(platform="clinic", function="list_items", tenant=None) is None
    await db.tenants.suspend_tenant(id=acme.id)
    assert await route(platform="shop", function="list_items", tenant="acme") is None
    await db.databases.start_migration(id=main.id)
    assert await route(platform="shop", function="list_items", tenant=None) is None


async def archives_are_deployed(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    archive = sha256(b"archive").digest()
    assert await db.deployments.has_archive(platform_id=shop.id, archive_hash=archive) is False
    first = await deployment(db, shop)
    assert isinstance(first, Deployment)
    assert (first.kind, first.status, first.error) == (DeploymentKind.REGISTER, DeploymentStatus.RUNNING, None)
    assert (first.archive_hash, first.archive_size, first.sent_from) == (archive, 2**33, "2001:db8::1")
    assert await db.deployments.has_archive(platform_id=shop.id, archive_hash=archive) is False
    done = await db.deployments.finish_deployment(id=first.id, error=None)
    assert done is not None
    assert (done.status, done.error) == (DeploymentStatus.SUCCEEDED, None)
    assert done.finished_at is not None
    assert await db.deployments.has_archive(platform_id=shop.id, archive_hash=archive) is True
    assert await db.deployments.finish_deployment(id=first.id, error="again") is None
    found = await db.deployments.get_deployment(id=first.id)
    assert found is not None
    assert (found.deployments, found.platform) == (done, "shop")
    await moment_later()
    second = await deployment(db, shop, DeploymentKind.MIGRATE)
    failed = await db.deployments.finish_deployment(id=second.id, error="migration 3: syntax error")
    assert failed is not None
    assert (failed.status, failed.error) == (DeploymentStatus.FAILED, "migration 3: syntax error")
    assert await db.deployments.list_deployments(platform_id=shop.id, limit=10, offset=0) == [failed, done]
    assert await db.deployments.list_deployments(platform_id=shop.id, limit=1, offset=1) == [done]


async def schemas_have_versions(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    main, its = await database(db, shop), await database(db, shop, await tenant(db, shop, "acme"))
    source = await deployment(db, shop)
    assert await db.deployments.current_version(database_id=main.id) == 0
    for version in (2, 1):
        await record_version(db, main, version, source)
    await record_version(db, its, 1)
    assert await db.deployments.current_version(database_id=main.id) == 2
    versions = await db.deployments.list_versions(database_id=main.id)
    assert [one.version for one in versions] == [1, 2]
    assert isinstance(versions[0], SchemaVersion)
    assert (versions[0].name, versions[0].duration_ms, versions[0].deployment_id) == ("001_init", 12, source.id)
    assert versions[0].checksum == sha256(b"1").digest()
    outdated = db.deployments.list_outdated_databases
    assert await outdated(platform_id=shop.id, version=3) == [
        ListOutdatedDatabasesRow(its.id, "shop_acme", 1),
        ListOutdatedDatabasesRow(main.id, "shop_main", 2),
    ]
    assert await outdated(platform_id=shop.id, version=2) == [ListOutdatedDatabasesRow(its.id, "shop_acme", 1)]
    await db.databases.set_database_status(id=its.id, status=DatabaseStatus.RETIRED)
    assert await outdated(platform_id=shop.id, version=2) == []


async def functions_are_deployed(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    main = await database(db, shop)
    source = await deployment(db, shop)
    number = await function(db, main, "b")
    assert await function(db, main, "b", "text") > number
    await function(db, main, "a")
    listed = await db.deployments.list_functions(database_id=main.id)
    assert [(one.name, one.arguments) for one in listed] == [("a", ""), ("b", ""), ("b", "text")]
    assert isinstance(listed[1], Function)
    assert (listed[1].id, listed[1].returns, listed[1].deployment_id) == (number, "setof record", None)

    checksum = sha256(b"new").digest()
    replaced = await db.deployments.replace_function(
        database_id=main.id, name="b", arguments="", returns="int", checksum=checksum, deployment_id=source.id
    )
    assert replaced is not None
    assert (replaced.id, replaced.returns, replaced.checksum) == (number, "int", checksum)
    assert replaced.deployment_id == source.id
    same = await db.deployments.replace_function(
        database_id=main.id, name="b", arguments="", returns="int", checksum=checksum, deployment_id=None
    )
    assert same is None
    assert await db.deployments.remove_functions(database_id=main.id, names=["b", "c"]) == 1
    assert await db.deployments.remove_functions(database_id=main.id, names=[]) == 2


async def data_is_seeded_once(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    main = await database(db, shop)
    seed = db.deployments.record_seeding
    assert await seed(database_id=main.id, name="countries", row_count=195) == 1
    assert await seed(database_id=main.id, name="countries", row_count=1) == 0
    assert await seed(database_id=main.id, name="a", row_count=0) == 1
    first, second = await db.deployments.list_seedings(database_id=main.id)
    assert first == ListSeedingsRow("a", 0, first.seeded_at)
    assert second == ListSeedingsRow("countries", 195, second.seeded_at)


async def networks_are_let_in(db: gateway.Database) -> None:
    inner = await db.networks.allow_network(network="10.0.1.0/24", note=None)
    assert isinstance(inner, Network)
    assert (inner.network, inner.note, inner.enabled) == ("10.0.1.0/24", None, True)
    await db.networks.allow_network(network="127.0.0.0/8", note="this machine")
    assert await db.networks.list_allowed_networks() == ["10.0.1.0/24", "127.0.0.0/8"]
    assert await db.networks.shut_network(network="10.0.1.0/24") == 1
    assert await db.networks.shut_network(network="10.0.1.0/24") == 0
    assert await db.networks.list_allowed_networks() == ["127.0.0.0/8"]
    again = await db.networks.allow_network(network="10.0.1.0/24", note="the swarm")
    assert (again.id, again.note, again.enabled) == (inner.id, "the swarm", True)
    assert await db.networks.delete_network(network="10.0.1.0/24") == again
    assert await db.networks.delete_network(network="10.0.1.0/24") is None


async def mistakes_are_told_apart(db: gateway.Database) -> None:
    shop = await db.platforms.ensure_platform(name="shop")
    main = await database(db, shop)
    await function(db, main, "f")
    await record_version(db, main, 1)
    with pytest.raises(UniqueViolation):
        await function(db, main, "f")
    with pytest.raises(UniqueViolation):
        await record_version(db, main, 1)
    with pytest.raises(UniqueViolation):
        await database(db, shop)
    with pytest.raises(CheckViolation):
        await db.platforms.ensure_platform(name="Shop")
    with pytest.raises(CheckViolation):
        await record_version(db, main, 0)
    with pytest.raises(CheckViolation):
        await db.databases.create_database(
            platform_id=shop.id, tenant_id=None, name="wide", kind=DatabaseKind.MAIN, max_connections=201
        )
    with pytest.raises(ForeignKeyViolation):
        await db.tenants.create_tenant(platform_id=uuid4(), code="lost", display_name=None, settings={})
    with pytest.raises(UniqueViolation):
        await functions(db, main, "g", "f")
    assert [one.name for one in await db.deployments.list_functions(database_id=main.id)] == ["f"]


SCENARIOS: Final[tuple[Scenario, ...]] = (
    platforms_register,
    tenants_come_and_go,
    databases_are_listed,
    idle_databases_are_found,
    calls_are_routed,
    archives_are_deployed,
    schemas_have_versions,
    functions_are_deployed,
    data_is_seeded_once,
    networks_are_let_in,
    mistakes_are_told_apart,
)


# Tests


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: str(scenario.__name__))
def test_scenario(scenario: Scenario, way: str, database_url: str) -> None:
    drive(gateway.connect(database_url) if way == "async" else gateway.connect_sync(database_url), scenario)


def test_every_method_is_driven(tmp_path: Path) -> None:
    driven: set[str] = set()
    for number, scenario in enumerate(SCENARIOS):
        driven |= drive(gateway.connect(f"sqlite:///{tmp_path}/{number}.db"), scenario)
    assert driven == methods(gateway.Database) == methods(gateway.DatabaseSync)


# What scenarios begin with


async def moment_later() -> None:
    """Let the clocks of all databases move on."""
    await asyncio.sleep(0.01)


async def tenant(db: gateway.Database, platform: Platform, code: str) -> Tenant:
    return await db.tenants.create_tenant(platform_id=platform.id, code=code, display_name=None, settings={})


async def database(db: gateway.Database, platform: Platform, owner: Tenant | None = None) -> Database:
    return await db.databases.create_database(
        platform_id=platform.id,
        tenant_id=None if owner is None else owner.id,
        name=f"{platform.name}_{'main' if owner is None else owner.code}",
        kind=DatabaseKind.MAIN if owner is None else DatabaseKind.TENANT,
        max_connections=10,
    )


async def ready_database(db: gateway.Database, platform: Platform, owner: Tenant | None = None) -> Database:
    made = await database(db, platform, owner)
    ready = await db.databases.set_database_status(id=made.id, status=DatabaseStatus.READY)
    assert ready is not None
    return ready


async def deployment(
    db: gateway.Database, platform: Platform, kind: DeploymentKind = DeploymentKind.REGISTER
) -> Deployment:
    return await db.deployments.start_deployment(
        platform_id=platform.id,
        kind=kind,
        archive_hash=sha256(b"archive").digest(),
        archive_size=2**33,
        sent_from="2001:db8::1",
    )


async def record_version(
    db: gateway.Database, target: Database, version: int, source: Deployment | None = None
) -> None:
    await db.deployments.record_version(
        database_id=target.id,
        version=version,
        name=f"{version:03}_init",
        checksum=sha256(str(version).encode()).digest(),
        duration_ms=12,
        deployment_id=None if source is None else source.id,
    )


async def function(db: gateway.Database, target: Database, name: str, arguments: str = "") -> int:
    return await db.deployments.deploy_function(
        database_id=target.id,
        name=name,
        arguments=arguments,
        returns="setof record",
        checksum=sha256(name.encode()).digest(),
        deployment_id=None,
    )


async def functions(db: gateway.Database, target: Database, *names: str) -> None:
    """All or none of some functions."""
    async with db.transaction() as transaction:
        for name in names:
            await function(transaction, target, name)
