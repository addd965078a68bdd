"""What all tests share: the databases that they run on, and the flag that rewrites goldens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlwright.live.errors import ServerUnavailable
from sqlwright.live.postgres import scratch_database, throwaway_server

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
SERVER_VARIABLE = "SQLWRIGHT_POSTGRES_URL"
FIXTURES = {"sqlite": "sqlite_url", "postgres": "postgres_url"}
"""The fixture that gives the URL of an empty database, by dialect."""
SERVERS = {"postgres": ("postgres_url", "postgres_server_url")}
"""The fixtures of a dialect that needs a server. Tests that use them are left out when the dialect is."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("sqlwright")
    group.addoption("--dialects", default="sqlite,postgres", help="the databases to test on (default: %(default)s)")
    group.addoption("--update-goldens", action="store_true", help="write the expected files anew")


def selected_dialects(config: pytest.Config) -> list[str]:
    """The databases that were asked for, in the order of FIXTURES."""
    wanted = set(str(config.getoption("--dialects")).replace(",", " ").split())
    unknown = wanted - set(FIXTURES)
    if unknown or not wanted:
        raise pytest.UsageError(f"--dialects takes some of {', '.join(FIXTURES)}, not {', '.join(unknown) or 'none'}")
    return [dialect for dialect in FIXTURES if dialect in wanted]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", selected_dialects(metafunc.config), indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need a server which was not asked for."""
    selected = selected_dialects(config)
    unwanted = {name for dialect, names in SERVERS.items() if dialect not in selected for name in names}
    left_out = [item for item in items if isinstance(item, pytest.Function) and unwanted & set(item.fixturenames)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def dialects(pytestconfig: pytest.Config) -> list[str]:
    """The databases to test on."""
    return selected_dialects(pytestconfig)


@pytest.fixture(scope="session")
def update_goldens(pytestconfig: pytest.Config) -> bool:
    """Whether expected files are written anew."""
    return bool(pytestconfig.getoption("--update-goldens"))


@pytest.fixture(scope="session")
def postgres_server_url() -> Iterator[str]:
    """A PostgreSQL server whose role may create databases: the one that is named, else one of our own."""
    named = os.environ.get(SERVER_VARIABLE)
    if named:
        yield named
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(throwaway_server(CACHE, os.environ))
        except ServerUnavailable as error:
            pytest.exit(f"The tests need PostgreSQL: {error}", returncode=2)
        yield url


@pytest.fixture
def postgres_url(postgres_server_url: str) -> Iterator[str]:
    """An empty PostgreSQL database, which is dropped after the test."""
    with scratch_database(postgres_server_url) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each dialect to test on, one after the other."""
    return str(request.getfixturevalue(FIXTURES[request.param]))
