"""What goes wrong, and what is undone then."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlwright.runtime import CheckViolation, ForeignKeyViolation, NoRowError, UniqueViolation

from generated import gate
from generated.gate.models import (
    User,
    UserRole,
)

from .beginnings import FAR_AHEAD, LONG_AGO, MARCH, organization, provider, record_usage, user


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


class Undone(Exception):
    """Thrown to leave a transaction."""
