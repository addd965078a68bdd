"""Where the server comes from that is asked: what the user names, what is installed, and Docker, in this order."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from ..live.base import Live, Server
from ..live.docker import container
from ..live.errors import ServerUnavailable
from ..model.values import value


@value
class Wanted:
    """What the user says of servers: `given` on the command line and `configured`, URLs by database; `scratch` names
    the databases (on PostgreSQL the schemas) that may be used where none can be made."""

    given: Mapping[str, str]
    configured: Mapping[str, str]
    scratch: Mapping[str, str]
    environment: Mapping[str, str]
    cache: Path
    """Where servers of our own are kept between runs."""
    seconds: float


@contextmanager
def asked_server(live: Live, wanted: Wanted) -> Generator[Server, None, None]:
    """A server that answers. One of our own ends with the block. Raises ServerUnavailable, with what to do."""
    with _url(live, wanted) as url, closing(live.connect(url, wanted.seconds)) as server:
        server.clear()
        yield server


@contextmanager
def _url(live: Live, wanted: Wanted) -> Generator[str, None, None]:
    variable = f"SQLWRIGHT_{live.name.upper()}_URL"
    named = wanted.given.get(live.name) or wanted.environment.get(variable) or wanted.configured.get(live.name)
    if named or live.throwaway is None:
        _check_form(named or "", live)
        yield named or ""
        return
    with _own(live, wanted) as url:
        yield url


def _check_form(url: str, live: Live) -> None:
    """A second @ belongs to the password, which drivers would take for part of the host's name, and show."""
    authority = re.split("[/?#]", url.partition("://")[2])[0]
    if authority.count("@") > 1:
        raise ServerUnavailable(f"the URL for {live.title} has two @: write %40 for one that belongs to the password")


@contextmanager
def _own(live: Live, wanted: Wanted) -> Generator[str, None, None]:
    """A server that we start: of programs on this machine, else by Docker."""
    assert live.throwaway is not None
    manager: AbstractContextManager[str] = live.throwaway(wanted.cache, wanted.environment)
    try:
        url = manager.__enter__()
    except ServerUnavailable as missing:
        by_docker = container(live, wanted.environment)
        if by_docker is None:
            help = f"name a server with --url {live.name}=URL, or run `sqlwright check --offline`"
            raise ServerUnavailable(f"{missing}; or {help}") from missing
        manager = by_docker
        url = manager.__enter__()
    try:
        yield url
    except BaseException as problem:
        if not manager.__exit__(type(problem), problem, problem.__traceback__):
            raise
    else:
        manager.__exit__(None, None, None)
