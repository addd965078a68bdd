"""What scenarios begin with."""

from __future__ import annotations

import asyncio
from typing import Final

from generated import didhub
from generated.didhub.models import Alter, System, Upload, User

HASH: Final = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"


class Undone(Exception):
    """Thrown to leave a transaction."""


async def moment_later() -> None:
    """Let the clocks of all databases move on."""
    await asyncio.sleep(0.01)


async def user(db: didhub.Database, username: str) -> User:
    return await db.users.create_user(username=username, password_hash=HASH)


async def system(db: didhub.Database, owner: User, name: str = "Constellation") -> System:
    return await db.systems.create_system(user_id=owner.id, name=name, description=None)


async def alter(db: didhub.Database, within: System, name: str, description: str | None = None) -> Alter:
    return await db.alters.create_alter(system_id=within.id, name=name, description=description, avatar_url=None)


async def upload(db: didhub.Database, owner: User, name: str, size: int, mime_type: str = "image/png") -> Upload:
    return await db.uploads.create_upload(
        user_id=owner.id,
        filename=f"kept-{name}",
        original_filename=name,
        mime_type=mime_type,
        file_size=size,
        alt_text=None,
        is_public=False,
    )
