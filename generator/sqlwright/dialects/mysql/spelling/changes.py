"""INSERT, UPDATE and DELETE."""

from __future__ import annotations

from ....model.syntax import Delete, Insert, Update
from ...translation import Translating


def write_insert(node: Insert, t: Translating) -> str:
    t.refuse("INSERT", node)


def write_update(node: Update, t: Translating) -> str:
    t.refuse("UPDATE", node)


def write_delete(node: Delete, t: Translating) -> str:
    t.refuse("DELETE", node)
