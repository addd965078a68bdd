"""Scripts are applied in order, once, by one process at a time, and whole or not at all."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlwright.runtime import Error, MigrationError, StatementError, TransactionMisuse
from sqlwright.runtime.scripts import SUMS, sums_text

from tests.runtime.faces import Face, Place

FIRST = "create table users (id integer primary key, name text not null);\ninsert into users values (1, 'ada; eve');\n"
SECOND = "alter table users add column age integer;\nupdate users set age = 30;\n"
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


def test_one_that_fails_leaves_nothing(place: Place, folder: Path) -> None:
    async def scenario() -> None:
        write(folder, {"0001_initial": FIRST, "0002_ages": SECOND + "insert into nowhere values (1);\n"})
        async with place.connect() as db:
            with pytest.raises(StatementError, match="nowhere"):
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
    body = {
        True: "create trigger named after insert on users begin\n"
        "  update users set name = 'a; b' where id = new.id;\n  select 1;\nend;\n",
        False: "create function named() returns trigger language plpgsql as $$\n"
        "begin\n  new.name := 'a; b';\n  return new;\nend $$;\n"
        "create trigger named before insert on users for each row execute function named();\n",
    }
    insert = "-- a comment; with one\ninsert into users values (3, 'x') /* ; */;\n"

    async def scenario() -> None:
        write(folder, {"0001_initial": FIRST + body[place.is_sqlite] + insert})
        async with place.connect() as db:
            await db.migrate(folder)
            assert await db.fetch_all("select name from users order by id", (), str) == ["ada; eve", "a; b"]

    asyncio.run(scenario())


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


def test_a_migration_that_is_under_way_is_waited_for(postgres_url: str, folder: Path) -> None:
    write(folder, {"0001_initial": "select pg_sleep(0.5);\n" + FIRST})

    async def scenario() -> None:
        place = Place(postgres_url, awaited=True)
        async with place.connect() as one, place.connect() as two:
            results = await asyncio.gather(one.migrate(folder), two.migrate(folder))
        assert sorted(results) == [[], ["0001_initial"]]

    asyncio.run(scenario())
