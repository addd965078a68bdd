"""Torii's storage: its four interfaces, the same on every database, awaited or not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID, uuid4

import pytest
from sqlwright.runtime import ForeignKeyViolation, NoRowError, UniqueViolation

from generated import torii
from generated.torii.models import Nonce, OauthAccount, Session, User
from generated.torii.oauth import CountAccountsByProviderRow
from generated.torii.passwords import GetLoginRow
from generated.torii.sessions import GetSessionUserRow, ListSessionCountsRow
from generated.torii.users import CountUsersRow, SearchUsersRow

from .driving import WAYS, drive, methods

Scenario: TypeAlias = Callable[[torii.Database], Coroutine[object, object, None]]

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)
FAR_AHEAD: Final = datetime(2100, 1, 1, 12, 30, 15, 123456, tzinfo=UTC)
LATER_STILL: Final = FAR_AHEAD + timedelta(microseconds=1)
HASH: Final = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"


# Scenarios


async def users_are_stored(db: torii.Database) -> None:
    assert await db.users.count_users() == CountUsersRow(total=0, verified=0)
    ada = await db.users.create_user(name="Ada", email="ada@example.test")
    assert isinstance(ada, User)
    assert isinstance(ada.id, UUID)
    assert (ada.name, ada.email, ada.email_verified_at, ada.password_hash) == ("Ada", "ada@example.test", None, None)
    assert ada.created_at == ada.updated_at
    assert ada.created_at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - ada.created_at) < timedelta(minutes=5)
    assert await db.users.get_user(id=ada.id) == ada
    assert await db.users.get_user(id=uuid4()) is None
    assert await db.users.get_user_by_email(email="ada@example.test") == ada
    assert await db.users.get_user_by_email(email="eve@example.test") is None

    await moment_later()
    number = uuid4()
    zoned = datetime(2020, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    bob = await db.users.create_user_with_id(id=number, name=None, email="bob@example.test", email_verified_at=zoned)
    assert (bob.id, bob.name, bob.email_verified_at) == (number, None, zoned)
    assert bob.email_verified_at is not None
    assert bob.email_verified_at.utcoffset() == timedelta(0)
    assert await db.users.list_users(limit=10, offset=0) == [bob, ada]
    assert await db.users.list_users(limit=1, offset=1) == [ada]
    assert await db.users.list_users_by_ids(ids=[bob.id, ada.id, uuid4()]) == [ada, bob]
    assert await db.users.list_users_by_ids(ids=[]) == []
    assert await db.users.count_users() == CountUsersRow(total=2, verified=1)

    # An address is unique, but any number of accounts may have none.
    first = await db.users.create_user(name=None, email=None)
    second = await db.users.create_user(name=None, email=None)
    assert first.id != second.id
    assert await db.users.delete_user(id=first.id) == 1
    assert await db.users.delete_user(id=first.id) == 0


async def users_are_changed(db: torii.Database) -> None:
    ada = await db.users.create_user(name=None, email="ada@example.test")
    await moment_later()
    same = await db.users.get_or_create_user(name="Ada", email="ada@example.test")
    assert (same.id, same.name, same.created_at) == (ada.id, "Ada", ada.created_at)
    assert same.updated_at > ada.updated_at
    assert await db.users.get_user(id=ada.id) == same
    other = await db.users.get_or_create_user(name="Bob", email="bob@example.test")
    assert other.id != ada.id
    kept = await db.users.get_or_create_user(name="Robert", email="bob@example.test")
    assert (kept.id, kept.name) == (other.id, "Bob")

    verified = await db.passwords.mark_email_verified(id=ada.id)
    assert verified is not None
    await moment_later()
    renamed = await db.users.update_user(id=ada.id, name="Ada Lovelace", email=None)
    assert (renamed.name, renamed.email) == ("Ada Lovelace", "ada@example.test")
    assert renamed.email_verified_at == verified.email_verified_at
    assert renamed.updated_at > verified.updated_at
    unmoved = await db.users.update_user(id=ada.id, name=None, email="ada@example.test")
    assert unmoved.email_verified_at == verified.email_verified_at
    moved = await db.users.update_user(id=ada.id, name=None, email="ada@example.com")
    assert (moved.name, moved.email, moved.email_verified_at) == ("Ada Lovelace", "ada@example.com", None)
    assert moved.created_at == ada.created_at
    assert await db.users.get_user(id=ada.id) == moved


async def users_are_found(db: torii.Database) -> None:
    ada = await db.users.create_user(name="Ada_L", email="ada@example.test")
    bob = await db.users.create_user(name="Bob", email="bob@example.test")
    await db.passwords.mark_email_verified(id=ada.id)
    for expires_at in (None, LONG_AGO):
        await db.sessions.create_session(user_id=ada.id, user_agent=None, ip_address=None, expires_at=expires_at)
    await db.oauth.link_account(user_id=ada.id, provider="github", subject="1")
    rows = [
        SearchUsersRow(id=ada.id, name="Ada_L", email="ada@example.test", verified=True, sessions=2, oauth_accounts=1),
        SearchUsersRow(id=bob.id, name="Bob", email="bob@example.test", verified=False, sessions=0, oauth_accounts=0),
    ]
    assert await db.users.search_users(pattern="%@EXAMPLE.%", limit=10, offset=0) == rows
    assert await db.users.search_users(pattern="%@EXAMPLE.%", limit=10, offset=1) == rows[1:]
    assert await db.users.search_users(pattern=r"%a\__%", limit=10, offset=0) == rows[:1]
    assert await db.users.search_users(pattern="bo", limit=10, offset=0) == []


async def sessions_are_stored(db: torii.Database) -> None:
    ada = await db.users.create_user(name="Ada", email="ada@example.test")
    live = await db.sessions.create_session(
        user_id=ada.id, user_agent='Lynx/2.9 "text"', ip_address="2001:db8::1", expires_at=FAR_AHEAD
    )
    assert isinstance(live, Session)
    assert (live.user_id, live.user_agent, live.ip_address) == (ada.id, 'Lynx/2.9 "text"', "2001:db8::1")
    assert live.expires_at == FAR_AHEAD
    await moment_later()
    endless = await session(db, ada, None)
    expired = await session(db, ada, LONG_AGO)
    anonymous = await session(db, None, FAR_AHEAD)
    assert (anonymous.user_id, anonymous.user_agent, anonymous.ip_address) == (None, None, None)

    for kept in (live, endless, anonymous):
        assert await db.sessions.get_session(id=kept.id) == kept
        assert await db.sessions.get_live_session(id=kept.id) == kept
    assert await db.sessions.get_session(id=expired.id) == expired
    assert await db.sessions.get_live_session(id=expired.id) is None
    assert await db.sessions.get_session(id=uuid4()) is None
    assert await db.sessions.list_user_sessions(user_id=ada.id) == [endless, live]

    assert await db.sessions.get_session_user(id=live.id) == GetSessionUserRow(
        id=ada.id, name="Ada", email="ada@example.test", email_verified_at=None, expires_at=FAR_AHEAD
    )
    assert await db.sessions.get_session_user(id=expired.id) is None
    assert await db.sessions.get_session_user(id=anonymous.id) is None

    await moment_later()
    extended = await db.sessions.extend_session(id=live.id, expires_at=LATER_STILL)
    assert extended is not None
    assert extended.expires_at == LATER_STILL
    assert extended.updated_at > live.updated_at
    assert await db.sessions.get_session(id=live.id) == extended
    assert await db.sessions.extend_session(id=expired.id, expires_at=FAR_AHEAD) is None


async def sessions_end(db: torii.Database) -> None:
    ada = await db.users.create_user(name=None, email="ada@example.test")
    bob = await db.users.create_user(name=None, email="bob@example.test")
    here = await session(db, ada, FAR_AHEAD)
    for expires_at in (LONG_AGO, LONG_AGO + timedelta(microseconds=1), None, LATER_STILL):
        await session(db, ada, expires_at)
    assert await db.sessions.list_session_counts() == [
        ListSessionCountsRow(id=ada.id, email="ada@example.test", sessions=5, last_expires_at=LATER_STILL),
        ListSessionCountsRow(id=bob.id, email="bob@example.test", sessions=0, last_expires_at=None),
    ]
    assert await db.sessions.delete_expired_sessions(moment=LONG_AGO) == 1
    assert await db.sessions.delete_expired_sessions(moment=LONG_AGO + timedelta(seconds=1)) == 1
    assert await db.sessions.delete_other_sessions(user_id=ada.id, id=here.id) == 2
    assert await db.sessions.list_user_sessions(user_id=ada.id) == [here]
    assert await db.sessions.delete_session(id=here.id) == 1
    assert await db.sessions.delete_session(id=here.id) == 0
    await session(db, ada, None)
    await session(db, bob, None)
    assert await db.sessions.delete_user_sessions(user_id=ada.id) == 1
    # A user's sessions end with the account.
    last = await session(db, bob, None)
    assert await db.users.delete_user(id=bob.id) == 1
    assert await db.sessions.get_session(id=last.id) is None


async def passwords_are_kept(db: torii.Database) -> None:
    ada = await db.users.create_user(name=None, email="ada@example.test")
    assert await db.passwords.get_password_hash(id=ada.id) is None
    assert await db.passwords.get_login(email="ada@example.test") is None
    assert await db.passwords.set_password_hash(id=ada.id, password_hash=HASH) == 1
    assert await db.passwords.set_password_hash(id=uuid4(), password_hash=HASH) == 0
    assert await db.passwords.get_password_hash(id=ada.id) == HASH
    assert await db.passwords.get_login(email="ada@example.test") == GetLoginRow(
        id=ada.id, password_hash=HASH, verified=False
    )

    await moment_later()
    verified = await db.passwords.mark_email_verified(id=ada.id)
    assert verified is not None
    assert verified.email_verified_at is not None
    assert verified.updated_at > ada.updated_at
    await moment_later()
    again = await db.passwords.mark_email_verified(id=ada.id)
    assert again is not None
    assert again.email_verified_at == verified.email_verified_at
    assert await db.passwords.mark_email_verified(id=uuid4()) is None
    login = await db.passwords.get_login(email="ada@example.test")
    assert login is not None
    assert login.verified is True
    await db.passwords.unmark_email_verified(id=ada.id)
    unverified = await db.users.get_user(id=ada.id)
    assert unverified is not None
    assert unverified.email_verified_at is None

    bob = await db.passwords.register_user(name="Bob", email="bob@example.test", password_hash="")
    assert (bob.name, bob.email, bob.password_hash) == ("Bob", "bob@example.test", "")
    assert await db.passwords.get_password_hash(id=bob.id) == ""
    assert await db.passwords.set_password_hash(id=bob.id, password_hash=None) == 1
    assert await db.passwords.get_password_hash(id=bob.id) is None


async def accounts_are_linked(db: torii.Database) -> None:
    ada = await db.users.create_user(name="Ada", email="ada@example.test")
    bob = await db.users.create_user(name="Bob", email="bob@example.test")
    github = await db.oauth.link_account(user_id=ada.id, provider="github", subject="583231")
    assert isinstance(github, OauthAccount)
    assert (github.user_id, github.provider, github.subject) == (ada.id, "github", "583231")
    with pytest.raises(UniqueViolation):
        await db.oauth.link_account(user_id=ada.id, provider="github", subject="583231")
    await moment_later()
    ensured = await db.oauth.ensure_account(user_id=ada.id, provider="github", subject="583231")
    assert (ensured.id, ensured.created_at) == (github.id, github.created_at)
    assert ensured.updated_at > github.updated_at
    google = await db.oauth.ensure_account(user_id=ada.id, provider="google", subject="sub")
    # The key is of all three columns: another user may have the same subject, but the first to link it is found.
    await moment_later()
    copied = await db.oauth.link_account(user_id=bob.id, provider="github", subject="583231")

    assert await db.oauth.get_account(provider="github", subject="583231") == ensured
    assert await db.oauth.get_account(provider="google", subject="583231") is None
    assert await db.oauth.find_user(provider="github", subject="583231") == ada
    assert await db.oauth.find_user(provider="github", subject="1") is None
    assert await db.oauth.list_user_accounts(user_id=ada.id) == [ensured, google]
    assert await db.oauth.list_user_accounts(user_id=bob.id) == [copied]
    assert await db.oauth.count_accounts_by_provider(providers=["google", "github", "apple"]) == [
        CountAccountsByProviderRow(provider="github", accounts=2, users=2),
        CountAccountsByProviderRow(provider="google", accounts=1, users=1),
    ]
    assert await db.oauth.count_accounts_by_provider(providers=[]) == []

    # An account elsewhere keeps the user from being deleted.
    with pytest.raises(ForeignKeyViolation):
        await db.users.delete_user(id=ada.id)
    assert await db.oauth.unlink_account(user_id=ada.id, provider="github", subject="583231") == 1
    assert await db.oauth.unlink_account(user_id=ada.id, provider="github", subject="583231") == 0
    assert await db.oauth.find_user(provider="github", subject="583231") == bob
    assert await db.oauth.unlink_user(user_id=ada.id) == 1
    assert await db.users.delete_user(id=ada.id) == 1


async def nonces_are_used_once(db: torii.Database) -> None:
    number = await db.nonces.store_nonce(value="n-0S6_WzA2Mj", expires_at=FAR_AHEAD)
    assert isinstance(number, UUID)
    assert await db.nonces.get_nonce(id=number) == Nonce(id=number, value="n-0S6_WzA2Mj", expires_at=FAR_AHEAD)
    assert await db.nonces.take_nonce(id=number) == "n-0S6_WzA2Mj"
    assert await db.nonces.take_nonce(id=number) is None
    assert await db.nonces.get_nonce(id=number) is None

    state = uuid4()
    await db.nonces.store_nonce_with_id(id=state, value="verifier", expires_at=FAR_AHEAD)
    await db.nonces.store_nonce_with_id(id=state, value="another", expires_at=LATER_STILL)
    assert await db.nonces.get_nonce(id=state) == Nonce(id=state, value="another", expires_at=LATER_STILL)
    await db.nonces.store_nonce_with_id(id=state, value="late", expires_at=LONG_AGO)
    assert await db.nonces.get_nonce(id=state) is None
    assert await db.nonces.take_nonce(id=state) is None
    taken = await asyncio.gather(*(take_twice(db, value) for value in ("a", "b", "c")))
    assert sorted(taken) == ["a", "b", "c"]
    assert await db.nonces.delete_expired_nonces(moment=LONG_AGO - timedelta(microseconds=1)) == 0
    assert await db.nonces.delete_expired_nonces(moment=LONG_AGO) == 1


async def mistakes_are_told_apart(db: torii.Database) -> None:
    ada = await db.users.create_user(name=None, email="ada@example.test")
    bob = await db.users.create_user(name=None, email="bob@example.test")
    with pytest.raises(UniqueViolation):
        await db.users.create_user(name=None, email="ada@example.test")
    with pytest.raises(UniqueViolation):
        await db.users.create_user_with_id(id=ada.id, name=None, email=None, email_verified_at=None)
    with pytest.raises(UniqueViolation):
        await db.passwords.register_user(name=None, email="ada@example.test", password_hash=HASH)
    with pytest.raises(UniqueViolation):
        await db.users.update_user(id=bob.id, name=None, email="ada@example.test")
    with pytest.raises(ForeignKeyViolation):
        await db.sessions.create_session(user_id=uuid4(), user_agent=None, ip_address=None, expires_at=None)
    with pytest.raises(ForeignKeyViolation):
        await db.oauth.link_account(user_id=uuid4(), provider="github", subject="1")
    with pytest.raises(NoRowError):
        await db.users.update_user(id=uuid4(), name="Nobody", email=None)
    # None of it has left a trace.
    assert await db.users.list_users_by_ids(ids=[ada.id, bob.id]) == [ada, bob]
    assert await db.users.count_users() == CountUsersRow(total=2, verified=0)


async def transactions_nest(db: torii.Database) -> None:
    async def register_twice(outer: torii.Database) -> None:
        async with outer.transaction() as inner:
            await inner.users.create_user(name=None, email="lost@example.test")
            await inner.users.create_user(name=None, email="ada@example.test")

    async def give_up() -> None:
        async with db.transaction() as transaction:
            ada = await transaction.users.get_user_by_email(email="ada@example.test")
            assert ada is not None
            await transaction.sessions.delete_user_sessions(user_id=ada.id)
            await transaction.users.delete_user(id=ada.id)
            raise Undone

    async with db.transaction() as transaction:
        ada = await transaction.users.create_user(name=None, email="ada@example.test")
        opened = await transaction.sessions.create_session(
            user_id=ada.id, user_agent=None, ip_address=None, expires_at=None
        )
        with pytest.raises(UniqueViolation):
            await register_twice(transaction)
        async with transaction.transaction() as inner:
            await inner.passwords.set_password_hash(id=ada.id, password_hash=HASH)
    with pytest.raises(Undone):
        await give_up()
    assert await db.passwords.get_password_hash(id=ada.id) == HASH
    assert await db.sessions.list_user_sessions(user_id=ada.id) == [opened]
    assert await db.users.get_user_by_email(email="lost@example.test") is None


SCENARIOS: Final[tuple[Scenario, ...]] = (
    users_are_stored,
    users_are_changed,
    users_are_found,
    sessions_are_stored,
    sessions_end,
    passwords_are_kept,
    accounts_are_linked,
    nonces_are_used_once,
    mistakes_are_told_apart,
    transactions_nest,
)


# Tests


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: str(scenario.__name__))
def test_scenario(scenario: Scenario, way: str, database_url: str) -> None:
    drive(torii.connect(database_url) if way == "async" else torii.connect_sync(database_url), scenario)


def test_every_method_is_driven(tmp_path: Path) -> None:
    driven: set[str] = set()
    for number, scenario in enumerate(SCENARIOS):
        driven |= drive(torii.connect(f"sqlite:///{tmp_path}/{number}.db"), scenario)
    assert driven == methods(torii.Database) == methods(torii.DatabaseSync)


# What scenarios begin with


class Undone(Exception):
    """Thrown to leave a transaction."""


async def moment_later() -> None:
    """Let the clocks of all databases move on."""
    await asyncio.sleep(0.01)


async def session(db: torii.Database, owner: User | None, expires_at: datetime | None) -> Session:
    return await db.sessions.create_session(
        user_id=None if owner is None else owner.id, user_agent=None, ip_address=None, expires_at=expires_at
    )


async def take_twice(db: torii.Database, value: str) -> str:
    """Store a value, take it, and find it gone."""
    number = await db.nonces.store_nonce(value=value, expires_at=FAR_AHEAD)
    found = await db.nonces.take_nonce(id=number)
    assert found is not None
    assert await db.nonces.take_nonce(id=number) is None
    return found
