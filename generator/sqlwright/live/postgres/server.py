"""A PostgreSQL server of our own, which is gone when it is no longer needed."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, TypeAlias

import psycopg
from psycopg import sql

from ..cache import servers_folder
from ..errors import ServerUnavailable
from .programs import Programs, find_programs

_USER: Final = "postgres"
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "jit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
_ACCESS: Final = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
"""The socket lies in a folder that nobody else can enter; over TCP a password is asked for."""
_PATIENCE: Final = 60.0
"""Seconds that a server may take to start."""
_PAUSE: Final = 0.02
_TRIES: Final = 5
_WATCH: Final = """
read -r line
kill -QUIT "$1"
n=0
while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
rm -rf -- "$2"
"""
"""Waits until its input is closed, by us or by our end in whatever way, and clears away the server and its folder."""

_Watcher: TypeAlias = subprocess.Popen[bytes]


@contextmanager
def throwaway_server(cache: Path, environment: Mapping[str, str]) -> Generator[str, None, None]:
    """The URL of a new server, as its superuser. The server ends with the block, or with this process.

    Raises ServerUnavailable when there is no PostgreSQL here, or it does not start.
    """
    programs = find_programs(environment, cache)
    machine = _Machine(programs, programs.environment(environment), _account())
    template = _template(machine, servers_folder(cache))
    folder = machine.new_folder()
    try:
        machine.run(["cp", "-R", str(template), str(folder / "data")], "its data folder cannot be copied")
        (folder / "data" / "pg_hba.conf").write_text(_ACCESS, encoding="utf-8")
        server, port = _start(machine, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", _WATCH, "sh", str(server.pid), str(folder)], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        password = secrets.token_hex(16)
        _set_password(folder, port, password)
        yield f"postgresql://{_USER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        _end(watcher, server)


@dataclass(frozen=True, slots=True)
class _Account:
    """Who runs the server, where we may not."""

    user: int
    group: int


@dataclass(frozen=True, slots=True)
class _Machine:
    """The server's programs, and how they are run."""

    programs: Programs
    environment: Mapping[str, str]
    account: _Account | None

    def run(self, command: Sequence[str], failure: str) -> None:
        """Run a command to its end. Raises ServerUnavailable with what it said."""
        done = self.start(command, subprocess.PIPE)
        said, _ = done.communicate()
        if done.returncode != 0:
            text = said.decode(errors="replace").strip()
            raise ServerUnavailable(f"PostgreSQL {self.programs.version}: {failure}\n{text}")

    def start(self, command: Sequence[str], output: int | IO[bytes]) -> subprocess.Popen[bytes]:
        """Start a command as the server's user, away from the signals that a terminal sends."""
        account = self.account
        try:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
                cwd="/",
                start_new_session=True,
                user=None if account is None else account.user,
                group=None if account is None else account.group,
                extra_groups=None if account is None else [],
            )
        except OSError as error:
            who = "" if account is None else f" by user {account.user}, who runs it in place of root"
            raise ServerUnavailable(f"{command[0]} cannot be run{who}: {error.strerror}") from error

    def new_folder(self, parent: Path | None = None) -> Path:
        """A folder that only the server's user and root can enter; a short path, as those of sockets must be."""
        folder = Path(tempfile.mkdtemp(prefix="sqlwright-", dir=parent))
        if self.account is not None:
            os.chown(folder, self.account.user, self.account.group)
        return folder


def _account() -> _Account | None:
    """PostgreSQL refuses to run as root: the user that it was installed with, else one with no rights, runs it then."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return _Account(found.pw_uid, found.pw_gid)
    raise ServerUnavailable("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as")


def _template(machine: _Machine, servers: Path) -> Path:
    """A data folder as initdb makes it, kept for the next run: to copy it is quicker than to make it."""
    owner = os.geteuid() if machine.account is None else machine.account.user
    template = servers / f"postgresql-{machine.programs.version}-{owner}-data"
    if not template.exists():
        servers.mkdir(parents=True, exist_ok=True)
        folder = machine.new_folder(servers)
        try:
            _initialise(machine, folder / "data")
            # Another process may have been quicker; its folder is as good as ours.
            if not template.exists():
                (folder / "data").rename(template)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return template


def _initialise(machine: _Machine, data: Path) -> None:
    command = [str(machine.programs.folder / "initdb"), "-D", str(data), "-U", _USER]
    options = ["--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync", "--no-instructions"]
    machine.run([*command, *options], "initdb failed")


def _start(machine: _Machine, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The running server and its port. The port was free a moment ago: who loses it to another tries the next."""
    said = ""
    for _ in range(_TRIES):
        port = _free_port()
        settings = [part for item in _SETTINGS.items() for part in ("-c", "=".join(item))]
        command = [str(machine.programs.folder / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
        with (folder / "log").open("wb") as log:
            server = machine.start([*command, "-p", str(port), *settings], log)
        if _answers(server, folder, port):
            return server, port
        said = (folder / "log").read_text(encoding="utf-8", errors="replace").strip()
        if "Address already in use" not in said:
            break
    raise ServerUnavailable(f"PostgreSQL {machine.programs.version} did not start; its log says:\n{said}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], folder: Path, port: int) -> bool:
    """Wait until the server takes connections; False when it ends, or takes too long."""
    limit = time.monotonic() + _PATIENCE
    while server.poll() is None:
        try:
            _connect(folder, port).close()
        except psycopg.OperationalError:
            if time.monotonic() > limit:
                server.kill()
                server.wait()
                break
            time.sleep(_PAUSE)
        except BaseException:
            server.kill()
            server.wait()
            raise
        else:
            return True
    return False


def _connect(folder: Path, port: int) -> psycopg.Connection[tuple[object, ...]]:
    """A connection over the private socket."""
    return psycopg.connect(host=str(folder), port=port, user=_USER, dbname="postgres", autocommit=True)


def _set_password(folder: Path, port: int, password: str) -> None:
    with _connect(folder, port) as connection:
        connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(_USER), sql.Literal(password)))


def _end(watcher: _Watcher, server: subprocess.Popen[bytes]) -> None:
    """Have the watcher do its work. The server's end must be waited for here: it is a child of ours."""
    if watcher.stdin is not None:
        watcher.stdin.close()
    server.wait()
    watcher.wait()
