"""An open connection of the driver can be lent: it stays open, and its owner gets it back as it was."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import aiosqlite
import asyncmy
import psycopg
import pymysql
import pytest
from pymysql.cursors import DictCursor
from sqlwright.runtime import ConnectionFailure, ForeignKeyViolation, TransactionMisuse, postgres, sqlite, targets

from tests.addresses import address
from tests.runtime.faces import OPENS, Place


class TestPostgres:
    def test_sync(self, postgres_url: str) -> None:
        with psycopg.connect(postgres_url) as connection:
            connection.execute("set time zone 'Asia/Tokyo'")
            connection.commit()
            with postgres.open_session_sync(connection) as db:
                assert db.fetch_one("show time zone", (), str) == "UTC"
                db.execute("create table t (n int)", ())
                with db.transaction() as tx:
                    tx.execute("insert into t values (1)", ())
            assert not connection.closed
            assert connection.autocommit is False
            connection.rollback()
            assert connection.execute("show time zone").fetchone() == ("Asia/Tokyo",)
            assert connection.execute("select n from t").fetchone() == (1,)

    def test_async(self, postgres_url: str) -> None:
        async def scenario() -> None:
            async with await psycopg.AsyncConnection.connect(postgres_url) as connection:
                await connection.execute("set time zone 'Asia/Tokyo'")
                await connection.commit()
                async with postgres.open_session(connection) as db:
                    assert await db.fetch_one("show time zone", (), str) == "UTC"
                    await db.execute("create table t (n int)", ())
                assert not connection.closed
                assert connection.autocommit is False
                cursor = await connection.execute("show time zone")
                assert await cursor.fetchone() == ("Asia/Tokyo",)

        asyncio.run(scenario())

    def test_its_transaction_is_its_owners(self, postgres_url: str) -> None:
        with psycopg.connect(postgres_url) as connection:
            connection.execute("create table t (n int)")
            with postgres.open_session_sync(connection) as db:
                with db.transaction() as tx:
                    tx.execute("insert into t values (1)", ())
                assert db.fetch_one("select count(*) from t", (), int) == 1
            connection.rollback()
            assert connection.execute("select to_regclass('t') is null").fetchone() == (True,)

    def test_scripts_are_not_applied_in_the_owners_transaction(self, postgres_url: str, tmp_path: Path) -> None:
        with psycopg.connect(postgres_url) as connection:
            connection.execute("select 1")
            with postgres.open_session_sync(connection) as db, pytest.raises(TransactionMisuse, match="outside"):
                db.migrate(tmp_path)

    def test_one_whose_transaction_has_failed(self, postgres_url: str) -> None:
        with psycopg.connect(postgres_url) as connection:
            with postgres.open_session_sync(connection) as db:
                connection.autocommit = False
                with pytest.raises(psycopg.Error):
                    connection.execute("selec")
                del db
            connection.rollback()
            assert connection.execute("select 1").fetchone() == (1,)

    def test_one_that_is_closed(self, postgres_url: str) -> None:
        connection = psycopg.connect(postgres_url)
        connection.close()
        with pytest.raises(ConnectionFailure), postgres.open_session_sync(connection):
            pass

    def test_one_that_its_owner_closes_meanwhile(self, postgres_url: str) -> None:
        connection = psycopg.connect(postgres_url)
        with postgres.open_session_sync(connection) as db:
            connection.close()
            with pytest.raises(ConnectionFailure):
                db.execute("select 1", ())


class TestSqlite:
    def test_sync(self, tmp_path: Path) -> None:
        connection = sqlite3.connect(tmp_path / "test.db", isolation_level="IMMEDIATE")
        connection.row_factory = sqlite3.Row
        connection.text_factory = bytes
        with sqlite.open_session_sync(connection) as db:
            self.use(db)
        assert connection.isolation_level == "IMMEDIATE"
        assert connection.row_factory is sqlite3.Row
        assert connection.text_factory is bytes
        assert connection.execute("pragma foreign_keys").fetchone()[0] == 0
        assert connection.execute("select name from users").fetchone()["name"] == b"ada"
        connection.close()

    def use(self, db: sqlite.SessionSync) -> None:
        db.execute("create table users (id integer primary key, name text)", ())
        db.execute("create table notes (author integer references users (id))", ())
        db.execute("insert into users values (1, 'ada')", ())
        assert db.fetch_one("select name from users", (), str) == "ada"
        with pytest.raises(ForeignKeyViolation):
            db.execute("insert into notes values (2)", ())

    def test_async(self, tmp_path: Path) -> None:
        async def scenario() -> None:
            async with aiosqlite.connect(tmp_path / "test.db", isolation_level="EXCLUSIVE") as connection:
                connection.row_factory = sqlite3.Row
                async with sqlite.open_session(connection) as db:
                    await db.execute("create table users (id integer primary key, name text)", ())
                    async with db.transaction() as tx:
                        await tx.execute("insert into users values (1, 'ada')", ())
                    assert await db.fetch_one("select decimal_add('0.1', '0.2')", (), str) == "0.3"
                assert connection.isolation_level == "EXCLUSIVE"
                cursor = await connection.execute("select name from users")
                row = await cursor.fetchone()
                assert row is not None
                assert row["name"] == "ada"

        asyncio.run(scenario())

    def test_its_transaction_is_its_owners(self, tmp_path: Path) -> None:
        connection = sqlite3.connect(tmp_path / "test.db")
        connection.execute("create table t (n integer)")
        connection.execute("insert into t values (1)")
        with sqlite.open_session_sync(connection) as db:
            with db.transaction() as tx:
                tx.execute("insert into t values (2)", ())
            assert db.fetch_one("select count(*) from t", (), int) == 2
            with pytest.raises(TransactionMisuse, match="outside"):
                db.migrate(tmp_path)
        assert connection.in_transaction
        connection.rollback()
        assert connection.execute("select count(*) from t").fetchone() == (0,)
        connection.close()

    def test_one_that_is_closed(self, tmp_path: Path) -> None:
        connection = sqlite3.connect(tmp_path / "test.db")
        connection.close()
        with pytest.raises(ConnectionFailure), sqlite.open_session_sync(connection):
            pass

        async def scenario() -> None:
            async with aiosqlite.connect(tmp_path / "test.db") as open_one:
                pass
            async with sqlite.open_session(open_one):
                pass

        with pytest.raises(ConnectionFailure):
            asyncio.run(scenario())

    def test_one_that_its_owner_closes_meanwhile(self, tmp_path: Path) -> None:
        connection = sqlite3.connect(tmp_path / "test.db")
        with sqlite.open_session_sync(connection) as db:
            connection.close()
            with pytest.raises(ConnectionFailure):
                db.execute("select 1", ())

    @pytest.mark.parametrize(
        "url", ["sqlite:///", "sqlite://", ":memory:", "sqlite:///:memory:", "sqlite://:memory:", "sqlite::memory:"]
    )
    def test_a_database_in_memory(self, url: str) -> None:
        with sqlite.open_session_sync(url) as db:
            assert db.fetch_one("select file from pragma_database_list", (), str) == ""

    def test_urls_name_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        urls = {
            "sqlite:///relative.db": "relative.db",
            "sqlite://also.db": "also.db",
            f"sqlite:///{tmp_path}/absolute.db": "absolute.db",
            "sqlite:///with%20space.db": "with space.db",
        }
        for url, name in urls.items():
            with sqlite.open_session_sync(url) as db:
                db.execute("create table t (n integer)", ())
            assert (tmp_path / name).exists()


SET_UP = "set time_zone = '+09:00', sql_mode = 'ANSI_QUOTES', collation_connection = 'utf8mb4_general_ci'"
AS_IT_WAS = "select @@time_zone, @@sql_mode, @@collation_connection, @@autocommit"


def place_of(url: str) -> dict[str, str | int]:
    """Where a database is, for the drivers."""
    found = address(url)
    return {
        "host": found.host,
        "port": found.port,
        "user": found.user,
        "password": found.password,
        "database": url.rpartition("/")[2],
    }


@pytest.mark.only("mysql", "mariadb")
class TestMysql:
    """The statements of these tests are MySQL's and MariaDB's."""

    def scheme(self, url: str) -> str:
        return Place(url, awaited=False).scheme

    def test_sync(self, database_url: str) -> None:
        connection = pymysql.connect(**place_of(database_url), cursorclass=DictCursor)
        with connection.cursor() as cursor:
            cursor.execute(SET_UP)
            with OPENS[self.scheme(database_url)][1](connection) as db:
                assert db.fetch_one("select @@time_zone", (), str) == "+00:00"
                db.execute("create table t (n int primary key)", ())
                with db.transaction() as tx:
                    tx.execute("insert into t values (1), (2)", ())
                assert db.execute("update t set n = n", ()) == 2
            assert connection.open
            cursor.execute(AS_IT_WAS)
            assert [*(cursor.fetchone() or {}).values()] == ["+09:00", "ANSI_QUOTES", "utf8mb4_general_ci", 0]
            cursor.execute("select count(*) as n from t")
            assert cursor.fetchone() == {"n": 2}
        connection.close()

    def test_async(self, database_url: str) -> None:
        async def scenario() -> None:
            connection = await asyncmy.connect(**place_of(database_url), autocommit=True)
            async with connection.cursor() as cursor:
                await cursor.execute(SET_UP)
                async with OPENS[self.scheme(database_url)][0](connection) as db:
                    assert await db.fetch_one("select @@time_zone", (), str) == "+00:00"
                    await db.execute("create table t (n int primary key)", ())
                    await db.execute("insert into t values (1), (2)", ())
                    assert await db.execute("update t set n = n", ()) == 2
                await cursor.execute(AS_IT_WAS)
                assert await cursor.fetchone() == ("+09:00", "ANSI_QUOTES", "utf8mb4_general_ci", 1)
            await connection.ensure_closed()

        asyncio.run(scenario())

    def test_its_transaction_is_its_owners(self, database_url: str, tmp_path: Path) -> None:
        connection = pymysql.connect(**place_of(database_url))
        with connection.cursor() as cursor:
            cursor.execute("create table t (n int)")
            connection.begin()
            with OPENS[self.scheme(database_url)][1](connection) as db:
                with db.transaction() as tx:
                    tx.execute("insert into t values (1)", ())
                assert db.fetch_one("select count(*) from t", (), int) == 1
                with pytest.raises(TransactionMisuse, match="outside"):
                    db.migrate(tmp_path)
            connection.rollback()
            cursor.execute("select count(*) from t")
            assert cursor.fetchone() == (0,)
        connection.close()

    def test_a_statement_that_is_cancelled_ends_first(self, database_url: str) -> None:
        async def scenario() -> None:
            connection = await asyncmy.connect(**place_of(database_url))
            async with OPENS[self.scheme(database_url)][0](connection) as db:
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(db.execute("select sleep(0.3)", ()), 0.05)
                assert await db.fetch_one("select 1", (), int) == 1
            await connection.ensure_closed()

        asyncio.run(scenario())

    def test_one_that_is_closed(self, database_url: str) -> None:
        connection = pymysql.connect(**place_of(database_url))
        connection.close()
        with pytest.raises(ConnectionFailure), OPENS[self.scheme(database_url)][1](connection):
            pass

        async def scenario() -> None:
            awaited = await asyncmy.connect(**place_of(database_url))
            await awaited.ensure_closed()
            async with OPENS[self.scheme(database_url)][0](awaited):
                pass

        with pytest.raises(ConnectionFailure):
            asyncio.run(scenario())

    def test_one_that_its_owner_closes_meanwhile(self, database_url: str) -> None:
        connection = pymysql.connect(**place_of(database_url))
        with OPENS[self.scheme(database_url)][1](connection) as db:
            connection.close()
            with pytest.raises(ConnectionFailure):
                db.execute("select 1", ())

    def test_one_of_another_character_set(self, database_url: str) -> None:
        connection = pymysql.connect(**place_of(database_url), charset="latin1")
        with (
            pytest.raises(ConnectionFailure, match="open it with charset='utf8mb4'"),
            OPENS[self.scheme(database_url)][1](connection),
        ):
            pass
        connection.close()

    def test_which_database_it_belongs_to(self, database_url: str) -> None:
        connection = pymysql.connect(**place_of(database_url))
        is_mariadb = self.scheme(database_url) == "mariadb"
        assert targets.is_for_mariadb_sync(connection) is is_mariadb
        assert targets.is_for_mysql_sync(connection) is not is_mariadb
        assert targets.is_for_mariadb_sync(database_url) is is_mariadb
        assert not targets.is_for_mysql(connection)
        connection.close()
