"""Scratch databases and schemas on PostgreSQL: nobody else's is touched, and none is left."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from secrets import token_hex

import psycopg
import pytest
from sqlwright.live import live
from sqlwright.live.base import Description, Scratch, Server
from sqlwright.live.errors import ServerUnavailable
from sqlwright.live.postgres import scratch_database

from tests.live.asking import column, role, run, scratch_databases

POSTGRES = live("postgres")
HOLD = """
import sys, time
from sqlwright.live import live
with live("postgres").connect(sys.argv[1], 10).scratch() as made:
    print(made.describe(["select current_database()::text"])[0] and "ready", flush=True)
    time.sleep(60)
"""
CLEAR = """
import sys
from sqlwright.live import live
live("postgres").connect(sys.argv[1], 10).clear()
"""
CONTENTS = """
    create type mood as enum ('sad');
    create type pair as (a int, b mood);
    create type span as range (subtype = float8);
    create domain name as text;
    create function twice(n int) returns int language sql immutable as 'select n * 2';
    create procedure nothing() language sql as '';
    create aggregate total(int) (sfunc = int4pl, stype = int);
    create operator === (leftarg = int, rightarg = int, procedure = int4eq);
    create collation plain from "C";
    create table a (id serial primary key, mood mood, n int generated always as (twice(1)) stored);
    create table b (id int references a, p pair, s span, d name) partition by list (id);
    create table b1 partition of b for values in (1);
    create statistics both_ on id, mood from a;
    create view v as select * from a;
    create materialized view m as select * from v;
    create sequence s;
    create extension "uuid-ossp";
