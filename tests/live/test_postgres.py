"""A PostgreSQL server to `check`: connecting, and what it says of statements."""

from __future__ import annotations

import ast
import socket
import threading
import time
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlwright
from sqlwright.dialects import dialect
from sqlwright.live import live
from sqlwright.live.base import Access, Description, Refusal, Scratch, ScriptRefused, Server
from sqlwright.live.errors import ServerUnavailable
from sqlwright.model.types import Kind, SqlType, Type
from sqlwright.runtime.errors import MigrationError
from sqlwright.translate.written import written_statement

from tests.infer.described import DOMAINS
from tests.live.asking import column

ROOT = Path(__file__).resolve().parent.parent.parent
INFER = ROOT / "tests" / "infer"
POSTGRES = live("postgres")
SCHEMA = """
    create domain email as text not null check (value like '%@%');
    create domain mails as email[];
    create type mood as enum ('sad', 'ok');
    create table people (
        id int primary key, name text, mail email, others email[], more mails, mood mood, moods mood[], born date
    );
    create index on people (lower(name));
    create index on people (born);
    create schema shop;
    create table shop.orders (id bigint primary key, person int references people, total numeric(10, 2));
"""


@pytest.fixture(scope="module")
def server(postgres_server_url: str) -> Iterator[Server]:
    found = POSTGRES.connect(postgres_server_url, 10)
    yield found
    found.close()


@pytest.fixture(scope="module")
def scratch(server: Server) -> Iterator[Scratch]:
    with server.scratch() as made:
        made.run("schema.sql", SCHEMA)
        yield made


def description(scratch: Scratch, statement: str) -> Description:
    (found,) = scratch.describe([statement])
    assert isinstance(found, Description), found
    return found


def refusal(scratch: Scratch, statement: str) -> Refusal:
    (found,) = scratch.describe([statement])
    assert isinstance(found, Refusal), found
    return found


