"""What other databases have and SQLite has not (asked of SQLite 3.40)."""

from __future__ import annotations

from typing import Final

LACKS: Final = frozenset(
    (
        "between symmetric",
        "cast ::",
        "column aliases",
        "default value",
        "array",
        "delete join",
        "delete using",
        "distinct on",
        "fetch first",
        "grouping sets",
        "insert ignore",
        "insert set",
        "json key and value",
        "lateral",
        "limit all",
        "limit with ties",
        "locking",
        "merge",
        "offset rows",
        "on duplicate key",
        "only",
        "overriding",
        "quantified",
        "row as a value",
        "row constructor",
        "separator",
        "set operation all",
        "set operation distinct",
        "straight join",
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
