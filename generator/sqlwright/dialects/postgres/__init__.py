"""PostgreSQL."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind
from ..base import JSON_KINDS, Dialect, Placeholders
from ..features import Features
from .binding import binding, sequence_binding
from .constructs import LACKS, RULES, STATEMENTS
from .ddl import PostgresDdl
from .grammar import GRAMMAR
from .meaning import PostgresMeaning
from .names import PostgresNames
from .nulls import PostgresNulls
from .placeholders import in_sequence
from .spelling import SPELLING
from .tables import completed_table, hidden_columns, system_table
from .types import PostgresTypes

DIALECT: Final = Dialect(
    name="postgres",
    title="PostgreSQL",
    grammar=GRAMMAR,
    default_schema="public",
    names=PostgresNames(),
    nulls=PostgresNulls(),
    features=Features(
        constraints_named_for_tables=True,
        derived_tables_need_names=True,
        excluded=True,
        short_inserts=True,
        written_once=frozenset(("insert", "update")),
        locks_groups=False,
        constants_order=False,
        recursion_keeps_types=True,
        qualifiers_are_final=True,
        outer_aggregates_checked=True,
        rules=RULES,
        lacks=LACKS,
        statements=STATEMENTS,
    ),
    placeholders=Placeholders("$", "{0}::{1}"),
    binding=binding,
    sequence_binding=sequence_binding,
    in_sequence=in_sequence,
    types=PostgresTypes,
    completed_table=completed_table,
    hidden_columns=hidden_columns,
    system_table=system_table,
    meaning=PostgresMeaning(),
    spelling=SPELLING,
    ddl=PostgresDdl(),
    sqlglot="postgres",
    json_kinds=JSON_KINDS | {Kind.BYTES, Kind.UUID},
)
