"""`sqlwright init`: a project that runs at once, and nothing overwritten."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run


def test_the_project_runs_at_once(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("init", "demo")
    assert result.exit_code == 0
    assert "cd demo\n  sqlwright generate\n  python example.py\n" in result.stderr
    monkeypatch.chdir(tmp_path / "demo")
    generated = run("generate", "--strict")
    assert generated.exit_code == 0, generated.stderr
    for _ in range(2):
        example = subprocess.run(
            [sys.executable, "-W", "error", "example.py"], capture_output=True, text=True, env=dict(os.environ)
        )
        assert (example.returncode, example.stderr) == (0, "")
        assert example.stdout == "[x] Buy boxes (due 2030-05-01)\n[ ] Pack the books\nMove house: 1 open\n"


def test_a_pyproject_that_is_there_stays(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "mine"\n')
    assert run("init").exit_code == 0
    assert (tmp_path / "pyproject.toml").read_text() == '[project]\nname = "mine"\n'
    assert (tmp_path / "sqlwright.toml").is_file()
    assert run("generate").exit_code == 0


def test_nothing_is_overwritten(tmp_path: Path, run: Run) -> None:
    (tmp_path / "example.py").write_text("print('mine')\n")
    result = run("init", str(tmp_path))
    assert result.exit_code == 2
    assert f"`{(tmp_path / 'example.py').as_posix()}` is there already" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["example.py"]


def test_a_file_is_no_folder(tmp_path: Path, run: Run) -> None:
    (tmp_path / "demo").write_text("")
    result = run("init", str(tmp_path / "demo"))
    assert (result.exit_code, "is a file" in result.stderr) == (2, True)


def test_a_file_where_a_folder_should_be(tmp_path: Path, run: Run) -> None:
    (tmp_path / "queries").write_text("")
    assert run("init", str(tmp_path)).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["queries"]


def test_a_configuration_is_not_hidden(tmp_path: Path, run: Run) -> None:
    (tmp_path / "pyproject.toml").write_text('[[tool.sqlwright.package]]\nname = "a"\ndialect = "sqlite"\n', "utf-8")
    done = run("init", str(tmp_path))
    assert done.exit_code == 2
    assert "configures sqlwright already" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pyproject.toml"]


def test_files_do_not_mix(tmp_path: Path, run: Run) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "mine.sql").write_text("create table a (b int);", "utf-8")
    done = run("init", str(tmp_path))
    assert done.exit_code == 2
    assert "holds files already" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["schema"]
