"""What other databases have and MariaDB has not (asked of MariaDB 10.11), beside what MySQL lacks too."""

from __future__ import annotations

from typing import Final

from .. import mysql

LACKS: Final = (mysql.FEATURES.lacks - {"fetch first", "offset rows", "values"}) | {
    "column aliases",
    "grouping sets",
    "lateral",
    "table statement",
}
