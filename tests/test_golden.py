"""Packages whose generated files are committed: byte for byte what they were, and in order for type checkers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlwright.diagnostics import has_errors, render_all
from sqlwright.generation import generate_project
from sqlwright.project.config import load

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/sqlwright.toml"))


def generated(case: Path) -> dict[str, str]:
    """What is generated for a project, by path. Its migration scripts are written as for the first time."""
    project = load(case).project
    assert project is not None
    found = generate_project(project, None)
    assert not has_errors(found.diagnostics), render_all(found.diagnostics)
    return {path.as_posix(): text for path, text in found.files.items()}


def files_of(case: Path) -> Iterator[Path]:
    return (
        path for path in sorted((case / "generated").rglob("*")) if path.is_file() and "__pycache__" not in path.parts
    )


@pytest.mark.parametrize("name", CASES)
def test_output_is_what_is_committed(name: str, tmp_path: Path, update_goldens: bool) -> None:
    case = GOLDEN / name
    shutil.copytree(case, tmp_path / name, ignore=shutil.ignore_patterns("generated"))
    found = generated(tmp_path / name)
    if update_goldens:
        shutil.rmtree(case / "generated", ignore_errors=True)
        for path, text in found.items():
            (case / path).parent.mkdir(parents=True, exist_ok=True)
            (case / path).write_text(text, encoding="utf-8")
    committed = {path.relative_to(case).as_posix(): path.read_text(encoding="utf-8") for path in files_of(case)}
    assert found == committed


@pytest.mark.parametrize("name", CASES)
def test_black_changes_nothing(name: str) -> None:
    run("black", "--check", "--quiet", "--line-length", "88", str(GOLDEN / name / "generated"))


def test_type_checkers_find_nothing() -> None:
    """mypy and pyright, both strict, on every package at once."""
    packages = [str(path) for name in CASES for path in (GOLDEN / name / "generated").iterdir() if path.is_dir()]
    run("mypy", "--strict", "--config-file", str(GOLDEN / "mypy.ini"), *packages)
    run("pyright", "--project", str(GOLDEN))


def run(module: str, *arguments: str) -> None:
    """Run a tool; its output is the message when it is not content."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, cwd=GOLDEN)
    assert done.returncode == 0, done.stdout + done.stderr
