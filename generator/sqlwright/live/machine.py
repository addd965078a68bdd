"""How servers of our own are run: as whom, in which folder, on which port, and how they are cleared away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, TypeAlias

from ..model.values import value
from .errors import ServerUnavailable

_PATIENCE: Final = 60.0
"""Seconds that a server may take to start."""
_PAUSE: Final = 0.02
_SHORT: Final = 10.0
"""Seconds that a server may take to end."""
_TRIES: Final = 5
_SAID: Final = 4000
"""How much of a log is shown, from its end."""
_IN_MEMORY: Final = Path("/dev/shm")
_PLENTY: Final = 3 << 30
"""The bytes that must be free there: several servers of ours may run at once, each for as long as a test suite does."""
_IN_USE: Final = "address already in use"
_AT_ONCE: Final = "KILL"
_WATCH: Final = """
server=
while read -r line; do server=$line; done
if [ -n "$server" ]; then
  kill "-$1" "$server"
  n=0
  while kill -0 "$server" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
fi
n=0
rm -rf -- "$2"
while [ -e "$2" ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); rm -rf -- "$2"; done
"""
"""Waits until its input is closed, by us or by our end in whatever way, and clears away the server whose number it was
told, and its folder; a program that was still filling the folder finds it gone."""

Process: TypeAlias = subprocess.Popen[bytes]


@value
class Account:
    """Who runs the server, where we may not."""

    user: int
    group: int


def account_for(product: str, names: Sequence[str]) -> Account | None:
    """Servers refuse to run as root: the first of these users that there is runs them then."""
    if os.geteuid() != 0:
        return None
    for name in names:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    users = " or ".join(f"`{name}`" for name in names)
    raise ServerUnavailable(f"{product} does not run as root, and there is no user {users} to run it as")


@value
class Machine:
    """A server's programs, and how they are run. `product` is its name with its version."""

    product: str
    environment: Mapping[str, str]
    account: Account | None

    def run(self, command: Sequence[str], failure: str) -> None:
        """Run a command to its end. Raises ServerUnavailable with what it said."""
        done = self.start(command, subprocess.PIPE)
        said, _ = done.communicate()
        if done.returncode != 0:
            text = said.decode(errors="replace").strip()
            raise ServerUnavailable(f"{self.product}: {failure}\n{text}")

    def start(self, command: Sequence[str], output: int | IO[bytes]) -> Process:
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

    def _fast(self) -> Path | None:
        """Where files cost nothing but memory, of which there is plenty; None for the usual place, and where the user
        says which that is. A database is hundreds of files, which disks are slow to make and to delete."""
        if "TMPDIR" in self.environment or not os.access(_IN_MEMORY, os.W_OK | os.X_OK):
            return None
        return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free >= _PLENTY else None

    def template(self, servers: Path, name: str, initialise: Callable[[Path], None]) -> Path:
        """A data folder as it is when new, kept for the next run: to copy it is quicker than to make it."""
        owner = os.geteuid() if self.account is None else self.account.user
        template = servers / f"{name}-{owner}-data"
        if not template.exists():
            servers.mkdir(parents=True, exist_ok=True)
            with watched(self.new_folder(servers), _AT_ONCE) as watch:
                initialise(watch.folder / "data")
                # Another process may have been quicker; its folder is as good as ours.
                if not template.exists():
                    (watch.folder / "data").rename(template)
        return template

    @contextmanager
    def folder_from(self, template: Path, end_signal: str) -> Generator[Watch, None, None]:
        """A new folder, with a copy of a template in it as `data`. It is gone at the end of the block, with the server
        that runs in it."""
        with watched(self.new_folder(self._fast()), end_signal) as watch:
            self.run(["cp", "-R", str(template), str(watch.folder / "data")], "its data folder cannot be copied")
            yield watch


class Watch:
    """A folder, and the process that clears it away when we end, however that is."""

    def __init__(self, folder: Path, watcher: Process) -> None:
        self.folder = folder
        self._watcher = watcher
        self._server: Process | None = None

    def sees(self, server: Process) -> None:
        """The server that runs in the folder from now on."""
        self._server = server
        self._tell(str(server.pid))

    def forgets(self) -> None:
        """The server has ended: its number may be another process's by now."""
        self._server = None
        self._tell("")

    def end(self) -> None:
        """Have it cleared away. The server's end must be waited for here: it is a child of ours."""
        if self._watcher.stdin is not None:
            self._watcher.stdin.close()
        if self._server is not None:
            _wait_for_end(self._server)
        self._watcher.wait()

    def _tell(self, line: str) -> None:
        assert self._watcher.stdin is not None
        self._watcher.stdin.write(f"{line}\n".encode())
        self._watcher.stdin.flush()


@contextmanager
def watched(folder: Path, end_signal: str) -> Generator[Watch, None, None]:
    """A folder that is there for as long as the block."""
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", _WATCH, "sh", end_signal, str(folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    watch = Watch(folder, watcher)
    try:
        yield watch
    finally:
        watch.end()


def started(
    machine: Machine, watch: Watch, command: Callable[[int], Sequence[str]], answers: Callable[[int], bool]
) -> int:
    """The port of a server that runs in a folder for as long as that is watched.

    `command` starts it on a port; `answers` tries once whether it takes connections there. The port was free a moment
    ago: who loses it to another tries the next.
    """
    said = ""
    for _ in range(_TRIES):
        port = _free_port()
        with (watch.folder / "log").open("wb") as log:
            server = machine.start(command(port), log)
        try:
            watch.sees(server)
        except BaseException:
            server.kill()
            raise
        comes_up = False
        try:
            comes_up = _comes_up(server, port, answers)
        finally:
            if not comes_up:
                watch.forgets()
        if comes_up:
            return port
        said = (watch.folder / "log").read_text(encoding="utf-8", errors="replace").strip()[-_SAID:]
        if _IN_USE not in said.lower():
            break
    raise ServerUnavailable(f"{machine.product} did not start; its log says:\n{said}")


def _wait_for_end(server: Process) -> None:
    """Wait for a server that the watcher ends; who was interrupted before it told the watcher ends it here."""
    try:
        server.wait(_SHORT)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _comes_up(server: Process, port: int, answers: Callable[[int], bool]) -> bool:
    """Wait until the server takes connections; False when it ends, or takes too long."""
    limit = time.monotonic() + _PATIENCE
    try:
        while server.poll() is None:
            if answers(port):
                return True
            if time.monotonic() > limit:
                server.kill()
                server.wait()
            time.sleep(_PAUSE)
    except BaseException:
        server.kill()
        server.wait()
        raise
    return False
