"""Scenarios stand beside the tests that run them; their assertions are to be as telling."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.systems.didhub", "tests.systems.gate")
