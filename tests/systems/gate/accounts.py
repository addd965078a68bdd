"""Organizations, users and their credentials."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlwright.runtime import NoRowError, UniqueViolation

from generated import gate
from generated.gate.models import (
    Organization,
    User,
    UserRole,
    WebauthnCredential,
)
from generated.gate.organizations import ListOrganizationMembersRow
from generated.gate.users import CountUsersByRoleRow, SearchUsersRow
from generated.gate.webauthn import GetCredentialOwnerRow

from .beginnings import JSON, api_key, credential, moment_later, organization, provider, record_usage, user


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
