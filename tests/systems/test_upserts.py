"""Rows that may be there already, on every database."""

from __future__ import annotations

import pytest
from sqlwright.runtime import Error

from .driving import WAYS, Driven
from .making import Maker

SCHEMA = """\
create table people (
    id bigserial primary key,
    email varchar(50) unique,
    nick varchar(20) unique,
    owner varchar(20) not null
);
create table pairs (id bigint primary key, a integer, b integer, v integer not null, unique (a, b));
create table keyed (id uuid primary key default gen_random_uuid(), name varchar(20) unique, v integer not null);
"""
QUERIES = """\
-- name: save :exec
insert into people (owner, email, nick) values (:owner, :email, :nick)
on conflict (email) do update set owner = excluded.owner;
-- name: saved :one
insert into people (owner, email, nick) values (:owner, :email, :nick)
on conflict (email) do update set owner = excluded.owner returning id, email, nick, owner;
-- name: keep :exec
insert into people (owner, email, nick) values (:owner, :email, :nick) on conflict (email) do nothing;
-- name: people :many
select owner, email, nick from people order by id;
-- name: save_pair :one
insert into pairs (id, a, b, v) values (:id, :a, :b, :v)
on conflict (a, b) do update set v = excluded.v returning id, v;
-- name: save_keyed :one
insert into keyed (name, v) values (:name, :v) on conflict (name) do update set v = excluded.v returning name, v;
-- name: find_keyed :many
select id from keyed order by id;
"""


@pytest.mark.parametrize("way", WAYS)
def test_a_null_in_the_key_is_no_conflict(maker: Maker, database_url: str, way: str) -> None:
    """A row without an email conflicts with none by it, so that the nick of another row is a mistake."""

    async def scenario(db: Driven) -> None:
        await db.q.save(owner="first", email=None, nick="one")
        for email in (None, "new@x"):
            for call in (db.q.save, db.q.keep, db.q.saved):
                with pytest.raises(Error):
                    await call(owner="other", email=email, nick="one")
        await db.q.save(owner="second", email=None, nick=None)
        await db.q.keep(owner="third", email=None, nick="three")
        found = [(row.owner, row.email, row.nick) for row in await db.q.people()]
        assert found == [("first", None, "one"), ("second", None, None), ("third", None, "three")]

    maker.make(SCHEMA, QUERIES).drive(database_url, way, scenario)


@pytest.mark.parametrize("way", WAYS)
def test_a_row_with_null_in_the_key_is_returned(maker: Maker, database_url: str, way: str) -> None:
    async def scenario(db: Driven) -> None:
        for owner, email, nick in (("a", None, "a"), ("b", None, None), ("c", "c@x", None), ("d", "c@x", "d")):
            row = await db.q.saved(owner=owner, email=email, nick=nick)
            assert (row.owner, row.email, row.nick) == (owner, email, None if owner == "d" else nick)
        assert len(await db.q.people()) == 3
        pairs = [await db.q.save_pair(id=id, a=1, b=b, v=id) for id, b in ((1, None), (2, None), (3, 2), (4, 2))]
        assert [(row.id, row.v) for row in pairs] == [(1, 1), (2, 2), (3, 3), (3, 4)]
        keyed = [await db.q.save_keyed(name=name, v=v) for name, v in ((None, 1), (None, 2), ("n", 3), ("n", 4))]
        assert [(row.name, row.v) for row in keyed] == [(None, 1), (None, 2), ("n", 3), ("n", 4)]
        assert len(set(await db.q.find_keyed())) == 3

    maker.make(SCHEMA, QUERIES).drive(database_url, way, scenario)
