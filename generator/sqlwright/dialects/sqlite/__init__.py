"""SQLite."""

from __future__ import annotations

from typing import Final

from ...model.types import Kind
from ..base import JSON_KINDS, STRICT_BOUND, Dialect, Placeholders
from ..features import Features
from .binding import binding, sequence_binding, with_values_of
from .constructs import LACKS, STATEMENTS
from .ddl import SqliteDdl
from .grammar import GRAMMAR
from .meaning import SqliteMeaning
from .names import SqliteNames
from .nulls import SqliteNulls
from .placeholders import in_sequence
from .returning import returned
from .spelling import SPELLING
from .tables import completed_table, hidden_columns, system_table
from .types import SqliteTypes

DIALECT: Final = Dialect(
    name="sqlite",
    title="SQLite",
    grammar=GRAMMAR,
    default_schema="main",
    names=SqliteNames(),
    nulls=SqliteNulls(),
    features=Features(
        values_gather=True,
        column_names_whole=True,
        conflict_keys_checked=True,
        schemas=False,
        named_enums=False,
        primary_keys_not_null=False,
        foreign_keys_checked_at_definition=False,
        grouped_columns_required=False,
        types_are_checked=False,
        strings_may_be_names=True,
        excluded=True,
        excluded_is_named=True,
        returning_sees_joins=False,
        returning_sees_alias=False,
        names_of_several=True,
        conditions_see_all=True,
        having_alone="refused",
        whole_rows=False,
        output_names=frozenset(("where", "group by", "having", "order by")),
        lacks=LACKS,
        own_operators=False,
        statements=STATEMENTS,
    ),
    placeholders=Placeholders("?"),
    binding=binding,
    sequence_binding=sequence_binding,
    in_sequence=in_sequence,
    types=SqliteTypes,
    completed_table=completed_table,
    hidden_columns=hidden_columns,
    system_table=system_table,
    meaning=SqliteMeaning(),
    spelling=SPELLING,
    ddl=SqliteDdl(),
    sqlglot="sqlite",
    json_kinds=JSON_KINDS | {Kind.UUID},
    with_values_of=with_values_of,
    bounds={"strict": STRICT_BOUND},
    returned=returned,
)
