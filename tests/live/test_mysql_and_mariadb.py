"""What MySQL and MariaDB say of schemas and statements, asked through the same protocol as the other databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlwright.analysis import build_schema
from sqlwright.diagnostics import Source, render_all
from sqlwright.dialects import dialect
from sqlwright.live import live
from sqlwright.live.base import Access, Description, Refusal, Scratch, ScriptRefused, Server
from sqlwright.live.errors import ServerUnavailable

from tests.addresses import address, connected

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = sorted(folder.name for folder in (ROOT / "schema").iterdir())
HARD = (Path(__file__).parent / "hard.mysql.sql").read_text(encoding="utf-8")
SHOP = """
create table a (id bigint unsigned auto_increment primary key, s varchar(20) not null unique, d decimal(12,2), k int);
create table b (id int primary key, a_id bigint unsigned, note text, key (a_id));
create view v as select id, upper(s) as big from a;
"""
HOLD = """
import sys, time
from sqlwright.live import live
server = live(sys.argv[1]).connect(sys.argv[2], 10.0)
with server.scratch() as scratch:
    print(scratch.run("x", "create table t (i int)"), flush=True)
    time.sleep(60)
"""

pytestmark = pytest.mark.only("mysql", "mariadb")


@pytest.fixture
def name(database_url: str) -> str:
    return database_url.partition(":")[0]


@pytest.fixture
def url(name: str, request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{name}_server_url"))


@pytest.fixture
def server(name: str, url: str) -> Iterator[Server]:
    found = live(name).connect(url, 10.0)
    yield found
    found.close()


@pytest.fixture
def scratch(server: Server) -> Iterator[Scratch]:
    with server.scratch() as found:
        found.run("shop", SHOP)
        yield found


def scratches(url: str) -> set[str]:
    with connected(address(url)) as connection:
        connection.cmd_query(r"show databases like 'sqlwright\_%\_scratch'")
        rows, _ = connection.get_rows()
    return {str(row[0]) for row in rows}


def refused(scratch: Scratch, statement: str) -> Refusal:
    (found,) = scratch.describe([statement])
    assert isinstance(found, Refusal), found
    return found


def described(scratch: Scratch, statement: str) -> Description:
    (found,) = scratch.describe([statement])
    assert isinstance(found, Description), found
    return found


class TestDescribing:
    def test_columns_with_their_types_and_origins(self, scratch: Scratch) -> None:
        found = described(
            scratch,
            "select a.id, a.d, b.note, a.k + 1 as n from a left join b on a_id = a.id where s like concat(%s, '%%')",
        )
        assert [(column.name, column.type, column.origin) for column in found.columns] == [
            ("id", "bigint unsigned", ("a", "id")),
            ("d", "decimal(12,2)", ("a", "d")),
            ("note", "text", ("b", "note")),
            ("n", "bigint", None),
        ]
        assert [column.nullable for column in found.columns] == [False, True, True, True]

    def test_parameters_where_the_server_tells(self, scratch: Scratch, name: str) -> None:
        found = described(scratch, "select 1 from a where id = %s and s = %s limit %s")
        told = ("bigint unsigned", "varchar", "bigint unsigned")
        assert found.parameters == (told if name == "mysql" else (None, None, None))

    def test_what_returning_gives(self, scratch: Scratch, name: str) -> None:
        if name == "mysql":
            return
        found = described(scratch, "insert into a (s) values (%s) returning id, upper(s) as big, 'returning x'")
        assert [column.type for column in found.columns] == ["bigint unsigned", "varchar", "varchar"]
        assert found.parameters == (None,)

    def test_a_type_that_depends_on_a_value_is_not_told(self, scratch: Scratch, name: str) -> None:
        (column,) = described(scratch, "select %s * d as n from a").columns
        assert (column.type is None) is (name == "mariadb")

    def test_one_failure_does_not_spoil_the_others(self, scratch: Scratch) -> None:
        found = scratch.describe(["select 1", "selec", *["select id from a where id = %s"] * 1000, "flush tables"])
        assert [isinstance(one, Refusal) for one in found] == [False, True, *[False] * 1001]

    def test_nothing_is_run(self, scratch: Scratch) -> None:
        before = scratch.schema()
        scratch.describe(["drop table b", "create table c (i int)", "delete from a", "insert into a (s) values ('x')"])
        assert scratch.schema() == before


class TestRefusals:
    def test_the_place_counts_what_was_given(self, scratch: Scratch) -> None:
        statement = "select '%% ü%%', %s from a where k = %s and nope = 1"
        found = refused(scratch, statement)
        assert (found.code, found.position) == ("1054", statement.index("nope"))

    def test_a_mistake_of_grammar(self, scratch: Scratch) -> None:
        statement = "select %s\nfrom a\nwhere from k"
        found = refused(scratch, statement)
        assert (found.code, found.position) == ("1064", statement.index("from k"))

    def test_the_end_is_a_place(self, scratch: Scratch) -> None:
        assert refused(scratch, "select (1").position == len("select (1")

    def test_messages_do_not_name_the_scratch_database(self, scratch: Scratch) -> None:
        found = refused(scratch, "select * from nope")
        assert found.message == "Table 'nope' doesn't exist"
        assert found.position == len("select * from ")

    @pytest.mark.parametrize(
        ("statement", "code"),
        [
            ("insert into b select 1, 2, 'x', 4 from a", "1136"),
            ("insert into b (id, nope) select %s, 2 from a limit %s", "1054"),
            ("insert into b (id, id) select 1, 2 from a", "1110"),
        ],
    )
    def test_what_mariadb_finds_late(self, scratch: Scratch, statement: str, code: str) -> None:
        assert refused(scratch, statement).code == code

    def test_a_script(self, scratch: Scratch) -> None:
        script = "create table c (i int);\ncreate table d (i int,);"
        with pytest.raises(ScriptRefused) as caught:
            scratch.run("s", script)
        assert (caught.value.script, caught.value.refusal.code) == ("s", "1064")
        assert caught.value.refusal.position == script.index(");", 30)


class TestSchema:
    @pytest.mark.parametrize("system", SYSTEMS)
    def test_is_the_one_of_the_scripts(self, server: Server, name: str, system: str) -> None:
        folder = ROOT / "generated" / system / "migrations" / name
        with server.scratch() as scratch:
            scratch.migrate(folder)
            told = scratch.schema()
        assert columns(told, name) == columns("".join(file.read_text() for file in folder.glob("*.up.sql")), name)
        assert again(server, told) == told

    def test_a_hard_one_can_be_made_again(self, server: Server, name: str) -> None:
        told = again(server, HARD)
        assert again(server, told) == told
        assert "AUTO_INCREMENT=50" not in told
        assert "ALTER TABLE `a`" in told
        assert told.index("VIEW `w2`") < told.index("VIEW `w1`")
        assert "`j` json" in told
        columns(told, name)


def again(server: Server, schema: str) -> str:
    with server.scratch() as scratch:
        scratch.run("schema", schema)
        return scratch.schema()


def columns(schema: str, name: str) -> dict[str, list[tuple[str, str, bool]]]:
    built = build_schema([Source("schema.sql", schema)], dialect(name))
    assert built.diagnostics == (), render_all(built.diagnostics)
    types = dialect(name).types(built.catalog)
    return {
        key[1]: [(column.name, types.display(column.type), column.nullable) for column in table.columns]
        for key, table in built.catalog.tables.items()
    }


class TestAccesses:
    def test_what_no_index_serves_is_a_scan(self, scratch: Scratch) -> None:
        found = scratch.accesses(
            ["select * from a where k = %s", "select * from a", "delete from b where id = %s", "selec"]
        )
        assert found == [
            (Access("a", True, None, ("k",)),),
            (Access("a", False),),
            (Access("b", False, "PRIMARY", ("id",)),),
            (),
        ]


def interrupted(server: Server, url: str, before: set[str]) -> None:
    with server.scratch():
        assert len(scratches(url) - before) == 1
        raise KeyboardInterrupt


class TestScratch:
    def test_is_gone_after_an_error(self, server: Server, url: str) -> None:
        before = scratches(url)
        with pytest.raises(KeyboardInterrupt):
            interrupted(server, url, before)
        assert scratches(url) <= before

    def test_another_run_does_not_clear_it(self, server: Server, name: str, url: str) -> None:
        other = live(name).connect(url, 10.0)
        with server.scratch() as scratch:
            other.clear()
            scratch.run("x", "create table t (i int)")
        other.close()

    def test_what_a_killed_process_leaves_is_cleared(self, server: Server, name: str, url: str) -> None:
        before = scratches(url)
        with subprocess.Popen(
            [sys.executable, "-c", HOLD, name, url], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
        ) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            (left,) = scratches(url) - before
            server.clear()
            assert left in scratches(url)
            holder.send_signal(signal.SIGKILL)
            holder.wait()
        for _ in range(100):
            server.clear()
            if left not in scratches(url):
                break
        assert left not in scratches(url)

    def test_a_named_one_is_emptied(self, server: Server, database_url: str) -> None:
        named = database_url.rpartition("/")[2]
        for _ in range(2):
            with server.scratch(named) as scratch:
                scratch.run("hard", HARD)

    def test_a_named_one_must_be_empty_and_there(self, server: Server, database_url: str) -> None:
        named = database_url.rpartition("/")[2]
        with server.scratch(named) as scratch:
            scratch.run("x", "create table t (i int)")
            with (
                pytest.raises(ServerUnavailable, match=r"not empty: it has the table `t`|in use"),
                server.scratch(named),
            ):
                pass
        with pytest.raises(ServerUnavailable, match="there is no database `nowhere`"), server.scratch("nowhere"):
            pass

    def test_without_the_right_to_make_databases(self, name: str, url: str) -> None:
        place = address(url)
        with connected(place) as connection:
            connection.cmd_query("drop user if exists 'sqlwright_poor'@'%'")
            connection.cmd_query("create user 'sqlwright_poor'@'%' identified by 'p@ss'")
            try:
                poor = live(name).connect(f"{name}://sqlwright_poor:p%40ss@{place.host}:{place.port}/", 10.0)
                with pytest.raises(ServerUnavailable, match=f"--scratch {name}=NAME"), poor.scratch():
                    pass
                poor.close()
            finally:
                connection.cmd_query("drop user 'sqlwright_poor'@'%'")


class TestConnecting:
    def test_the_version_is_numbers(self, server: Server) -> None:
        assert all(part.isdigit() for part in server.version.split("."))

    def test_a_wrong_password_is_in_no_message(self, name: str, url: str) -> None:
        place = address(url)
        with pytest.raises(ServerUnavailable, match="does not let `root` in") as caught:
            live(name).connect(f"{name}://root:s%3Ccret@{place.host}:{place.port}/", 5.0)
        assert "s<cret" not in str(caught.value)
        assert "s%3Ccret" not in str(caught.value)

    def test_nobody_answers(self, name: str) -> None:
        with pytest.raises(ServerUnavailable, match=r"127\.0\.0\.1:1"):
            live(name).connect(f"{name}://root@127.0.0.1:1/", 2.0)

    def test_the_other_kin(self, name: str, url: str) -> None:
        other = {"mysql": "mariadb", "mariadb": "mysql"}[name]
        with pytest.raises(ServerUnavailable, match=f"its URL begins with {name}://"):
            live(other).connect(url.replace(f"{name}:", f"{other}:", 1), 5.0)
