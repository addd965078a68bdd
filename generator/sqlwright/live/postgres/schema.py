"""The schema that a server has, as statements which make it."""

from __future__ import annotations

from .connecting import Connection


def schema_text(connection: Connection) -> str:
    return ""
