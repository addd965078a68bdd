"""What a comment `-- allow CODE: reason` may say is meant to be so."""

from __future__ import annotations

from typing import Final

IN_QUERIES: Final = ("full-scan",)
"""The codes that stand under the name of a query, or inside it."""
IN_SCHEMAS: Final = ("unused-index", "unindexed-foreign-key", "migrations-differ")
"""The codes that stand beside an index or a key of a schema, or above it; the last above a statement of a script."""
NAMING: Final = "migrations-differ"
"""The code that may be followed by the name of what it is for, and is then heard in any script."""
