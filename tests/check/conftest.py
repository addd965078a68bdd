"""A small project on four databases, with generated code and a cache as `check` has left them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.check.running import run

SHOP = Path(__file__).parent / "shop"


@pytest.fixture(scope="session")
def servers(postgres_server_url: str, mysql_server_url: str, mariadb_server_url: str) -> Mapping[str, str]:
    """The servers by the variables that name them."""
    return {
        "SQLWRIGHT_POSTGRES_URL": postgres_server_url,
        "SQLWRIGHT_MYSQL_URL": mysql_server_url,
        "SQLWRIGHT_MARIADB_URL": mariadb_server_url,
    }


@pytest.fixture(scope="session")
def proved(servers: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is when everything has been generated and proved. Nothing may be changed in it."""
    root = tmp_path_factory.mktemp("proved") / "shop"
    shutil.copytree(SHOP, root)
    with pytest.MonkeyPatch.context() as patch:
        for name, url in servers.items():
            patch.setenv(name, url)
        for mode in ("generate", "check"):
            assert run(root, mode).told == (0, [])
    return root


@pytest.fixture
def shop(proved: Path, servers: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project, with its servers."""
    root = tmp_path / "shop"
    shutil.copytree(proved, root)
    for name in [name for name in os.environ if name.startswith("SQLWRIGHT_")]:
        monkeypatch.delenv(name)
    for name, url in servers.items():
        monkeypatch.setenv(name, url)
    return root
