"""`sqlwright generate`: what it writes, what it says, and how it exits."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import QUERIES, Run


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
