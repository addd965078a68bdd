"""What a run asks about, whom it asks, and how it exits."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from sqlwright.check.entries import read_entry
from sqlwright.cli.main import command

from tests.check.planting import CHECK, OFFLINE, replaced
from tests.check.running import cache, run
from tests.live.asking import role

_ORDERS = "queries/shop/orders.sql"


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections, and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


# Changes


def test_nothing_is_asked_where_nothing_has_changed(shop: Path, monkeypatch: pytest.MonkeyPatch, silent: int) -> None:
    before = cache(shop)
    monkeypatch.setenv("SQLWRIGHT_POSTGRES_URL", f"postgresql://nobody@127.0.0.1:{silent}/x")
    assert run(shop, CHECK, "--changed").told == (0, [])
    assert cache(shop) == before


def test_only_what_has_changed_is_written_anew(shop: Path) -> None:
    before = cache(shop)
    replaced(_ORDERS, "order by o.id", "order by o.id desc")(shop)
    assert run(shop, OFFLINE).status == 1
    ran = run(shop, CHECK, "--changed")
    assert ran.told == (0, [])
    after = cache(shop)
    changed = {name for name in before if before[name] != after[name]}
    targets = ("postgres", "sqlite", "mysql", "mariadb")
    assert (changed, before.keys()) == ({f"shop/{name}/orders_of.json" for name in targets}, after.keys())


def test_what_has_changed_is_found_wrong(shop: Path) -> None:
    replaced("queries/desk/docs.sql", "labels && :labels", "labels && '{'")(shop)
    before = cache(shop)
    ran = run(shop, CHECK, "--changed")
    assert ran.told == (1, ["refused"])
    assert cache(shop) == before


def test_a_table_that_changes_is_asked_about_by_the_queries_that_name_it(shop: Path) -> None:
    """The scripts are those of before, so that the change is told, and no entry is written."""
    before = cache(shop)
    replaced("schema/shop/tables.sql", "    name text,\n", "    name text,\n    age integer,\n")(shop)
    ran = run(shop, CHECK, "--changed", "--package", "shop", "--dialect", "postgres")
    assert (ran.status, "migrations-differ" in ran.told[1]) == (1, True)
    assert cache(shop) == before


def test_scripts_that_have_changed_are_read_again(shop: Path) -> None:
    script = shop / "generated/shop/migrations/mysql/0002_more.up.sql"
    script.write_text("drop index products_by_name on products;\n")
    (found,) = run(shop, CHECK, "--changed").found
    assert (found.code, found.file, found.text) == (
        "migrations-differ",
        "generated/shop/migrations/mysql/0002_more.up.sql",
        "drop index products_by_name on products;",
    )
    script.write_text("drop index email on users;\n")
    assert run(shop, CHECK, "--changed").told == (1, ["migrations-differ"])


# Which part of the project


def test_one_package_and_one_database(shop: Path) -> None:
    shutil.rmtree(shop / ".sqlwright")
    assert run(shop, CHECK, "--package", "desk").told == (0, [])
    assert {name.split("/")[0] for name in cache(shop)} == {"desk"}
    assert run(shop, CHECK, "--dialect", "sqlite").told == (0, [])
    assert {name.rpartition("/")[0] for name in cache(shop)} == {"desk/postgres", "shop/sqlite"}
    assert run(shop, CHECK, "--dialect", "mysql", "--dialect", "mariadb").told == (0, [])
    assert {name.rpartition("/")[0] for name in cache(shop) if "shop" in name} == {
        "shop/sqlite",
        "shop/mysql",
        "shop/mariadb",
    }
    assert run(shop, OFFLINE, "--package", "desk").told == (0, [])
    assert run(shop, OFFLINE, "--package", "shop", "--dialect", "mysql").told == (0, [])
    assert set(run(shop, OFFLINE).told[1]) == {"not-proved"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--package", "shopp"), "did you mean `shop`?"),
        (("--dialect", "mysqll"), "did you mean `mysql`?"),
        (("--package", "desk", "--dialect", "mysql"), "the targets are postgres"),
        (("--url", "postgres"), "write DIALECT=…"),
        (("--url", "oracle=x"), "with one of postgres"),
        (("--url", "postgres=a", "--url", "postgres=b"), "PostgreSQL is named twice"),
        (("--scratch", "mysql=a", "--url", "mysql=b", "--scratch", "mysql=a"), "MySQL is named twice"),
        (("--scratch", "postgres="), "write DIALECT=…"),
        (("--timeout", "soon"), "not a valid float"),
        (("--timeout", "0"), "a number of seconds above 0"),
        (("--timeout", "-1"), "a number of seconds above 0"),
        (("--timeout", "inf"), "a number of seconds above 0"),
        (("--timeout", "nan"), "a number of seconds above 0"),
        (("--sometimes",), "No such option"),
        (("--url", "sqlite=sqlite:///x.db"), "SQLite needs none"),
        (("--scratch", "sqlite=x"), "SQLite needs none"),
        (("--offline", "--plans"), "--offline asks no server, which --plans is for"),
        (("--offline", "--changed"), "which --changed is for"),
        (("--offline", "--url", "mysql=mysql://me@127.0.0.1/"), "which --url is for"),
        (("--offline", "--scratch", "mysql=x"), "which --scratch is for"),
        (("--offline", "--timeout", "10"), "which --timeout is for"),
        (("--offline", "--timeout", "1", "--plans", "--changed"), "which --changed, --plans and --timeout are for"),
    ],
)
def test_what_is_not_known_is_a_mistake_of_usage(shop: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run(shop, CHECK, *arguments)
    assert (ran.status, said in ran.output) == (2, True), ran.output


def test_a_folder_without_a_project(tmp_path: Path) -> None:
    assert run(tmp_path, CHECK).told == (2, ["no-configuration"])


# Servers


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "mariadb"])
def test_a_port_that_never_answers_is_not_waited_for(shop: Path, dialect: str, silent: int) -> None:
    scheme = "postgresql" if dialect == "postgres" else dialect
    begin = time.monotonic()
    arguments = ("--dialect", dialect, "--url", f"{dialect}={scheme}://me@127.0.0.1:{silent}/x", "--timeout", "1")
    ran = run(shop, CHECK, *arguments)
    assert ran.told == (2, ["no-server"])
    assert time.monotonic() - begin < 8


def test_the_command_line_goes_before_the_environment_and_that_before_the_configuration(
    shop: Path, servers: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, nowhere = servers["SQLWRIGHT_POSTGRES_URL"], "postgresql://me@127.0.0.1:1/x"
    with (shop / "sqlwright.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[servers]\npostgres = "{nowhere}"\n')
    assert run(shop, CHECK, "--package", "desk").status == 0
    monkeypatch.delenv("SQLWRIGHT_POSTGRES_URL")
    assert run(shop, CHECK, "--package", "desk").told == (2, ["no-server"])
    assert run(shop, CHECK, "--package", "desk", "--url", f"postgres={good}").status == 0
    monkeypatch.setenv("SQLWRIGHT_POSTGRES_URL", nowhere)
    assert run(shop, CHECK, "--package", "desk").told == (2, ["no-server"])


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "mariadb"])
def test_a_server_that_does_not_answer_is_named_by_where_its_url_stands(
    shop: Path, dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same for each database: what it is, where its URL came from, what is wrong; and what to do apart from it."""
    title = {"postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB"}[dialect]
    variable = f"SQLWRIGHT_{dialect.upper()}_URL"
    url = f"{'postgresql' if dialect == 'postgres' else dialect}://me@127.0.0.1:1/x"

    def told(place: str, *arguments: str) -> None:
        ran = run(shop, CHECK, "--dialect", dialect, "--timeout", "2", *arguments)
        (found,) = ran.found
        assert (ran.status, found.code) == (2, "no-server")
        assert found.message.startswith(f"{title} cannot be asked by the URL {place}: the {title} server")
        assert "does not answer" in found.message
        offline = "or run `sqlwright check --offline`, which needs none"
        assert found.help == f"start the server, correct the URL {place}, {offline}"

    told("given with --url", "--url", f"{dialect}={url}")
    monkeypatch.setenv(variable, url)
    told(f"in {variable}")
    monkeypatch.delenv(variable)
    with (shop / "sqlwright.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[servers]\n{dialect} = "{url}"\n')
    told("in `servers` of sqlwright.toml")


def test_a_server_that_is_silent_hides_nothing_of_the_others(shop: Path, silent: int) -> None:
    replaced("queries/shop/users.sql", "select * from users where id = :id", "select * from users where :id = id")(shop)
    replaced("queries/desk/docs.sql", "labels && :labels", "labels && '{'")(shop)
    before = cache(shop)
    arguments = ("--url", f"mysql=mysql://me@127.0.0.1:{silent}/x", "--timeout", "1")
    ran = run(shop, CHECK, *arguments)
    assert ran.told == (2, ["refused", "no-server"])
    assert [one.file for one in ran.found] == ["queries/desk/docs.sql", None]
    after = cache(shop)
    changed = {name.rpartition("/")[0] for name in before if before[name] != after[name]}
    assert (changed, before.keys()) == ({"shop/postgres", "shop/sqlite", "shop/mariadb"}, after.keys())


def test_without_the_right_to_make_databases_a_schema_is_named(shop: Path, servers: Mapping[str, str]) -> None:
    server = servers["SQLWRIGHT_POSTGRES_URL"]
    with role(server) as url:
        name = "sqlwright_" + url.split("//")[1].split(":")[0]
        ran = run(shop, CHECK, "--package", "desk", "--url", f"postgres={url}")
        assert ran.told == (2, ["no-server"])
        assert "--scratch postgres=NAME" in ran.output
        user = url.split("//")[1].split(":")[0]
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"create schema {name} authorization {user}".encode())
        before = cache(shop)
        assert ("--scratch" in ran.found[0].help, "--scratch" in ran.found[0].message) == (True, False)
        arguments = ("--package", "desk", "--url", f"postgres={url}", "--scratch", f"postgres={name}")
        assert run(shop, CHECK, *arguments).told == (0, [])
        assert cache(shop) == before
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"create table {name}.kept (id int)".encode())
        ran = run(shop, CHECK, *arguments)
        assert (ran.status, "is not empty" in ran.output) == (2, True)