"""


@pytest.fixture
def server(postgres_server_url: str) -> Iterator[Server]:
    found = POSTGRES.connect(postgres_server_url, 10)
    yield found
    found.close()


@pytest.fixture
def schema(postgres_server_url: str) -> Iterator[str]:
    """The name of an empty schema, which the user has made for the purpose."""
    name = f"For {token_hex(4)}"
    run(postgres_server_url, f'create schema "{name}"')
    yield name
    run(postgres_server_url, f'drop schema "{name}" cascade')


def objects(url: str, schema: str) -> list[object]:
    return column(
        url,
        "select pg_describe_object(d.classid, d.objid, 0) from pg_depend d "
        "join pg_namespace n on n.oid = d.refobjid and d.refclassid = 'pg_namespace'::regclass where n.nspname = %s",
        schema,
    )


def abandon(url: str) -> str:
    """A scratch database whose maker was killed; gives its name."""
    before = scratch_databases(url)
    with subprocess.Popen([sys.executable, "-c", HOLD, url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "ready"
        (name,) = scratch_databases(url) - before
        holder.send_signal(signal.SIGKILL)
    return name


def leave_by(error: type[BaseException], scratch: AbstractContextManager[Scratch]) -> None:
    """Leave a block by an error, when something has been made in it."""
    with scratch as made:
        made.run("a.sql", CONTENTS)
        raise error


def until(condition: Callable[[], bool]) -> bool:
    """Whether it comes true soon: a server sees the end of a connection a moment later."""
    limit = time.monotonic() + 10
    while not condition() and time.monotonic() < limit:
        time.sleep(0.05)
    return condition()


class TestDatabase:
    def test_has_a_name_that_no_user_gives_and_is_dropped(self, server: Server, postgres_server_url: str) -> None:
        before = scratch_databases(postgres_server_url)
        with server.scratch():
            (name,) = scratch_databases(postgres_server_url) - before
            assert re.fullmatch(r"sqlwright_[0-9a-f]{16}_scratch", name)
        assert name not in scratch_databases(postgres_server_url)

    @pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
    def test_is_dropped_when_its_block_is_left(
        self, server: Server, postgres_server_url: str, error: type[BaseException]
    ) -> None:
        before = scratch_databases(postgres_server_url)
        with pytest.raises(error):
            leave_by(error, server.scratch())
        assert scratch_databases(postgres_server_url) <= before

    def test_two_stand_side_by_side(self, server: Server) -> None:
        with server.scratch() as one, server.scratch() as other:
            one.run("a.sql", "create table t (id int)")
            assert "create table t" in one.schema()
            assert "create table t" not in other.schema()

    def test_one_that_was_killed_is_cleared(self, server: Server, postgres_server_url: str) -> None:
        name = abandon(postgres_server_url)

        def cleared() -> bool:
            server.clear()
            return name not in scratch_databases(postgres_server_url)

        assert until(cleared)

    def test_one_in_use_is_not_cleared(self, server: Server, postgres_server_url: str) -> None:
        with server.scratch() as made:
            subprocess.run([sys.executable, "-c", CLEAR, postgres_server_url], check=True)
            made.run("a.sql", "create table t (id int)")
            assert "create table t" in made.schema()

    def test_one_in_use_is_not_cleared_by_way_of_another_database(self, server: Server, postgres_url: str) -> None:
        with server.scratch() as made:
            other = POSTGRES.connect(postgres_url, 10)
            other.clear()
            other.close()
            made.run("a.sql", "create table t (id int)")

    def test_two_may_clear_at_once(self, postgres_server_url: str) -> None:
        names = {abandon(postgres_server_url) for _ in range(3)}
        time.sleep(0.5)
        runs = [subprocess.Popen([sys.executable, "-c", CLEAR, postgres_server_url]) for _ in range(2)]
        assert [found.wait() for found in runs] == [0, 0]
        assert not names & scratch_databases(postgres_server_url)

    def test_others_are_not_touched(self, server: Server, postgres_server_url: str) -> None:
        names = [
            f"sqlwright_{token_hex(8)}",
            f"sqlwright_{token_hex(7)}_scratch",
            f"my_sqlwright_{token_hex(8)}_scratch",
        ]
        run(postgres_server_url, *(f"create database {name}" for name in names))
        try:
            server.clear()
            assert {*names} <= {*column(postgres_server_url, "select datname from pg_database")}
        finally:
            run(postgres_server_url, *(f"drop database {name}" for name in names))

    def test_without_the_right_both_remedies_are_told(self, postgres_server_url: str) -> None:
        with role(postgres_server_url) as url:
            server = POSTGRES.connect(url, 10)
            with pytest.raises(ServerUnavailable) as raised, server.scratch():
                pass
            server.close()
        assert "permission denied to create database" in str(raised.value)
        assert "createdb" in str(raised.value)
        assert "--scratch postgres=NAME" in str(raised.value)


class TestNamedSchema:
    def test_is_empty_again_afterwards(self, server: Server, postgres_server_url: str, schema: str) -> None:
        for _ in range(2):
            with server.scratch(schema) as made:
                made.run("a.sql", CONTENTS)
                (found,) = made.describe(["select * from v where mood = $1"])
                assert isinstance(found, Description)
                assert [one.origin for one in found.columns] == [("v", "id"), ("v", "mood"), ("v", "n")]
                assert found.parameters == ("mood",)
                assert "create table a (" in made.schema()
            assert objects(postgres_server_url, schema) == []

    def test_is_emptied_when_its_block_is_left_by_an_interrupt(
        self, server: Server, postgres_server_url: str, schema: str
    ) -> None:
        with pytest.raises(KeyboardInterrupt):
            leave_by(KeyboardInterrupt, server.scratch(schema))
        assert objects(postgres_server_url, schema) == []

    def test_must_be_empty(self, server: Server, postgres_server_url: str, schema: str) -> None:
        run(postgres_server_url, f'create table "{schema}".mine (id int)')
        with pytest.raises(ServerUnavailable, match=r"not empty: it has table .*mine"), server.scratch(schema):
            pass
        assert "table" in str(objects(postgres_server_url, schema))

    def test_is_used_by_one_run_at_a_time(self, server: Server, postgres_server_url: str, schema: str) -> None:
        with server.scratch(schema):
            other = POSTGRES.connect(postgres_server_url, 10)
            with pytest.raises(ServerUnavailable, match="another run"), other.scratch(schema):
                pass
            other.close()

    def test_one_that_is_not_there_is_made_and_dropped(self, server: Server, postgres_server_url: str) -> None:
        name = f"made_{token_hex(4)}"
        with server.scratch(name) as made:
            made.run("a.sql", CONTENTS)
            assert name in column(postgres_server_url, "select nspname from pg_namespace")
        assert name not in column(postgres_server_url, "select nspname from pg_namespace")

    def test_needs_no_right_to_make_databases(self, postgres_server_url: str) -> None:
        name = f"given_{token_hex(4)}"
        with role(postgres_server_url) as url:
            user = url.partition("//")[2].partition(":")[0]
            run(postgres_server_url, f"create schema {name}", f"grant usage, create on schema {name} to {user}")
            try:
                server = POSTGRES.connect(url, 10)
                with server.scratch(name) as made:
                    made.run("a.sql", "create table t (id serial primary key); create view v as select * from t")
                    assert isinstance(made.describe(["select * from v"])[0], Description)
                assert objects(postgres_server_url, name) == []
                with pytest.raises(ServerUnavailable, match="permission denied"), server.scratch("another_name"):
                    pass
                server.close()
            finally:
                run(postgres_server_url, f"drop schema {name} cascade")

    def test_leaves_what_lies_elsewhere(self, server: Server, postgres_url: str) -> None:
        server = POSTGRES.connect(postgres_url, 10)
        run(postgres_url, "create table kept (id int)", "create extension pg_trgm", "create schema other")
        with server.scratch("mine") as made:
            made.run("a.sql", "create table t (name text); create index on t using gin (name gin_trgm_ops)")
            assert "kept" not in made.schema()
        server.close()
        assert column(postgres_url, "select count(*) from kept") == [0]
        assert "pg_trgm" in column(postgres_url, "select extname from pg_extension")


def test_the_helper_of_old_goes_by_the_same_rules(server: Server, postgres_server_url: str) -> None:
    before = scratch_databases(postgres_server_url)
    with scratch_database(postgres_server_url) as url, psycopg.connect(url) as connection:
        assert len(scratch_databases(postgres_server_url) - before) == 1
        server.clear()
        assert connection.execute("select 1").fetchone() == (1,)
    assert scratch_databases(postgres_server_url) <= before
