"""`sqlwright generate`: what it writes, what it says, and how it exits."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import CONFIGURATION, QUERIES, SCHEMA, Run


def test_writes_once_and_is_then_up_to_date(project: Path, run: Run) -> None:
    first = run("generate")
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr.startswith("wrote ")
    assert (project / "generated" / "shop" / "users.py").is_file()
    second = run("generate")
    assert (second.exit_code, second.stderr) == (0, "up to date\n")


def test_a_stale_file_is_removed(project: Path, run: Run) -> None:
    (project / "queries" / "more.sql").write_text("-- name: count_users :one\nselect count(*) from users;\n")
    run("generate")
    (project / "queries" / "more.sql").unlink()
    result = run("generate")
    assert "removed" in result.stderr
    assert not (project / "generated" / "shop" / "more.py").exists()


def test_check_writes_nothing_and_lists_the_files(project: Path, run: Run) -> None:
    result = run("generate", "--check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "would write generated/shop/users.py\n" in result.stderr
    assert not (project / "generated").exists()
    run("generate")
    result = run("generate", "--check")
    assert (result.exit_code, result.stderr) == (0, "up to date\n")


def test_diff_shows_the_difference_on_stdout(project: Path, run: Run) -> None:
    run("generate")
    before = (project / "generated" / "shop" / "users.py").read_bytes()
    (project / "queries" / "users.sql").write_text(QUERIES.replace("id, name, email", "id, name"))
    result = run("generate", "--diff")
    assert result.exit_code == 1
    assert "--- a/generated/shop/users.py\n+++ b/generated/shop/users.py\n" in result.stdout
    assert (project / "generated" / "shop" / "users.py").read_bytes() == before
    run("generate")
    result = run("generate", "--diff")
    assert (result.exit_code, result.stdout) == (0, "")


def test_an_error_leaves_everything_as_it_was(project: Path, run: Run) -> None:
    run("generate")
    before = {path: path.read_bytes() for path in (project / "generated").rglob("*") if path.is_file()}
    (project / "queries" / "users.sql").write_text(QUERIES.replace("email", "emial"))
    result = run("generate")
    assert result.exit_code == 1
    assert result.stderr.endswith("1 error\n")
    assert {path: path.read_bytes() for path in (project / "generated").rglob("*") if path.is_file()} == before


def test_strict_takes_warnings_for_errors(project: Path, run: Run) -> None:
    (project / "queries" / "users.sql").write_text(QUERIES.removesuffix(";\n"))
    strict = run("generate", "--strict")
    assert (strict.exit_code, "error[missing-semicolon]" in strict.stderr) == (1, True)
    assert not (project / "generated").exists()
    result = run("generate")
    assert (result.exit_code, "warning[missing-semicolon]" in result.stderr) == (0, True)
    assert "\n1 warning\n" in result.stderr


def test_a_file_that_is_not_ours_stops_the_run(project: Path, run: Run) -> None:
    stranger = project / "generated" / "shop" / "users.py"
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"\xff not ours, and not UTF-8")
    result = run("generate")
    assert (result.exit_code, "error[foreign-file]" in result.stderr) == (1, True)
    assert [path for path in (project / "generated").rglob("*") if path.is_file()] == [stranger]
    assert stranger.read_bytes().startswith(b"\xff")


def test_the_project_is_found_from_a_folder_inside_it(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "queries")
    assert run("generate").exit_code == 0
    assert (project / "generated" / "shop").is_dir()


def test_the_project_can_be_named(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    assert run("generate").exit_code == 2
    assert run("generate", "--project", "nowhere").exit_code == 2
    assert run("generate", "--project", "project").exit_code == 0


def test_one_package_of_several(project: Path, run: Run) -> None:
    (project / "sqlwright.toml").write_text("".join(f"""
