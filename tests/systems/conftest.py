"""Scenarios stand beside the tests that run them; their assertions are to be as telling."""

from __future__ import annotations

import pytest

from .making import Maker

pytest.register_assert_rewrite("tests.systems.didhub", "tests.systems.gate")


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """Packages of a few lines."""
    return Maker(tmp_path_factory.mktemp("made"))
