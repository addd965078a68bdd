"""Systems, their alters, and the groups and subsystems that these are in."""

from __future__ import annotations

import pytest
from sqlwright.runtime import ForeignKeyViolation, UniqueViolation

from generated import didhub
from generated.didhub.alters import ListAltersOfUserRow
from generated.didhub.groups import ListGroupsRow
from generated.didhub.models import SubsystemMember
from generated.didhub.subsystems import (
    CountRolesRow,
    ListMembersRow,
    ListSubsystemsOfAlterRow,
    ListSubsystemsRow,
)
from generated.didhub.systems import GetSystemOwnerRow, ListUserSystemsRow

from .beginnings import alter, moment_later, system, user


async def systems_belong_to_accounts(db: didhub.Database) -> None:
    ada = await user(db, "ada")
    sky = await db.systems.create_system(user_id=ada.id, name="Sky", description="all of it")
    sea = await system(db, ada, "Sea")
    assert (sky.user_id, sky.name, sky.description) == (ada.id, "Sky", "all of it")
    assert await db.systems.get_system(id=sky.id) == sky
    assert await db.systems.get_system(id=sea.id + 1) is None
    owner = GetSystemOwnerRow(id=sky.id, name="Sky", user_id=ada.id, username="ada")
    assert await db.systems.get_system_owner(id=sky.id) == owner
    assert await db.systems.list_systems(limit=10, offset=0) == [sea, sky]
    assert await db.systems.list_systems(limit=1, offset=1) == [sky]
    assert await db.systems.count_systems() == 2

    for name in ("Vega", "Deneb"):
        await alter(db, sky, name)
    for name in ("Red", "Green", "Blue"):
        await db.groups.create_group(system_id=sky.id, name=name, description=None, color="#ff0000")
    await db.subsystems.create_subsystem(system_id=sky.id, name="North", description=None, color=None)
    assert await db.systems.list_user_systems(user_id=ada.id) == [
        ListUserSystemsRow(id=sea.id, name="Sea", description=None, alters=0, groups=0, subsystems=0),
        ListUserSystemsRow(id=sky.id, name="Sky", description="all of it", alters=2, groups=3, subsystems=1),
    ]
    await moment_later()
    renamed = await db.systems.update_system(id=sky.id, name="Heaven", description=None)
    assert (renamed.name, renamed.description) == ("Heaven", None)
    assert renamed.updated_at > sky.updated_at
    assert await db.systems.get_system(id=sky.id) == renamed
    assert await db.systems.delete_system(id=sky.id) == 1
    assert await db.alters.count_alters(system_id=sky.id) == 0
    await db.users.delete_user(id=ada.id)
    assert await db.systems.count_systems() == 0
    with pytest.raises(ForeignKeyViolation):
        await system(db, ada)


async def alters_are_described(db: didhub.Database) -> None:
    ada = await user(db, "ada")
    sky, sea = await system(db, ada, "Sky"), await system(db, ada, "Sea")
    vega = await alter(db, sky, "Vega", "bright, 100% of it")
    altair = await alter(db, sky, "altair")
    deneb = await alter(db, sky, "Deneb", "far")
    wave = await alter(db, sea, "Wave")
    assert (vega.system_id, vega.name, vega.avatar_url) == (sky.id, "Vega", None)
    assert await db.alters.get_alter(id=vega.id) == vega
    assert await db.alters.get_alter(id=wave.id + 1) is None
    assert await db.alters.list_alters(system_id=sky.id, limit=10, offset=0) == [deneb, vega, altair]
    assert await db.alters.list_alters(system_id=sky.id, limit=1, offset=1) == [vega]
    assert await db.alters.count_alters(system_id=sky.id) == 3
    assert await db.alters.search_alters(system_id=sky.id, text="AR") == [deneb]
    assert await db.alters.search_alters(system_id=sky.id, text="FA") == [deneb]
    assert await db.alters.search_alters(system_id=sky.id, text="E") == [deneb, vega]
    assert await db.alters.search_alters(system_id=sky.id, text="100% of") == [vega]
    assert await db.alters.list_alters_of_user(user_id=ada.id) == [
        ListAltersOfUserRow(id=wave.id, name="Wave", system_name="Sea"),
        ListAltersOfUserRow(id=altair.id, name="altair", system_name="Sky"),
        ListAltersOfUserRow(id=deneb.id, name="Deneb", system_name="Sky"),
        ListAltersOfUserRow(id=vega.id, name="Vega", system_name="Sky"),
    ]
    await moment_later()
    changed = await db.alters.update_alter(id=vega.id, name="Wega", description=None, avatar_url="/v.png")
    assert (changed.name, changed.description, changed.avatar_url) == ("Wega", None, "/v.png")
    assert await db.alters.set_avatar(id=vega.id, avatar_url=None) == 1
    stored = await db.alters.get_alter(id=vega.id)
    assert stored is not None
    assert stored.avatar_url is None
    assert stored.updated_at > vega.updated_at
    assert await db.alters.delete_alter(id=vega.id) == 1
    assert await db.alters.delete_alter(id=vega.id) == 0