@pytest.mark.parametrize("dialect", ["mysql", "mariadb"])
def test_a_database_that_is_named(shop: Path, servers: Mapping[str, str], dialect: str) -> None:
    ran = run(shop, CHECK, "--dialect", dialect, "--scratch", f"{dialect}=sqlwright_there_is_none")
    assert (ran.status, "no database `sqlwright_there_is_none`" in ran.output) == (2, True)


def test_what_all_scripts_lack_is_told_once(shop: Path) -> None:
    replaced("schema/shop/tables.sql", "    note text,\n", "    note text,\n    paid_at timestamptz,\n")(shop)
    found = [one for one in run(shop, OFFLINE).found if one.code == "migrations-differ"]
    assert [(one.file, one.text) for one in found] == [("schema/shop/tables.sql", "    paid_at timestamptz,")]
    assert found[0].message.endswith("not in the scripts for PostgreSQL, SQLite, MySQL and MariaDB")


@pytest.mark.parametrize("arguments", [(), ("--changed",)])
def test_scripts_that_no_database_has_are_told_once(shop: Path, arguments: tuple[str, ...]) -> None:
    shutil.rmtree(shop / "generated/shop/migrations")
    (found,) = run(shop, CHECK, *arguments).found
    assert (found.code, found.help) == ("no-migrations", "run `sqlwright generate`")
    assert found.message == (
        "there are no migration scripts for PostgreSQL, SQLite, MySQL and MariaDB in generated/shop/migrations"
    )


