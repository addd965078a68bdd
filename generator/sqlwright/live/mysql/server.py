"""A MySQL server of our own, or one of its kin, which is gone when it is no longer needed."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from ...model.values import value
from ...runtime.mysql.products import Product as Spoken
from ..cache import servers_folder
from ..errors import NotLetIn, ServerUnavailable
from ..machine import Machine, account_for, started
from .connections import Opening
from .programs import Product, Programs, find

_USER: Final = "root"
_SETTINGS: Final = (
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--character-set-server=utf8mb4",
    "--default-time-zone=+00:00",
    "--innodb-flush-method=nosync",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=OFF",
    "--innodb-buffer-pool-size=64M",
    "--performance-schema=OFF",
    "--max-connections=200",
)
_ACCOUNTS: Final = """\
ALTER USER 'root'@'localhost' IDENTIFIED BY '{password}';
CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY '{password}';
GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
"""
"""Run before the server takes connections, one statement a line: it always asks for a password."""
_SECONDS: Final = 10.0
"""How long it may take to answer once it listens."""
_END_SIGNAL: Final = "KILL"
"""Its data is not to last, and it has no other processes."""


@value
class Recipe:
    """How a product makes its data folder, and what it is started with beside what all are."""

    product: Product
    spoken: Spoken
    settings: tuple[str, ...]
    initialise: Callable[[Programs, Path], list[str]]


@contextmanager
def throwaway(recipe: Recipe, cache: Path, environment: Mapping[str, str]) -> Generator[str, None, None]:
    """The URL of a new server, as its superuser. The server ends with the block, or with this process.

    Raises ServerUnavailable when there is no such server here, or it does not start.
    """
    programs = find(recipe.product, environment, cache)
    name = f"{recipe.product.name} {programs.version}"
    machine = Machine(name, programs.environment(environment), account_for(name, ("mysql", "nobody")))
    kept = f"{recipe.product.unpacked}-{programs.version}"
    template = machine.template(servers_folder(cache), kept, partial(_initialise, machine, recipe, programs))
    with machine.folder_from(template, _END_SIGNAL) as watch:
        folder = watch.folder
        password = secrets.token_hex(16)
        (folder / "init.sql").write_text(_ACCOUNTS.format(password=password), encoding="utf-8")
        (folder / "init.sql").chmod(0o644)
        port = started(machine, watch, partial(_command, recipe, programs, folder), partial(_answers, recipe, password))
        yield _url(recipe, port, password)


def _initialise(machine: Machine, recipe: Recipe, programs: Programs, data: Path) -> None:
    machine.run(recipe.initialise(programs, data), "its data folder cannot be made")


def _command(recipe: Recipe, programs: Programs, folder: Path, port: int) -> list[str]:
    places = {
        "basedir": programs.base,
        "datadir": folder / "data",
        "socket": folder / "socket",
        "pid-file": folder / "pid",
        "tmpdir": folder,
        "init-file": folder / "init.sql",
        "port": port,
    }
    options = [f"--{name}={value}" for name, value in places.items()]
    return [*programs.command(), "--no-defaults", *options, *_SETTINGS, *recipe.settings]


def _answers(recipe: Recipe, password: str, port: int) -> bool:
    try:
        Opening(recipe.spoken, _url(recipe, port, password), _SECONDS)(None).link.close()
    except NotLetIn:
        raise
    except ServerUnavailable:
        return False
    return True


def _url(recipe: Recipe, port: int, password: str) -> str:
    return f"{recipe.spoken.scheme}://{_USER}:{password}@127.0.0.1:{port}/"
