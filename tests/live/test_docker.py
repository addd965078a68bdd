"""Servers in containers, with a program in Docker's place that writes down what it is asked."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlwright.live.base import Image, Live, Scratch, Server
from sqlwright.live.docker import container
from sqlwright.live.errors import ServerUnavailable
from sqlwright.model.types import SqlType, Type

DOCKER = """\
#!/bin/sh
echo "$@" >>{folder}/asked
[ -z "$DB_PASSWORD" ] || echo "$DB_PASSWORD" >{folder}/password
case "$1" in
    info) exit {info} ;;
    run) {run} ;;
    port) echo "5432/tcp -> 127.0.0.1:40123" ;;
esac
"""
IMAGE = Image("database:1", 5432, "db://root:{password}@127.0.0.1:{port}/", {"DB_PASSWORD": "{password}"})


class Answering:
    """A server that is there."""

    version = "1.0"

    def clear(self) -> None: ...

    @contextmanager
    def scratch(self, named: str | None = None) -> Generator[Scratch, None, None]:
        raise ServerUnavailable("nothing is asked of it")
        yield

    def close(self) -> None: ...


def connect(url: str, seconds: float) -> Server:
    return Answering()


def agree(ours: SqlType, neutral: Type, theirs: str) -> bool:
    return True


LIVE = Live("db", "Database", connect, None, agree, IMAGE)


def docker(folder: Path, *, info: int = 0, run: str = "exit 0") -> dict[str, str]:
    """The environment with the program in it."""
    program = folder / "docker"
    program.write_text(DOCKER.format(folder=folder, info=info, run=run))
    program.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin"}


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().splitlines()


def started(environment: dict[str, str]) -> AbstractContextManager[str]:
    found = container(LIVE, environment)
    assert found is not None
    return found


def test_a_container_is_run_on_loopback_and_removed(tmp_path: Path) -> None:
    with started(docker(tmp_path)) as url:
        password = (tmp_path / "password").read_text().strip()
        assert url == f"db://root:{password}@127.0.0.1:40123/"
    info, run, port, remove = asked(tmp_path)
    name = port.split()[1]
    assert info == "info"
    assert run == f"run --detach --rm --name {name} --env DB_PASSWORD --publish 127.0.0.1::5432 database:1"
    assert remove == f"rm -f {name}"
    assert password not in "".join(asked(tmp_path))


def test_a_container_is_removed_after_an_error(tmp_path: Path) -> None:
    environment = docker(tmp_path)

    def fails() -> None:
        with started(environment):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert asked(tmp_path)[-1].startswith("rm -f sqlwright-")


def test_a_container_does_not_outlive_its_process(tmp_path: Path) -> None:
    environment = docker(tmp_path)
    script = (
        "import sys, time; from tests.live.test_docker import started; "
        f"block = started({environment!r}); block.__enter__(); print('up', flush=True); time.sleep(60)"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=root) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        process.kill()
    limit = time.monotonic() + 10
    while not asked(tmp_path)[-1].startswith("rm -f sqlwright-"):
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_what_docker_says_of_a_failure_is_told(tmp_path: Path) -> None:
    block = started(docker(tmp_path, run="echo 'no such image' >&2; exit 125"))
    with pytest.raises(ServerUnavailable, match="docker run failed: no such image"):
        block.__enter__()
    assert asked(tmp_path)[-1].startswith("rm -f sqlwright-")


def test_docker_that_is_not_there_or_does_not_run_is_no_way(tmp_path: Path) -> None:
    assert container(LIVE, {"PATH": str(tmp_path)}) is None
    assert container(LIVE, docker(tmp_path, info=1)) is None
