"""A check that is killed at any moment leaves the cache whole, and nothing on the servers that the next run keeps."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pymysql
import pytest
from sqlwright.check.store import Store

from tests.check.planting import CHECK, replaced
from tests.check.running import run
from tests.conftest import CACHE

MOMENTS = 10
TARGETS = ("postgres", "sqlite", "mysql", "mariadb")
_SERVERS = {"postgres": "SQLWRIGHT_POSTGRES_URL", "mysql": "SQLWRIGHT_MYSQL_URL", "mariadb": "SQLWRIGHT_MARIADB_URL"}
_LINE = "where id in (:ids) order by id"

Folders = dict[str, dict[str, str]]


def started(root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sqlwright", "check", "--project", str(root), *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=60)
    return process.returncode, said.decode(errors="replace")


def folders(root: Path) -> Folders:
    """The cache as the next run reads it."""
    store = Store(root / ".sqlwright")
    return {target: store.texts("shop", target) for target in TARGETS}


def scratch_databases(servers: Mapping[str, str]) -> set[tuple[str, str]]:
    """What there is now on all servers, other runs' as well."""
    found: set[tuple[str, str]] = set()
    with psycopg.connect(servers["SQLWRIGHT_POSTGRES_URL"], autocommit=True) as connection:
        rows = connection.execute("select datname from pg_database where datname ~ '^sqlwright_.*_scratch$'")
        found |= {("postgres", str(name)) for (name,) in rows}
    for dialect in ("mysql", "mariadb"):
        parts = urlsplit(servers[_SERVERS[dialect]])
        with (
            pymysql.connect(
                host=parts.hostname or "",
                port=parts.port or 3306,
                user=parts.username,
                password=unquote(parts.password or ""),
            ) as link,
            link.cursor() as cursor,
        ):
            cursor.execute("show databases like 'sqlwright\\_%\\_scratch'")
            found |= {(dialect, str(row[0])) for row in cursor.fetchall()}
    return found


def wait_until(reached: Callable[[], bool], seconds: float = 15) -> bool:
    limit = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def changed(shop: Path, tmp_path: Path) -> tuple[Path, Folders, Folders]:
    """A project in which a query has changed since it was proved; the cache before and after."""
    replaced("queries/shop/users.sql", _LINE, f"{_LINE} desc")(shop)
    after = tmp_path / "after"
    shutil.copytree(shop, after)
    assert run(after, CHECK).told == (0, [])
    old, new = folders(shop), folders(after)
    assert all(old[target] != new[target] for target in TARGETS)
    return shop, old, new


def test_killed_at_any_moment(changed: tuple[Path, Folders, Folders], servers: Mapping[str, str]) -> None:
    root, old, new = changed
    kept = root.parent / "kept"
    shutil.copytree(root / ".sqlwright", kept)
    begin = time.monotonic()
    assert ended(started(root))[0] == 0
    whole = time.monotonic() - begin
    chance = random.Random(7)
    before = scratch_databases(servers)
    made: set[tuple[str, str]] = set()
    for _ in range(MOMENTS):
        shutil.rmtree(root / ".sqlwright")
        shutil.copytree(kept, root / ".sqlwright")
        process = started(root)
        time.sleep(whole * chance.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        ended(process)
        made |= scratch_databases(servers) - before
        for target, texts in folders(root).items():
            assert texts in (old[target], new[target]), target
    assert run(root, CHECK).told == (0, [])
    assert wait_until(lambda: not made & scratch_databases(servers)), made & scratch_databases(servers)
    assert folders(root) == new
    assert [path for path in (root / ".sqlwright" / ".local").iterdir() if path.is_dir()] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(
    changed: tuple[Path, Folders, Folders], servers: Mapping[str, str], number: signal.Signals
) -> None:
    """What was made is dropped on the way out, on all servers."""
    root, old, _ = changed
    slow = root / "generated" / "shop" / "migrations" / "postgres" / "0002_slow.up.sql"
    slow.write_text("select pg_sleep(3);\n")
    before = scratch_databases(servers)
    process = started(root)
    asleep = "select datname from pg_stat_activity where query like 'select pg_sleep(3)%' and state = 'active'"

    def has_made() -> bool:
        with psycopg.connect(servers["SQLWRIGHT_POSTGRES_URL"]) as connection:
            return connection.execute(asleep).fetchone() is not None

    assert wait_until(has_made)
    made = scratch_databases(servers) - before
    process.send_signal(number)
    status, said = ended(process)
    assert status == 128 + number, said
    assert "Traceback" not in said
    assert folders(root) == old
    assert wait_until(lambda: not made & scratch_databases(servers), 3)


def test_interrupted_at_any_moment(changed: tuple[Path, Folders, Folders]) -> None:
    """Whatever is being imported, read or waited for, the end comes soon, and is told as what it is."""
    root, _, _ = changed
    chance = random.Random(11)
    for _ in range(MOMENTS):
        shutil.rmtree(root / ".sqlwright" / ".local", ignore_errors=True)
        process = started(root)
        time.sleep(chance.uniform(0.3, 1.5))
        process.send_signal(signal.SIGINT)
        status, said = ended(process)
        assert status in (0, 130), said
        assert "Traceback" not in said


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for temporary files that every user can enter, and whose path is short."""
    folder = Path(tempfile.mkdtemp(prefix="sw-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_server_of_our_own_ends_with_the_run(shop: Path, place: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SQLWRIGHT_")}
    environment |= {"TMPDIR": str(place), "SQLWRIGHT_CACHE": str(CACHE)}
    arguments = ("--package", "desk")
    begin = time.monotonic()
    status, said = ended(started(shop, *arguments, environment=environment))
    whole = time.monotonic() - begin
    assert status == 0, said
    assert wait_until(lambda: left_in(place) == [], 1), left_in(place)
    chance = random.Random(3)
    numbers = (*[signal.SIGKILL] * 3, signal.SIGTERM)
    for number in numbers:
        process = started(shop, *arguments, environment=environment)
        time.sleep(whole * chance.uniform(0.2, 0.95))
        process.send_signal(number)
        ended(process)
    assert wait_until(lambda: left_in(place) == []), left_in(place)


def left_in(place: Path) -> list[str]:
    """The files in a folder, and the processes that work there."""
    found = [path.name for path in place.iterdir()]
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if f"{place}/" in line:
            found.append(line)
    return found
