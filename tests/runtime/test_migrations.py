"""Scripts are applied in order, once, by one process at a time, and whole or not at all."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlwright.runtime import ConnectionFailure, Error, MigrationError, StatementError, TransactionMisuse
from sqlwright.runtime.scripts import SUMS, sums_text
from sqlwright.runtime.session import Session

from tests.runtime.faces import Face, Place, open_awaited

FIRST = "create table users (id integer primary key, name text not null);\ninsert into users values (1, 'ada; eve');\n"
SECOND = "alter table users add column age integer;\nupdate users set age = 30;\n"
TRIGGERS = {
    "sqlite": "create trigger named after insert on users begin\n"
    "  update users set name = 'a; b' where id = new.id;\n  select 1;\nend;\n",
    "postgresql": "create function named() returns trigger language plpgsql as $$\n"
    "begin\n  new.name := 'a; b';\n  return new;\nend $$;\n"
    "create trigger named before insert on users for each row execute function named();\n",
    "mysql": "create trigger named before insert on users for each row begin\n"
    "  if new.id > 1 then set new.name = case new.id when 3 then 'a; b' end; end if;\nend;\n",
}
TRIGGERS["mariadb"] = TRIGGERS["mysql"]
TENTH = "insert into users values (2, 'bob', 40);\n"
APPLY = """
import sys
from pathlib import Path
from importlib import import_module
url, folder = sys.argv[1:]
database = url.partition(":")[0].replace("postgresql", "postgres")
with import_module(f"sqlwright.runtime.{database}").open_session_sync(url) as db:
    sys.stdin.readline()
    print(*db.migrate(Path(folder)))
