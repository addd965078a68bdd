"""MariaDB: what it shares with MySQL is MySQL's, and what differs stands here."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .. import mysql
from .ddl import DDL
from .grammar import GRAMMAR
from .names import MariadbNames
from .nulls import MariadbNulls
from .types import MariadbTypes

DIALECT: Final = replace(
    mysql.DIALECT,
    name="mariadb",
    title="MariaDB",
    grammar=GRAMMAR,
    names=MariadbNames(),
    nulls=MariadbNulls(),
    features=replace(
        mysql.FEATURES,
        returning=frozenset(("insert", "delete")),
        grouped_columns_required=False,
    ),
    types=MariadbTypes,
    ddl=DDL,
)
