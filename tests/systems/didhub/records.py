"""Uploaded files, and what was done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from sqlwright.runtime import ForeignKeyViolation
from sqlwright.runtime.values import Json

from generated import didhub
from generated.didhub.audit_logs import (
    CountActionsByDayRow,
    CountActionsRow,
    ListActionsBecauseRow,
    ListActionsRow,
)
from generated.didhub.models import AuditLog, User
from generated.didhub.uploads import ListLargestUploadsRow, ListMimeTypesRow, SumUploadsRow

from .beginnings import upload, user

DETAILS: Final[Json] = {"reason": "spam", "tries": 3, "nested": {"list": [1, None, "x"]}, "öffentlich": True}
NOON: Final = datetime(2024, 2, 29, 12, 30, 15, 123456)


async def files_are_kept(db: didhub.Database) -> None:
    ada, bob = await user(db, "ada"), await user(db, "bob")
    assert await db.uploads.sum_uploads(user_id=ada.id) == SumUploadsRow(files=0, bytes=0, mean_size=None, largest=None)
    photo = await upload(db, ada, "a.png", 10)
    scan = await upload(db, ada, "b.JPG", 2**40, "image/jpeg")
    notes = await upload(db, ada, "c.txt", 5, "text/plain")
    await upload(db, bob, "d.png", 10)
    assert (photo.user_id, photo.filename, photo.original_filename) == (ada.id, "kept-a.png", "a.png")
    assert (photo.mime_type, photo.file_size, photo.alt_text, photo.is_public) == ("image/png", 10, None, False)
    assert await db.uploads.get_upload(id=photo.id) == photo
    assert await db.uploads.list_uploads(user_id=ada.id, mime_type=None, limit=10, offset=0) == [notes, scan, photo]
    assert await db.uploads.list_uploads(user_id=ada.id, mime_type="IMAGE/%", limit=1, offset=1) == [photo]
    assert await db.uploads.list_largest_uploads(limit=2) == [
        ListLargestUploadsRow(id=scan.id, user_id=ada.id, original_filename="b.JPG", file_size=2**40),
        ListLargestUploadsRow(id=photo.id, user_id=ada.id, original_filename="a.png", file_size=10),
    ]
    whole = 2**40 + 15
    sums = await db.uploads.sum_uploads(user_id=ada.id)
    assert sums == SumUploadsRow(files=3, bytes=whole, mean_size=whole / 3, largest=2**40)
    assert await db.uploads.list_mime_types() == [
        ListMimeTypesRow(mime_type="image/png", files=2, bytes=20),
        ListMimeTypesRow(mime_type="image/jpeg", files=1, bytes=2**40),
        ListMimeTypesRow(mime_type="text/plain", files=1, bytes=5),
    ]
    assert await db.uploads.get_public_upload(filename="kept-a.png") is None
    assert await db.uploads.publish_upload(id=photo.id, alt_text="a star") == 1
    assert await db.uploads.publish_upload(id=photo.id, alt_text=None) == 1
    public = await db.uploads.get_public_upload(filename="kept-a.png")
    assert public is not None
    assert (public.is_public, public.alt_text) == (True, "a star")
    assert await db.uploads.delete_upload(id=photo.id) == 1
    assert await db.uploads.get_upload(id=photo.id) is None
    await db.users.delete_user(id=ada.id)
    assert await db.uploads.get_upload(id=scan.id) is None


async def actions_are_recorded(db: didhub.Database) -> None:
    ada = await user(db, "ada")
    login = await db.audit_logs.record_action(
        user_id=ada.id,
        action="login",
        entity_type=None,
        entity_id=None,
        details=None,
        ip_address="2001:db8::1",
        user_agent="Mozilla/5.0",
    )
    assert isinstance(login, AuditLog)
    assert (login.user_id, login.details, login.ip_address) == (ada.id, None, "2001:db8::1")
    ban = await _record(db, ada, "ban", DETAILS)
    assert ban.details == DETAILS
    assert await db.audit_logs.get_action(id=ban.id) == ban
    assert await db.audit_logs.get_action(id=ban.id + 1) is None
    other = await _record(db, None, "ban", {"reason": None})
    listed = await _record(db, None, "ban", ["spam"])
    assert await db.audit_logs.list_actions_because(reason="spam") == [ListActionsBecauseRow(id=ban.id, action="ban")]
    assert await db.audit_logs.list_actions_because(reason="it's") == []
    assert await db.audit_logs.list_entity_actions(entity_type="alter", entity_id="7") == [ban, other, listed]
    await db.users.delete_user(id=ada.id)
    kept = await db.audit_logs.get_action(id=ban.id)
    assert kept is not None
    assert (kept.user_id, kept.details, kept.created_at) == (None, DETAILS, ban.created_at)
    with pytest.raises(ForeignKeyViolation):
        await _record(db, ada, "ban", None)


async def actions_are_listed(db: didhub.Database) -> None:
    ada = await user(db, "ada")
    moments = [
        NOON + step for step in (timedelta(0), timedelta(microseconds=1), timedelta(hours=12), timedelta(days=9))
    ]
    for number, at in enumerate(moments):
        await _import(db, ada if number % 2 else None, f"do{number % 3}", at)
    everything = await _listed(db)
    assert [row.created_at for row in everything] == moments[::-1]
    assert everything[0] == ListActionsRow(
        id=everything[0].id,
        action="do0",
        entity_type="import",
        entity_id=None,
        details={"n": 1.5},
        created_at=moments[3],
        username="ada",
    )
    assert await _listed(db, limit=2, offset=1) == everything[1:3]
    assert await _listed(db, since=moments[1], until=moments[3]) == everything[1:3]
    assert await _listed(db, user_id=ada.id) == [everything[0], everything[2]]
    assert await _listed(db, action="do0") == [everything[0], everything[3]]
    page = await db.audit_logs.list_actions_before(created_at=moments[3], id=everything[0].id, limit=2)
    assert [row.id for row in page] == [row.id for row in everything[1:3]]
    rest = await db.audit_logs.list_actions_before(created_at=page[-1].created_at, id=page[-1].id, limit=2)
    assert [row.id for row in rest] == [everything[3].id]
    assert await db.audit_logs.count_actions() == [
        CountActionsRow(action="do0", times=2, users=1, last_at=moments[3]),
        CountActionsRow(action="do1", times=1, users=1, last_at=moments[1]),
        CountActionsRow(action="do2", times=1, users=0, last_at=moments[2]),
    ]
    assert await db.audit_logs.count_actions_by_day() == [
        CountActionsByDayRow(day="2024-03-09", actions=1),
        CountActionsByDayRow(day="2024-03-01", actions=1),
        CountActionsByDayRow(day="2024-02-29", actions=2),
    ]


async def old_actions_are_forgotten(db: didhub.Database) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    for days in (40, 31, 29, 0):
        await _import(db, None, f"{days}", now - timedelta(days=days))
    assert await db.audit_logs.delete_actions_before(days=30) == 2
    assert await db.audit_logs.delete_actions_before(days=30) == 0
    assert [row.action for row in await _listed(db, until=now + timedelta(days=1))] == ["0", "29"]


async def _record(db: didhub.Database, who: User | None, action: str, details: Json) -> AuditLog:
    return await db.audit_logs.record_action(
        user_id=who.id if who is not None else None,
        action=action,
        entity_type="alter",
        entity_id="7",
        details=details,
        ip_address=None,
        user_agent=None,
    )


async def _import(db: didhub.Database, who: User | None, action: str, at: datetime) -> None:
    await db.audit_logs.import_action(
        user_id=who.id if who is not None else None,
        action=action,
        entity_type="import",
        entity_id=None,
        details={"n": 1.5},
        created_at=at,
    )


async def _listed(
    db: didhub.Database,
    *,
    since: datetime = datetime(2000, 1, 1),
    until: datetime = datetime(2100, 1, 1),
    user_id: int | None = None,
    action: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> list[ListActionsRow]:
    return await db.audit_logs.list_actions(
        since=since, until=until, user_id=user_id, action=action, limit=limit, offset=offset
    )
