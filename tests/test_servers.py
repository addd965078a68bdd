"""Throwaway servers and scratch databases: they answer, they are private, and they leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlwright.live.errors import ServerUnavailable
from sqlwright.live.postgres import find_programs, scratch_database, throwaway_server
from sqlwright.live.postgres.scratch import with_database

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
HOLD = """
import os, sys, time
from pathlib import Path
from sqlwright.live.postgres import throwaway_server
with throwaway_server(Path(sys.argv[1]), os.environ) as url:
    print(url, flush=True)
    time.sleep(60)
"""


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.usefixtures("postgres_server_url")
class TestThrowawayServer:
    def test_lives_as_long_as_its_block(self) -> None:
        with throwaway_server(CACHE, os.environ) as url, psycopg.connect(url) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
            assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
            folder = connection.execute("show data_directory").fetchone()
        assert not answers(url)
        assert folder is not None
        assert not Path(folder[0]).exists()

    def test_asks_for_its_password(self) -> None:
        with throwaway_server(CACHE, os.environ) as url:
            password = urlsplit(url).password
            assert password is not None
            assert not answers(url.replace(password, "wrong"))

    def test_ends_when_its_block_is_left_by_an_error(self) -> None:
        urls: list[str] = []
        with pytest.raises(ZeroDivisionError), throwaway_server(CACHE, os.environ) as url:
            urls.append(url)
            _ = 1 / 0
        assert not answers(*urls)

    @pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
    def test_ends_with_the_process_that_started_it(self, end: signal.Signals) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", HOLD, str(CACHE)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as holder:
            assert holder.stdout is not None
            url = holder.stdout.readline().strip()
            assert answers(url)
            holder.send_signal(end)
        limit = time.monotonic() + 10
        while answers(url) and time.monotonic() < limit:
            time.sleep(0.05)
        assert not answers(url)

    def test_no_variable_of_the_caller_reaches_it(self) -> None:
        environment = {**os.environ, "PGPORT": "1", "PGDATA": "/nowhere", "PGOPTIONS": "-c work_mem=1"}
        with throwaway_server(CACHE, environment) as url:
            assert answers(url)


class TestNoServer:
    def test_says_what_to_install(self, tmp_path: Path) -> None:
        environment = {"PATH": str(tmp_path), "SQLWRIGHT_POSTGRES_BIN": str(tmp_path)}
        with pytest.raises(ServerUnavailable, match="SQLWRIGHT_POSTGRES_BIN names"):
            find_programs(environment, tmp_path)

    def test_says_that_a_server_is_too_old(self, tmp_path: Path) -> None:
        for name in ("initdb", "postgres"):
            program = tmp_path / name
            program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 9.6.24'\n")
            program.chmod(0o755)
        with pytest.raises(ServerUnavailable, match=r"only PostgreSQL 9\.6\.24 in .* 13 or later"):
            find_programs({"SQLWRIGHT_POSTGRES_BIN": str(tmp_path)}, tmp_path)

    def test_shows_what_a_server_said_that_does_not_start(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            folder.chmod(0o755)
            for program, text in (("initdb", "echo no space left; exit 1"), ("postgres", "echo 17.0")):
                (folder / program).write_text(f"#!/bin/sh\n{text}\n")
                (folder / program).chmod(0o755)
            with (
                pytest.raises(ServerUnavailable, match="initdb failed\nno space left"),
                throwaway_server(folder / "cache", {"SQLWRIGHT_POSTGRES_BIN": str(folder)}),
            ):
                pass


class TestScratchDatabase:
    def test_is_empty_and_dropped(self, postgres_server_url: str) -> None:
        with scratch_database(postgres_server_url) as url, psycopg.connect(url) as connection:
            tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
            assert tables == (0,)
        assert not answers(url)

    def test_is_dropped_under_open_connections(self, postgres_server_url: str) -> None:
        with scratch_database(postgres_server_url) as url:
            connection = psycopg.connect(url)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
        connection.close()

    def test_can_copy_another(self, postgres_server_url: str) -> None:
        with scratch_database(postgres_server_url) as original:
            with psycopg.connect(original) as connection:
                connection.execute("create table marks (id int)")
            with (
                scratch_database(postgres_server_url, template=urlsplit(original).path.removeprefix("/")) as copy,
                psycopg.connect(copy) as connection,
            ):
                assert connection.execute("select count(*) from marks").fetchone() == (0,)

    def test_says_that_nobody_answers(self) -> None:
        with (
            pytest.raises(ServerUnavailable, match="does not answer"),
            scratch_database("postgresql://postgres@127.0.0.1:1/postgres?connect_timeout=2"),
        ):
            pass

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("postgresql://u:p@h:1/old", "postgresql://u:p@h:1/new"),
            ("postgres://h", "postgres://h/new"),
            ("postgresql:///old?host=/tmp/x", "postgresql:///new?host=/tmp/x"),
        ],
    )
    def test_its_name_takes_the_place_of_the_servers(self, url: str, expected: str) -> None:
        assert with_database(url, "new") == expected
