"""What the objects of a schema are called on another database."""

from __future__ import annotations

from ..dialects.base import Dialect
from ..model.catalog import Catalog, Key


def carried_key(key: Key, catalog: Catalog, target: Dialect) -> Key:
    """The key that an object of the catalog has on the target.

    What is in another schema than the default one has the schema's name before its own there: `audit.log` is
    `audit_log`.
    """
    schema, name = key
    return (target.default_schema, name if schema in ("", catalog.default_schema) else f"{schema}_{name}")
