"""Bring database servers to a machine that has none.

    python generator/tools/fetch_server.py postgres mysql mariadb

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

from sqlwright.live import mariadb, mysql, postgres
from sqlwright.live.cache import servers_folder
from sqlwright.live.errors import ServerUnavailable
from sqlwright.live.postgres.programs import UNPACKED

CACHE = Path(__file__).resolve().parent.parent.parent / ".cache"
_INSTALLED: Final = re.compile(r"^Inst (\S+) ", re.MULTILINE)
_NO_PERL: Final = r"libperl.*|lib.*-perl"
"""Our servers run no Perl."""
_OWN_SYSTEM: Final = rf"libc6|libc-bin|libllvm.*|libz3.*|{_NO_PERL}"
"""The C library must be the one of the machine's own loader; and our servers compile no plans."""
_DEBIAN: Final = "Debian"
_DEBIAN_KEYS: Final = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


@dataclass(frozen=True, slots=True)
class Server:
    """What a server is packaged as, and how to tell whether its programs are there already."""

    packages: tuple[str, ...]
    programs: str
    """A pattern of the names of the packages that hold the programs."""
    not_needed: str
    folder: str
    variable: str
    find: Callable[[Mapping[str, str], Path], object]
    newer: str | None = None
    """Debian's suite that has the packages, where the machine's has not. They bring their C library and loader."""


SERVERS = {
    "postgres": Server(
        ("postgresql",), r"postgresql-\d+", _OWN_SYSTEM, UNPACKED, "SQLWRIGHT_POSTGRES_URL", postgres.find_programs
    ),
    "mysql": Server(
        ("mysql-server-core",),
        "mysql-server-core",
        _NO_PERL,
        mysql.MYSQL.unpacked,
        mysql.MYSQL.url_variable,
        mysql.find_programs,
        newer="unstable",
    ),
    "mariadb": Server(
        ("mariadb-server-core", "mariadb-client-core"),
        "mariadb-(server|client)-core",
        _OWN_SYSTEM,
        mariadb.MARIADB.unpacked,
        mariadb.MARIADB.url_variable,
        mariadb.find_programs,
    ),
}


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
    print(f"Fetching {server.packages[0]} into {servers} ...", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=servers, prefix="fetch-") as name:
        work = Path(name)
        try:
            packages = _download(server, work)
            _unpack(packages, work / "tree")
        except subprocess.CalledProcessError as error:
            print(f"{server.packages[0]} could not be fetched:\n{error.stdout}", file=sys.stderr)
            return
        shutil.rmtree(servers / server.folder, ignore_errors=True)
        (work / "tree").chmod(0o755)
        (work / "tree").rename(servers / server.folder)


def _download(server: Server, work: Path) -> list[Path]:
    """The packages of the server's programs, and of the libraries that they load. apt checks their signed hashes."""
    apt = _Apt.new(work / "own", {})
    if server.newer is not None and not apt.has(server.packages[0]):
        sources = work / f"{server.newer}.list"
        sources.write_text(apt.debian_sources(server.newer), encoding="utf-8")
        apt = _Apt.new(work / server.newer, {"Dir::Etc::sourcelist": sources, "Dir::Etc::sourceparts": "/dev/null"})
    needed = [name for name in apt.plan(server.packages) if _is_needed(name, server)]
    return apt.download(needed)


def _is_needed(name: str, server: Server) -> bool:
    wanted = re.fullmatch(server.programs, name) or name.startswith("lib")
    return bool(wanted) and not re.fullmatch(server.not_needed, name)


@dataclass(frozen=True, slots=True)
class _Apt:
    """apt with lists, and a record of what is installed, of our own.

    They begin empty, so that the answer does not depend on this machine. Its sources are the machine's, or a file.
    """

    folder: Path
    options: tuple[str, ...]

    @classmethod
    def new(cls, folder: Path, sources: Mapping[str, Path | str]) -> _Apt:
        for place in ("lists/partial", "archives/partial"):
            (folder / place).mkdir(parents=True)
        (folder / "status").touch()
        own = {
            "Dir::State::lists": folder / "lists",
            "Dir::State::status": folder / "status",
            "Dir::Cache::archives": folder / "archives",
            "Dir::Cache::pkgcache": "",
            "Dir::Cache::srcpkgcache": "",
            "Debug::NoLocking": "true",
            # As root, apt would hand downloads to a user who cannot enter these folders.
            "APT::Sandbox::User": "root",
            **sources,
        }
        apt = cls(folder, tuple(part for key, value in own.items() for part in ("--option", f"{key}={value}")))
        apt.get("update")
        return apt

    def get(self, *arguments: str) -> str:
        return _run(["apt-get", "--quiet", *self.options, *arguments], self.folder / "archives")

    def has(self, package: str) -> bool:
        known = _run(["apt-cache", *self.options, "pkgnames", package], self.folder)
        return package in known.splitlines()

    def debian_sources(self, suite: str) -> str:
        """A suite of Debian, from the mirrors that this machine takes its own from."""
        listed = self.get("indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)", "Created-By: Packages")
        found = [line.split() for line in listed.splitlines()]
        mirrors = dict.fromkeys(fields[-1] for fields in found if fields[:-1] == [_DEBIAN, _DEBIAN])
        signed = f"[signed-by={_DEBIAN_KEYS}] " if _DEBIAN_KEYS.exists() else ""
        return "".join(f"deb {signed}{mirror} {suite} main\n" for mirror in mirrors)

    def plan(self, packages: Sequence[str]) -> list[str]:
        """Packages and all that they depend on."""
        return _INSTALLED.findall(self.get("install", "--simulate", "--no-install-recommends", *packages))

    def download(self, packages: Sequence[str]) -> list[Path]:
        self.get("download", *packages)
        return sorted((self.folder / "archives").glob("*.deb"))


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
