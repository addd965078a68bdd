"""The programs of a PostgreSQL server on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ...model.values import value
from ..cache import servers_folder
from ..errors import ServerUnavailable

BIN: Final = "SQLWRIGHT_POSTGRES_BIN"
"""The variable that names the folder of initdb and postgres; no other is looked at then."""
UNPACKED: Final = "postgresql"
"""The folder of the servers' cache that packages are unpacked into."""
INSTRUCTIONS: Final = (
    "install PostgreSQL (`apt-get install postgresql` or `brew install postgresql`), name the folder of its programs "
    f"in {BIN}, or name a running server in SQLWRIGHT_POSTGRES_URL"
)
_PLACES: Final = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
_OLDEST: Final = 13
_VERSION: Final = re.compile(r"\d+(?:\.\d+)*")


@value
class Programs:
    """A folder with initdb and postgres, and what they need to run.

    `libraries` are folders for the loader, of programs that were unpacked and not installed.
    """

    folder: Path
    version: str
    libraries: tuple[Path, ...] = ()

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The environment to run them in: no PostgreSQL variable of the caller's changes what they do."""
        found = {name: value for name, value in base.items() if not name.startswith("PG")}
        if self.libraries:
            known = [found["LD_LIBRARY_PATH"]] if found.get("LD_LIBRARY_PATH") else []
            found["LD_LIBRARY_PATH"] = ":".join([*map(str, self.libraries), *known])
        return found


def find_programs(environment: Mapping[str, str], cache: Path) -> Programs:
    """The programs that the environment names, else those of this machine, else those unpacked in the cache.

    Raises ServerUnavailable when there are none, or only ones older than PostgreSQL 13.
    """
    old: list[str] = []
    for folder in _folders(environment, cache):
        found = _programs(folder, environment)
        if found is None:
            continue
        if int(found.version.split(".")[0]) >= _OLDEST:
            return found
        old.append(f"{found.version} in {folder}")
    if old:
        raise ServerUnavailable(f"only PostgreSQL {', '.join(old)} was found, and {_OLDEST} or later is needed")
    if BIN in environment:
        raise ServerUnavailable(f"{BIN} names {environment[BIN]!r}, and no initdb and postgres run there")
    raise ServerUnavailable("no PostgreSQL server was found on this machine", INSTRUCTIONS)


def _folders(environment: Mapping[str, str], cache: Path) -> Iterator[Path]:
    """Where to look, the best place first."""
    if BIN in environment:
        yield Path(environment[BIN])
        return
    path = environment.get("PATH", os.defpath)
    on_path = shutil.which("initdb", path=path)
    if on_path is not None:
        yield Path(on_path).resolve().parent
    config = shutil.which("pg_config", path=path)
    if config is not None:
        asked = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(asked.stdout.strip())
    for pattern in _PLACES:
        yield from _newest_first(Path("/"), pattern.removeprefix("/"))
    yield from _newest_first(servers_folder(cache), f"{UNPACKED}/usr/lib/postgresql/*/bin")


def _newest_first(root: Path, pattern: str) -> list[Path]:
    return sorted(root.glob(pattern), key=_numbers, reverse=True)


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(path))]


def _programs(folder: Path, environment: Mapping[str, str]) -> Programs | None:
    """The programs of a folder, if both are there and run."""
    if not (folder / "initdb").is_file() or not (folder / "postgres").is_file():
        return None
    candidate = Programs(folder.absolute(), "", _unpacked_libraries(folder.absolute()))
    asked = subprocess.run(
        [folder / "postgres", "--version"],
        env=candidate.environment(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    version = _VERSION.search(asked.stdout)
    return None if version is None else Programs(candidate.folder, version.group(), candidate.libraries)


def _unpacked_libraries(folder: Path) -> tuple[Path, ...]:
    """The libraries beside programs that were unpacked into a folder of their own: PREFIX/usr/lib/postgresql/15/bin."""
    prefix = folder.parents[4] if len(folder.parents) > 4 else Path("/")
    if prefix == Path("/") or not folder.is_relative_to(prefix / "usr" / "lib" / "postgresql"):
        return ()
    return tuple(sorted({file.parent for place in ("lib", "usr/lib") for file in prefix.glob(f"{place}/*/*.so.*")}))
