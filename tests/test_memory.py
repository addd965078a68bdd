"""What the last run has made saves work, and never changes what comes out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlwright.parallel
from click.testing import CliRunner
from sqlwright.cli.main import command
from sqlwright.parallel import at_once

from benchmarks.corpus import write_project

Change = Callable[[Path], object]


def first_query(root: Path) -> Path:
    return sorted((root / "queries").glob("*.sql"))[0]


def rewritten(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


CHANGES: dict[str, Change] = {
    "nothing": lambda root: None,
    "a query": lambda root: rewritten(first_query(root), "id, created_at", "id, name, created_at"),
    "a comment": lambda root: rewritten(first_query(root), "-- One row", "-- The row"),
    "a query more": lambda root: first_query(root).write_text(
        first_query(root).read_text() + "\n-- name: more :many\nselect 1 as one;\n"
    ),
    "a query that can give many": lambda root: rewritten(first_query(root), "where id = @id;", "where name = @id;"),
    "a query that is wrong": lambda root: rewritten(first_query(root), "id, created_at", "id, nothing"),
    "a query with a warning": lambda root: first_query(root).write_text(first_query(root).read_text().rstrip(";\n")),
    "no query": lambda root: first_query(root).write_text("-- nothing\n"),
    "a file more": lambda root: (root / "queries" / "zz.sql").write_text("-- name: zz :one\nselect 1 as one;\n"),
    "a file less": lambda root: first_query(root).unlink(),
    "a name that another file has": lambda root: rewritten(first_query(root), "get_asset_004", "get_invoice_001"),
    "a method that another file has": lambda root: rewritten(first_query(root), "get_asset_004", "getInvoice_001"),
    "a variant of another file's query": lambda root: first_query(root).write_text(
        first_query(root).read_text()
        + "\n-- name: delete_invoice_001 :exec\n-- dialect: postgres\ndelete from invoice_001 where id = @id;\n"
    ),
    "the schema": lambda root: rewritten(sorted((root / "schema").iterdir())[0], "score integer", "score bigint"),
    "the settings": lambda root: (root / "sqlwright.toml").write_text(
        (root / "sqlwright.toml").read_text() + 'models = "msgspec"\n'
    ),
    "a setting that is wrong": lambda root: (root / "sqlwright.toml").write_text(
        (root / "sqlwright.toml").read_text() + 'models = "msgspecs"\n'
    ),
    "a generated file": lambda root: (root / "generated" / "shop" / "invoice_001.py").unlink(),
    "the memory": lambda root: next((root / ".sqlwright" / ".local").glob("*.json")).write_text('{"key": 3}'),
    "what was kept of the configuration": lambda root: (root / ".sqlwright" / ".local" / "configuration").write_text(
        "nothing"
    ),
}


WRONG = {
    "a query that is wrong",
    "a name that another file has",
    "a method that another file has",
    "a setting that is wrong",
}
"""Changes after which nothing is written."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write_project(root, 6)
    return root


@pytest.mark.parametrize("name", CHANGES)
def test_the_same_comes_out_with_a_memory_as_without(name: str, project: Path, tmp_path: Path) -> None:
    generate(project)
    assert (project / ".sqlwright" / ".local" / "shop.json").is_file()
    CHANGES[name](project)
    fresh = tmp_path / "fresh"
    shutil.copytree(project, fresh)
    shutil.rmtree(fresh / ".sqlwright")
    shutil.rmtree(fresh / "generated")
    shutil.copytree(project / "generated" / "shop" / "migrations", fresh / "generated" / "shop" / "migrations")
    assert told(generate(project)) == told(generate(fresh))
    if name not in WRONG:
        assert files(project) == files(fresh)


def test_two_changes_one_after_the_other(project: Path, tmp_path: Path) -> None:
    generate(project)
    for name in ("a query", "a comment", "the schema"):
        CHANGES[name](project)
        generate(project)
    fresh = tmp_path / "fresh"
    shutil.copytree(project, fresh, ignore=shutil.ignore_patterns(".sqlwright"))
    generate(fresh)
    assert files(project) == files(fresh)


def test_a_look_leaves_no_memory(project: Path) -> None:
    CliRunner().invoke(command, ["generate", "--check", "--project", str(project)])
    assert not (project / ".sqlwright").exists()


def test_several_processes_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes: list[dict[Path, bytes]] = []
    for count in (1, 3):
        monkeypatch.setattr(sqlwright.parallel, "processes", lambda count=count: count)
        root = tmp_path / str(count)
        write_project(root, 60)
        assert generate(root).startswith("wrote ")
        outcomes.append(files(root))
    assert outcomes[0] == outcomes[1]


def test_a_warning_is_remembered(project: Path) -> None:
    """It is told at every run, and costs none of them the memory."""
    CHANGES["a query that can give many"](project)
    first = generate(project)
    memory = project / ".sqlwright" / ".local" / "shop.json"
    assert "warning[many-rows]" in first
    assert memory.is_file()
    before = memory.stat().st_mtime_ns
    assert told(generate(project)) == told(first)
    assert memory.stat().st_mtime_ns == before


@pytest.mark.parametrize("broken", ["get_asset_004 :one", "is null;", "select t.id, t.name, p.name"])
def test_several_processes_tell_the_same(broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes: list[str] = []
    for count in (1, 3):
        monkeypatch.setattr(sqlwright.parallel, "processes", lambda count=count: count)
        root = tmp_path / str(count)
        write_project(root, 60)
        rewritten(first_query(root), broken, "get_invoice_001 :one")
        outcomes.append(told(generate(root)))
    assert outcomes[0] == outcomes[1]
    assert "error" in outcomes[0]


def test_tasks_at_once() -> None:
    assert at_once([lambda: 1, lambda: 2, lambda: 3]) == [1, 2, 3]
    assert at_once([lambda: 1, lambda: None]) is None
    assert at_once([lambda: 1, lambda: 1 // 0]) is None


def generate(root: Path) -> str:
    return CliRunner().invoke(command, ["generate", "--project", str(root)]).stderr


def told(text: str) -> str:
    """What was said, but for how much was written."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(("wrote", "up to date", "removed")))


def files(root: Path) -> dict[Path, bytes]:
    folder = root / "generated"
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
