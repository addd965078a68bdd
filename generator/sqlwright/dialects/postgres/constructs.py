"""What other databases have and PostgreSQL has not."""

from __future__ import annotations

from typing import Final

LACKS: Final = frozenset(
    (
        "changed rows in order",
        "delete join",
        "insert ignore",
        "index choice",
        "insert or",
        "insert set",
        "limit with comma",
        "on duplicate key",
        "replace",
        "separator",
        "straight join",
        "table hints",
        "update join",
    )
)
RULES: Final = frozenset(
    (
        "branches of merge",
        "changes at the top",
        "changes of views",
        "changes return rows",
        "comparable values",
        "conflict keys",
        "order of distinct rows",
        "places of sets",
        "recursion",
        "sorts of functions",
        "windows",
    )
)
STATEMENTS: Final = frozenset("""
    abort alter analyze begin call checkpoint close cluster comment commit copy create deallocate declare discard do
    drop end execute explain fetch grant import listen load lock move notify prepare reassign refresh reindex release
    reset revoke rollback savepoint security set show start truncate unlisten vacuum
    """.split())
