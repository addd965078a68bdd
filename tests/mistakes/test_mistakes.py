"""Each mistake in a project, and the exact text that its author sees.

A folder holds what differs from `defaults/`, and `expected.txt`. `pytest --update-goldens` writes the texts anew.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlwright.cli.main import command

HERE = Path(__file__).parent
STATUSES = {"queries": 1, "schema": 1, "generation": 1, "configuration": 2}
"""The exit status for each sort of mistake."""
CASES = sorted(path for sort in STATUSES for path in (HERE / sort).iterdir())


@pytest.mark.parametrize("case", CASES, ids=[f"{case.parent.name}-{case.name}" for case in CASES])
def test_mistake(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_goldens: bool) -> None:
    project = tmp_path / "project"
    _lay_out(case, project)
    before = _files(project)
    monkeypatch.chdir(project)
    result = CliRunner().invoke(command, ["generate"])
    if update_goldens:
        (case / "expected.txt").write_text(result.stderr, encoding="utf-8")
    assert result.stdout == ""
    assert result.stderr == (case / "expected.txt").read_text(encoding="utf-8")
    assert result.exit_code == STATUSES[case.parent.name]
    assert _files(project) == before


def _lay_out(case: Path, project: Path) -> None:
    """The case's files, and the defaults of those that it does not have."""
    shutil.copytree(case, project, ignore=shutil.ignore_patterns("expected.txt"))
    for default in (HERE / "defaults").iterdir():
        configured = default.name == "sqlwright.toml" and (project / "pyproject.toml").exists()
        if not configured and not (project / default.name).exists():
            shutil.copy(default, project)


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
