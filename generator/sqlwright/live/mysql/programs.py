"""The programs of a MySQL server, or of one of its kin, on this machine."""

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

_VERSION: Final = re.compile(r"Ver (?P<version>\d+(?:\.\d+)+)\S*(?P<rest>.*)")
_MARIADB: Final = "mariadb"


@value
class Product:
    """One of the servers that speak MySQL's protocol: what its programs are called, and where they lie."""

    name: str
    is_mariadb: bool
    servers: tuple[str, ...]
    """What the server's program may be called. MariaDB's has had MySQL's name."""
    places: tuple[str, ...]
    oldest: tuple[int, ...]
    bin_variable: str
    """The variable that names the folder of the programs; no other is looked at then."""
    url_variable: str
    unpacked: str
    """The folder of the servers' cache that packages are unpacked into."""
    install: str

    @property
    def instructions(self) -> str:
        return (
            f"install {self.name} ({self.install}), name the folder of its programs in {self.bin_variable}, "
            f"or name a running server in {self.url_variable}"
        )


@value
class Programs:
    """A server's program, and what it needs to run.

    `libraries` are folders for the loader, of programs that were unpacked and not installed; `loader` is their own,
    where they came with another C library than this machine's. `base` holds bin/ and share/.
    """

    server: Path
    base: Path
    version: str
    libraries: tuple[Path, ...] = ()
    loader: Path | None = None

    def command(self) -> list[str]:
        """The words that run the server, up to its options."""
        if self.loader is None:
            return [str(self.server)]
        return [str(self.loader), "--library-path", ":".join(map(str, self.libraries)), str(self.server)]

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The environment to run it in: no variable of the caller's changes what it does."""
        found = {name: value for name, value in base.items() if not name.startswith(("MYSQL", "MARIADB"))}
        if self.libraries and self.loader is None:
            known = [found["LD_LIBRARY_PATH"]] if found.get("LD_LIBRARY_PATH") else []
            found["LD_LIBRARY_PATH"] = ":".join([*map(str, self.libraries), *known])
        return found


def find(product: Product, environment: Mapping[str, str], cache: Path) -> Programs:
    """The programs that the environment names, else those of this machine, else those unpacked in the cache.

    Raises ServerUnavailable when there are none, or only ones that are too old.
    """
    old: list[str] = []
    for server in _candidates(product, environment, cache):
        found = _programs(product, server, environment)
        if found is None:
            continue
        if tuple(map(int, found.version.split("."))) >= product.oldest:
            return found
        old.append(f"{found.version} in {server.parent}")
    if old:
        oldest = ".".join(map(str, product.oldest))
        raise ServerUnavailable(f"only {product.name} {', '.join(old)} was found, and {oldest} or later is needed")
    if product.bin_variable in environment:
        folder = environment[product.bin_variable]
        raise ServerUnavailable(
            f"{product.bin_variable} names {folder!r}, and no {product.servers[0]} of {product.name} runs there"
        )
    raise ServerUnavailable(f"no {product.name} server was found on this machine", product.instructions)


def _candidates(product: Product, environment: Mapping[str, str], cache: Path) -> Iterator[Path]:
    """The programs to look at, the best first."""
    if product.bin_variable in environment:
        yield from _in_folder(product, Path(environment[product.bin_variable]))
        return
    for name in product.servers:
        on_path = shutil.which(name, path=environment.get("PATH", os.defpath))
        if on_path is not None:
            yield Path(on_path).resolve()
    for pattern in product.places:
        for folder in sorted(Path("/").glob(pattern.removeprefix("/")), key=_numbers, reverse=True):
            yield from _in_folder(product, folder)
    yield from _in_folder(product, servers_folder(cache) / product.unpacked / "usr" / "sbin")


def _in_folder(product: Product, folder: Path) -> list[Path]:
    return [folder / name for name in product.servers if (folder / name).is_file()]


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(path))]


def _programs(product: Product, server: Path, environment: Mapping[str, str]) -> Programs | None:
    """The programs around a server, if it runs and is the product's."""
    server = server.absolute()
    base = server.parent.parent
    libraries = _unpacked_libraries(base)
    candidate = Programs(server, base, "", libraries, _unpacked_loader(base) if libraries else None)
    try:
        asked = subprocess.run(
            [*candidate.command(), "--no-defaults", "--version"],
            env=candidate.environment(environment),
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    said = _VERSION.search(asked.stdout)
    if said is None or (_MARIADB in said[0].lower()) is not product.is_mariadb:
        return None
    return Programs(server, base, said["version"], libraries, candidate.loader)


def _unpacked_libraries(base: Path) -> tuple[Path, ...]:
    """The libraries beside programs that were unpacked into a folder of their own: PREFIX/usr/sbin."""
    prefix = base.parent
    if base.name != "usr" or prefix == Path("/"):
        return ()
    patterns = ("lib/*/*.so.*", "usr/lib/*/*.so.*", "usr/lib/*/*/private/*.so.*", "usr/lib/*/mysql-private/*.so*")
    return tuple(sorted({file.parent for pattern in patterns for file in prefix.glob(pattern)}))


def _unpacked_loader(base: Path) -> Path | None:
    """The loader of the C library that was unpacked too."""
    return next(iter(sorted((base / "lib").glob("*/ld-linux*.so.*"))), None)
