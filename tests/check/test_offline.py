"""`check --offline` needs no server, no driver, and nothing that is not committed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlwright.check.entries import read_entry, written
from sqlwright.cli.main import command

from tests.check.planting import OFFLINE, replaced
from tests.check.running import cache, run

DRIVERS = {"psycopg", "psycopg_binary", "pymysql", "asyncmy", "mysql", "aiosqlite", "apsw"}
_SCRIPT = """
import json, sys
from click.testing import CliRunner
from sqlwright.cli.main import command
result = CliRunner().invoke(command, ["check", "--offline", "--project", sys.argv[1]])
print(json.dumps([result.exit_code, result.output, *sys.modules]))
"""


def test_no_driver_is_loaded(shop: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _SCRIPT, str(shop)], capture_output=True, text=True, check=True)
    status, output, *modules = json.loads(done.stdout)
    assert (status, output) == (0, f"{len(cache(shop))} queries agree with their entries\n")
    assert {name.split(".")[0] for name in modules} & DRIVERS == set()


def test_a_copy_of_what_is_committed_is_enough(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("POSTGRES", "MYSQL", "MARIADB"):
        monkeypatch.setenv(f"SQLWRIGHT_{name}_URL", "nonsense")
        monkeypatch.setenv(f"SQLWRIGHT_{name}_BIN", "/nowhere")
    for folder in list((shop / ".sqlwright").glob(".*")):
        for path in sorted(folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        folder.rmdir()
    assert run(shop, OFFLINE).told == (0, [])
    monkeypatch.delenv("SQLWRIGHT_POSTGRES_URL")
    monkeypatch.setenv("PATH", "/nowhere")
    assert run(shop, OFFLINE).told == (0, [])


@pytest.mark.parametrize("arguments", [(), ("--dialect", "sqlite"), ("--package", "desk")])
def test_what_agrees_is_counted(shop: Path, arguments: tuple[str, ...]) -> None:
    """As often as it is asked, and for people only."""
    folder = {(): "", ("--dialect", "sqlite"): "shop/sqlite", ("--package", "desk"): "desk"}[arguments]
    count = sum(name.startswith(folder) for name in cache(shop))
    for _ in range(2):
        said = CliRunner().invoke(command, ["check", "--offline", "--project", str(shop), *arguments])
        assert (said.exit_code, said.output) == (0, f"{count} queries agree with their entries\n")
    documents = ["check", "--offline", "--project", str(shop), "--format", "json", *arguments]
    assert "agree" not in CliRunner().invoke(command, documents).output
    (shop / ".sqlwright/shop/sqlite/get_user.json").unlink()
    said = CliRunner().invoke(command, ["check", "--offline", "--project", str(shop)])
    assert (said.exit_code, "agree" in said.output) == (1, False)


def test_nothing_is_written_that_is_committed(shop: Path) -> None:
    before = cache(shop)
    generated = {path: path.read_bytes() for path in (shop / "generated").rglob("*") if path.is_file()}
    assert run(shop, OFFLINE).told == (0, [])
    assert cache(shop) == before
    assert {path: path.read_bytes() for path in generated} == generated


def test_what_was_right_is_looked_at_again_when_a_file_is_another(shop: Path) -> None:
    assert [run(shop, OFFLINE).told for _ in range(2)] == [(0, [])] * 2
    entry = shop / ".sqlwright/shop/mysql/pay.json"
    text = entry.read_bytes()
    entry.write_bytes(text.replace(b"enum", b"mune"))
    assert run(shop, OFFLINE).told == (1, ["damaged-entry"])
    entry.write_bytes(text)
    assert run(shop, OFFLINE).told == (0, [])
    entry.unlink()
    assert run(shop, OFFLINE).told == (1, ["not-proved"])


# What is so on several databases


def test_a_query_is_told_once_for_all_databases(shop: Path) -> None:
    for name in ("postgres", "sqlite", "mysql", "mariadb"):
        (shop / f".sqlwright/shop/{name}/pay.json").unlink()
    (found,) = run(shop, OFFLINE).found
    assert (found.code, found.file, found.text) == ("not-proved", "queries/shop/orders.sql", "-- name: pay :execrows")
    assert found.message == "`pay` was never proved on PostgreSQL, SQLite, MySQL and MariaDB"
    replaced("queries/shop/users.sql", "select * from users where id = :id", "select * from users where :id = id")(shop)
    assert run(shop, "generate").status == 0
    messages = [one.message for one in run(shop, OFFLINE).found]
    assert "the query has changed since `get_user` was proved on PostgreSQL, SQLite, MySQL and MariaDB" in messages
    assert len(messages) == 2


def test_an_entry_of_no_query_is_told_once_for_all_databases(shop: Path) -> None:
    for name in ("postgres", "sqlite", "mysql", "mariadb"):
        entry = shop / f".sqlwright/shop/{name}/pay.json"
        shutil.copy(entry, entry.with_name("gone.json"))
    (found,) = run(shop, OFFLINE).found
    assert (found.code, found.file) == ("left-over-entry", ".sqlwright/shop/postgres/gone.json")
    assert found.message.endswith("this entry, and those of its name on SQLite, MySQL and MariaDB, are of")
    for name in ("postgres", "mysql", "mariadb"):
        (shop / f".sqlwright/shop/{name}/gone.json").unlink()
    (found,) = run(shop, OFFLINE).found
    assert found.message == "there is no query any more that this entry on SQLite is of"


def test_a_package_that_is_gone_is_told_once(shop: Path) -> None:
    shutil.copytree(shop / ".sqlwright/shop", shop / ".sqlwright/gone")
    (found,) = run(shop, OFFLINE).found
    assert (found.code, found.file) == ("left-over-entry", ".sqlwright/gone/mariadb/add_tag.json")
    assert found.message == "there is no package `gone` any more, which .sqlwright/gone/ holds entries of"


def test_what_differs_from_several_entries_names_them(shop: Path) -> None:
    for name in ("sqlite", "mysql"):
        path = shop / f".sqlwright/shop/{name}/get_user.json"
        entry = read_entry(path.read_text("utf-8"))
        columns = tuple(replace(one, nullable=one.name == "id") for one in entry.columns if one.name == "id")
        path.write_text(written(replace(entry, columns=(*columns, *entry.columns[1:]))), "utf-8")
    (found,) = run(shop, OFFLINE).found
    entries = ".sqlwright/shop/sqlite/get_user.json and .sqlwright/shop/mysql/get_user.json"
    assert (found.code, found.help.endswith(f"; the entries are {entries}")) == ("entry-differs", True)


def test_all_queries_of_a_package_are_told_as_one(shop: Path) -> None:
    count = len(list((shop / ".sqlwright/shop/mysql").iterdir()))
    for name in ("sqlite", "mysql"):
        shutil.rmtree(shop / f".sqlwright/shop/{name}")
    (found,) = run(shop, OFFLINE).found
    assert (found.code, found.file, found.text) == ("not-proved", "sqlwright.toml", 'name = "shop"')
    assert found.message == f"none of the {count} queries of `shop` was ever proved on SQLite and MySQL"
    (shop / ".sqlwright/shop/postgres/pay.json").unlink()
    assert [(one.code, one.file) for one in run(shop, OFFLINE).found] == [
        ("not-proved", "queries/shop/orders.sql"),
        ("not-proved", "sqlwright.toml"),
    ]


def test_a_table_that_others_refer_to(shop: Path) -> None:
    """What changes it is nothing to the queries that do not name it: two people's changes seldom meet in one entry."""
    replaced("schema/shop/tables.sql", "    name text,\n", "    name text,\n    nickname text,\n")(shop)
    found = [one.message for one in run(shop, OFFLINE, "--package", "shop").found if one.code == "stale-entry"]
    assert [one for one in found if "`get_user`" in one]
    assert not [one for one in found if "`pay`" in one or "`place_order`" in one]


def test_a_table_that_all_queries_read(shop: Path) -> None:
    queries, schema = shop / "queries/desk/docs.sql", "create table docs ("
    queries.write_text(queries.read_text("utf-8").partition("-- name: discounted")[0], "utf-8")
    replaced("schema/desk/docs.sql", schema, f"{schema}\n    extra text,")(shop)
    (shop / ".sqlwright/desk/postgres/discounted.json").unlink()
    found = [one for one in run(shop, OFFLINE, "--package", "desk").found if one.code == "stale-entry"]
    each = "for each of the 2 queries of `desk` on PostgreSQL"
    message = f"{each}, the schema that it reads has changed since it was proved"
    assert [(one.file, one.message) for one in found] == [("sqlwright.toml", message)]
