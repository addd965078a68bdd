"""`check --offline` needs no server, no driver, and nothing that is not committed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.check.planting import OFFLINE
from tests.check.running import run

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
    assert (status, output) == (0, "")
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


def test_nothing_is_written(shop: Path) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    for path in (*shop.rglob("*"), shop):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert run(shop, OFFLINE).told == (0, [])
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before
