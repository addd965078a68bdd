"""Throwaway servers and scratch databases: they answer, they are private, and they leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import mysql.connector
import psycopg
import pytest
from sqlwright.live import mariadb
from sqlwright.live import mysql as mysql_servers
from sqlwright.live.errors import ServerUnavailable
from sqlwright.live.postgres import find_programs, scratch_database, throwaway_server
from sqlwright.live.postgres.scratch import with_database

from tests.addresses import address, connected

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
        with pytest.raises(RuntimeError) as failure, throwaway_server(CACHE, os.environ) as url:
            raise RuntimeError(url)
        assert not answers(str(failure.value))

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

    def test_who_names_a_place_for_temporary_files_is_heeded(self) -> None:
        """And the folder is gone with the server, wherever it was."""
        for environment in (dict(os.environ), {**os.environ, "TMPDIR": tempfile.gettempdir()}):
            with throwaway_server(CACHE, environment) as url, psycopg.connect(url) as connection:
                row = connection.execute("show data_directory").fetchone()
                assert row is not None
                folder = Path(str(row[0]))
            assert not folder.exists()
        assert folder.is_relative_to(tempfile.gettempdir())


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


@dataclass(frozen=True, slots=True)
class Kin:
    """A server that speaks MySQL's protocol."""

    scheme: str
    module: ModuleType
    server: str
    """A server for scratch databases."""

    def throwaway_server(self, environment: Mapping[str, str]) -> AbstractContextManager[str]:
        started: AbstractContextManager[str] = self.module.throwaway_server(CACHE, environment)
        return started

    def scratch_database(self) -> AbstractContextManager[str]:
        made: AbstractContextManager[str] = self.module.scratch_database(self.server)
        return made


def value(url: str, expression: str) -> object:
    """What an expression is on a server."""
    with connected(address(url)) as connection:
        connection.cmd_query(f"select {expression}")
        rows, _ = connection.get_rows()
    return rows[0][0]


def is_up(url: str) -> bool:
    try:
        with connected(address(url)):
            return True
    except (mysql.connector.Error, OSError):
        return False


@pytest.fixture
def kin(request: pytest.FixtureRequest, database_url: str) -> Kin:
    scheme = database_url.partition(":")[0]
    server = request.getfixturevalue(f"{scheme}_server_url")
    return Kin(scheme, {"mysql": mysql_servers, "mariadb": mariadb}[scheme], server)


@pytest.mark.only("mysql", "mariadb")
class TestMysqlServers:
    """Those of MySQL and of MariaDB."""

    def test_lives_as_long_as_its_block(self, kin: Kin) -> None:
        with kin.throwaway_server(os.environ) as url:
            assert url.startswith(f"{kin.scheme}://root:")
            assert ("mariadb" in str(value(url, "version()")).lower()) is (kin.scheme == "mariadb")
            assert value(url, "@@character_set_server") == "utf8mb4"
            assert value(url, "@@bind_address") == "127.0.0.1"
            folder = Path(str(value(url, "@@datadir")))
        assert not is_up(url)
        assert not folder.exists()

    def test_asks_for_its_password(self, kin: Kin) -> None:
        with kin.throwaway_server(os.environ) as url:
            password = urlsplit(url).password
            assert password is not None
            assert not is_up(url.replace(password, "wrong"))
            assert not is_up(url.replace(password, ""))

    @pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
    def test_ends_with_the_process_that_started_it(self, kin: Kin, end: signal.Signals) -> None:
        hold = HOLD.replace("live.postgres", f"live.{kin.scheme}")
        with subprocess.Popen(
            [sys.executable, "-c", hold, str(CACHE)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as holder:
            assert holder.stdout is not None
            url = holder.stdout.readline().strip()
            assert is_up(url)
            holder.send_signal(end)
        limit = time.monotonic() + 10
        while is_up(url) and time.monotonic() < limit:
            time.sleep(0.05)
        assert not is_up(url)

    def test_no_variable_of_the_caller_reaches_it(self, kin: Kin) -> None:
        with kin.throwaway_server({**os.environ, "MYSQL_TCP_PORT": "1", "MYSQL_HOME": "/nowhere"}) as url:
            assert is_up(url)

    def test_a_scratch_database_is_empty_and_dropped(self, kin: Kin) -> None:
        with kin.scratch_database() as url:
            name = urlsplit(url).path.removeprefix("/")
            found = f"(select count(*) from information_schema.schemata where schema_name = '{name}')"
            tables = f"(select count(*) from information_schema.tables where table_schema = '{name}')"
            assert value(kin.server, found) == 1
            assert value(kin.server, tables) == 0
        assert value(kin.server, found) == 0

    def test_a_scratch_database_is_dropped_under_open_connections(self, kin: Kin) -> None:
        with kin.scratch_database() as url:
            place = address(url)
            connection = mysql.connector.MySQLConnection(
                host=place.host,
                port=place.port,
                user=place.user,
                password=place.password,
                database=urlsplit(url).path.removeprefix("/"),
                collation="utf8mb4_general_ci",
            )
        with pytest.raises(mysql.connector.Error):
            connection.cmd_query("select 1")
        connection.close()


@pytest.mark.parametrize(("module", "name"), [(mysql_servers, "MySQL"), (mariadb, "MariaDB")])
class TestNoMysqlServer:
    def test_says_what_to_install(self, module: ModuleType, name: str, tmp_path: Path) -> None:
        variable = f"SQLWRIGHT_{name.upper()}_BIN"
        with pytest.raises(ServerUnavailable, match=f"{variable} names .* of {name} runs there"):
            module.find_programs({"PATH": str(tmp_path), variable: str(tmp_path)}, tmp_path)

    def test_says_that_a_server_is_too_old(self, module: ModuleType, name: str, tmp_path: Path) -> None:
        version = "10.3.39-MariaDB" if name == "MariaDB" else "5.7.44"
        program = tmp_path / "mysqld"
        program.write_text(f"#!/bin/sh\necho 'mysqld  Ver {version} for Linux on x86_64'\n")
        program.chmod(0o755)
        with pytest.raises(ServerUnavailable, match=rf"only {name} \d+\.\d+\.\d+ in .* or later is needed"):
            module.find_programs({f"SQLWRIGHT_{name.upper()}_BIN": str(tmp_path)}, tmp_path)

    def test_takes_no_other_server_for_it(self, module: ModuleType, name: str, tmp_path: Path) -> None:
        version = "8.4.0" if name == "MariaDB" else "10.11.6-MariaDB"
        program = tmp_path / "mysqld"
        program.write_text(f"#!/bin/sh\necho 'mysqld  Ver {version} for Linux on x86_64'\n")
        program.chmod(0o755)
        with pytest.raises(ServerUnavailable, match=f"of {name} runs there"):
            module.find_programs({f"SQLWRIGHT_{name.upper()}_BIN": str(tmp_path)}, tmp_path)

    def test_says_that_nobody_answers(self, module: ModuleType, name: str) -> None:
        with (
            pytest.raises(ServerUnavailable, match=rf"the {name} server at .* does not answer"),
            module.scratch_database(f"{name.lower()}://root@127.0.0.1:1/"),
        ):
            pass