class TestConnecting:
    def test_tells_its_version(self, server: Server, postgres_server_url: str) -> None:
        (shown,) = column(postgres_server_url, "show server_version")
        assert server.version == str(shown).split()[0]

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("mysql://u:hush@127.0.0.1/db", "no URL of a PostgreSQL server"),
            ("host=127.0.0.1 password=hush", "no URL of a PostgreSQL server"),
            ("postgresql://u:hush@127.0.0.1:1/db", "does not answer: .*refused"),
            ("postgresql://u:hush@127.0.0.1:port/db", "."),
            ("postgresql://u:hush@[127.0.0.1/db", "URL .* cannot be read"),
            ("postgresql://u:hush%zz@127.0.0.1/db", "URL .* cannot be read"),
            ("postgresql://u:hush@127.0.0.1/db?nonsense=hush", "URL .* cannot be read"),
            ("postgresql://u:hush\ud800@127.0.0.1/db", "URL .* cannot be read"),
        ],
    )
    def test_says_what_is_wrong_without_the_password(self, url: str, message: str) -> None:
        with pytest.raises(ServerUnavailable, match=message) as raised:
            POSTGRES.connect(url, 2)
        assert "hush" not in str(raised.value)
        assert raised.value.__cause__ is None

    def test_says_that_a_login_fails(self, postgres_server_url: str) -> None:
        host = postgres_server_url.rpartition("@")[2].partition("/")[0]
        with pytest.raises(ServerUnavailable, match="does not let us in"):
            POSTGRES.connect(f"postgresql://nobody_of_this_name:hush@{host}/postgres", 5)

    def test_gives_up_when_nobody_answers(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            begun = time.monotonic()
            with pytest.raises(ServerUnavailable, match="does not answer"):
                POSTGRES.connect(f"postgresql://u:hush@127.0.0.1:{listener.getsockname()[1]}/db", 2)
            assert time.monotonic() - begun < 5

    def test_a_server_that_repeats_the_password_is_not_repeated(self) -> None:
        with answering(b"SFATAL\0VFATAL\0C28P01\0Mno entry with hush it, or hush%20it\0\0") as port:
            with pytest.raises(ServerUnavailable, match="no entry with") as raised:
                POSTGRES.connect(f"postgresql://u:hush%20it@127.0.0.1:{port}/db", 5)
            assert "hush" not in str(raised.value)


@contextmanager
def answering(error: bytes) -> Generator[int, None, None]:
    """The port of a server that answers everybody with an error."""
    reply = b"E" + (len(error) + 4).to_bytes(4, "big") + error

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                while connection.recv(4096)[4:8] in (b"\x04\xd2\x16\x2f", b"\x04\xd2\x16\x30"):
                    connection.sendall(b"N")
                connection.sendall(reply)

    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


class TestDescribing:
    def test_tells_types_and_origins(self, scratch: Scratch) -> None:
        found = description(
            scratch,
            "select p.id, p.name || $1 as more, p.mail, p.others, p.more, p.moods, o.total from people p "
            "join shop.orders o on o.person = p.id where p.mail = $2 and o.total > $3 and p.mood = $4",
        )
        assert [(one.name, one.type, one.origin) for one in found.columns] == [
            ("id", "int4", ("people", "id")),
            ("more", "text", None),
            ("mail", "text", ("people", "mail")),
            ("others", "_text", ("people", "others")),
            ("more", "_text", ("people", "more")),
            ("moods", "_mood", ("people", "moods")),
            ("total", "numeric", ("shop.orders", "total")),
        ]
        assert found.parameters == ("text", "text", "numeric", "mood")

    def test_places_count_code_points(self, scratch: Scratch) -> None:
        found = refusal(scratch, "select '🦉é', nam from people")
        assert (found.code, found.position) == ("42703", 13)
        assert found.hint is not None
        assert "people.name" in found.hint

    def test_one_failure_spoils_no_other(self, scratch: Scratch) -> None:
        found = scratch.describe(["select 1", "selec", "select 1 / 0", "select 2", "select '\0'", "select '\ud800'"])
        assert [isinstance(one, Description) for one in found] == [True, False, False, True, False, False]

    @pytest.mark.parametrize(
        ("statement", "code"),
        [
            ("insert into people (id) values ($1) on conflict (name) do nothing", "42P10"),
            ("select * from people a full join people b on a.id < b.id", "0A000"),
            ("select * from people where name ~ '('", "2201B"),
            ("select 1 / 0", "22012"),
            ("-- first\n/* then */ (select 'x'::text::int)", "22P02"),
        ],
    )
    def test_what_fails_in_planning_is_refused(self, scratch: Scratch, statement: str, code: str) -> None:
        assert refusal(scratch, statement).code == code

    @pytest.mark.parametrize(
        "statement",
        [
            "insert into people (id, mail, others) values ($1, $2, $3) on conflict (id) do update set mail = $2",
            "select * from people where mail = $1::email and $2::email is not null",
            "select case when $1 then 1 / 0 end",
            "select * from people where id = current_setting('app.tenant')::int",
            "select * from people where id = any($1) limit $2 offset $3 for update skip locked",
            "select nextval($1::regclass), 1 / $2::int",
            "with gone as (delete from people returning id) insert into shop.orders (id) select id from gone",
            "copy people (id, name) from stdin",
            "create table made (id int)",
            "begin",
            "set local app.tenant = '1'",
            "execute nothing",
            "vacuum",
            "notify nobody",
            "explain select 1",
            "refresh materialized view nowhere",
            "",
        ],
    )
    def test_what_can_be_prepared_is_not_refused(self, scratch: Scratch, statement: str) -> None:
        description(scratch, statement)

    def test_nothing_is_run(self, scratch: Scratch) -> None:
        before = scratch.schema()
        scratch.describe(
            ["create table made (id int)", "begin", "drop table shop.orders", "select set_config('a.b', 'c', false)"]
        )
        assert scratch.schema() == before
        assert isinstance(scratch.describe(["select * from made"])[0], Refusal)

    def test_many_statements_take_little_time(self, scratch: Scratch) -> None:
        statement = (
            "select p.*, $1::int as n from people p join shop.orders o on o.person = p.id where name = $2 order by mail"
        )
        begun = time.monotonic()
        found = scratch.describe([f"{statement} limit {n}" for n in range(1000)])
        assert time.monotonic() - begun < 2
        assert {type(one) for one in found} == {Description}

    def test_long_statements_and_answers_do_not_stand_in_each_others_way(self, scratch: Scratch) -> None:
        statement = "select " + ", ".join(f"{n} as a_rather_long_name_of_a_column_{n}" for n in range(1000))
        found = scratch.describe([statement] * 200)
        assert {len(one.columns) for one in found if isinstance(one, Description)} == {1000}

    def test_every_statement_of_the_generated_packages_is_taken(self, server: Server) -> None:
        for package in sorted((ROOT / "generated").glob("*/postgres")):
            statements = [text for path in sorted(package.glob("*.py")) for text in statements_of(path)]
            assert statements
            with server.scratch() as made:
                made.migrate(package.parent / "migrations" / "postgres")
                found = made.describe(statements)
            assert [one for one in found if isinstance(one, Refusal)] == []

    def test_a_connection_that_is_lost_is_told(self, postgres_server_url: str, postgres_url: str) -> None:
        name = postgres_url.rpartition("/")[2]
        slow = (
            "create function slow() returns int language plpgsql immutable as "
            "'begin perform pg_sleep(10); return 1; end'"
        )
        busy = "select pid from pg_stat_activity where datname = %s and query like 'explain %%'"
        end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
        server = POSTGRES.connect(postgres_url, 10)
        with server.scratch("mine") as made, ThreadPoolExecutor() as threads:
            made.run("slow", slow)
            described = threads.submit(made.describe, ["select slow()"])  # evaluated when it is planned
            while not column(postgres_server_url, busy, name):
                assert not described.done()
                time.sleep(0.01)
            column(postgres_server_url, end, name)
            with pytest.raises(ServerUnavailable, match="has failed"):
                described.result()
            with pytest.raises(ServerUnavailable, match="has failed"):
                server.clear()
        server.close()

    def test_several_connections_describe_at_once(self, server: Server) -> None:
        with server.scratch() as made, ThreadPoolExecutor() as threads:
            made.run("schema", "create table t (id int primary key, name text)")
            texts = [f"select id, {number} as n from t where name = $1" for number in range(300)]
            shares = [threads.submit(made.describe, texts) for _ in range(POSTGRES.connections - 1)]
            schema = threads.submit(made.schema)
            assert all(share.result() == made.describe(texts) for share in shares)
            assert "create table t" in schema.result()


def statements_of(path: Path) -> Iterator[str]:
    """The constants of a generated module that are statements."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=str(text))) if name.isupper():
                yield text
            case _:
                pass


class TestScripts:
    def test_tells_which_script_is_refused_and_where(self, server: Server, tmp_path: Path) -> None:
        (tmp_path / "0001_first.up.sql").write_text("create table a (id int);")
        (tmp_path / "0002_next.up.sql").write_text("create table b (id int);\n-- é\ncreate table c (id nonsense);")
        with server.scratch() as made:
            with pytest.raises(ScriptRefused) as raised:
                made.migrate(tmp_path)
            found = raised.value
            assert (found.script, found.refusal.code) == ("0002_next.up.sql", "42704")
            assert found.text[found.refusal.position or 0 :].startswith("nonsense")
            assert "create table b" not in made.schema()

    def test_a_folder_that_cannot_be_right(self, server: Server, tmp_path: Path) -> None:
        (tmp_path / "nothing.up.sql").write_text("select 1;")
        with server.scratch() as made, pytest.raises(MigrationError):
            made.migrate(tmp_path)

    def test_what_a_script_sets_is_not_there_later(self, server: Server) -> None:
        with server.scratch() as made:
            made.run(
                "a.sql",
                "create schema other; set search_path to other; create table t (id int); create temp table u ()",
            )
            assert [
                type(one) for one in made.describe(["select * from t", "select * from u", "select * from other.t"])
            ] == [
                Refusal,
                Refusal,
                Description,
            ]


class TestAccesses:
    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            ("select * from people", [Access("people", scans=False)]),
            ("select * from people where id = $1", [Access("people", scans=False)]),
            ("select * from people where lower(name) = $1", [Access("people", scans=False)]),
            ("select * from people where born > $1", [Access("people", scans=False)]),
            (
                "select * from people where name = $1 and mood::text <> 'p.born'",
                [Access("people", scans=True, columns=("name", "mood"))],
            ),
            (
                "select * from shop.orders o join people p on p.id = o.person where o.total > $1",
                [
                    Access("shop.orders", scans=True, columns=("total",)),
                    Access("people", scans=False),
                ],
            ),
            (
                "select * from people p left join shop.orders o on o.person = p.id",
                [Access("people", scans=False), Access("shop.orders", scans=True, columns=("person",))],
            ),
            (
                "update people set name = $1 where not exists (select from shop.orders o where o.person = people.id)",
                [Access("people", scans=False), Access("shop.orders", scans=True, columns=("person",))],
            ),
            (
                "select (select sum(total) from shop.orders o where o.person = p.id) from people p where p.id = $1",
                [
                    Access("people", scans=False),
                    Access("shop.orders", scans=True, columns=("person",)),
                ],
            ),
            ("insert into people (id) values ($1) on conflict (id) do nothing", []),
            ("truncate people", []),
            ("selec", []),
        ],
    )
    def test_tells_what_is_read_whole(self, scratch: Scratch, statement: str, expected: list[Access]) -> None:
        (found,) = scratch.accesses([statement])
        told = {Access(one.table, one.scans, columns=one.columns) for one in found}
        assert told == set(expected)

    @pytest.mark.parametrize(
        ("condition", "index"),
        [("id = $1", "people_pkey"), ("lower(name) = $1", "people_lower_idx"), ("born > $1", "people_born_idx")],
    )
    def test_tells_which_index_finds_the_rows(self, scratch: Scratch, condition: str, index: str) -> None:
        (found,) = scratch.accesses([f"select * from people where {condition}"])
        assert found == (Access("people", scans=False, index=index),)


class TestAgreement:
    def test_our_types_are_the_servers(self, server: Server) -> None:
        schema = (INFER / "postgres.schema.sql").read_text()
        queries = (INFER / "postgres.queries.sql").read_text()
        found = sqlwright.analyze(schema, queries, "postgres").queries
        with server.scratch() as made:
            made.run("schema.sql", schema)
            described = made.describe([written_statement(query, dialect("postgres")).sql for query in found])
        faults: list[tuple[str, str, str]] = []
        for query, told in zip(found, described, strict=True):
            assert isinstance(told, Description), (query.query.name, told)
            pairs = [
                (one.sql_type, one.type, theirs.type) for one, theirs in zip(query.columns, told.columns, strict=True)
            ]
            for ours, neutral, theirs in pairs:
                assert theirs is not None
                resolved = SqlType(DOMAINS.get(ours.name, ours.name), ours.args, ours.array, ours.family)
                if not POSTGRES.agree(resolved, neutral, theirs):
                    faults.append((query.query.name, str(ours), theirs))
        assert faults == []

    @pytest.mark.parametrize(
        ("ours", "theirs", "expected"),
        [
            (SqlType("int4"), "int4", True),
            (SqlType("int4"), "int8", False),
            (SqlType("varchar", ("20",)), "varchar", True),
            (SqlType("varchar"), "text", False),
            (SqlType("int4", array=True), "_int4", True),
            (SqlType("int4"), "_int4", False),
        ],
    )
    def test_a_type_is_told_by_its_name(self, ours: SqlType, theirs: str, expected: bool) -> None:
        assert POSTGRES.agree(ours, Type(Kind.INT32), theirs) is expected