[[package]]
name = "{name}"
schema = ["schema"]
queries = ["queries"]
dialect = "sqlite"
""" for name in ("shop", "store")))
    assert run("generate", "--package", "store").exit_code == 0
    assert [path.name for path in (project / "generated").iterdir() if path.is_dir()] == ["store"]
    result = run("generate", "--package", "shopp")
    assert (result.exit_code, "did you mean `shop`?" in result.stderr) == (2, True)


def test_a_package_that_is_taken_out_leaves_its_scripts_alone(project: Path, run: Run) -> None:
    other = CONFIGURATION.replace("shop", "store")
    both = "".join(f'{one}schema = ["schema"]\nqueries = ["queries"]\n' for one in (CONFIGURATION, other))
    (project / "sqlwright.toml").write_text(both)
    run("generate")
    mine = project / "generated/mine/__init__.py"
    mine.parent.mkdir()
    mine.write_text("# by hand\n")
    (project / "sqlwright.toml").write_text(CONFIGURATION)
    assert "would remove" not in run("generate", "--check", "--package", "shop").stderr
    check = run("generate", "--check")
    assert (check.exit_code, "would remove generated/store/users.py\n" in check.stderr) == (1, True)
    offline = run("check", "--offline", "--format", "json").stdout
    told = [(one["code"], one["file"]) for one in json.loads(offline)["diagnostics"]]
    assert ("out-of-date", "generated/store/sqlite/users.py") in told
    assert ("left-over-package", None) in told
    result = run("generate")
    assert (result.exit_code, "warning[left-over-package]" in result.stderr) == (0, True)
    assert "delete generated/store/" in result.stderr
    assert {path.name for path in (project / "generated/store").iterdir()} == {"migrations"}
    assert mine.is_file()
    for path in scripts(project, "store").iterdir():
        path.unlink()
    assert run("generate").stderr == "up to date\n"


def test_a_package_that_is_taken_out_leaves_no_empty_folder(project: Path, run: Run) -> None:
    run("generate")
    shutil.rmtree(project / "generated/shop/migrations")
    (project / "sqlwright.toml").write_text(CONFIGURATION.replace("shop", "store"))
    assert run("generate").exit_code == 0
    assert [path.name for path in (project / "generated").iterdir() if path.is_dir()] == ["store"]


def test_an_edited_script_is_found_before_it_is_applied(project: Path, run: Run) -> None:
    run("generate")
    script = project / "generated" / "shop" / "migrations" / "sqlite" / "0001_initial.up.sql"
    if not script.exists():
        script = next((project / "generated" / "shop" / "migrations").glob("*/0001_initial.up.sql"))
    script.write_text(script.read_text("utf-8") + "-- one line more\n", "utf-8")
    result = run("generate", "--check")
    assert result.exit_code == 1
    assert "error[bad-migration]" in result.stderr
    assert "0001_initial.up.sql was edited after it was written" in result.stderr


def test_a_script_that_would_be_passed_over_is_named(project: Path, run: Run) -> None:
    run("generate")
    folder = next((project / "generated" / "shop" / "migrations").iterdir())
    (folder / "0002_more.up.sql").write_text("create table more (id integer);\n", "utf-8")
    (folder / "0002_more.down.sql").write_text("drop table more;\n", "utf-8")
    (folder / "0003-less.sql").write_text("drop table more;\n", "utf-8")
    result = run("generate")
    assert result.exit_code == 0
    assert result.stderr.count("warning[no-migration]") == 1
    assert "0003-less.sql is not named like a migration" in result.stderr


def scripts(project: Path, package: str = "shop") -> Path:
    return next((project / "generated" / package / "migrations").iterdir())


def test_further_scripts_get_a_checksum_once(project: Path, run: Run) -> None:
    run("generate")
    folder = scripts(project)
    first = (folder / "sums.txt").read_text("utf-8")
    (folder / "0002_more.up.sql").write_text("create index by_name on users (name);\n", "utf-8")
    (folder / "0002_more.down.sql").write_text("drop index by_name;\n", "utf-8")
    (folder / "0002_more.down.sql").rename(folder / "0002_more of it.down.sql")
    (folder / "notes.txt").write_text("mine\n", "utf-8")
    check = run("generate", "--check")
    assert (check.exit_code, "would write" in check.stderr, "sums.txt" in check.stderr) == (1, True, True)
    assert (folder / "sums.txt").read_text("utf-8") == first
    assert run("generate").exit_code == 0
    second = (folder / "sums.txt").read_text("utf-8")
    assert second.startswith(first)
    assert [line.split(maxsplit=1)[1] for line in second.removeprefix(first).splitlines()] == [
        "0002_more of it.down.sql",
        "0002_more.up.sql",
    ]
    assert (run("generate").exit_code, (folder / "sums.txt").read_text("utf-8")) == (0, second)
    assert run("generate", "--check").exit_code == 0
    (folder / "0002_more.up.sql").write_text("create index by_names on users (name);\n", "utf-8")
    result = run("generate")
    assert (result.exit_code, "0002_more.up.sql was edited" in result.stderr) == (1, True)
    assert "write what is to change in 0003_name.up.sql" in result.stderr
    assert (folder / "sums.txt").read_text("utf-8") == second
    kept = [line for line in second.splitlines() if "0002_more.up" not in line]
    (folder / "sums.txt").write_text("".join(f"{line}\n" for line in kept), "utf-8")
    assert run("generate").exit_code == 0
    assert (folder / "sums.txt").read_text("utf-8").count("0002_more.up.sql") == 1


def test_checksums_that_are_lost_are_made_anew_as_they_were(project: Path, run: Run) -> None:
    run("generate")
    sums = scripts(project) / "sums.txt"
    before = sums.read_bytes()
    sums.unlink()
    assert run("generate").exit_code == 0
    assert sums.read_bytes() == before


def test_checksums_with_the_line_ends_of_windows_stay_so(project: Path, run: Run) -> None:
    run("generate")
    folder = scripts(project)
    before = (folder / "sums.txt").read_bytes().replace(b"\n", b"\r\n")
    (folder / "sums.txt").write_bytes(before)
    assert (run("generate", "--check").exit_code, (folder / "sums.txt").read_bytes()) == (0, before)
    (folder / "0002_more.up.sql").write_bytes(b"create index by_name on users (name);\r\n")
    run("generate")
    after = (folder / "sums.txt").read_bytes()
    assert (after.startswith(before), after.count(b"\n")) == (True, after.count(b"\r\n"))
    (folder / "0002_more.up.sql").write_bytes(b"create index by_name on users (name);\n")
    assert run("generate", "--check").exit_code == 0


def test_the_remedy_names_the_next_number(project: Path, run: Run) -> None:
    run("generate")
    folder = scripts(project)
    for number in (2, 3, 7):
        (folder / f"000{number}_more.up.sql").write_text(f"create table more{number} (id integer);\n", "utf-8")
    (folder / "0003_again.up.sql").write_text("create table again (id integer);\n", "utf-8")
    result = run("generate")
    assert result.exit_code == 1
    assert "0003_again.up.sql to 0008_again.up.sql (and its down script); then run" in result.stderr
    (folder / "0003_again.up.sql").rename(folder / "0009.sql")
    assert "name it 0008_name.up.sql" in run("generate").stderr


def branched(project: Path, run: Run) -> Path:
    """The scripts of two branches that each add one, and keep the lines of both in the file of checksums."""
    run("generate")
    folder = scripts(project)
    for number, name in ((2, "code"), (3, "lang")):
        (folder / f"000{number}_{name}.up.sql").write_text(f"create index by_{name} on users (name);\n", "utf-8")
        (folder / f"000{number}_{name}.down.sql").write_text(f"drop index by_{name};\n", "utf-8")
    run("generate")
    for kind in ("up", "down"):
        (folder / f"0003_lang.{kind}.sql").rename(folder / f"0002_lang.{kind}.sql")
    sums = folder / "sums.txt"
    sums.write_text(sums.read_text("utf-8").replace("0003", "0002"), "utf-8")
    return folder


def test_two_branches_that_add_a_script_of_one_number(project: Path, run: Run) -> None:
    branched(project, run)
    result = run("generate")
    assert (result.exit_code, "put it back" in result.stderr) == (1, False)
    assert "rename one that no database has had: 0002_lang.up.sql to 0003_lang.up.sql" in result.stderr
    assert "delete its lines in sums.txt" in result.stderr


def test_a_script_that_is_renamed_is_told_as_that(project: Path, run: Run) -> None:
    folder = branched(project, run)
    for kind in ("up", "down"):
        (folder / f"0002_lang.{kind}.sql").rename(folder / f"0003_lang.{kind}.sql")
    result = run("generate")
    assert (result.exit_code, " is gone" in result.stderr) == (1, False)
    for kind in ("up", "down"):
        assert f"0002_lang.{kind}.sql was renamed to 0003_lang.{kind}.sql" in result.stderr
    assert result.stderr.count("delete this line and run `sqlwright generate`") == 2
    sums = folder / "sums.txt"
    lines = sums.read_text("utf-8").splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "0002_lang" not in line), "utf-8")
    assert run("generate").exit_code == 0
    assert sums.read_text("utf-8").count("0003_lang") == 2
    (folder / "0003_lang.up.sql").rename(folder / "0004_lang.up.sql")
    (folder / "0004_lang.up.sql").write_text("create index other on users (name);\n", "utf-8")
    assert "0003_lang.up.sql is gone" in run("generate").stderr


# Scripts that the schema has moved on from


def moved(run: Run) -> list[tuple[str, str, int]]:
    """The warning's file, words and line, in a run that nothing is wrong with."""
    result = run("generate", "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["diagnostics"]
    assert {one["code"] for one in found} <= {"schema-moved"}
    return [(one["file"], one["message"], one["line"]) for one in found]


def test_a_schema_that_has_moved_on_is_told_where_it_has(project: Path, run: Run) -> None:
    assert moved(run) == []
    schema = project / "schema" / "shop.sql"
    schema.write_text(SCHEMA.replace("    email text\n", "    email text,\n    age integer\n"), encoding="utf-8")
    for _ in range(2):
        ((file, message, line),) = moved(run)
        assert (file, line) == ("schema/shop.sql", 5)
        assert message.startswith("the schema has moved on from the scripts for SQLite: column ")
        assert message.endswith("of `users` is in the schema, and not in the scripts")
    second = scripts(project) / "0002_age.up.sql"
    second.write_text("alter table users add column ages integer;\n", encoding="utf-8")
    assert [(file, line) for file, _, line in moved(run)] == [("schema/shop.sql", 5)]
    (scripts(project) / "sums.txt").unlink()
    second.write_text("alter table users add column age integer;\n", encoding="utf-8")
    for _ in range(2):
        assert moved(run) == []
    schema.write_text(f"{schema.read_text('utf-8')}create table more (id integer);\n", encoding="utf-8")
    assert [(file, line) for file, _, line in moved(run)] == [("schema/shop.sql", 7)]


def test_a_schema_that_is_written_otherwise_has_not_moved_on(project: Path, run: Run) -> None:
    run("generate")
    schema = project / "schema" / "shop.sql"
    schema.write_text(f"-- what we sell\n{SCHEMA.replace('integer primary key', 'INTEGER  primary  key')}")
    assert moved(run) == []


def test_what_all_databases_lack_is_one_warning(project: Path, run: Run) -> None:
    (project / "sqlwright.toml").write_text(f'{CONFIGURATION}targets = ["sqlite", "postgres", "mysql", "mariadb"]\n')
    run("generate")
    (project / "schema" / "shop.sql").write_text(
        SCHEMA.replace("    email text\n", "    email text,\n    age integer,\n    born integer\n")
    )
    ((file, message, line),) = moved(run)
    assert (file, line) == ("schema/shop.sql", 5)
    assert message.startswith("the schema has moved on from the scripts for SQLite, PostgreSQL, MySQL and MariaDB: ")
    assert message.endswith("(the first of 2 differences)")
    path = project / "generated" / "shop" / "migrations" / "mysql" / "0002_more.up.sql"
    path.write_text("alter table users add column age bigint, add column born bigint;\n")
    ((_, message, _),) = moved(run)
    assert message.startswith("the schema has moved on from the scripts for SQLite, PostgreSQL and MariaDB: ")


def test_nothing_is_read_again_that_is_as_it_was(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("generate")
    (project / "schema" / "shop.sql").write_text(f"{SCHEMA}create table more (id integer);\n")
    before = moved(run)
    with monkeypatch.context() as patch:
        patch.setattr("sqlwright.check.schemas.differences", None)
        assert moved(run) == before
    (project / ".sqlwright" / ".local" / "shop-scripts.json").write_text("[]")
    assert moved(run) == before
