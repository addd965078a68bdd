"""A PostgreSQL server of our own, which is gone when it is no longer needed."""

from __future__ import annotations

import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from ..cache import servers_folder
from ..machine import Machine, account_for, started
from .programs import Programs, find_programs

_USER: Final = "postgres"
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "password_encryption": "scram-sha-256",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "jit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
_ACCESS: Final = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
"""The socket lies in a folder that nobody else can enter; over TCP a password is asked for."""
_END_SIGNAL: Final = "QUIT"
"""An immediate shutdown, which takes the server's other processes along."""


@contextmanager
def throwaway_server(cache: Path, environment: Mapping[str, str]) -> Generator[str, None, None]:
    """The URL of a new server, as its superuser. The server ends with the block, or with this process.

    Raises ServerUnavailable when there is no PostgreSQL here, or it does not start.
    """
    programs = find_programs(environment, cache)
    product = f"PostgreSQL {programs.version}"
    machine = Machine(product, programs.environment(environment), account_for(product, (_USER, "nobody")))
    template = machine.template(
        servers_folder(cache), f"postgresql-{programs.version}", partial(_initialise, machine, programs)
    )
    with machine.folder_from(template, _END_SIGNAL) as watch:
        folder = watch.folder
        (folder / "data" / "pg_hba.conf").write_text(_ACCESS, encoding="utf-8")
        port = started(machine, watch, partial(_command, programs, folder), partial(_answers, folder))
        password = secrets.token_hex(16)
        _set_password(folder, port, password)
        yield f"postgresql://{_USER}:{password}@127.0.0.1:{port}/postgres"


def _initialise(machine: Machine, programs: Programs, data: Path) -> None:
    command = [str(programs.folder / "initdb"), "-D", str(data), "-U", _USER]
    options = ["--auth=trust", "--locale=C", "--encoding=UTF8", "--no-sync"]
    machine.run([*command, *options], "initdb failed")


def _command(programs: Programs, folder: Path, port: int) -> list[str]:
    settings = [part for item in _SETTINGS.items() for part in ("-c", "=".join(item))]
    start = [str(programs.folder / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
    return [*start, "-p", str(port), *settings]


def _answers(folder: Path, port: int) -> bool:
    try:
        _connect(folder, port).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(folder: Path, port: int) -> psycopg.Connection[tuple[object, ...]]:
    """A connection over the private socket."""
    return psycopg.connect(host=str(folder), port=port, user=_USER, dbname="postgres", autocommit=True)


def _set_password(folder: Path, port: int, password: str) -> None:
    with _connect(folder, port) as connection:
        connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(_USER), sql.Literal(password)))
