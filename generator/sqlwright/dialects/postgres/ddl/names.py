"""Names of objects with their schemas."""

from __future__ import annotations

from typing import Final

from ....model.catalog import Key
from ..names import PostgresNames

_NAMES: Final = PostgresNames()


def qualified(key: Key) -> str:
    """The name of an object, with its schema unless that is `public`."""
    schema, name = key
    quoted = _NAMES.quoted(name)
    return quoted if schema in ("", "public") else f"{_NAMES.quoted(schema)}.{quoted}"
