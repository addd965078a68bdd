"""MariaDB: what it shares with MySQL is MySQL's, and what differs stands here."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from .. import mysql
from .binding import binding, sequence_binding
from .constructs import LACKS
from .ddl import DDL
from .grammar import GRAMMAR
from .names import MariadbNames
from .nulls import MariadbNulls
from .spelling import SPELLING
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
        constraints_numbered={"check": "CONSTRAINT_{number}", "foreign key": "{table}_ibfk_{number}"},
        returning=frozenset(("insert", "delete")),
        grouped_columns_required=False,
        lacks=LACKS,
        made_columns_closed=frozenset(("insert",)),
        windows_spoil_quantified=True,
        derived_names_apart=frozenset(("derived",)),
        windows_see_outputs=True,
        having_hides_inside=True,
        constants_spoil_in=True,
        conditions_fold=False,
        rows_of_nothing_lose=True,
        group_by_fields=False,
        closed_to_readers=frozenset(("joined delete",)),
        collected_by_position=False,
        rollup_of_nothing=False,
        zeros_by_ignoring=frozenset(("date", "datetime", "timestamp")),
    ),
    types=MariadbTypes,
    ddl=DDL,
    binding=binding,
    sequence_binding=sequence_binding,
    spelling=SPELLING,
)