# Entries


def test_two_runs_write_the_same(shop: Path) -> None:
    before = cache(shop)
    shutil.rmtree(shop / ".sqlwright")
    assert run(shop, CHECK).told == (0, [])
    assert cache(shop) == before


def test_an_entry_has_its_keys_in_order(shop: Path) -> None:
    text = (shop / ".sqlwright/shop/postgres/get_user.json").read_text("utf-8")
    keys = [line.split('"')[1] for line in text.splitlines() if line.startswith('  "')]
    assert keys == sorted(keys)
    assert text.endswith("}\n")
    assert read_entry(text).name == "get_user"


def test_a_file_of_queries_with_the_line_ends_of_windows_is_the_same(shop: Path) -> None:
    for path in (shop / "queries").rglob("*.sql"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert set(run(shop, OFFLINE).told[1]) <= {"out-of-date"}
    before = cache(shop)
    assert run(shop, CHECK).told == (0, [])
    assert cache(shop) == before


def test_a_project_with_the_line_ends_of_windows_is_the_same(shop: Path) -> None:
    """As git checks it out there, but for what is for this machine only."""
    for path in [path for path in shop.rglob("*") if path.is_file()]:
        if ".local" in path.parts:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    assert any(path.suffix == ".json" and b"\r\n" in text for path, text in before.items())
    assert run(shop, OFFLINE, "--strict").told == (0, [])
    assert run(shop, "generate", "--check").told == (0, [])
    assert run(shop, CHECK).told == (0, [])
    assert {path: path.read_bytes() for path in before} == before
    script = shop / "generated/shop/migrations/mysql/0001_initial.up.sql"
    script.write_bytes(script.read_bytes().replace(b"note", b"nota"))
    assert run(shop, OFFLINE).told == (1, ["bad-migration"])


def test_names_that_differ_by_case_alone_have_files_that_do_not(shop: Path) -> None:
    (shop / "queries/desk/more.sql").write_text(
        "-- name: get_doc :opt\nselect * from docs where id = :id;\n"
        "-- name: GET_DOC_TOO :opt\nselect * from docs where id = :id;\n"
        "-- name: get_doc_too2 :opt\nselect * from docs where id = :id;\n",
        encoding="utf-8",
    )
    assert run(shop, CHECK, "--package", "desk").status == 0
    names = [name for name in cache(shop) if name.startswith("desk/")]
    assert len({name.lower() for name in names}) == len(names) == 6


def test_an_entry_that_was_edited_is_written_anew(shop: Path) -> None:
    before = cache(shop)
    replaced(".sqlwright/shop/postgres/get_user.json", '"email"', '"mail"')(shop)
    (shop / ".sqlwright/shop/mysql/pay.json").unlink()
    (shop / ".sqlwright/shop/sqlite/gone.json").write_text("{}")
    (shop / ".sqlwright/gone/sqlite").mkdir(parents=True)
    (shop / ".sqlwright/gone/sqlite/gone.json").write_text("{}")
    assert run(shop, CHECK).told == (0, [])
    assert cache(shop) == before


def test_nothing_is_left_of_a_package_that_is_gone(shop: Path) -> None:
    (shop / ".sqlwright/gone/sqlite").mkdir(parents=True)
    (shop / ".sqlwright/shop/oracle").mkdir()
    assert run(shop, OFFLINE).told == (0, [])
    replaced("sqlwright.toml", '\n[[package]]\nname = "desk"\ndialect = "postgres"\n', "")(shop)
    assert {"left-over-entry", "left-over-package", "out-of-date"} == set(run(shop, OFFLINE).told[1])
    shutil.rmtree(shop / "generated/desk")
    assert run(shop, OFFLINE).told == (1, ["left-over-entry"])
    assert run(shop, CHECK, "--package", "shop").told == (0, [])
    assert sorted(path.name for path in (shop / ".sqlwright").iterdir()) == [".local", "desk", "gone", "shop"]
    assert run(shop, CHECK).told == (0, [])
    assert sorted(path.name for path in (shop / ".sqlwright").iterdir()) == [".local", "shop"]
    assert sorted(path.name for path in (shop / ".sqlwright/shop").iterdir()) == [
        "mariadb",
        "mysql",
        "postgres",
        "sqlite",
    ]


def test_two_branches_that_each_add_a_query_and_a_table_merge(shop: Path) -> None:
    git(shop, "init", "-q", "-b", "main")
    commit(shop, "all")
    for branch, table in (("ours", "alphas"), ("theirs", "zetas")):
        git(shop, "checkout", "-q", "-b", branch, "main")
        (shop / f"schema/shop/{table}.sql").write_text(f"create table {table} (id bigint primary key);\n")
        (shop / f"queries/shop/{table}.sql").write_text(f"-- name: list_{table} :many\nselect * from {table};\n")
        shutil.rmtree(shop / "generated/shop/migrations")
        assert run(shop, "generate").status == 0
        assert run(shop, CHECK).told == (0, [])
        commit(shop, branch)
    changed = git(shop, "diff", "--name-only", "main", "theirs", "--", ".sqlwright").split()
    assert changed == [f".sqlwright/shop/{name}/list_zetas.json" for name in ("mariadb", "mysql", "postgres", "sqlite")]
    git(shop, "merge", "-q", "-m", "both", "ours", status=None)
    conflicts = git(shop, "diff", "--name-only", "--diff-filter=U").split()
    assert [path for path in conflicts if path.startswith(".sqlwright")] == []
    git(shop, "checkout", "-q", "--theirs", "--", *conflicts)
    shutil.rmtree(shop / "generated/shop/migrations")
    assert run(shop, "generate").status == 0
    assert run(shop, OFFLINE).told == (0, [])


def git(root: Path, *arguments: str, status: int | None = 0) -> str:
    who = ("-c", "user.name=sqlwright", "-c", "user.email=sqlwright@example.org")
    done = subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, text=True, check=False)
    assert status is None or done.returncode == status, done.stdout + done.stderr
    return done.stdout


