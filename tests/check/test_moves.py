"""What migration scripts make otherwise than the schema says, told of everything that a server tells of a schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.check.moves import SAME, Move, moves
from tests.check.planting import CHECK
from tests.check.running import Ran, run

MOVES: Final = list(moves())
_CODE: Final = "migrations-differ"
_SAME: Final = [(name, dialect, *rest) for name, dialects, *rest in SAME for dialect in dialects]
_TYPES: Final = {"postgres": ("bigint", "text"), "sqlite": ("integer", "text")}
_ELSEWHERE: Final = ("bigint", "varchar(100)")
_NAMES: Final = "-- name: names :many\nselect name from items;\n"


@pytest.fixture
def project(tmp_path: Path, servers: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, url in servers.items():
        monkeypatch.setenv(name, url)
    for folder in ("schema", "queries"):
        (tmp_path / folder).mkdir()
    return tmp_path


def made(root: Path, dialect: str, first: str = "", queries: str = _NAMES, targets: str = "") -> None:
    """A project of one table, and what else there is at first, with its first migration."""
    number, text = _TYPES.get(dialect, _ELSEWHERE)
    table = f"create table items (\n    id {number} primary key,\n    name {text} not null,\n    weight integer\n);\n"
    package = f'[[package]]\nname = "all"\ndialect = "{dialect}"\n'
    folders = 'schema = ["schema"]\nqueries = ["queries"]\n'
    (root / "sqlwright.toml").write_text(package + folders + targets, encoding="utf-8")
    (root / "schema/all.sql").write_text(table + first, encoding="utf-8")
    (root / "queries/all.sql").write_text(queries, encoding="utf-8")
    assert run(root, "generate").status == 0


def parted(root: Path, dialect: str, schema: str, script: str) -> Ran:
    """What is found when the schema and the migrations go on, each by itself."""
    with (root / "schema/all.sql").open("a", encoding="utf-8") as file:
        file.write(schema)
    if script:
        folder = root / f"generated/all/migrations/{dialect}"
        (folder / "0002_more.up.sql").write_text(script, encoding="utf-8")
    return run(root, CHECK, "--dialect", dialect)


@pytest.mark.parametrize("move", MOVES, ids=[move.name for move in MOVES])
def test_what_the_migrations_make_otherwise_is_found(project: Path, move: Move) -> None:
    made(project, move.dialect, move.first)
    ran = parted(project, move.dialect, move.schema, move.script)
    assert ran.status == 1
    assert {one.code for one in ran.errors} == {_CODE}, ran.found
    for words, file, line in move.told:
        there = [one for one in ran.errors if words in one.message and str(one.file).endswith(file)]
        assert there, ran.found
        assert any(one.text.strip() == line.strip() for one in there) or not line, ran.found


@pytest.mark.parametrize(("name", "dialect", "first", "schema", "script"), _SAME)
def test_what_is_the_same_is_not(project: Path, name: str, dialect: str, first: str, schema: str, script: str) -> None:
    made(project, dialect, first)
    ran = parted(project, dialect, schema, script)
    assert (ran.status, ran.errors) == (0, []), name
