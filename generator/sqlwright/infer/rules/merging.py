"""The branches of MERGE: what each may do, and which is never reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ...diagnostics import Diagnostic
from ...model.syntax import Merge
from .checked import Checked

_ACTIONS: Final = {
    "matched": ("update", "delete"),
    "not matched": ("insert",),
    "not matched by source": ("update", "delete"),
}


def branches_of_merge(c: Checked) -> Iterator[Diagnostic]:
    for node in c.nodes:
        if not isinstance(node, Merge):
            continue
        closed: set[str] = set()
        for when in node.whens:
            allowed = _ACTIONS[when.matched]
            if not when.action.startswith((*allowed, "nothing", "do nothing")):
                shown = " or ".join(action.upper() for action in allowed)
                message = f"WHEN {when.matched.upper()} cannot {when.action.upper()}"
                yield c.finding("bad-merge", message, when, f"it takes {shown}, or DO NOTHING")
            if when.matched in closed:
                message = "this branch is never reached: one before it takes every row"
                yield c.finding("bad-merge", message, when, "give that one a condition, or move it behind this one")
            if when.condition is None:
                closed.add(when.matched)
