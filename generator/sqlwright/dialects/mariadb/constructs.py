"""What other databases have and MariaDB has not (asked of MariaDB 10.11), beside what MySQL lacks too."""

from __future__ import annotations

from typing import Final

from .. import mysql

LACKS: Final = (mysql.FEATURES.lacks - {"fetch first", "offset rows", "position in a window", "values"}) | {
    "column aliases",
    "delete alias",
    "frame of a ranking",
    "grouping sets",
    "lateral",
    "ranking without order",
    "rollup in order",
    "table statement",
    "with before a change",
}
