"""The same error for the same mistake on every database, with the driver's own as its cause."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import sys
import time
from importlib.machinery import BuiltinImporter
from pathlib import Path
from typing import LiteralString

import asyncmy.errors
import psycopg
import pymysql.err
import pytest
from sqlwright.runtime import (
    CheckViolation,
    ConnectionFailure,
    ConstraintViolation,
    DeadlockDetected,
    Error,
    ExclusionViolation,
    ForeignKeyViolation,
    LockTimeout,
    NotNullViolation,
    SerializationFailure,
    StatementError,
    TransactionConflict,
    UniqueViolation,
    ValueRefused,
    targets,
)
from sqlwright.runtime.postgres import open_session, open_session_sync
from sqlwright.runtime.sqlite import open_session as open_sqlite
from sqlwright.runtime.sqlite import open_session_sync as open_sqlite_sync

from tests.runtime.faces import Face, Place

DRIVER_ERRORS = (
    psycopg.Error,
    sqlite3.Error,
    pymysql.err.MySQLError,
    asyncmy.errors.MySQLError,
    OverflowError,
    UnicodeEncodeError,
)
SCHEMA: tuple[LiteralString, ...] = (
    "create table users (id integer primary key, email varchar(60) not null unique, age integer,"
    " constraint grown_up check (age >= 18))",
    "create table notes (id integer primary key, author integer not null,"
    " constraint written_by foreign key (author) references users (id))",
    "insert into users values (1, 'ada@example.org', 30)",
    "insert into notes values (1, 1)",
)
MISTAKES: dict[LiteralString, type[Error]] = {
    "insert into users values (1, 'bob@example.org', 30)": UniqueViolation,
    "insert into users values (2, 'ada@example.org', 30)": UniqueViolation,
    "insert into users values (2, null, 30)": NotNullViolation,
    "update users set age = 17": CheckViolation,
    "insert into notes values (2, 9)": ForeignKeyViolation,
    "delete from users": ForeignKeyViolation,
    "select nothing from users": StatementError,
    "select * from nowhere": StatementError,
    "selec": StatementError,
    "select no_such_function(1)": StatementError,
}


async def prepared(db: Face) -> None:
    for statement in SCHEMA:
        await db.execute(statement, ())


@pytest.mark.parametrize("sql", MISTAKES)
def test_a_mistake_has_its_class(place: Place, sql: LiteralString) -> None:
    async def scenario() -> None:
        async with place.connect() as db:
            await prepared(db)
            with pytest.raises(Error) as failure:
                await db.execute(sql, ())
            assert type(failure.value) is MISTAKES[sql]
            assert isinstance(failure.value.__cause__, DRIVER_ERRORS)
            assert str(failure.value) in str(failure.value.__cause__)
            assert await db.fetch_one("select count(*) from users", (), int) == 1

    asyncio.run(scenario())


def test_a_violation_says_where(place: Place) -> None:
    async def scenario() -> None:
        async with place.connect() as db:
            await prepared(db)
            with pytest.raises(ConstraintViolation) as failure:
                await db.execute("insert into users values (2, null, 30)", ())
            assert (failure.value.table, failure.value.column) == ("users", "email")
            with pytest.raises(ConstraintViolation) as failure:
                await db.execute("update users set age = 17", ())
            assert failure.value.constraint == "grown_up"
            with pytest.raises(ConstraintViolation) as failure:
                await db.execute("insert into users values (2, 'ada@example.org', 30)", ())
            assert failure.value.table == "users"

    asyncio.run(scenario())


@pytest.mark.only("postgres", "mysql", "mariadb")
def test_a_violated_reference_says_which(place: Place) -> None:
    async def scenario() -> None:
        async with place.connect() as db:
            await prepared(db)
            with pytest.raises(ForeignKeyViolation) as failure:
                await db.execute("insert into notes values (2, 9)", ())
            assert (failure.value.table, failure.value.constraint) == ("notes", "written_by")

    asyncio.run(scenario())


class TestValues:
    INSERT: LiteralString = "insert into kept (number, words) values ($1, $2)"

    @pytest.mark.parametrize("value", [(2**70, "x"), (1, "half a pair: \ud83d")])
    def test_what_no_database_keeps(self, place: Place, value: tuple[object, ...]) -> None:
        async def scenario() -> None:
            async with place.connect() as db:
                await db.execute("create table kept (number bigint, words text)", ())
                with pytest.raises(ValueRefused) as failure:
                    await db.execute(place.sql(self.INSERT), value)
                assert isinstance(failure.value.__cause__, DRIVER_ERRORS)
                assert await db.fetch_one("select count(*) from kept", (), int) == 0

        asyncio.run(scenario())

    def test_a_character_that_postgres_does_not_keep(self, postgres_url: str) -> None:
        async def scenario() -> None:
            async with open_session(postgres_url) as db:
                await db.execute("create table kept (number bigint, words text)", ())
                with pytest.raises(ValueRefused, match="NUL"):
                    await db.execute(self.INSERT, (1, "a\0b"))
                with pytest.raises(ValueRefused):
                    await db.execute(self.INSERT, ("no number", "x"))

        asyncio.run(scenario())

    @pytest.mark.parametrize("moment", ["'infinity'::timestamptz", "'infinity'::date", "'4000-01-01 BC'::timestamp"])
    def test_a_moment_that_python_does_not_hold(self, postgres_url: str, moment: LiteralString) -> None:
        with open_session_sync(postgres_url) as db, pytest.raises(ValueRefused):
            db.fetch_one("select " + moment, (), str)

    def test_months_are_no_timedelta(self, postgres_url: str) -> None:
        with open_session_sync(postgres_url) as db:
            for months in ("'1 month'", "'2 years -1 day'"):
                with pytest.raises(ValueRefused, match="months"):
                    db.fetch_one("select interval " + months, (), str)

    def test_a_value_of_a_kind_that_sqlite_does_not_know(self, sqlite_url: str) -> None:
        with open_sqlite_sync(sqlite_url) as db, pytest.raises(ValueRefused):
            db.execute("select ?1", ([1],))


class TestConflicts:
    def test_a_lock_that_is_held_too_long(self, place: Place) -> None:
        impatient: LiteralString = (
            "pragma busy_timeout = 20"
            if place.is_sqlite
            else ("set session innodb_lock_wait_timeout = 1" if place.is_mysql else "set lock_timeout = '20ms'")
        )

        async def scenario() -> None:
            async with place.connect() as db, place.connect() as other:
                await prepared(db)
                await other.execute(impatient, ())
                async with db.transaction() as tx:
                    await tx.execute("update users set age = 31", ())
                    with pytest.raises(LockTimeout) as failure:
                        await other.execute("update users set age = 32", ())
                    assert isinstance(failure.value, TransactionConflict)
                await other.execute("update users set age = 32", ())

        asyncio.run(scenario())

    def test_transactions_without_an_order(self, postgres_url: str) -> None:
        """Each reads what the other one writes."""
        sql: LiteralString = "insert into totals select 'x', sum(amount) from totals where side = $1"

        async def scenario() -> None:
            async with open_session(postgres_url) as one, open_session(postgres_url) as two:
                await one.execute("create table totals (side text, amount bigint)", ())
                for db in (one, two):
                    await db.execute("set default_transaction_isolation = 'serializable'", ())

                async def both() -> None:
                    async with one.transaction() as first, two.transaction() as second:
                        await first.execute(sql, ("a",))
                        await second.execute(sql, ("b",))

                with pytest.raises(SerializationFailure):
                    await both()

        asyncio.run(scenario())

    @pytest.mark.only("postgres", "mysql", "mariadb")
    def test_transactions_that_wait_for_each_other(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)

        async def scenario() -> None:
            async with place.connect() as one, place.connect() as two:
                await one.execute("create table pair (id int primary key, n int)", ())
                await one.execute("insert into pair values (1, 0), (2, 0)", ())
                met = asyncio.Barrier(2)

                async def change(db: Face, first: int, second: int) -> None:
                    async with db.transaction() as tx:
                        await tx.execute(place.sql("update pair set n = n + 1 where id = $1"), (first,))
                        await met.wait()
                        await tx.execute(place.sql("update pair set n = n + 1 where id = $1"), (second,))

                results = await asyncio.gather(change(one, 1, 2), change(two, 2, 1), return_exceptions=True)
                assert sorted(type(result).__name__ for result in results) == ["DeadlockDetected", "NoneType"]
                assert issubclass(DeadlockDetected, TransactionConflict)
                assert await one.fetch_all("select n from pair", (), int) == [1, 1]

        asyncio.run(scenario())

    @pytest.mark.only("mysql", "mariadb")
    def test_nothing_stands_alone_of_a_transaction_that_the_server_has_undone(self, place: Place) -> None:
        """A deadlock ends the whole transaction, also when it is found inside a savepoint that is caught."""

        async def scenario() -> None:
            async with place.connect() as one, Place(place.url, awaited=True).connect() as two:
                await one.execute("create table pair (id int primary key, n int)", ())
                await one.execute("insert into pair values (1, 0), (2, 0), (3, 0)", ())

                async def change(tx: Face, key: int) -> None:
                    await tx.execute("update pair set n = n + 1 where id = %s", (key,))

                async def both() -> None:
                    async with one.transaction() as first, two.transaction() as second:
                        await change(first, 1)
                        await second.execute("update pair set n = n + 1 where id in (2, 3)", ())
                        task = asyncio.create_task(change(second, 1))
                        await asyncio.sleep(0.1)
                        with pytest.raises(DeadlockDetected):
                            async with first.transaction() as inner:
                                await change(inner, 2)
                        with pytest.raises(DeadlockDetected, match="has undone"):
                            await change(first, 3)
                        await task

                with pytest.raises(DeadlockDetected, match="has undone"):
                    await both()

        asyncio.run(scenario())

    def test_rows_that_exclude_each_other(self, postgres_url: str) -> None:
        with open_session_sync(postgres_url) as db:
            db.execute("create table stays (during int4range, exclude using gist (during with &&))", ())
            db.execute("insert into stays values ('[1, 5)')", ())
            with pytest.raises(ExclusionViolation) as failure:
                db.execute("insert into stays values ('[4, 6)')", ())
            assert failure.value.constraint == "stays_during_excl"

    def test_a_trigger_that_says_no(self, sqlite_url: str) -> None:
        with open_sqlite_sync(sqlite_url) as db:
            db.execute("create table t (n integer)", ())
            db.execute("create trigger no before insert on t begin select raise(abort, 'not today'); end", ())
            with pytest.raises(CheckViolation, match="not today"):
                db.execute("insert into t values (1)", ())


class TestConnections:
    URL = "postgresql://nobody:wrong@127.0.0.1:1/nowhere?connect_timeout=2"

    def test_a_server_that_does_not_answer(self) -> None:
        async def scenario() -> None:
            async with open_session(self.URL):
                pass

        with pytest.raises(ConnectionFailure) as failure:
            asyncio.run(scenario())
        assert isinstance(failure.value.__cause__, psycopg.OperationalError)
        with pytest.raises(ConnectionFailure), open_session_sync(self.URL):
            pass

    def test_a_database_that_is_not_there(self, postgres_server_url: str) -> None:
        url = postgres_server_url.rpartition("/")[0] + "/no_such_database"
        with pytest.raises(ConnectionFailure, match="does not exist"), open_session_sync(url):
            pass

    def test_a_file_that_cannot_be_opened(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/no/such/folder/app.db"

        async def scenario() -> None:
            async with open_sqlite(url):
                pass

        with pytest.raises(ConnectionFailure):
            asyncio.run(scenario())
        with pytest.raises(ConnectionFailure), open_sqlite_sync(url):
            pass

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        path = tmp_path / "app.db"
        path.write_text("this is a text, and quite a long one, so that it cannot be taken for an empty file" * 20)
        with pytest.raises(ConnectionFailure, match="not a database"), open_sqlite_sync(f"sqlite:///{path}") as db:
            db.fetch_all("select * from sqlite_master", (), str)

    @pytest.mark.parametrize("url", ["sqlite:///app.db?mode=ro", "file:app.db"])
    def test_a_url_that_says_what_is_not_understood(self, url: str) -> None:
        with pytest.raises(ConnectionFailure, match="URL"), open_sqlite_sync(url):
            pass

    @pytest.mark.only("postgres", "mysql", "mariadb")
    def test_a_connection_that_the_server_ends(self, place: Place) -> None:
        async def scenario() -> None:
            async with place.connect() as db, place.connect() as other:
                if place.is_mysql:
                    await other.execute("kill %s", (await db.fetch_one("select connection_id()", (), int),))
                else:
                    own = await db.fetch_one("select pg_backend_pid()", (), int)
                    await other.execute("select pg_terminate_backend($1)", (own,))
                with pytest.raises(ConnectionFailure):
                    await db.execute("select 1", ())

        asyncio.run(scenario())

    def test_a_statement_that_is_stopped(self, postgres_url: str) -> None:
        with open_session_sync(postgres_url) as db:
            db.execute("set statement_timeout = '20ms'", ())
            with pytest.raises(Error, match="statement timeout") as failure:
                db.execute("select pg_sleep(5)", ())
            assert not isinstance(failure.value, ConnectionFailure)
            assert db.fetch_one("select 1", (), int) == 1

    @pytest.mark.only("mysql", "mariadb")
    def test_a_statement_that_another_connection_stops(self, place: Place) -> None:
        async def scenario() -> None:
            async with place.connect() as db, Place(place.url, awaited=True).connect() as other:
                own = await db.fetch_one("select connection_id()", (), int)

                async def stop() -> None:
                    await asyncio.sleep(0.2)
                    await other.execute("kill query %s", (own,))

                async def wait() -> None:
                    await db.execute(
                        "select count(*) from information_schema.columns a, information_schema.columns b,"
                        " information_schema.columns c, information_schema.columns d",
                        (),
                    )

                loop = asyncio.get_running_loop()
                stopping = asyncio.create_task(stop())
                with pytest.raises(Error) as failure:
                    await (wait() if place.awaited else loop.run_in_executor(None, asyncio.run, wait()))
                await stopping
                assert type(failure.value) is Error
                assert await db.fetch_one("select 1", (), int) == 1

        asyncio.run(scenario())


class TestMysqlConnections:
    """Where a URL of MySQL or MariaDB leads."""

    @pytest.mark.parametrize("scheme", ["mysql", "mariadb"])
    @pytest.mark.parametrize("awaited", [True, False])
    def test_a_server_that_does_not_answer(self, scheme: str, awaited: bool) -> None:
        with pytest.raises(ConnectionFailure):
            asyncio.run(opened(Place(f"{scheme}://nobody:wrong@127.0.0.1:1/nowhere?connect_timeout=2", awaited)))

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (("/sqlwright", "/no_such_sqlwright"), "Unknown database|Access denied"),
            (("?", "?sslmode=no&"), "setting 'sslmode'"),
            (("?", "?ssl-mode=maybe&"), "ssl-mode in the URL is one of"),
            (("timeout=9", "timeout=soon"), "in seconds"),
            (("?", "?ssl-ca=/no/such/file&ssl-mode=VERIFY_CA&"), "certificate"),
        ],
    )
    @pytest.mark.only("mysql", "mariadb")
    def test_a_url_that_leads_nowhere(self, place: Place, change: tuple[str, str], message: str) -> None:
        url = f"{place.url}?connect_timeout=9".replace(*change, 1)
        with pytest.raises(ConnectionFailure, match=message):
            asyncio.run(opened(Place(url, place.awaited)))

    def test_a_wrong_password(self, mysql_server_url: str) -> None:
        url = f"mysql://nobody_at_all:wrong@{mysql_server_url.rpartition('@')[2]}"
        with pytest.raises(ConnectionFailure, match="Access denied"):
            asyncio.run(opened(Place(url, awaited=True)))

    @pytest.mark.only("mysql", "mariadb")
    def test_a_server_of_the_other_kind(self, place: Place) -> None:
        other = "mysql" if place.scheme == "mariadb" else "mariadb"
        url = place.url.replace(place.scheme, other, 1)
        with pytest.raises(ConnectionFailure, match=f"its URL begins with {place.scheme}://"):
            asyncio.run(opened(Place(url, place.awaited)))

    @pytest.mark.parametrize("mode", ["disabled", "preferred", "required"])
    def test_encryption(self, mysql_url: str, mode: str) -> None:
        async def scenario() -> None:
            for awaited in (True, False):
                async with Place(f"{mysql_url}?ssl-mode={mode}", awaited).connect() as db:
                    cipher = await db.fetch_one("show status like 'Ssl_cipher'", (), lambda _, value: str(value))
                    assert bool(cipher) is (mode != "disabled")

        asyncio.run(scenario())

    @pytest.mark.parametrize("awaited", [True, False])
    def test_a_server_without_encryption(self, mariadb_url: str, awaited: bool) -> None:
        asyncio.run(opened(Place(f"{mariadb_url}?ssl-mode=preferred", awaited)))
        with pytest.raises(ConnectionFailure):
            asyncio.run(opened(Place(f"{mariadb_url}?ssl-mode=required", awaited)))


async def opened(place: Place) -> None:
    async with place.connect() as db:
        assert await db.fetch_one("select 1", (), int) == 1


@pytest.mark.parametrize("awaited", [True, False])
@pytest.mark.parametrize("scheme", ["mysql", "mariadb"])
def test_a_server_that_says_nothing(scheme: str, awaited: bool) -> None:
    """A port that takes connections, and never greets."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"{scheme}://root@127.0.0.1:{server.getsockname()[1]}/test?connect_timeout=1"
        began = time.monotonic()
        with pytest.raises(ConnectionFailure):
            asyncio.run(opened(Place(url, awaited)))
        assert time.monotonic() - began < 5


@pytest.mark.only("mysql", "mariadb")
def test_a_statement_may_take_longer_than_connecting(database_url: str) -> None:
    async def scenario(awaited: bool) -> None:
        async with Place(f"{database_url}?connect_timeout=1", awaited).connect() as db:
            assert await db.fetch_one("select sleep(1.5)", (), int) == 0

    for awaited in (True, False):
        asyncio.run(scenario(awaited))


@pytest.mark.only("mysql", "mariadb")
def test_warnings_of_the_server_are_not_logged(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async with place.connect() as db:
            await db.execute("create table if not exists prices (price decimal(4, 1))", ())
            await db.execute("create table if not exists prices (price decimal(4, 1))", ())
            assert await db.execute("insert into prices values (1.2345)", ()) == 1

    asyncio.run(scenario())
    assert not caplog.records


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "asyncmy")
    monkeypatch.setattr(sys, "meta_path", [BuiltinImporter])
    with pytest.raises(ConnectionFailure, match=r"asyncmy is not installed: pip install 'sqlwright\[mysql\]'"):
        targets.is_for_mariadb("mariadb://localhost/test")
    assert not targets.is_for_mysql("mariadb://localhost/test")
