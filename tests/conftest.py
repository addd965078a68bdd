"""What all tests share: the databases that they run on, and the flag that rewrites goldens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as HypothesisSettings
from sqlwright.live import mariadb, mysql, postgres
from sqlwright.live.errors import ServerUnavailable

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
FIXTURES = {"sqlite": "sqlite_url", "postgres": "postgres_url", "mysql": "mysql_url", "mariadb": "mariadb_url"}
"""The fixture that gives the URL of an empty database, by dialect."""
SERVERS = {dialect: (f"{dialect}_url", f"{dialect}_server_url") for dialect in FIXTURES if dialect != "sqlite"}
"""The fixtures of a dialect that needs a server. Tests that use them are left out when the dialect is."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("sqlwright")
    group.addoption(
        "--dialects", default="sqlite,postgres,mysql,mariadb", help="the databases to test on (default: %(default)s)"
    )
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
        only = metafunc.definition.get_closest_marker("only")
        selected = selected_dialects(metafunc.config)
        wanted = [dialect for dialect in selected if only is None or dialect in only.args]
        metafunc.parametrize("database_url", wanted, indirect=True)


def pytest_configure() -> None:
    common = HypothesisSettings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    HypothesisSettings.register_profile("test", common, max_examples=50)
    HypothesisSettings.register_profile("soak", common, max_examples=5000)
    HypothesisSettings.load_profile("soak" if os.environ.get("SQLWRIGHT_SOAK") else "test")


def pytest_itemcollected(item: pytest.Item) -> None:
    if isinstance(item, pytest.Function) and getattr(item.obj, "is_hypothesis_test", False):
        item.add_marker("property")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need a server which was not asked for."""
    selected = selected_dialects(config)
    unwanted = {name for dialect, names in SERVERS.items() if dialect not in selected for name in names}
    left_out = [item for item in items if _needs(item, unwanted) or _is_for_others(item, selected)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _needs(item: pytest.Item, fixtures: set[str]) -> bool:
    return isinstance(item, pytest.Function) and bool(fixtures & set(item.fixturenames))


def _is_for_others(item: pytest.Item, dialects: list[str]) -> bool:
    """Whether a test is only for databases that were not asked for."""
    only = item.get_closest_marker("only")
    return only is not None and not set(only.args) & set(dialects)


@pytest.fixture(scope="session")
def dialects(pytestconfig: pytest.Config) -> list[str]:
    """The databases to test on."""
    return selected_dialects(pytestconfig)


@pytest.fixture(scope="session")
def update_goldens(pytestconfig: pytest.Config) -> bool:
    """Whether expected files are written anew."""
    return bool(pytestconfig.getoption("--update-goldens"))


def server(
    name: str, variable: str, throwaway: Callable[[Path, Mapping[str, str]], AbstractContextManager[str]]
) -> Iterator[str]:
    """A server on which databases may be made: the one that is named in the environment, else one of our own."""
    named = os.environ.get(variable)
    if named:
        yield named
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(throwaway(CACHE, os.environ))
        except ServerUnavailable as error:
            pytest.exit(f"The tests need {name}: {error}", returncode=2)
        yield url


@pytest.fixture(scope="session")
def postgres_server_url() -> Iterator[str]:
    """A PostgreSQL server whose role may create databases."""
    yield from server("PostgreSQL", "SQLWRIGHT_POSTGRES_URL", postgres.throwaway_server)


@pytest.fixture(scope="session")
def mysql_server_url() -> Iterator[str]:
    """A MySQL server whose user may create databases."""
    yield from server("MySQL", mysql.MYSQL.url_variable, mysql.throwaway_server)


@pytest.fixture(scope="session")
def mariadb_server_url() -> Iterator[str]:
    """A MariaDB server whose user may create databases."""
    yield from server("MariaDB", mariadb.MARIADB.url_variable, mariadb.throwaway_server)


@pytest.fixture
def postgres_url(postgres_server_url: str) -> Iterator[str]:
    """An empty PostgreSQL database, which is dropped after the test."""
    with postgres.scratch_database(postgres_server_url) as url:
        yield url


@pytest.fixture
def mysql_url(mysql_server_url: str) -> Iterator[str]:
    """An empty MySQL database, which is dropped after the test."""
    with mysql.scratch_database(mysql_server_url) as url:
        yield url


@pytest.fixture
def mariadb_url(mariadb_server_url: str) -> Iterator[str]:
    """An empty MariaDB database, which is dropped after the test."""
    with mariadb.scratch_database(mariadb_server_url) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each dialect to test on, one after the other."""
    return str(request.getfixturevalue(FIXTURES[request.param]))
