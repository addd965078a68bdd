"""Paths into JSON, as SQLite and MySQL write them: `$.a.b[0]`."""

from __future__ import annotations

import re
from typing import Final

_STEP: Final = re.compile(r"\.(?P<name>[A-Za-z_][A-Za-z0-9_]*)|\[(?P<position>\d+)\]")


def json_path(text: str) -> tuple[str | int, ...] | None:
    """The names and positions of a path; None for one with anything else in it."""
    if not text.startswith("$"):
        return None
    steps: list[str | int] = []
    at = 1
    while at < len(text):
        step = _STEP.match(text, at)
        if step is None:
            return None
        steps.append(step["name"] if step["name"] is not None else int(step["position"]))
        at = step.end()
    return tuple(steps)
