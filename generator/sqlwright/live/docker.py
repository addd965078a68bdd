"""Servers in containers, where Docker is installed and their programs are not."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from .base import Live
from .errors import ServerUnavailable

_PATIENCE: Final = 120.0
"""Seconds that a container may take until its server answers, when its image is there."""
_PAUSE: Final = 0.3
_WATCH: Final = 'read -r line; "$1" rm -f "$2" >/dev/null 2>&1'
"""Waits until its input is closed, by us or by our end in whatever way, and removes the container."""


def container(live: Live, environment: Mapping[str, str]) -> AbstractContextManager[str] | None:
    """The URL of a server in a container, which is removed at the end of the block or of this process.

    None where there is no Docker that runs, or no image for the database.
    """
    program = shutil.which("docker", path=environment.get("PATH", os.defpath))
    if program is None or live.image is None or not _answers(program, environment):
        return None
    return _container(program, live, environment)


@contextmanager
def _container(program: str, live: Live, environment: Mapping[str, str]) -> Generator[str, None, None]:
    assert live.image is not None
    image = live.image
    name, password = f"sqlwright-{secrets.token_hex(8)}", secrets.token_hex(16)
    settings = {variable: text.format(password=password) for variable, text in image.variables.items()}
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", _WATCH, "sh", program, name],
        stdin=subprocess.PIPE,
        env=dict(environment),
        start_new_session=True,
    )
    try:
        named = [part for variable in settings for part in ("--env", variable)]
        command = [
            "run",
            "--detach",
            "--rm",
            "--name",
            name,
            *named,
            "--publish",
            f"127.0.0.1::{image.port}",
            image.name,
        ]
        _run(program, command, {**environment, **settings})
        port = _port(program, name, environment)
        url = image.url.format(password=password, port=port)
        _wait_for(live, url)
        yield url
    finally:
        assert watcher.stdin is not None
        watcher.stdin.close()
        watcher.wait()


def _answers(program: str, environment: Mapping[str, str]) -> bool:
    asked = subprocess.run([program, "info"], env=dict(environment), capture_output=True, check=False)
    return asked.returncode == 0


def _run(program: str, command: Sequence[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        [program, *command], env=dict(environment), capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode != 0:
        raise ServerUnavailable(f"docker {command[0]} failed: {done.stderr.strip()}")
    return done.stdout


def _port(program: str, name: str, environment: Mapping[str, str]) -> int:
    """The port of this machine that leads to the container's."""
    said = _run(program, ["port", name], environment).split()
    return int(said[-1].rsplit(":", 1)[1])


def _wait_for(live: Live, url: str) -> None:
    limit = time.monotonic() + _PATIENCE
    while True:
        try:
            live.connect(url, _PATIENCE).close()
            return
        except ServerUnavailable:
            if time.monotonic() > limit:
                raise
            time.sleep(_PAUSE)
