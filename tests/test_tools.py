"""The tools of the project's own development."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "generator" / "tools"


def test_derived_modules_are_current() -> None:
    done = subprocess.run(
        [sys.executable, TOOLS / "async_to_sync.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 0


def test_no_server_is_fetched_where_one_is_named() -> None:
    done = subprocess.run(
        [sys.executable, TOOLS / "fetch_server.py", "sqlite", "postgres"],
        env={"SQLWRIGHT_POSTGRES_URL": "postgresql://localhost", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout + done.stderr == ""


def test_a_virtual_environment_needs_a_python() -> None:
    done = subprocess.run(
        ["/bin/sh", TOOLS / "make_venv.sh", "unused"],
        env={"PYTHON": "no-such-python", "PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Python 3.11 or later" in done.stderr
    assert not (ROOT / "unused").exists()