"""


def write(folder: Path, scripts: dict[str, str], sums: bool = False) -> None:
    for name, text in scripts.items():
        (folder / f"{name}.up.sql").write_bytes(text.encode())
    if sums:
        texts = {f"{name}.up.sql": text for name, text in scripts.items()}
        (folder / SUMS).write_text(sums_text(texts), encoding="utf-8")


async def users(db: Face) -> list[tuple[object, ...]]:
    return await db.fetch_all("select id, name, age from users order by id", (), lambda *row: row)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "migrations"
    path.mkdir()
    return path


def test_in_order_and_once(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        write(folder, {"0010_bob": TENTH, "0002_ages": SECOND, "0001_initial": FIRST})
        (folder / "0001_initial.down.sql").write_text("drop table users;")
        async with place.connect() as db:
            assert await db.migrate(folder) == ["0001_initial", "0002_ages", "0010_bob"]
            assert await users(db) == [(1, "ada; eve", 30), (2, "bob", 40)]
            assert await db.migrate(folder) == []
            assert await users(db) == [(1, "ada; eve", 30), (2, "bob", 40)]

    asyncio.run(scenario())


def test_those_that_came_since(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        write(folder, {"0001_initial": FIRST})
        async with place.connect() as db:
            assert await db.migrate(folder) == ["0001_initial"]
        write(folder, {"0002_ages": SECOND})
        async with place.connect() as db:
            assert await db.migrate(folder) == ["0002_ages"]
            assert await users(db) == [(1, "ada; eve", 30)]

    asyncio.run(scenario())


def test_numbers_are_numbers(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        write(folder, {"1_initial": FIRST, "2_ages": SECOND, "10_bob": TENTH})
        async with place.connect() as db:
            assert await db.migrate(folder) == ["1_initial", "2_ages", "10_bob"]

    asyncio.run(scenario())


def test_an_empty_folder(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        async with place.connect() as db:
            assert await db.migrate(folder) == []

    asyncio.run(scenario())


def test_code_that_is_older_than_the_database(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        write(folder, {"0001_initial": FIRST, "0002_ages": SECOND})
        async with place.connect() as db:
            await db.migrate(folder)
            (folder / "0002_ages.up.sql").unlink()
            assert await db.migrate(folder) == []

    asyncio.run(scenario())


class TestRefusals:
    def test_one_that_was_edited_after_it_was_applied(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            write(folder, {"0001_initial": FIRST})
            async with place.connect() as db:
                await db.migrate(folder)
                write(folder, {"0001_initial": FIRST + "-- edited\n", "0002_ages": SECOND})
                with pytest.raises(MigrationError, match="0001_initial was applied with another text"):
                    await db.migrate(folder)
                assert await db.fetch_one("select count(*) from sqlwright_migrations", (), int) == 1

        asyncio.run(scenario())

    def test_one_that_was_edited_after_it_was_written(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            write(folder, {"0001_initial": FIRST}, sums=True)
            write(folder, {"0001_initial": FIRST + "-- edited\n"})
            async with place.connect() as db:
                with pytest.raises(MigrationError, match=r"0001_initial\.up\.sql was edited"):
                    await db.migrate(folder)

        asyncio.run(scenario())

    def test_one_that_comes_too_late(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            write(folder, {"0001_initial": FIRST, "0003_ages": SECOND})
            async with place.connect() as db:
                await db.migrate(folder)
                write(folder, {"0002_bob": TENTH})
                with pytest.raises(MigrationError, match="0002_bob comes before 0003, which is applied"):
                    await db.migrate(folder)

        asyncio.run(scenario())

    def test_two_of_one_number(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            write(folder, {"0001_initial": FIRST, "0001_ages": SECOND})
            async with place.connect() as db:
                with pytest.raises(MigrationError, match="0001_ages and 0001_initial have the same number"):
                    await db.migrate(folder)

        asyncio.run(scenario())

    def test_one_without_a_number(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            write(folder, {"initial": FIRST})
            async with place.connect() as db:
                with pytest.raises(MigrationError, match=r"initial\.up\.sql is not named like a migration"):
                    await db.migrate(folder)

        asyncio.run(scenario())

    def test_inside_a_transaction(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            write(folder, {"0001_initial": FIRST})
            async with place.connect() as db, db.transaction() as tx:
                with pytest.raises(TransactionMisuse, match="outside"):
                    await tx.migrate(folder)

        asyncio.run(scenario())


@pytest.mark.only("sqlite", "postgres")
def test_one_that_fails_leaves_nothing(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        write(folder, {"0001_initial": FIRST, "0002_ages": SECOND + "insert into nowhere values (1);\n"})
        async with place.connect() as db:
            with pytest.raises(StatementError, match=r"^0002_ages: .*nowhere"):
                await db.migrate(folder)
            assert await db.fetch_all("select version from sqlwright_migrations", (), int) == [1]
            with pytest.raises(Error):
                await users(db)
            write(folder, {"0002_ages": SECOND})
            assert await db.migrate(folder) == ["0002_ages"]
            assert await users(db) == [(1, "ada; eve", 30)]

    asyncio.run(scenario())


def test_how_lines_end_makes_no_difference(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        write(folder, {"0001_initial": FIRST}, sums=True)
        async with place.connect() as db:
            await db.migrate(folder)
            write(folder, {"0001_initial": FIRST.replace("\n", "\r\n")})
            assert await db.migrate(folder) == []

    asyncio.run(scenario())


def test_statements_are_not_cut_where_they_do_not_end(place: Place, folder: Path) -> None:
    insert = "-- a comment; with one\ninsert into users values (3, 'x') /* ; */;\n"

    async def scenario() -> None:
        write(folder, {"0001_initial": FIRST + TRIGGERS[place.scheme] + insert})
        async with place.connect() as db:
            await db.migrate(folder)
            assert await db.fetch_all("select name from users order by id", (), str) == ["ada; eve", "a; b"]

    asyncio.run(scenario())


@pytest.mark.only("mysql", "mariadb")
def test_comments_that_servers_run_are_sent(place: Place, folder: Path) -> None:
    table = "create table parted (id int primary key)\n/*!50100 PARTITION BY HASH (id) /* four; */ PARTITIONS 4 */;\n"
    trigger = (
        "/*!50003 create*/ /*!50017 definer=current_user()*/ /*!50003 trigger cut before insert on parted\n"
        "for each row begin set new.id = new.id + 1; if new.id > 5 then set new.id = 5; end if; end */;\n"
    )

    async def scenario() -> None:
        write(folder, {"0001_initial": "/*!40101 set @before = 7 */;\n/* nothing */;\n" + table + trigger + FIRST})
        async with place.connect() as db:
            await db.migrate(folder)
            await db.execute("insert into parted values (@before), (1)", ())
            parts = "select count(*) from information_schema.partitions where table_name = 'parted' and table_schema = "
            assert await db.fetch_all(parts + "database()", (), int) == [4]
            assert await db.fetch_all("select id from parted order by id", (), int) == [2, 5]

    asyncio.run(scenario())


@pytest.mark.only("mysql", "mariadb")
class TestStatementByStatement:
    """Each change of the schema is committed by itself: what was done is remembered, and the rest is done later."""

    async def stopped(self, db: Face, folder: Path) -> None:
        write(folder, {"0001_initial": FIRST, "0002_ages": SECOND + "insert into nowhere values (1);\n"})
        with pytest.raises(StatementError, match=r"^0002_ages: statement \d+: .*nowhere"):
            await db.migrate(folder)
        assert await db.fetch_all("select version from sqlwright_migrations", (), int) == [1]

    def test_one_that_failed_goes_on(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            async with place.connect() as db:
                await self.stopped(db, folder)
                write(folder, {"0002_ages": SECOND + "update users set age = age + 1;\n" + TENTH})
                assert await db.migrate(folder) == ["0002_ages"]
                assert await users(db) == [(1, "ada; eve", 31), (2, "bob", 40)]
                assert await db.fetch_one("select count(*) from sqlwright_migration_steps", (), int) == 0
                assert await db.migrate(folder) == []

        asyncio.run(scenario())

    def test_what_was_done_may_not_change(self, place: Place, folder: Path) -> None:
        async def scenario() -> None:
            async with place.connect() as db:
                await self.stopped(db, folder)
                write(folder, {"0002_ages": SECOND.replace("integer", "bigint")})
                with pytest.raises(MigrationError, match="0002_ages stopped after its statement 2, and statement 1 is"):
                    await db.migrate(folder)
                write(folder, {"0002_ages": SECOND.replace("\n", "\r\n")})
                assert await db.migrate(folder) == ["0002_ages"]

        asyncio.run(scenario())

    def test_what_is_of_the_connection_is_said_again(self, place: Place, folder: Path) -> None:
        script = "set foreign_key_checks = 0;\ninsert into notes values (9);\n"

        async def scenario() -> None:
            notes = "create table notes (author integer, foreign key (author) references users (id));\n"
            write(folder, {"0001_initial": FIRST + notes, "0002_notes": script + "insert into nowhere values (1);\n"})
            async with place.connect() as db:
                with pytest.raises(StatementError, match="nowhere"):
                    await db.migrate(folder)
            write(folder, {"0002_notes": script + "insert into notes values (8);\n"})
            async with place.connect() as db:
                assert await db.migrate(folder) == ["0002_notes"]
                assert await db.fetch_all("select author from notes order by author", (), int) == [8, 9]

        asyncio.run(scenario())

    def test_a_change_that_took_effect_before_a_crash_is_not_made_again(self, place: Place, folder: Path) -> None:
        """The migrating connection is ended after ALTER TABLE, when it waits for the right to write that down."""

        async def scenario() -> None:
            write(folder, {"0001_initial": FIRST})
            async with place.connect() as db:
                await db.migrate(folder)
            write(folder, {"0002_ages": SECOND})
            async with open_awaited(place.url) as reader, open_awaited(place.url) as locker:
                async with locker.transaction() as locking:
                    async with reader.transaction() as reading:
                        await reading.fetch_all("select name from users", (), str)
                        migrating = asyncio.create_task(self.migrated(place, folder))
                        number = await self.waiting(locking, "alter%")
                        await locking.fetch_all("select step from sqlwright_migration_steps for update", (), int)
                    assert await self.waiting(locking, "replace%") == number
                    await locking.execute("kill %s", (number,))
                with pytest.raises(ConnectionFailure):
                    await migrating
            async with place.connect() as db:
                assert await db.fetch_all("select done from sqlwright_migration_steps", (), int) == [0]
                assert await db.migrate(folder) == ["0002_ages"]
                assert await users(db) == [(1, "ada; eve", 30)]

        asyncio.run(scenario())

    def test_a_change_without_effect_before_a_crash_is_made(self, place: Place, folder: Path) -> None:
        """The migrating connection is ended while ALTER TABLE waits for a transaction that reads the table."""

        async def scenario() -> None:
            write(folder, {"0001_initial": FIRST})
            async with place.connect() as db:
                await db.migrate(folder)
            write(folder, {"0002_ages": SECOND})
            async with open_awaited(place.url) as reader, open_awaited(place.url) as other:
                async with reader.transaction() as reading:
                    await reading.fetch_all("select name from users", (), str)
                    migrating = asyncio.create_task(self.migrated(place, folder))
                    await other.execute("kill %s", (await self.waiting(other, "alter%"),))
                    with pytest.raises(ConnectionFailure):
                        await migrating
                assert await other.fetch_all("select done from sqlwright_migration_steps", (), int) == [0]
            async with place.connect() as db:
                assert await db.migrate(folder) == ["0002_ages"]
                assert await users(db) == [(1, "ada; eve", 30)]

        asyncio.run(scenario())

    async def migrated(self, place: Place, folder: Path) -> None:
        """Migrate beside what else the event loop does."""

        async def migrate() -> None:
            async with place.connect() as db:
                await db.migrate(folder)

        await asyncio.to_thread(asyncio.run, migrate())

    async def waiting(self, db: Face | Session, pattern: str) -> int:
        """The connection that waits in a statement like a pattern, once there is one."""
        for _ in range(500):
            found = await db.fetch_optional(
                "select id from information_schema.processlist where info like %s and db = database()"
                " and id <> connection_id()",
                (pattern,),
                int,
            )
            if found is not None:
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"no statement like {pattern} waits")


def test_processes_at_once(database_url: str, folder: Path) -> None:
    write(folder, {"0001_initial": FIRST, "0002_ages": SECOND, "0003_bob": TENTH})
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", APPLY, database_url, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert sorted(name for names in outputs for name in names) == ["0001_initial", "0002_ages", "0003_bob"]


@pytest.mark.only("postgres", "mysql", "mariadb")
def test_a_migration_that_is_under_way_is_waited_for(database_url: str, folder: Path) -> None:
    place = Place(database_url, awaited=True)
    write(folder, {"0001_initial": f"select {'sleep' if place.is_mysql else 'pg_sleep'}(0.5);\n" + FIRST})

    async def scenario() -> None:
        async with place.connect() as one, place.connect() as two:
            results = await asyncio.gather(one.migrate(folder), two.migrate(folder))
        assert sorted(results) == [[], ["0001_initial"]]

    asyncio.run(scenario())
