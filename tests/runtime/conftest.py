"""Every behaviour of a session holds in both forms and on every database."""

from __future__ import annotations

import pytest

from tests.runtime.faces import Place


@pytest.fixture(params=["async", "sync"])
def place(database_url: str, request: pytest.FixtureRequest) -> Place:
    """An empty database, and the form of the sessions on it."""
    return Place(database_url, request.param == "async")
