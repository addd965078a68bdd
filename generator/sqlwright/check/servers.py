"""Where the server comes from that is asked: what the user names, what is installed, and Docker, in this order."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from ..live.base import Live, Server
from ..live.errors import NotLetIn, ServerUnavailable
from ..model.values import value


@value
class Wanted:
    """What the user says of servers: `given` on the command line and `configured`, URLs by database; `scratch` names
    the databases (on PostgreSQL the schemas) that may be used where none can be made."""

    given: Mapping[str, str]
    configured: Mapping[str, str]
    scratch: Mapping[str, str]
    environment: Mapping[str, str]
    configuration: str
    """How messages name the configuration's file."""
    cache: Path
    """Where servers of our own are kept between runs."""
    seconds: float


@value
class _Named:
    """A URL, and where the user has named it."""

    url: str
    place: str


@contextmanager
def asked_server(live: Live, wanted: Wanted) -> Generator[Server, None, None]:
    """A server that answers. One of our own ends with the block.

    Raises ServerUnavailable, with where the server was named and what to do, also for one that fails in the block.
    """
    named = _named(live.name, wanted)
    try:
        with _url(live, wanted, named) as url, closing(live.connect(url, wanted.seconds)) as server:
            server.clear()
            yield server
    except ServerUnavailable as problem:
        by = f" by the URL {named.place}" if named is not None else ""
        message = f"{live.title} cannot be asked{by}: {problem.message}"
        raise ServerUnavailable(message, problem.help or _help(live, named, problem)) from problem


def is_named(name: str, wanted: Wanted) -> bool:
    """Whether the user has named a server for a database."""
    return _named(name, wanted) is not None


def _named(name: str, wanted: Wanted) -> _Named | None:
    variable = f"SQLWRIGHT_{name.upper()}_URL"
    places = (
        (wanted.given, name, "given with --url"),
        (wanted.environment, variable, f"in {variable}"),
        (wanted.configured, name, f"in `servers` of {wanted.configuration}"),
    )
    return next((_Named(urls[key], place) for urls, key, place in places if urls.get(key)), None)


def _help(live: Live, named: _Named | None, problem: ServerUnavailable) -> str:
    offline = "run `sqlwright check --offline`, which needs none"
    if live.throwaway is None:
        return offline
    if named is not None and isinstance(problem, NotLetIn):
        return f"correct the user, the password or the database of the URL {named.place}, or {offline}"
    if named is not None:
        return f"start the server, correct the URL {named.place}, or {offline}"
    return f"name a server with --url {live.name}=URL, or {offline}"


@contextmanager
def _url(live: Live, wanted: Wanted, named: _Named | None) -> Generator[str, None, None]:
    if named is not None:
        _check_form(named.url)
        yield named.url
    elif live.throwaway is None:
        yield ""
    else:
        with _own(live, wanted) as url:
            yield url


def _check_form(url: str) -> None:
    """A second @ belongs to the password, which drivers would take for part of the host's name, and show."""
    authority = re.split("[/?#]", url.partition("://")[2])[0]
    if authority.count("@") > 1:
        raise ServerUnavailable("it has two @", "write %40 for the one that belongs to the password")


@contextmanager
def _own(live: Live, wanted: Wanted) -> Generator[str, None, None]:
    """A server that we start: of programs on this machine, else by Docker."""
    assert live.throwaway is not None
    manager: AbstractContextManager[str] = live.throwaway(wanted.cache, wanted.environment)
    try:
        url = manager.__enter__()
    except ServerUnavailable as missing:
        from ..live.docker import container

        by_docker = container(live, wanted.environment)
        if by_docker is None:
            own = f"{missing.help}; " if missing.help else ""
            raise ServerUnavailable(missing.message, f"{own}{_help(live, None, missing)}") from missing
        manager = by_docker
        url = manager.__enter__()
    try:
        yield url
    except BaseException as problem:
        if not manager.__exit__(type(problem), problem, problem.__traceback__):
            raise
    else:
        manager.__exit__(None, None, None)
