"""Bring database servers to a machine that has none.

    python generator/tools/fetch_server.py postgres

For each dialect that needs a server's programs, and has none of them here: the distribution's packages are fetched with
apt and unpacked into the project's cache. Nothing is installed, and no rights are needed. Where there is no apt, or a
server is named in the environment, nothing is done: whoever needs the server says what is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlwright.live.cache import servers_folder
from sqlwright.live.errors import ServerUnavailable
from sqlwright.live.postgres import find_programs
from sqlwright.live.postgres.programs import UNPACKED

_INSTALLED: Final = re.compile(r"^Inst (\S+) ", re.MULTILINE)
_NOT_NEEDED: Final = r"libc6|libc-bin|libllvm.*|libz3.*|libperl.*|lib.*-perl"
"""The C library must be the one of the machine's own loader; our servers compile no plans and run no Perl."""
CACHE = Path(__file__).resolve().parent.parent.parent / ".cache"


@dataclass(frozen=True, slots=True)
class Server:
    """What a server is packaged as, and how to tell whether its programs are there already."""

    package: str
    programs: str
    """A pattern of the names of the packages that hold the programs."""
    folder: str
    variable: str
    find: Callable[[Mapping[str, str], Path], object]


SERVERS = {"postgres": Server("postgresql", r"postgresql-\d+", UNPACKED, "SQLWRIGHT_POSTGRES_URL", find_programs)}


def main(dialects: Sequence[str]) -> int:
    for dialect in dialects:
        server = SERVERS.get(dialect)
        if server is not None and not os.environ.get(server.variable) and not _is_here(server):
            _fetch(server)
    return 0


def _is_here(server: Server) -> bool:
    try:
        server.find(os.environ, CACHE)
    except ServerUnavailable:
        return False
    return True


def _fetch(server: Server) -> None:
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return
    servers = servers_folder(CACHE)
    servers.mkdir(parents=True, exist_ok=True)
    print(f"Fetching {server.package} into {servers} ...", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=servers, prefix="fetch-") as name:
        work = Path(name)
        try:
            packages = _download(server, work)
            _unpack(packages, work / "tree")
        except subprocess.CalledProcessError as error:
            print(f"{server.package} could not be fetched:\n{error.stdout}", file=sys.stderr)
            return
        shutil.rmtree(servers / server.folder, ignore_errors=True)
        (work / "tree").chmod(0o755)
        (work / "tree").rename(servers / server.folder)


def _download(server: Server, work: Path) -> list[Path]:
    """The packages of the server's programs, and of the libraries that they load.

    apt's lists, and its record of what is installed, are of our own: empty, so that the answer does not depend on this
    machine. Its sources are the machine's.
    """
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()
    own = {
        "Dir::State::lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache::archives": work / "archives",
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
        "Debug::NoLocking": "true",
        # As root, apt would hand downloads to a user who cannot enter these folders.
        "APT::Sandbox::User": "root",
    }
    apt = ["apt-get", "--quiet", *(part for key, value in own.items() for part in ("--option", f"{key}={value}"))]
    _run([*apt, "update"], work)
    plan = _run([*apt, "install", "--simulate", "--no-install-recommends", server.package], work)
    needed = [name for name in _INSTALLED.findall(plan) if _is_needed(name, server)]
    _run([*apt, "download", *needed], work / "archives")
    return sorted((work / "archives").glob("*.deb"))


def _is_needed(name: str, server: Server) -> bool:
    wanted = re.fullmatch(server.programs, name) or name.startswith("lib")
    return bool(wanted) and not re.fullmatch(_NOT_NEEDED, name)


def _unpack(packages: Sequence[Path], tree: Path) -> None:
    tree.mkdir()
    for package in packages:
        _run(["dpkg-deb", "--extract", str(package), str(tree)], tree)


def _run(command: Sequence[str], folder: Path) -> str:
    """What a command prints."""
    return subprocess.run(
        command,
        cwd=folder,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
    ).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