def commit(root: Path, message: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "-q", "-m", message)


def test_a_package_with_a_mistake_hides_nothing_of_the_others(shop: Path) -> None:
    replaced("queries/desk/docs.sql", "-- name: discounted :", "-- name: discounted :x")(shop)
    replaced("queries/shop/users.sql", "order by id", "order by id desc")(shop)
    before = cache(shop)
    assert {one.file for one in run(shop, CHECK).found} == {"queries/desk/docs.sql"}
    assert "\nnot checked: desk\n" in CliRunner().invoke(command, ["check", "--project", str(shop)]).output
    changed = {name for name, text in cache(shop).items() if before.get(name) != text}
    assert {Path(name).name for name in changed} == {"users_of.json"}
    assert set(cache(shop)) == set(before)


def test_half_a_schema_is_all_that_is_told(shop: Path) -> None:
    replaced("schema/shop/tables.sql", "    name text,\n", "    name text\n")(shop)
    for mode in (CHECK, OFFLINE):
        assert {(one.code, one.file) for one in run(shop, mode, "--package", "shop").found} == {
            ("syntax", "schema/shop/tables.sql")
        }


def test_whoever_answers_first_the_findings_come_in_one_order(shop: Path) -> None:
    seen = {run(shop, CHECK, "--plans").output for _ in range(3)}
    assert len(seen) == 1
