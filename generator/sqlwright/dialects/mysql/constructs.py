"""What other databases have and MySQL has not (asked of MySQL 9.7)."""

from __future__ import annotations

from typing import Final

LACKS: Final = frozenset(
    (
        "array",
        "between symmetric",
        "cast ::",
        "default values",
        "distinct from",
        "distinct on",
        "fetch first",
        "filter",
        "frame exclusion",
        "full join",
        "groups frame",
        "index choice",
        "insert or",
        "json key and value",
        "limit all",
        "limit of a compared query",
        "materialized",
        "merge",
        "nulls first",
        "offset rows",
        "on conflict",
        "only",
        "overriding",
        "position in a window",
        "row as a value",
        "several targets",
        "update from",
        "values",
        "with before insert",
        "within group",
    )
)
STATEMENTS: Final = frozenset("""
    alter analyze begin cache call change check checksum clone commit create deallocate drop execute explain flush get
    grant handler help import install kill load lock optimize prepare purge release rename repair reset resignal restart
    revoke rollback savepoint set show shutdown signal start stop truncate uninstall unlock use xa
    """.split())