async def alters_are_grouped(db: didhub.Database) -> None:
    sky = await system(db, await user(db, "ada"))
    vega, deneb = await alter(db, sky, "Vega"), await alter(db, sky, "Deneb")
    bright = await db.groups.create_group(system_id=sky.id, name="Bright", description=None, color="#ffffff")
    far = await db.groups.create_group(system_id=sky.id, name="Far", description="away", color=None)
    assert (bright.system_id, bright.color, far.description) == (sky.id, "#ffffff", "away")
    assert await db.groups.get_group(id=bright.id) == bright
    assert await db.groups.add_alter_to_group(alter_id=vega.id, group_id=bright.id) == 1
    assert await db.groups.add_alter_to_group(alter_id=vega.id, group_id=bright.id) == 0
    assert await db.groups.add_alter_to_group(alter_id=deneb.id, group_id=bright.id) == 1
    assert await db.groups.add_alter_to_group(alter_id=deneb.id, group_id=far.id) == 1
    with pytest.raises(ForeignKeyViolation):
        await db.groups.add_alter_to_group(alter_id=10**9, group_id=far.id)
    assert await db.groups.list_groups(system_id=sky.id) == [
        ListGroupsRow(id=bright.id, name="Bright", color="#ffffff", members=2),
        ListGroupsRow(id=far.id, name="Far", color=None, members=1),
    ]
    assert await db.groups.list_group_alters(group_id=bright.id) == [deneb, vega]
    assert await db.groups.list_alter_groups(alter_id=deneb.id) == [bright, far]
    assert await db.groups.remove_alter_from_group(alter_id=vega.id, group_id=bright.id) == 1
    assert await db.groups.remove_alter_from_group(alter_id=vega.id, group_id=bright.id) == 0
    assert await db.alters.list_ungrouped_alters(system_id=sky.id) == [vega]
    dim = await db.groups.update_group(id=bright.id, name="Dim", description="less", color="#000000")
    assert (dim.id, dim.name, dim.description, dim.color) == (bright.id, "Dim", "less", "#000000")
    assert await db.groups.delete_group(id=far.id) == 1
    assert await db.groups.delete_group(id=far.id) == 0
    assert [group.name for group in await db.groups.list_alter_groups(alter_id=deneb.id)] == ["Dim"]


async def alters_have_roles(db: didhub.Database) -> None:
    sky = await system(db, await user(db, "ada"))
    vega, deneb = await alter(db, sky, "Vega"), await alter(db, sky, "Deneb")
    north = await db.subsystems.create_subsystem(system_id=sky.id, name="North", description="up", color="#0000ff")
    south = await db.subsystems.create_subsystem(system_id=sky.id, name="South", description=None, color=None)
    assert await db.subsystems.get_subsystem(id=north.id) == north
    assert await db.subsystems.get_subsystem(id=south.id + 1) is None
    joined = await db.subsystems.add_member(subsystem_id=north.id, alter_id=vega.id, role="host")
    assert joined == SubsystemMember(subsystem_id=north.id, alter_id=vega.id, role="host")
    promoted = await db.subsystems.add_member(subsystem_id=north.id, alter_id=vega.id, role="protector")
    assert promoted.role == "protector"
    await db.subsystems.add_plain_member(subsystem_id=north.id, alter_id=deneb.id)
    await db.subsystems.add_plain_member(subsystem_id=south.id, alter_id=deneb.id)
    with pytest.raises(UniqueViolation):
        await db.subsystems.add_plain_member(subsystem_id=south.id, alter_id=deneb.id)
    assert await db.subsystems.list_members(subsystem_id=north.id) == [
        ListMembersRow(id=deneb.id, name="Deneb", role="member"),
        ListMembersRow(id=vega.id, name="Vega", role="protector"),
    ]
    assert await db.subsystems.list_subsystems_of_alter(alter_id=deneb.id) == [
        ListSubsystemsOfAlterRow(id=north.id, name="North", role="member"),
        ListSubsystemsOfAlterRow(id=south.id, name="South", role="member"),
    ]
    assert await db.subsystems.list_subsystems(system_id=sky.id) == [
        ListSubsystemsRow(id=north.id, name="North", color="#0000ff", members=2),
        ListSubsystemsRow(id=south.id, name="South", color=None, members=1),
    ]
    assert await db.subsystems.count_roles(system_id=sky.id) == [
        CountRolesRow(role="member", members=2),
        CountRolesRow(role="protector", members=1),
    ]
    moved = await db.subsystems.update_subsystem(id=north.id, name="Up", description=None, color="#00ff00")
    assert (moved.name, moved.description, moved.color) == ("Up", None, "#00ff00")
    assert await db.subsystems.remove_member(subsystem_id=south.id, alter_id=deneb.id) == 1
    assert await db.subsystems.remove_member(subsystem_id=south.id, alter_id=deneb.id) == 0
    assert await db.subsystems.delete_subsystem(id=north.id) == 1
    assert await db.subsystems.list_subsystems_of_alter(alter_id=vega.id) == []
