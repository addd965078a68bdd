"""Fetching, changing, and transactions that nest."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import LiteralString

import pytest
from sqlwright.runtime import (
    ForeignKeyViolation,
    ManyRowsError,
    NoRowError,
    RowCountError,
    StatementError,
    TransactionMisuse,
    UniqueViolation,
)

from tests.runtime.faces import Face, Place, open_awaited

USERS: LiteralString = "create table users (id integer primary key, name varchar(60) not null unique)"
INSERT: LiteralString = "insert into users (id, name) values ($1, $2)"
NAMES: LiteralString = "select name from users order by id"


@asynccontextmanager
async def users(place: Place) -> AsyncGenerator[Face, None]:
    """A session on a table with ada (1) and bob (2)."""
    async with place.connect() as db:
        await db.execute(USERS, ())
        for number, name in ((1, "ada"), (2, "bob")):
            await db.execute(place.sql(INSERT), (number, name))
        yield db


async def add(db: Face, place: Place, *numbers: int, name: str = "") -> None:
    """Add users in one transaction."""
    async with db.transaction() as tx:
        for number in numbers:
            await tx.execute(place.sql(INSERT), (number, name or f"user {number}"))


async def add_and_fail(db: Face, place: Place, *numbers: int) -> None:
    """Add users in a transaction inside another one, which is left by an exception."""
    async with db.transaction() as tx:
        await add(tx, place, *numbers)
        raise ZeroDivisionError


async def in_transaction(db: Face, sql: LiteralString) -> None:
    async with db.transaction() as tx:
        await tx.execute(sql, ())


async def names(db: Face) -> list[str]:
    return await db.fetch_all(NAMES, (), str)


class TestFetching:
    def test_all_rows_are_made_in_order(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                rows = await db.fetch_all("select id, name from users order by id desc", (), lambda *row: row)
                assert rows == [(2, "bob"), (1, "ada")]
                assert await db.fetch_all(place.sql("select id from users where id > $1"), (9,), int) == []

        asyncio.run(scenario())

    def test_one_row(self, place: Place) -> None:
        by_id: LiteralString = "select name from users where id >= $1"

        async def scenario() -> None:
            async with users(place) as db:
                assert await db.fetch_one(place.sql(by_id), (2,), str) == "bob"
                with pytest.raises(NoRowError, match="there is none"):
                    await db.fetch_one(place.sql(by_id), (3,), str)
                with pytest.raises(ManyRowsError, match="there are 2"):
                    await db.fetch_one(place.sql(by_id), (1,), str)

        asyncio.run(scenario())

    def test_one_row_or_none(self, place: Place) -> None:
        by_id: LiteralString = "select name from users where id >= $1"

        async def scenario() -> None:
            async with users(place) as db:
                assert await db.fetch_optional(place.sql(by_id), (2,), str) == "bob"
                assert await db.fetch_optional(place.sql(by_id), (3,), str) is None
                with pytest.raises(ManyRowsError):
                    await db.fetch_optional(place.sql(by_id), (1,), str)

        asyncio.run(scenario())

    def test_a_parameter_may_stand_in_several_places(self, place: Place) -> None:
        sql: LiteralString = "select count(*) from users where name = $1 or name = $2 or upper(name) = upper($1)"

        async def scenario() -> None:
            async with users(place) as db:
                assert await db.fetch_one(place.sql(sql), place.params("ada", "bob", order="121"), int) == 2

        asyncio.run(scenario())


class TestChanging:
    @pytest.mark.only("mysql", "mariadb")
    def test_the_key_that_the_database_made(self, place: Place) -> None:
        async def scenario() -> None:
            async with place.connect() as db:
                await db.execute("create table made (id bigint auto_increment primary key, name varchar(9))", ())
                assert await db.insert("insert into made (name) values (%s)", ("ada",)) == 1
                assert await db.insert("insert into made (name) values (%s)", ("bob",)) == 2
                assert await db.insert("insert into made (id, name) values (7, 'eve')", ()) == 7

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres", "mariadb")
    def test_the_key_that_a_statement_returns(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                assert await db.insert(place.sql(INSERT + " returning id"), (3, "eve")) == 3

        asyncio.run(scenario())

    def test_the_rows_that_matched_are_counted(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                assert await db.execute("update users set name = name", ()) == 2
                assert await db.execute(place.sql("delete from users where id = $1"), (7,)) == 0
                assert await db.execute(place.sql(INSERT), (3, "eve")) == 1
                assert await db.execute("create table more (id integer)", ()) == 0

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres")
    def test_the_rows_are_counted_of_a_statement_that_returns_them(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                assert await db.execute("update users set id = id + 10 returning id", ()) == 2

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres")
    def test_rows_that_nobody_reads_hold_no_lock(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db, place.connect() as other:
                await db.execute("update users set id = id + 10 returning id", ())
                await other.execute(place.sql(INSERT), (3, "eve"))
                assert await names(db) == ["eve", "ada", "bob"]

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres")
    def test_a_change_of_one_row_gives_it(self, place: Place) -> None:
        sql: LiteralString = "update users set name = $2 where id = $1 returning name"

        async def scenario() -> None:
            async with users(place) as db:
                assert await db.change_one(place.sql(sql), (1, "eve"), str) == "eve"
                assert await db.change_optional(place.sql(sql), (2, "dan"), str) == "dan"
                assert await db.change_optional(place.sql(sql), (3, "zoe"), str) is None
                assert await names(db) == ["eve", "dan"]

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres", "mariadb")
    @pytest.mark.parametrize("optional", [False, True])
    def test_a_change_of_too_many_rows_is_undone(self, place: Place, optional: bool) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                change = db.change_optional if optional else db.change_one
                with pytest.raises(ManyRowsError) as failure:
                    await change("delete from users returning name", (), str)
                assert isinstance(failure.value, RowCountError)
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres", "mariadb")
    def test_a_change_of_no_row_where_one_is_promised(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                with pytest.raises(NoRowError):
                    await db.change_one("delete from users where id = 9 returning name", (), str)

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres", "mariadb")
    def test_a_change_that_is_undone_in_a_transaction_leaves_the_transaction(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                async with db.transaction() as tx:
                    await tx.execute(place.sql(INSERT), (3, "eve"))
                    with pytest.raises(ManyRowsError):
                        await tx.change_one("delete from users returning name", (), str)
                assert await names(db) == ["ada", "bob", "eve"]

        asyncio.run(scenario())


class TestTransactions:
    def test_is_kept(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db, place.connect() as other:
                async with db.transaction() as tx:
                    await tx.execute(place.sql(INSERT), (3, "eve"))
                    assert await names(tx) == ["ada", "bob", "eve"]
                    assert await names(other) == ["ada", "bob"]
                assert await names(other) == ["ada", "bob", "eve"]

        asyncio.run(scenario())

    def test_is_undone_by_an_exception(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                with pytest.raises(ZeroDivisionError):
                    await add_and_fail(db, place, 3, 4)
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())

    def test_is_undone_by_an_error_of_the_database(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                with pytest.raises(UniqueViolation):
                    await add(db, place, 3, 4, name="eve")
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())

    def test_nests(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                async with db.transaction() as outer:
                    await add(outer, place, 3)
                    with pytest.raises(UniqueViolation):
                        await add(outer, place, 4, 3)
                    async with outer.transaction() as inner:
                        await add(inner, place, 5)
                        with pytest.raises(ZeroDivisionError):
                            await add_and_fail(inner, place, 6, 7)
                        await add(inner, place, 8)
                assert await names(db) == ["ada", "bob", "user 3", "user 5", "user 8"]

        asyncio.run(scenario())

    def test_an_outer_one_undoes_those_inside(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db, db.transaction() as outer:
                with pytest.raises(ZeroDivisionError):
                    await add_and_fail(outer, place, 3)
                assert await names(outer) == ["ada", "bob"]

        asyncio.run(scenario())

    def test_names_of_savepoints_stay_apart_at_any_depth(self, place: Place) -> None:
        async def deeper(db: Face, depth: int) -> None:
            async with db.transaction() as tx:
                await add(tx, place, 10 + depth)
                if depth < 12:
                    await deeper(tx, depth + 1)

        async def scenario() -> None:
            async with users(place) as db:
                await deeper(db, 0)
                assert len(await names(db)) == 2 + 13

        asyncio.run(scenario())

    @pytest.mark.only("sqlite", "postgres")
    def test_a_constraint_that_is_checked_at_the_end(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                await db.execute(
                    "create table notes (author integer references users (id) deferrable initially deferred)", ()
                )
                with pytest.raises(ForeignKeyViolation):
                    await in_transaction(db, "insert into notes values (9)")
                assert await db.fetch_one("select count(*) from notes", (), int) == 0
                async with db.transaction() as tx:
                    await tx.execute("insert into notes values (9)", ())
                    await tx.execute(place.sql(INSERT), (9, "eve"))
                assert await db.fetch_one("select count(*) from notes", (), int) == 1

        asyncio.run(scenario())


class TestMisuse:
    def test_the_outer_session_inside_its_transaction(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db, db.transaction() as tx:
                with pytest.raises(TransactionMisuse, match=r"use what `transaction\(\)` gave"):
                    await names(db)
                with pytest.raises(TransactionMisuse):
                    await db.execute("delete from users", ())
                with pytest.raises(TransactionMisuse):
                    await in_transaction(db, "select 1")
                async with tx.transaction() as inner:
                    with pytest.raises(TransactionMisuse):
                        await names(tx)
                    assert await names(inner) == ["ada", "bob"]

        asyncio.run(scenario())

    def test_a_transaction_that_has_ended(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                async with db.transaction() as tx:
                    async with tx.transaction() as inner:
                        pass
                    with pytest.raises(TransactionMisuse, match="has ended"):
                        await names(inner)
                with pytest.raises(TransactionMisuse, match="has ended"):
                    await tx.execute("delete from users", ())
                with pytest.raises(TransactionMisuse, match="has ended"):
                    await in_transaction(tx, "select 1")
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())

    def test_a_session_that_is_closed(self, place: Place) -> None:
        async def scenario() -> None:
            async with place.connect() as db:
                pass
            with pytest.raises(TransactionMisuse, match="has ended"):
                await db.execute("select 1", ())

        asyncio.run(scenario())

    def test_an_error_leaves_the_session_in_order(self, place: Place) -> None:
        async def scenario() -> None:
            async with users(place) as db:
                with pytest.raises(StatementError):
                    await db.execute("select nothing from nowhere", ())
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())


class TestConcurrency:
    def test_tasks_wait_for_their_turn(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)

        async def scenario() -> None:
            async with users(place) as db:
                inside = asyncio.Event()
                seen: list[str] = []

                async def transfer() -> None:
                    async with db.transaction() as tx:
                        inside.set()
                        await tx.execute(place.sql(INSERT), (3, "eve"))
                        await asyncio.sleep(0.05)
                        await tx.execute(place.sql(INSERT), (4, "dan"))
                    seen.append("transfer")

                async def look() -> None:
                    await inside.wait()
                    seen.extend(await names(db))

                await asyncio.gather(transfer(), look())
                assert seen == ["transfer", "ada", "bob", "eve", "dan"]

        asyncio.run(scenario())

    def test_many_tasks_on_one_session(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)

        async def scenario() -> None:
            async with users(place) as db:

                async def add(number: int) -> None:
                    async with db.transaction() as tx:
                        count = await tx.fetch_one("select count(*) from users", (), int)
                        await tx.execute(place.sql(INSERT), (100 + count, f"user {number}"))

                await asyncio.gather(*(add(number) for number in range(20)))
                assert await db.fetch_all("select id from users where id >= 100 order by id", (), int) == [
                    *range(102, 122)
                ]

        asyncio.run(scenario())

    def test_tasks_inside_one_transaction(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)

        async def scenario() -> None:
            async with users(place) as db, db.transaction() as tx:
                await asyncio.gather(
                    *(tx.execute(place.sql(INSERT), (number, f"user {number}")) for number in range(10, 20))
                )
                assert len(await names(tx)) == 12

        asyncio.run(scenario())

    def test_threads_wait_for_their_turn(self, database_url: str) -> None:
        place = Place(database_url, awaited=False)
        asyncio.run(self._in_threads(place))

    async def _in_threads(self, place: Place) -> None:
        async with users(place) as db:
            failures: list[BaseException] = []

            def add(number: int) -> None:
                async def transfer() -> None:
                    async with db.transaction() as tx:
                        count = await tx.fetch_one("select count(*) from users", (), int)
                        await tx.execute(place.sql(INSERT), (100 + count, f"user {number}"))

                try:
                    asyncio.run(transfer())
                except BaseException as error:
                    failures.append(error)

            threads = [threading.Thread(target=add, args=(number,)) for number in range(10)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert failures == []
            assert await db.fetch_all("select id from users where id >= 100 order by id", (), int) == [*range(102, 112)]

    def test_a_task_that_is_cancelled_undoes_its_transaction(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)

        async def scenario() -> None:
            async with users(place) as db:
                inside = asyncio.Event()

                async def transfer() -> None:
                    async with db.transaction() as tx:
                        await tx.execute(place.sql(INSERT), (3, "eve"))
                        inside.set()
                        await asyncio.sleep(60)

                task = asyncio.create_task(transfer())
                await inside.wait()
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())

    def test_a_statement_that_is_cancelled_leaves_the_session_in_order(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)
        slow: LiteralString = (
            "with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000000) select count(*) from n"
        )

        sleep: LiteralString = "select sleep(30)"

        async def scenario() -> None:
            async with users(place) as db:
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(db.fetch_one(sleep if place.is_mysql else slow, (), int), 0.05)
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())

    @pytest.mark.only("mysql", "mariadb")
    def test_a_statement_that_is_cancelled_twice_leaves_the_session_in_order(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)

        async def scenario() -> None:
            async with users(place) as db:
                task = asyncio.create_task(db.fetch_one("select sleep(30)", (), int))
                await asyncio.sleep(0.05)
                task.cancel()
                await asyncio.sleep(0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert await names(db) == ["ada", "bob"]

        asyncio.run(scenario())

    def test_two_sessions_on_one_database(self, database_url: str) -> None:
        place = Place(database_url, awaited=True)

        async def scenario() -> None:
            async with users(place) as first, open_awaited(database_url) as second:

                async def add(db: Face, start: int) -> None:
                    for number in range(start, start + 10):
                        await db.execute(place.sql(INSERT), (number, f"user {number}"))

                await asyncio.gather(add(first, 10), add(second, 30))
                assert len(await names(first)) == 22

        asyncio.run(scenario())
