"""Bring database servers to a machine that has none.

    python generator/tools/fetch_server.py postgres

For each dialect that needs a server's programs, and has none of them here: the distribution's packages are fetched with
apt and unpacked into the project's cache. Nothing is installed, and no rights are needed. Where there is no apt, or a
server is named in the environment, nothing is done: whoever needs the server says what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlwright.live.cache import servers_folder
from sqlwright.live.errors import ServerUnavailable
from sqlwright.live.postgres import find_programs
from sqlwright.live.postgres.programs import UNPACKED

CACHE = Path(__file__).resolve().parent.parent.parent / ".cache"


@dataclass(frozen=True, slots=True)
class Server:
    """What a server is packaged as, and how to tell whether its programs are there already."""

    package: str
    folder: str
    variable: str
    find: Callable[[Mapping[str, str], Path], object]


SERVERS = {"postgres": Server("postgresql", UNPACKED, "SQLWRIGHT_POSTGRES_URL", find_programs)}


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
            packages = _download(server.package, work)
            _unpack(packages, work / "tree")
        except subprocess.CalledProcessError as error:
            print(f"{server.package} could not be fetched:\n{error.stdout}", file=sys.stderr)
            return
        shutil.rmtree(servers / server.folder, ignore_errors=True)
        (work / "tree").chmod(0o755)
        (work / "tree").rename(servers / server.folder)


def _download(package: str, work: Path) -> list[Path]:
    """The package and all that it needs and this machine has not.

    apt's lists and archives are folders of our own, its sources and the record of what is installed the machine's.
    """
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True)
    own = {
        "Dir::State::lists": work / "lists",
        "Dir::Cache::archives": work / "archives",
        "Dir::Cache::pkgcache": "",
        "Dir::Cache::srcpkgcache": "",
        "Debug::NoLocking": "true",
        # As root, apt would hand downloads to a user who cannot enter these folders.
        "APT::Sandbox::User": "root",
    }
    apt = ["apt-get", "--quiet", *(part for key, value in own.items() for part in ("--option", f"{key}={value}"))]
    _run([*apt, "update"])
    _run([*apt, "install", "--download-only", "--yes", "--no-install-recommends", package])
    return sorted((work / "archives").glob("*.deb"))


def _unpack(packages: Sequence[Path], tree: Path) -> None:
    tree.mkdir()
    for package in packages:
        _run(["dpkg-deb", "--extract", str(package), str(tree)])


def _run(command: Sequence[str]) -> None:
    subprocess.run(
        command,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"},
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
