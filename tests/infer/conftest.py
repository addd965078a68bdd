"""The suites of TPC's queries may not be copied into the project: they are read from a folder, where one is named."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("SQLWRIGHT_TPC") else ["test_tpc.py"]
