"""Two databases with the same rows, for all tests of translation."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from .sides import Sides


@pytest.fixture(scope="session")
def sides(postgres_server_url: str) -> Iterator[Sides]:
    """Both databases; a test that changes rows undoes it."""
    name = f"translate_{uuid4().hex[:12]}"
    with psycopg.connect(postgres_server_url, autocommit=True) as server:
        server.execute(
            f"create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'".encode()
        )
        try:
            found = Sides(psycopg.conninfo.make_conninfo(postgres_server_url, dbname=name))
            yield found
            found.close()
        finally:
            server.execute(f"drop database {name} with (force)".encode())
