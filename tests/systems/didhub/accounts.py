"""Accounts, the requests to approve them, and settings."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlwright.runtime import ForeignKeyViolation, NoRowError, UniqueViolation

from generated import didhub
from generated.didhub.models import Setting, User
from generated.didhub.settings import ListSettingsUnderRow
from generated.didhub.system_requests import CountRequestsRow, ListRequestsRow
from generated.didhub.users import CountUsersRow, ListAdminsRow, SearchUsersRow

from .beginnings import HASH, Undone, moment_later, system, upload, user


async def accounts_are_opened(db: didhub.Database) -> None:
    assert await db.users.count_users() == CountUsersRow(total=0, admins=0, systems=0, waiting=0)
    ada = await user(db, "ada")
    assert isinstance(ada, User)
    assert (ada.username, ada.password_hash) == ("ada", HASH)
    assert (ada.is_admin, ada.is_system, ada.is_approved) == (False, False, False)
    assert all(type(flag) is bool for flag in (ada.is_admin, ada.is_system, ada.is_approved))
    assert ada.created_at.tzinfo is None
    assert abs(datetime.now(UTC).replace(tzinfo=None) - ada.created_at) < timedelta(minutes=5)
    assert await db.users.get_user(id=ada.id) == ada
    assert await db.users.get_user(id=ada.id + 1) is None
    assert await db.users.get_user_by_username(username="ada") == ada
    assert await db.users.get_user_by_username(username="ADA") is None
    assert await db.users.username_exists(username="ada") is True
    assert await db.users.username_exists(username="bob") is False

    await moment_later()
    bob = await db.users.create_admin(username="Bob", password_hash=HASH)
    assert (bob.is_admin, bob.is_approved) == (True, True)
    await db.users.seed_user(username="ada", password_hash="other", is_admin=True, is_system=True)
    await db.users.seed_user(username="hub", password_hash=HASH, is_admin=False, is_system=True)
    assert await db.users.get_user_by_username(username="ada") == ada
    assert await db.users.count_users() == CountUsersRow(total=3, admins=1, systems=1, waiting=1)
    assert await db.users.list_admins() == [ListAdminsRow(id=bob.id, username="Bob")]


async def accounts_are_paged_and_found(db: didhub.Database) -> None:
    names = ["ada", "Bob", "carol", "Ca_ol", "ädA"]
    users = [await user(db, name) for name in names]
    newest = users[::-1]
    assert await db.users.list_users(limit=2, offset=0) == newest[:2]
    assert await db.users.list_users(limit=2, offset=4) == newest[4:]
    assert await db.users.list_users(limit=-1, offset=1) == newest[1:]
    assert await db.users.list_users(limit=0, offset=0) == []
    assert await db.users.list_users_by_ids(ids=[users[2].id, users[0].id, 10**12]) == [users[0], users[2]]
    assert await db.users.list_users_by_ids(ids=[]) == []

    await system(db, users[2])
    await system(db, users[2], "Second")
    await upload(db, users[2], "a.png", 1)
    await db.users.approve_user(id=users[2].id)
    found = await db.users.search_users(pattern="CA%", is_approved=None, limit=9, offset=0)
    assert found == [
        SearchUsersRow(id=users[3].id, username="Ca_ol", is_approved=False, systems=0, uploads=0),
        SearchUsersRow(id=users[2].id, username="carol", is_approved=True, systems=2, uploads=1),
    ]
    assert await db.users.search_users(pattern="ca%", is_approved=True, limit=9, offset=0) == found[1:]
    assert await db.users.search_users(pattern="ca%", is_approved=False, limit=9, offset=0) == found[:1]
    everyone = await db.users.search_users(pattern="%", is_approved=None, limit=9, offset=0)
    assert [row.username for row in everyone] == ["Bob", "Ca_ol", "ada", "carol", "ädA"]
    ascii_only = await db.users.search_users(pattern="%DA", is_approved=None, limit=9, offset=0)
    assert [row.username for row in ascii_only] == ["ada", "ädA"]
    assert await db.users.search_users(pattern="ÄDA", is_approved=None, limit=9, offset=0) == []


async def accounts_are_changed(db: didhub.Database) -> None:
    ada = await user(db, "ada")
    await user(db, "bob")
    await moment_later()
    renamed = await db.users.update_user(id=ada.id, username="Ada", password_hash=None, is_admin=True, is_system=None)
    assert (renamed.username, renamed.password_hash, renamed.is_admin, renamed.is_system) == ("Ada", HASH, True, False)
    assert renamed.updated_at > ada.updated_at
    assert renamed.created_at == ada.created_at
    assert await db.users.get_user(id=ada.id) == renamed
    with pytest.raises(UniqueViolation):
        await db.users.update_user(id=ada.id, username="bob", password_hash=None, is_admin=None, is_system=None)
    with pytest.raises(NoRowError):
        await db.users.update_user(id=10**9, username="x", password_hash=None, is_admin=None, is_system=None)
    with pytest.raises(UniqueViolation):
        await user(db, "bob")
    assert await db.users.approve_user(id=ada.id) == 1
    assert await db.users.approve_user(id=ada.id) == 0
    assert await db.users.delete_user(id=ada.id) == 1
    assert await db.users.delete_user(id=ada.id) == 0


async def requests_are_decided(db: didhub.Database) -> None:
    ada, bob = await user(db, "ada"), await user(db, "bob")
    assert await db.system_requests.latest_request(user_id=ada.id) is None
    first = await db.system_requests.create_request(user_id=ada.id)
    assert (first.user_id, first.status, first.admin_notes) == (ada.id, "pending", None)
    await moment_later()
    second = await db.system_requests.create_request(user_id=bob.id)
    assert await db.system_requests.get_request(id=first.id) == first
    assert await db.system_requests.get_request(id=second.id + 1) is None
    waiting = await db.system_requests.list_requests(status="pending", limit=10, offset=0)
    assert waiting[0] == ListRequestsRow(
        id=first.id,
        status="pending",
        admin_notes=None,
        created_at=first.created_at,
        user_id=ada.id,
        username="ada",
    )
    assert [row.username for row in waiting] == ["ada", "bob"]
    assert await db.system_requests.list_requests(status="pending", limit=1, offset=1) == waiting[1:]

    approved = await db.system_requests.decide_request(id=first.id, status="approved", admin_notes="welcome")
    assert (approved.status, approved.admin_notes) == ("approved", "welcome")
    await db.system_requests.decide_request(id=second.id, status="denied", admin_notes=None)
    with pytest.raises(NoRowError):
        await db.system_requests.decide_request(id=first.id, status="denied", admin_notes=None)
    assert await db.system_requests.count_requests() == [
        CountRequestsRow(status="approved", requests=1),
        CountRequestsRow(status="denied", requests=1),
    ]
    assert await db.system_requests.approve_requested() == 1
    assert await db.system_requests.approve_requested() == 0
    welcome = await db.users.get_user(id=ada.id)
    assert welcome is not None
    assert welcome.is_approved is True
    await moment_later()
    again = await db.system_requests.create_request(user_id=bob.id)
    assert await db.system_requests.latest_request(user_id=bob.id) == again
    assert await db.system_requests.delete_request(id=again.id) == 1
    with pytest.raises(ForeignKeyViolation):
        await db.system_requests.create_request(user_id=10**9)


async def settings_are_kept(db: didhub.Database) -> None:
    assert await db.settings.get_setting(key="site.name") is None
    assert await db.settings.get_value(key="site.name", default="DIDHub") == "DIDHub"
    made = await db.settings.set_setting(key="site.name", value="Hub", description="What it is called")
    assert isinstance(made, Setting)
    assert await db.settings.get_setting(key="site.name") == made
    await moment_later()
    changed = await db.settings.set_setting(key="site.name", value="Our hub", description=None)
    assert (changed.value, changed.description) == ("Our hub", "What it is called")
    assert changed.updated_at > made.updated_at
    assert await db.settings.get_setting(key="site.name") == changed
    assert await db.settings.get_value(key="site.name", default="DIDHub") == "Our hub"
    assert await db.settings.seed_setting(key="site.name", value="Seeded", description=None) == 0
    assert await db.settings.seed_setting(key="site.Color", value="#123456", description=None) == 1
    assert await db.settings.seed_setting(key="mail", value="it's \\ %_", description="") == 1
    assert [one.key for one in await db.settings.list_settings()] == ["mail", "site.Color", "site.name"]
    assert await db.settings.list_settings_under(prefix="site.") == [
        ListSettingsUnderRow(key="site.Color", value="#123456"),
        ListSettingsUnderRow(key="site.name", value="Our hub"),
    ]
    assert await db.settings.list_settings_under(prefix="SITE.") == []
    assert await db.settings.delete_setting(key="mail") == 1
    assert await db.settings.delete_setting(key="mail") == 0


async def transactions_nest(db: didhub.Database) -> None:
    async with db.transaction() as outer:
        await user(outer, "kept")
        with suppress(Undone):
            async with outer.transaction() as inner:
                await user(inner, "lost")
                raise Undone
    assert await db.users.username_exists(username="kept") is True
    assert await db.users.username_exists(username="lost") is False
