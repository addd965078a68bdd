"""Small projects to run the command line on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlwright.cli.main import command

CONFIGURATION = """\
[[package]]
name = "shop"
dialect = "sqlite"
"""
SCHEMA = """\
create table users (
    id integer primary key,
    name text not null,
    email text
);
"""
QUERIES = """\
-- name: list_users :many
select id, name, email from users;
"""

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Runs the command with arguments; a crash is a failure of the test."""

    def invoke(*arguments: str) -> Result:
        result = CliRunner().invoke(command, _strings(arguments))
        assert isinstance(result.exception, SystemExit | None), result.output
        return result

    return invoke


def _strings(arguments: Sequence[str]) -> list[str]:
    return [str(argument) for argument in arguments]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one package, which is the working directory."""
    root = tmp_path / "project"
    (root / "schema").mkdir(parents=True)
    (root / "queries").mkdir()
    (root / "sqlwright.toml").write_text(CONFIGURATION)
    (root / "schema" / "shop.sql").write_text(SCHEMA)
    (root / "queries" / "users.sql").write_text(QUERIES)
    monkeypatch.chdir(root)
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    return root
