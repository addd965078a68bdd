"""What other databases have and SQLite has not (asked of SQLite 3.40)."""

from __future__ import annotations

from typing import Final

LACKS: Final = frozenset(
    (
        "between symmetric",
        "cast ::",
        "column aliases",
        "default value",
        "delete join",
        "delete using",
        "distinct on",
        "grouping sets",
        "insert ignore",
        "json key and value",
        "lateral",
        "limit with ties",
        "locking",
        "merge",
        "on duplicate key",
        "only",
        "overriding",
        "quantified",
        "row constructor",
        "separator",
        "set operation all",
        "table statement",
        "unknown",
        "update join",
        "within group",
        "word arguments",
    )
)
STATEMENTS: Final = frozenset("""
    alter analyze attach begin commit create detach drop end explain pragma reindex release rollback savepoint vacuum
    """.split())
